"""Applications published from 2001 to 2004 (``patent-application-publication``, versions 1.5 and 1.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.readers.uspto.values import (
    LINE,
    Address,
    Values,
    claim,
    lines,
    named,
    person,
    texts,
    type_of,
)
from qiantang.corpus.ingest.methods.trees import Wording
from qiantang.corpus.register.types import Classification, Medium, Observation, Party, Priority

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.trees import Node

ROOT = "patent-application-publication"
_FORMULAE = ("math-cwu", "math", "chemistry-cwu")
_SAID = Wording(
    left_out=frozenset({*_FORMULAE, "sequence-cwu", "number", "image"}),
    lined=frozenset({"paragraph", "heading", "claim-text", "list-item", "row"}),
    spaced=frozenset({"entry", "line-break", "br"}),
    line=LINE,
)


def observation(document: Node, row: int, values: Values) -> Observation:
    """Errors  ``CellRefused`` with the element in place of a column, as ``Values``"""
    front = document.first("subdoc-bibliographic-information") or document
    technical = front.first("technical-information") or front
    own = front.first("document-id")
    day = values.day(own.word("document-date"), "document-id/document-date") if own else None
    published, number = values.publication(
        own.word("doc-number") if own else None, own.word("kind-code") if own else None, day
    )
    filing = front.first("domestic-filing-data") or front
    claims = document.every("subdoc-claims", "claim")
    if document.inside(*_FORMULAE):
        values.note("formula_left_out")
    return Observation(
        row=row,
        office="US",
        as_of=published.date,
        type=type_of(number, None),
        application_number=values.application(
            filing.word("application-number", "doc-number"), filing.word("application-number-series-code")
        ),
        filing_date=values.day(filing.word("filing-date"), "domestic-filing-data/filing-date"),
        claim_count=len(claims) or None,
        publications=[published],
        texts=texts(
            title=_text(technical.first("title-of-invention"), values),
            abstract=_paragraphs(document.first("subdoc-abstract"), values),
            claims="\n".join(_claim(one, place, values) for place, one in enumerate(claims, 1)),
            description=_text(document.first("subdoc-description"), values),
        ),
        classifications=_classes(technical, values),
        parties=_people(front, values),
        priorities=list(_priorities(front, values)),
        media=list(_media(document)),
        notes=values.notes,
    )


def _text(element: Node | None, values: Values) -> str | None:
    return None if element is None else "\n".join(lines(element.flat(_SAID), values))


def _paragraphs(element: Node | None, values: Values) -> str | None:
    """Without the heading, which says that this is the abstract."""
    found = element.every("paragraph") if element else []
    return "\n".join(line for one in found for line in lines(one.flat(_SAID), values))


def _claim(element: Node, place: int, values: Values) -> str:
    return claim(place, "\n".join(lines(element.flat(_SAID), values)))


def _classes(technical: Node, values: Values) -> list[Classification]:
    found: list[Classification] = []
    for block, scheme, element in (
        ("classification-ipc", "ipc", "ipc"),
        ("classification-locarno", "locarno", "locarno"),
    ):
        for one in technical.every(block):
            edition = one.word(f"{block}-edition")
            for place in (f"{block}-primary", f"{block}-secondary"):
                for symbol in one.every(place, element):
                    values.classify(found, scheme, symbol.word(), edition)
    return found


def _people(front: Node, values: Values) -> list[Party]:
    people = front.first("inventors")
    inventors = [one for one in people.children() if one.name.endswith("inventor")] if people else []
    named_so = [(name, _address(one, values)) for one in inventors if (name := _name(one.first("name")))]
    # Before 2013 an inventor was an applicant; the form marks with INV who is.
    applying = [one for one in inventors if one.word("authority-applicant") == "INV"]
    assignees = [
        (name, _address(one, values))
        for one in front.every("assignee")
        if (name := one.word("organization-name") or _name(one.first("name")))
    ]
    agency = front.word("correspondence-address", "name-1")
    return [
        *named([(name, _address(one, values)) for one in applying if (name := _name(one.first("name")))], "applicant"),
        *named(assignees, "holder"),
        *named(named_so, "inventor"),
        *named([(agency, Address())] if agency else [], "agency"),
    ]


def _name(element: Node | None) -> str | None:
    if element is None:
        return None
    return person(*(element.word(part) for part in ("given-name", "middle-name", "family-name", "name-suffix")))


def _address(one: Node, values: Values) -> Address:
    home = one.first("residence")
    found = home.children() if home else []
    places = [child for child in found if child.name.startswith("residence")]
    where = next(iter(places), None) or one.first("address")
    if where is None:
        return Address()
    country = where.word("country-code") or where.word("country", "country-code")
    parts = [where.word(part) for part in ("address-1", "address-2", "city", "state")]
    return values.address(parts, country or ("US" if where.name == "residence-us" else None), where.word("postalcode"))


def _priorities(front: Node, values: Values) -> Iterator[Priority]:
    for one in front.every("foreign-priority-data"):
        number = one.word("priority-application-number", "doc-number")
        yield from values.priority(number, one.word("country-code"), one.word("filing-date"))
    related = front.first("continuity-data")
    if related is None:
        return
    for one in (*related.inside("parent"), *related.inside("non-provisional-of-provisional")):
        parent = [one.word("document-id", part) for part in ("doc-number", "country-code", "document-date")]
        yield from values.priority(parent[0], parent[1] or "US", parent[2])


def _media(document: Node) -> Iterator[Medium]:
    files = [one.get("file") for one in document.every("subdoc-drawings", "figure", "image")]
    yield from (Medium("figure", place, file) for place, file in enumerate((f for f in files if f), 1))
