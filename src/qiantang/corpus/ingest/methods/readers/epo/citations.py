"""What exchange documents cite, with the phase of the procedure in which it was cited and the category of the report.

Phases: EPO DOCDB documentation (SEA search, ISR international search, SUP supplementary search, EXA examination, CH2 chapter
II, APP applicant, OPP and FOP opposition, TPO observations of third parties); OPS writes them as words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.readers.epo.numbering import cited, forms_of, real_day, spelled
from qiantang.corpus.register.types import Citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.cells import Cells
    from qiantang.corpus.ingest.methods.trees import Node

_PHASES = {
    "APP": "applicant",
    "SEA": "examiner",
    "ISR": "examiner",
    "SUP": "examiner",
    "EXA": "examiner",
    "CH2": "examiner",
    "description": "applicant",
    "applicant": "applicant",
    "national-search-report": "examiner",
    "international-search-report": "examiner",
    "supplementary-international-search-report": "examiner",
    "national-examination": "examiner",
    "search": "examiner",
    "international-search": "examiner",
    "examination": "examiner",
}
_BY = frozenset({"applicant", "examiner"})


def citations(references: Node | None, cells: Cells) -> list[Citation]:
    """All citations of a ``references-cited`` element.

    errors  ``CellRefused`` date_impossible · date_unrecognised
    """
    return [] if references is None else list(_all(references.every("citation"), cells))


def _all(entries: list[Node], cells: Cells) -> Iterator[Citation]:
    for one in entries:
        by, phase = one.get("cited-by") or "", one.get("cited-phase") or ""
        origin = by if by in _BY else _PHASES.get(phase, "other")
        category = category_of(one)
        for patent in one.every("patcit"):
            yield _patent(patent, origin, category, cells)
        for other in one.every("nplcit"):
            text = _literature(other)
            if text:
                yield Citation(None, origin, category, None, text)


def category_of(citation: Node) -> str | None:
    """The letters of the search report in their order, each once: ``XY``."""
    said = [one.word() or "" for one in (*citation.every("category"), *citation.every("rel-passage", "category"))]
    return "".join(dict.fromkeys("".join(said).replace(" ", ""))) or None


def _patent(patent: Node, origin: str, category: str | None, cells: Cells) -> Citation:
    forms = forms_of([patent])
    form = forms.get("docdb") or next(iter(forms.values()), None)
    text = patent.get("dnum") or (spelled(form) if form is not None else "") or (patent.word("text") or "")
    day = real_day(cells, form.word("date") if form is not None else None, "citation/date")
    published = not (patent.get("dnum-type") or "").startswith("application")
    number = cited(form, text) if published else None
    return Citation(number, origin, category, day, None if number else text or None)


def _literature(other: Node) -> str:
    whole = other.first("text") or other
    return " ".join(whole.flat().split()).removeprefix("- ")
