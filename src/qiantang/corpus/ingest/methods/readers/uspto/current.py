"""Grants since 2005 and applications since 2004 (``us-patent-grant``, ``us-patent-application`` 4.0 to 4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.readers.uspto.values import (
    GAP,
    LINE,
    Address,
    Values,
    claim,
    lines,
    named,
    origin_of,
    person,
    texts,
    type_of,
)
from qiantang.corpus.ingest.methods.trees import Wording
from qiantang.corpus.register.types import Citation, Classification, Medium, Observation, Party, Priority, Publication

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.trees import Node
    from qiantang.kernel.numbers import PatentNumber

ROOTS = ("us-patent-grant", "us-patent-application")
_SAID = Wording(
    left_out=frozenset(
        {"maths", "math", "us-math", "chemistry", "us-chemistry", "sequence-list", "us-sequence-list-doc"}
    ),
    lined=frozenset({"p", "heading", "claim-text", "li", "dt", "dd", "row"}),
    spaced=frozenset({"entry", "br"}),
    line=LINE,
    gap=GAP,
)
_SYMBOL = ("section", "class", "subclass", "main-group", "subgroup")
_CITED = ("country", "doc-number", "kind", "date")
_NAMED = ("orgname", "name", "first-name", "middle-name", "last-name", "suffix")
_PLACE = ("address-1", "address-2", "street", "city", "state", "country", "postcode")
_PARENTS = (
    "addition", "continuation", "continuation-in-part", "continuing-reissue", "division", "reexamination",
    "reissue", "substitution", "us-divisional-reissue", "us-reexamination-reissue-merger", "utility-model-basis",
    "correction", "a-371-of-international",
)  # fmt: skip


def observation(document: Node, row: int, values: Values) -> Observation:
    """Errors  ``CellRefused`` with the element in place of a column, as ``Values``"""
    return _Document(document, values).observation(row)


class _Document:
    def __init__(self, document: Node, values: Values) -> None:
        self._document = document
        self._values = values
        front = document.first("us-bibliographic-data-grant") or document.first("us-bibliographic-data-application")
        self._front = front or document
        self._parties = self._front.first("us-parties") or self._front.first("parties")

    def observation(self, row: int) -> Observation:
        values, front = self._values, self._front
        published, number = self._publication()
        application = front.first("application-reference", "document-id")
        claims = self._document.every("claims", "claim")
        counted = front.word("number-of-claims") or ""
        return Observation(
            row=row,
            office="US",
            as_of=published.date,
            type=type_of(number, self._application_type()),
            application_number=values.application(
                application.word("doc-number") if application else None, front.word("us-application-series-code")
            ),
            filing_date=values.day(application.word("date"), "application-reference/date") if application else None,
            claim_count=int(counted) if counted.isdecimal() and int(counted) else len(claims) or None,
            publications=[published, *self._earlier(published)],
            texts=texts(
                title=self._text(front.first("invention-title")),
                abstract=self._text(self._document.first("abstract")),
                claims="\n".join(map(self._claim, claims, range(1, len(claims) + 1))),
                description=self._text(self._document.first("description")),
            ),
            classifications=self._classes(),
            parties=self._people(),
            priorities=list(self._priorities()),
            citations=list(self._citations()),
            media=[*self._media()],
            notes=values.notes,
        )

    # --- numbers -----------------------------------------------------------------------------------------------------------

    def _application_type(self) -> str | None:
        reference = self._front.first("application-reference")
        return reference.get("appl-type") if reference else None

    def _publication(self) -> tuple[Publication, PatentNumber]:
        reference = self._front.first("publication-reference", "document-id")
        if reference is None:
            return self._values.publication(None, None, None)
        day = self._values.day(reference.word("date"), "publication-reference/date")
        return self._values.publication(reference.word("doc-number"), reference.word("kind"), day)

    def _earlier(self, published: Publication) -> Iterator[Publication]:
        """The same application as published before grant. A reissue names there what another application was."""
        if self._application_type() == "reissue":
            return
        for one in self._front.every("us-related-documents", "related-publication", "document-id"):
            if self._values.country(one.word("country")) == "US" and (text := one.word("doc-number")):
                day = self._values.loose_day(one.word("date"))
                earlier, _ = self._values.publication(text, one.word("kind"), day)
                if earlier.number != published.number:
                    yield earlier

    # --- texts -------------------------------------------------------------------------------------------------------------

    def _text(self, element: Node | None) -> str | None:
        return None if element is None else "\n".join(lines(element.flat(_SAID), self._values))

    def _claim(self, element: Node, position: int) -> str:
        counted = element.get("num") or ""
        number = int(counted) if counted.isdecimal() and int(counted) else position
        return claim(number, lines(element.flat(_SAID), self._values))

    # --- classes, people, references -----------------------------------------------------------------------------------------

    def _classes(self) -> list[Classification]:
        found: list[Classification] = []
        front, classify = self._front, self._values.classify
        for one in front.every("classifications-ipcr", "classification-ipcr"):
            self._symbol(found, "ipc", one)
        for block, scheme in (("classification-ipc", "ipc"), ("classification-locarno", "locarno")):
            for one in front.every(block):
                for name in ("main-classification", "further-classification"):
                    for symbol in one.every(name):
                        classify(found, scheme, symbol.word(), one.word("edition"))
        cpc = front.first("classifications-cpc")
        for one in cpc.inside("classification-cpc") if cpc else ():
            self._symbol(found, "cpc", one)
        return found

    def _symbol(self, found: list[Classification], scheme: str, one: Node) -> None:
        section, class_, subclass, group, subgroup, dated = one.words(*_SYMBOL, f"{scheme}-version-indicator/date")
        if not (section and class_ and subclass and group and subgroup):
            self._values.note("classification_damaged")
            return
        edition = f"{dated[:4]}.{dated[4:6]}" if dated and len(dated) == len("20130101") else None
        self._values.classify(found, scheme, f"{section}{class_}{subclass}{group}/{subgroup}", edition)

    def _people(self) -> list[Party]:
        applicants, inventors = self._at("us-applicants", "us-applicant"), self._at("inventors", "inventor")
        inventors += self._at("inventors", "deceased-inventor")
        applicants += self._at("applicants", "applicant")
        # Before 2013 an applicant was an inventor, and the form says so.
        inventors += [one for one in applicants if one.get("app-type") == "applicant-inventor"]
        agents = self._at("agents", "agent")
        return [
            *named(self._names(applicants), "applicant"),
            *named(self._names(self._front.every("assignees", "assignee")), "holder"),
            *named(self._names(inventors), "inventor"),
            *named(self._names(agents, only="orgname"), "agency"),
            *named(self._names(agents, only="last-name"), "agent"),
        ]

    def _at(self, *path: str) -> list[Node]:
        return self._parties.every(*path) if self._parties else []

    def _names(self, ones: list[Node], only: str | None = None) -> Iterator[tuple[str, Address]]:
        for one in ones:
            book = one.first("addressbook") or one
            orgname, name_, *own_parts = book.words(*_NAMED)
            whole, own = orgname or name_, person(*own_parts)
            name = {"orgname": whole, "last-name": own}.get(only, whole or own) if only else whole or own
            if name:
                yield name, self._address(book, one)

    def _address(self, book: Node, one: Node) -> Address:
        where = book.first("address")
        if where is None:
            return Address(self._values.country(one.word("residence", "country")))
        *said, country, postcode = where.words(*_PLACE)
        return self._values.address(said, country or one.word("residence", "country"), postcode)

    def _priorities(self) -> Iterator[Priority]:
        """Foreign priorities, then what the application goes back to at this office and under the PCT."""
        priority = self._values.priority
        for one in self._front.every("priority-claims", "priority-claim"):
            yield from priority(one.word("doc-number"), one.word("country"), one.word("date"))
        related = self._front.first("us-related-documents")
        if related is not None:
            for kind in _PARENTS:
                for one in related.every(kind, "relation", "parent-doc", "document-id"):
                    yield from priority(one.word("doc-number"), one.word("country") or "US", one.word("date"))
            for one in related.every("us-provisional-application", "document-id"):
                yield from priority(one.word("doc-number"), one.word("country") or "US", one.word("date"))
        for one in self._front.every("pct-or-regional-filing-data", "document-id"):
            yield from priority(one.word("doc-number"), one.word("country"), one.word("date"))

    def _citations(self) -> Iterator[Citation]:
        for block, element in (("us-references-cited", "us-citation"), ("references-cited", "citation")):
            for one in self._front.every(block, element):
                origin = origin_of(one.word("category"))
                document = one.first("patcit", "document-id")
                if document is not None:
                    country, number, kind, day = document.words(*_CITED)
                    yield self._values.cited(country, number, kind, day, origin)
                elif (other := one.first("nplcit", "othercit")) and (said := self._text(other)):
                    yield Citation(None, origin, None, None, said.replace("\n", " "))

    def _media(self) -> Iterator[Medium]:
        files = [one.get("file") for one in self._document.every("drawings", "figure", "img")]
        yield from (Medium("figure", place, file) for place, file in enumerate((f for f in files if f), 1))
