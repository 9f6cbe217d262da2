"""Document numbers of exchange documents, which stand in up to three forms: docdb, epodoc and original.

DOCDB writes a reference for each form (``data-format``), OPS one reference with the forms inside (``document-id-type``).
The docdb form names office and kind by themselves and is taken, with one exception: old numbers of the United States lack
the series code in it, so there the office's own number is taken where it stands, and none where it does not.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.register.types import Publication
from qiantang.kernel.errors import Invalid
from qiantang.kernel.numbers import NumberRole, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qiantang.corpus.ingest.methods.trees import Node
    from qiantang.kernel.numbers import PatentNumber

# (form -> document-id) of one number
Forms = dict[str, "Node"]
_DATED_US = re.compile(r"(?:19|20)\d{10}").fullmatch
_OWN_US = re.compile(r"\d{1,2}/?\d{3},?\d{3}").fullmatch
_NO_DAYS = frozenset({"00010101", "99991231", "0001-01-01"})


def forms_of(references: Iterable[Node]) -> Forms:
    """The forms in which one number stands, in references beside each other or inside one."""
    found: Forms = {}
    for reference in references:
        for one in reference.every("document-id"):
            found.setdefault(one.get("document-id-type") or reference.get("data-format") or "docdb", one)
    return found


def spelled(form: Node) -> str:
    """Country, number and kind as one text."""
    return "".join(part or "" for part in form.words("country", "doc-number", "kind"))


def day_in(forms: Mapping[str, Node], cells: Cells, place: str) -> date | None:
    """The date that stands with a number, in whichever form.

    errors  ``CellRefused`` date_impossible · date_unrecognised
    """
    for form in forms.values():
        text = form.word("date")
        if text is not None:
            return real_day(cells, text, place)
    return None


def real_day(cells: Cells, text: str | None, place: str) -> date | None:
    """A day; the first and last days of the calendar stand for none."""
    return None if text is None or text in _NO_DAYS else cells.day(text, place)


def publication(forms: Mapping[str, Node], cells: Cells) -> tuple[Publication, PatentNumber]:
    """Errors  ``CellRefused`` number_missing · number_unrecognised · number_damaged · date_impossible"""
    form = forms.get("docdb") or forms.get("epodoc") or forms.get("original")
    if form is None or form.word("doc-number") is None:
        raise CellRefused("publication-reference", "number_missing")
    number = cells.publication(spelled(form))
    kind = form.word("kind") or number.kind
    return Publication(number.stem, kind, day_in(forms, cells, "publication-reference/date")), number


def application(forms: Mapping[str, Node], notes: list[str]) -> PatentNumber | None:
    """The application number where its spelling leaves no doubt; else None and a note."""
    office = next((form.word("country") for form in forms.values() if form.word("country")), None)
    if office == "US":
        texts = _american(forms)
    else:
        texts = [spelled(forms[name]) for name in ("docdb", "epodoc") if name in forms]
    for text in texts:
        try:
            return parse(text, role=NumberRole.APPLICATION)
        except Invalid:
            continue
    if forms:
        notes.append("application_number_unrecognised")
    return None


def _american(forms: Mapping[str, Node]) -> list[str]:
    texts = []
    docdb, own = forms.get("docdb"), forms.get("original")
    number = docdb.word("doc-number") if docdb is not None else None
    if docdb is not None and number and (docdb.word("kind") == "W" or _DATED_US(number)):
        texts.append(spelled(docdb))
    printed = own.word("doc-number") if own is not None else None
    if printed and _OWN_US(printed):
        digits = re.sub(r"\D", "", printed).zfill(8)
        texts.append(f"US{digits[:2]}/{digits[2:]}")
    return texts


def cited(form: Node | None, text: str = "") -> str | None:
    """The canonical number of a cited publication, or None where the spelling is none that is known."""
    try:
        return parse(spelled(form) if form is not None else text, role=NumberRole.PUBLICATION).stem
    except Invalid:
        return None
