"""One exchange document, of DOCDB or of an OPS answer, to one observation.

Source: EPO, DOCDB exchange format (exchange-documents 2.5). The DOCDB family comes from ``family-id``. States designated
are told as events under INPADOC's codes AK and AL, announced with the publication. The list of family members that some
documents carry is left out: the family's number says the same of every member that is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import Cells
from qiantang.corpus.ingest.methods.readers.epo.citations import citations
from qiantang.corpus.ingest.methods.readers.epo.classes import classes
from qiantang.corpus.ingest.methods.readers.epo.numbering import application, day_in, forms_of, publication, real_day
from qiantang.corpus.ingest.methods.readers.epo.parties import parties
from qiantang.corpus.ingest.methods.readers.epo.words import flowing, language_of, original_first
from qiantang.corpus.register.types import Event, Observation, Priority, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.trees import Node

_INACTIVE = frozenset({"N", "NO"})
_NORMALISED = "docdb"


def observation(document: Node, row: int, numbers: NumberMemory) -> Observation:
    """Errors  ``CellRefused`` with the element in place of a column: number_missing, number_unrecognised, number_damaged,
    date_impossible, date_unrecognised
    """
    cells = Cells(numbers, office=document.get("country") or "EP")
    notes: list[str] = []
    front = document.first("bibliographic-data") or document
    printed, number = publication(forms_of(front.every("publication-reference")), cells)
    filing = forms_of(front.every("application-reference"))
    own = application(filing, notes)
    exchanged = real_day(cells, document.get("date-of-last-exchange"), "date-of-last-exchange")
    family = document.get("family-id")
    return Observation(
        row=row,
        office=number.office,
        as_of=exchanged or printed.date,
        type=number.type or (own.type if own else None),
        application_number=own.canonical if own else None,
        filing_date=day_in(filing, cells, "application-reference/date"),
        simple_family=f"docdb:{family}" if family else None,
        publications=[printed],
        texts=original_first(_texts(document, front), _language(front)),
        classifications=classes(front, notes),
        parties=parties(front.first("parties"), notes),
        priorities=list(priorities(front.every("priority-claims", "priority-claim"), cells, notes)),
        citations=citations(front.first("references-cited"), cells),
        events=list(_designated(front, printed.date)),
        notes=notes,
    )


def priorities(claims: Iterable[Node], cells: Cells, notes: list[str]) -> Iterator[Priority]:
    """Priority claims; those not active are noted.

    The number as printed is taken where it stands in the claim itself (OPS). DOCDB has it in a claim beside, counted by
    itself, so that it may belong to another priority of the document: there the docdb form is taken.
    """
    by_place: dict[str, list[Node]] = {}
    for place, claim in enumerate(claims):
        by_place.setdefault(claim.get("sequence") or f"-{place}", []).append(claim)
    for group in by_place.values():
        forms = forms_of(group)
        if any((one.word("priority-active-indicator") or "") in _INACTIVE for one in group):
            notes.append("priority_inactive")
        docdb, epodoc, original = forms.get("docdb"), forms.get("epodoc"), forms.get("original")
        country = docdb.word("country") if docdb is not None else None
        named = epodoc.word("doc-number") if epodoc is not None else None
        country = country or (named[:2] if named else None)
        stated = named[2:] if named and country == named[:2] else named
        printed = original if len(group) == 1 else None
        texts = [one.word("doc-number") for one in (printed, docdb) if one is not None]
        number = next((text for text in (*texts, stated) if text), None)
        if number is not None:
            yield Priority(number, country, day_in(forms, cells, "priority-claim/date"))


def _texts(document: Node, front: Node) -> Iterator[Text]:
    otherwise = _language(front)
    for part, entries in (("title", front.every("invention-title")), ("abstract", document.every("abstract"))):
        # Of two forms in one language the normalised one comes last, and loses.
        filed_first = sorted(entries, key=lambda one: one.get("data-format") == _NORMALISED)
        seen: set[str] = set()
        for one in filed_first:
            said = flowing(one) if part == "title" else "\n".join(_paragraphs(one))
            language = language_of(one.get("lang"), otherwise)
            if said and language not in seen:
                seen.add(language)
                yield Text(part, language, said)


def _language(front: Node) -> str:
    """The language of the publication, else that of the filing."""
    of_reference = (one.get("lang") for one in front.every("publication-reference", "document-id"))
    published = front.word("language-of-publication") or next((one for one in of_reference if one), None)
    return language_of(published, front.word("language-of-filing"))


def _paragraphs(section: Node) -> list[str]:
    said = [flowing(one) for one in section.every("p")]
    return [one for one in said if one] or [text for text in (flowing(section),) if text]


def _designated(front: Node, day: date | None) -> Iterator[Event]:
    """States as INPADOC codes them: AK those designated, AL those designated for a regional patent."""
    for states in front.every("designation-of-states"):
        national = [*states.every("designation-epc"), *states.every("designation-pct", "national")]
        regional = [*states.every("designation-pct", "regional"), *states.every("designation-pct", "region")]
        for code, said, groups in (("AK", "Designated states", national), ("AL", "Regional patents", regional)):
            names = dict.fromkeys(one.word() or "" for group in groups for one in group.inside("country"))
            if any(names):
                yield Event(code, None, day, f"{said}: {' '.join(name for name in names if name)}")
