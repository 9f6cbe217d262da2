"""Grants since 2005 and applications since 2004 (``us-patent-grant``, ``us-patent-application`` 4.0 to 4.7)."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.ingest.methods.readers.uspto.values import (
    GAP,
    LINE,
    Address,
    Values,
    claim,
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
    from datetime import date

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
_REFERENCE = ("doc-number", "kind", "date")
_RELATED = ("doc-number", "country", "date")
_PLACE = tuple(
    f"address/{name}" for name in ("address-1", "address-2", "street", "city", "state", "country", "postcode")
)
_PARENTS = (
    "addition", "continuation", "continuation-in-part", "continuing-reissue", "division", "reexamination",
    "reissue", "substitution", "us-divisional-reissue", "us-reexamination-reissue-merger", "utility-model-basis",
    "correction", "a-371-of-international",
)  # fmt: skip

# What is looked up in a document at once: the lists in it, in its front page, among its parties, what it goes back to.
_IN_DOCUMENT = (
    "us-bibliographic-data-grant", "us-bibliographic-data-application", "abstract", "description", "claims/claim",
    "drawings/figure/img",
)  # fmt: skip
_IN_FRONT = (
    "publication-reference/document-id", "application-reference", "application-reference/document-id",
    "us-related-documents/related-publication/document-id", "invention-title", "classifications-ipcr/classification-ipcr",
    "classification-ipc", "classification-locarno", "classifications-cpc", "us-parties", "parties", "assignees/assignee",
    "priority-claims/priority-claim", "us-related-documents", "pct-or-regional-filing-data/document-id",
    "us-references-cited/us-citation", "references-cited/citation",
)  # fmt: skip
_IN_PARTIES = (
    "us-applicants/us-applicant", "applicants/applicant", "inventors/inventor", "inventors/deceased-inventor", "agents/agent",
)  # fmt: skip
_GOES_BACK_TO = (
    *(f"{kind}/relation/parent-doc/document-id" for kind in _PARENTS), "us-provisional-application/document-id",
)  # fmt: skip


class _Named(NamedTuple):
    whole: str | None
    own: str | None
    where: Address


class _Cited(NamedTuple):
    """rows: category, country, number, kind and day of each; others: by place, what has no number, and what it says of it."""

    rows: list[list[str | None]]
    others: dict[int, Node | None]


def _either(ones: Iterable[_Named]) -> Iterator[tuple[str, Address]]:
    return ((name, one.where) for one in ones if (name := one.whole or one.own))


def _number(counted: str | None, place: int) -> int:
    """The number of a claim."""
    return (int(counted) if counted and counted.isdecimal() else 0) or place


def observation(document: Node, row: int, values: Values) -> Observation:
    """Errors  ``CellRefused`` with the element in place of a column, as ``Values``"""
    return _Document(document, values).observation(row)


class _Document:
    def __init__(self, document: Node, values: Values) -> None:
        self._document = document
        self._values = values
        self._lists = dict(zip(_IN_DOCUMENT, document.lists(*_IN_DOCUMENT), strict=True))
        grants, applications = (self._lists[name] for name in _IN_DOCUMENT[:2])
        self._front = next(iter((*grants, *applications)), document)
        self._lists |= zip(_IN_FRONT, self._front.lists(*_IN_FRONT), strict=True)

    def _first(self, path: str) -> Node | None:
        ones = self._lists[path]
        return ones[0] if ones else None

    def observation(self, row: int) -> Observation:
        values = self._values
        series, counted = self._front.words("us-application-series-code", "number-of-claims")
        published, number = self._publication()
        application, filed = self._application(series)
        claims, citations = self._lists["claims/claim"], self._references()
        others = [one for one in citations.others.values() if one]
        single = [self._first(name) for name in ("invention-title", "abstract", "description")]
        said = map(values.closed, self._document.closed([*(one for one in single if one), *claims, *others], _SAID))
        title, abstract, description = (None if one is None else next(said) for one in single)
        counts = self._document.gets(claims, "num")
        claimed = "\n".join([claim(_number(count, place), next(said)) for place, count in enumerate(counts, 1)])
        return Observation(
            row=row,
            office="US",
            as_of=published.date,
            type=type_of(number, self._application_type()),
            application_number=application,
            filing_date=filed,
            claim_count=int(counted) if counted and counted.isdecimal() and int(counted) else len(claims) or None,
            publications=[published, *self._earlier(published)],
            texts=texts(title=title, abstract=abstract, claims=claimed, description=description),
            classifications=self._classes(),
            parties=self._people(),
            priorities=list(self._priorities()),
            citations=list(self._citations(citations, said)),
            media=[*self._media()],
            notes=values.notes,
        )

    # --- numbers -----------------------------------------------------------------------------------------------------------

    def _application_type(self) -> str | None:
        reference = self._first("application-reference")
        return reference.get("appl-type") if reference else None

    def _application(self, series: str | None) -> tuple[str | None, date | None]:
        reference = self._first("application-reference/document-id")
        if reference is None:
            return None, None
        number, _, day = reference.words(*_REFERENCE)
        return self._values.application(number, series), self._values.day(day, "application-reference/date")

    def _publication(self) -> tuple[Publication, PatentNumber]:
        reference = self._first("publication-reference/document-id")
        if reference is None:
            return self._values.publication(None, None, None)
        number, kind, day = reference.words(*_REFERENCE)
        return self._values.publication(number, kind, self._values.day(day, "publication-reference/date"))

    def _earlier(self, published: Publication) -> Iterator[Publication]:
        """The same application as published before grant. A reissue names there what another application was."""
        if self._application_type() == "reissue":
            return
        for one in self._lists["us-related-documents/related-publication/document-id"]:
            if self._values.country(one.word("country")) == "US" and (text := one.word("doc-number")):
                day = self._values.loose_day(one.word("date"))
                earlier, _ = self._values.publication(text, one.word("kind"), day)
                if earlier.number != published.number:
                    yield earlier

    # --- classes, people, references -----------------------------------------------------------------------------------------

    def _classes(self) -> list[Classification]:
        found: list[Classification] = []
        classify = self._values.classify
        self._symbols(found, "ipc", self._lists["classifications-ipcr/classification-ipcr"])
        for block, scheme in (("classification-ipc", "ipc"), ("classification-locarno", "locarno")):
            for one in self._lists[block]:
                for name in ("main-classification", "further-classification"):
                    for symbol in one.every(name):
                        classify(found, scheme, symbol.word(), one.word("edition"))
        cpc = self._first("classifications-cpc")
        self._symbols(found, "cpc", cpc.inside("classification-cpc") if cpc else [])
        return found

    def _symbols(self, found: list[Classification], scheme: str, ones: list[Node]) -> None:
        rows = self._front.rows(ones, *_SYMBOL, f"{scheme}-version-indicator/date") if ones else ()
        for section, class_, subclass, group, subgroup, dated in rows:
            if not (section and class_ and subclass and group and subgroup):
                self._values.note("classification_damaged")
                continue
            edition = f"{dated[:4]}.{dated[4:6]}" if dated and len(dated) == len("20130101") else None
            self._values.classify(found, scheme, f"{section}{class_}{subclass}{group}/{subgroup}", edition)

    def _people(self) -> list[Party]:
        parties = self._first("us-parties") or self._first("parties")
        of_late, before, inventors, deceased, agents = (
            parties.lists(*_IN_PARTIES) if parties else [[]] * len(_IN_PARTIES)
        )
        applicants = [*of_late, *before]
        # Before 2013 an applicant was an inventor, and the form says so.
        kinds = self._document.gets(applicants, "app-type")
        both = [one for one, kind in zip(applicants, kinds, strict=True) if kind == "applicant-inventor"]
        inventors = [*inventors, *deceased, *both]
        holders = self._lists["assignees/assignee"]
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

    def _named(self, ones: list[Node]) -> list[_Named]:
        """What is said of each, names of organisations and of persons apart."""
        books = [book or one for one, (book,) in zip(ones, self._front.firsts(ones, "addressbook"), strict=True)]
        rows, lived = self._front.rows(books, *_NAMED, *_PLACE), self._front.rows(ones, "residence/country")
        found = []
        for (orgname, name_, *said), (residence,) in zip(rows, lived, strict=True):
            *street, country, postcode = said[_OWN_PARTS:]
            where = self._values.address(street, country or residence, postcode)
            found.append(_Named(orgname or name_, person(*said[:_OWN_PARTS]), where))
        return found

    def _priorities(self) -> Iterator[Priority]:
        """Foreign priorities, then what the application goes back to at this office and under the PCT."""
        related = self._first("us-related-documents")
        parents = related.lists(*_GOES_BACK_TO) if related else ()
        for ones, where in (
            (self._lists["priority-claims/priority-claim"], None),
            ([one for kind in parents for one in kind], "US"),
            (self._lists["pct-or-regional-filing-data/document-id"], None),
        ):
            for number, country, day in self._front.rows(ones, *_RELATED) if ones else ():
                yield from self._values.priority(number, country or where, day)

    def _references(self) -> _Cited:
        ones = [*self._lists["us-references-cited/us-citation"], *self._lists["references-cited/citation"]]
        rows = self._front.rows(ones, "category", *_CITED) if ones else []
        unnumbered = [
            place
            for place, (_, country, number, kind, day) in enumerate(rows)
            if not (number or country or kind or day)
        ]
        told = self._front.firsts([ones[place] for place in unnumbered], "patcit/document-id", "nplcit/othercit")
        others = {place: other for place, (patent, other) in zip(unnumbered, told, strict=True) if patent is None}
        return _Cited(rows, others)

    def _citations(self, references: _Cited, said: Iterator[str]) -> Iterator[Citation]:
        cited, others = self._values.cited, references.others
        for place, (category, country, number, kind, day) in enumerate(references.rows):
            if place not in others:
                yield cited(country, number, kind, day, origin_of(category))
            elif others[place] and (text := next(said)):
                yield Citation(None, origin_of(category), None, None, text.replace("\n", " "))

    def _media(self) -> Iterator[Medium]:
        files = self._document.gets(self._lists["drawings/figure/img"], "file")
        yield from (Medium("figure", place, file) for place, file in enumerate((f for f in files if f), 1))
