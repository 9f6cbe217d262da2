"""OPS answers that tell little of a document: numbers alone, where its texts and images are, its claims or description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.cells import Cells
from qiantang.corpus.ingest.methods.readers.epo.numbering import application, day_in, forms_of, publication
from qiantang.corpus.ingest.methods.readers.epo.words import claims_text, flowing, language_of, numbered_lines
from qiantang.corpus.register.types import Medium, Observation, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.corpus.ingest.methods.trees import Node

# What a document instance shows -> kind of medium.
_MEDIA = {"FullDocument": "document", "Drawing": "drawings", "FirstPageClipping": "first_page"}


def numbers_only(reference: Node, row: int, numbers: NumberMemory) -> Observation:
    """A hit, an equivalent, a number written in another style.

    errors  ``CellRefused`` number_missing, number_unrecognised, date_impossible, date_unrecognised
    """
    cells = Cells(numbers, office="EP")
    forms = forms_of([reference])
    if reference.name == "application-reference":
        notes: list[str] = []
        own = application(forms, notes)
        if own is not None:
            filed = day_in(forms, cells, "application-reference/date")
            return Observation(row, own.office, None, own.type, own.canonical, filed, notes=notes)
        forms = {}
    printed, number = publication(forms, cells)
    family = reference.get("family-id")
    return Observation(
        row,
        number.office,
        printed.date,
        number.type,
        simple_family=f"docdb:{family}" if family else None,
        publications=[printed],
    )


def full_text(document: Node, row: int, numbers: NumberMemory) -> Observation:
    """Claims or description of one publication.

    errors  as ``numbers_only``
    """
    cells = Cells(numbers, office="EP")
    references = document.every("bibliographic-data", "publication-reference")
    printed, number = publication(forms_of(references), cells)
    # The parts of a national document carry its application too (fulltext-documents 1.2).
    notes: list[str] = []
    filing = forms_of(document.every("bibliographic-data", "application-reference"))
    own = application(filing, notes)
    said = Observation(
        row,
        number.office,
        printed.date,
        number.type,
        own.canonical if own else None,
        day_in(filing, cells, "application-reference/date"),
        publications=[printed],
        notes=notes,
    )
    for language, lines in _claims(document):
        text, said.claim_count = claims_text(numbered_lines(lines))
        said.texts.append(Text("claims", language, text))
    for one in document.every("description"):
        paragraphs = [flowing(p) for p in one.inside("p", "heading")]
        said.texts.append(Text("description", language_of(one.get("lang")), "\n".join(p for p in paragraphs if p)))
    return said


def _claims(document: Node) -> Iterator[tuple[str, list[str]]]:
    for one in document.every("claims"):
        lines = [flowing(line) for line in one.every("claim", "claim-text")]
        if any(lines):
            yield language_of(one.get("lang")), [line for line in lines if line]


def images(result: Node, row: int, numbers: NumberMemory) -> Observation:
    """Where the service keeps the images of a document, and how many pages it has.

    errors  as ``numbers_only``
    """
    reference = result.first("publication-reference")
    said = numbers_only(reference if reference is not None else result, row, numbers)
    for one in result.every("document-instance"):
        kind, place = _MEDIA.get(one.get("desc") or ""), one.get("link")
        pages = one.get("number-of-pages") or ""
        if kind == "document" and pages.isdecimal():
            said.page_count = int(pages)
        if kind and place:
            said.media.append(Medium(kind, 1 + sum(m.kind == kind for m in said.media), place))
    return said
