"""Grants since 2005 and applications since 2004 (``us-patent-grant``, ``us-patent-application`` 4.0 to 4.7)."""

from __future__ import annotations

from functools import partial
from itertools import count, islice
from typing import TYPE_CHECKING, NamedTuple

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
    from collections.abc import Iterable, Iterator

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
_CITED = tuple(f"patcit/document-id/{name}" for name in ("country", "doc-number", "kind", "date"))
_NAMED = ("orgname", "name", "first-name", "middle-name", "last-name", "suffix")
_OWN_PARTS = 4  # of a person's name
_PLACE = tuple(
    f"address/{name}" for name in ("address-1", "address-2", "street", "city", "state", "country", "postcode")
)
_PARENTS = (
    "addition", "continuation", "continuation-in-part", "continuing-reissue", "division", "reexamination",
    "reissue", "substitution", "us-divisional-reissue", "us-reexamination-reissue-merger", "utility-model-basis",
    "correction", "a-371-of-international",
)  # fmt: skip


class _Named(NamedTuple):
    whole: str | None
    own: str | None
    where: Address


def _either(ones: Iterable[_Named]) -> Iterator[tuple[str, Address]]:
    return ((name, one.where) for one in ones if (name := one.whole or one.own))


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
                claims="\n".join(map(self._claim, claims, count(1), self._document.flats(claims, _SAID))),
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

    def _claim(self, element: Node, position: int, said: str) -> str:
        counted = element.get("num") or ""
        number = int(counted) if counted.isdecimal() and int(counted) else position
        return claim(number, lines(said, self._values))

    # --- classes, people, references -----------------------------------------------------------------------------------------

    def _classes(self) -> list[Classification]:
        found: list[Classification] = []
        front, classify = self._front, self._values.classify
        self._symbols(found, "ipc", front.every("classifications-ipcr", "classification-ipcr"))
        for block, scheme in (("classification-ipc", "ipc"), ("classification-locarno", "locarno")):
            for one in front.every(block):
                for name in ("main-classification", "further-classification"):
                    for symbol in one.every(name):
                        classify(found, scheme, symbol.word(), one.word("edition"))
        cpc = front.first("classifications-cpc")
        self._symbols(found, "cpc", cpc.inside("classification-cpc") if cpc else [])
        return found

    def _symbols(self, found: list[Classification], scheme: str, ones: list[Node]) -> None:
        rows = self._front.rows(ones, *_SYMBOL, f"{scheme}-version-indicator/date")
        for section, class_, subclass, group, subgroup, dated in rows:
            if not (section and class_ and subclass and group and subgroup):
                self._values.note("classification_damaged")
                continue
            edition = f"{dated[:4]}.{dated[4:6]}" if dated and len(dated) == len("20130101") else None
            self._values.classify(found, scheme, f"{section}{class_}{subclass}{group}/{subgroup}", edition)

    def _people(self) -> list[Party]:
        applicants, inventors = self._at("us-applicants", "us-applicant"), self._at("inventors", "inventor")
        inventors += self._at("inventors", "deceased-inventor")
        applicants += self._at("applicants", "applicant")
        # Before 2013 an applicant was an inventor, and the form says so.
        inventors += [one for one in applicants if one.get("app-type") == "applicant-inventor"]
        agents = self._at("agents", "agent")
        holders = self._front.every("assignees", "assignee")
        known = self._named([*applicants, *holders, *inventors, *agents])
        take = partial(islice, iter(known))
        firms = known[len(known) - len(agents) :]
        return [
            *named(_either(take(len(applicants))), "applicant"),
            *named(_either(take(len(holders))), "holder"),
            *named(_either(take(len(inventors))), "inventor"),
            *named(((one.whole, one.where) for one in firms if one.whole), "agency"),
            *named(((one.own, one.where) for one in firms if one.own), "agent"),
        ]

    def _at(self, *path: str) -> list[Node]:
        return self._parties.every(*path) if self._parties else []

    def _named(self, ones: list[Node]) -> list[_Named]:
        """What is said of each, names of organisations and of persons apart."""
        books = [one.first("addressbook") or one for one in ones]
        rows, lived = self._front.rows(books, *_NAMED, *_PLACE), self._front.rows(ones, "residence/country")
        found = []
        for (orgname, name_, *said), (residence,) in zip(rows, lived, strict=True):
            *street, country, postcode = said[_OWN_PARTS:]
            where = self._values.address(street, country or residence, postcode)
            found.append(_Named(orgname or name_, person(*said[:_OWN_PARTS]), where))
        return found

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
            ones = self._front.every(block, element)
            rows = self._front.rows(ones, "category", *_CITED)
            for one, (category, country, number, kind, day) in zip(ones, rows, strict=True):
                if number or country or kind or day or one.first("patcit", "document-id"):
                    yield self._values.cited(country, number, kind, day, origin_of(category))
                elif (other := one.first("nplcit", "othercit")) and (said := self._text(other)):
                    yield Citation(None, origin_of(category), None, None, said.replace("\n", " "))

    def _media(self) -> Iterator[Medium]:
        files = [one.get("file") for one in self._document.every("drawings", "figure", "img")]
        yield from (Medium("figure", place, file) for place, file in enumerate((f for f in files if f), 1))
