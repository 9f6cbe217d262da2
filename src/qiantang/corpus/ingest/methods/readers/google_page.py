"""Pages of Google Patents, saved as HTML with their microdata (``itemprop``).

Left out: what the page itself calls an assumption (legal status, expiry, priority date), similar documents, members of the
family (their id is kept), and the codes of classes above the one that was given. A translated page holds the original of each
sentence beside it: both are kept, the translation marked as a machine's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.google_facts import (
    Page,
    Reference,
    citation,
    event,
    page_batches,
    priorities,
)
from qiantang.corpus.ingest.methods.readers.google_texts import texts
from qiantang.corpus.ingest.methods.whole_files import page, said
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import Medium, Observation, Party, Publication, SourceRank

if TYPE_CHECKING:
    from datetime import date

    from lxml.html import HtmlElement

    from qiantang.corpus.register.types import Classification, Event

_OURS = re.compile(rb"<meta name=\"DC\.type\" content=\"patent\"|itemprop=\"publicationNumber\"")
_FAMILY = re.compile(r"ID=(\d+)$")
_DIRECT = ("backwardReferences", "backwardReferencesOrig")


class GooglePageReader:
    """The reader of these pages. Row 1 is the patent of the page, then each document which cites it."""

    name = "google-patents-page"
    version = 1
    rank: SourceRank = SourceRank.CRAWL
    looks_for = "a web page with the microdata of Google Patents (itemprop publicationNumber)"
    cannot_know: tuple[str, ...] = ("agency", "agents", "address", "page_count", "extended_family", "ipc", "locarno")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return b"<" in head[:1024] and _OURS.search(head) is not None and b"itemprop" in head

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        article = next(iter(page(stream).xpath("//article[@itemscope]")), None)
        if article is None:
            raise FileRefused(Refusal(0, "format_unknown", facts={"looked_for": [self.looks_for], "name": name}))
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="")
        yield from page_batches(builder, cells, lambda: _Patent(article, cells).page())


class _Patent:
    def __init__(self, article: HtmlElement, cells: Cells) -> None:
        self._article = article
        self._cells = cells
        self._notes: list[str] = []

    def page(self) -> Page:
        number = self._cells.publication(self._first("publicationNumber") or _missing())
        filing = self._cells.application(self._first("applicationNumber"), self._notes)
        words = texts(self._article)
        claimed = [
            (_value(row, "applicationNumber"), _value(row, "filingDate")) for row in self._all("appsClaimingPriority")
        ]
        if self._all("parentApps"):
            self._notes.append("related_applications_left_out")
        if self._all("backwardReferencesFamily") or self._all("forwardReferencesFamily"):
            self._notes.append("family_citations_left_out")
        patent = Observation(
            row=1,
            office=number.office,
            type=number.type or (filing.type if filing else None),
            application_number=filing.canonical if filing else None,
            filing_date=self._day("filingDate"),
            claim_count=int(count) if (count := self._first("count")).isdecimal() else None,
            simple_family=self._family(),
            publications=self._publications(number.stem, number.kind),
            texts=words,
            classifications=self._classes(),
            parties=list(self._parties()),
            priorities=priorities(claimed, filing, self._cells),
            citations=[citation(one, self._cells) for name in _DIRECT for one in self._references(name)],
            events=self._events(),
            media=self._media(),
            notes=self._notes,
        )
        return Page(patent, [*self._references("forwardReferences"), *self._references("forwardReferencesOrig")])

    def _all(self, name: str) -> list[HtmlElement]:
        return list(self._article.xpath(".//*[@itemprop=$name]", name=name))

    def _first(self, name: str) -> str:
        return next(map(_content, self._all(name)), "")

    def _day(self, name: str) -> date | None:
        return self._cells.day(self._first(name), name)

    def _family(self) -> str | None:
        headings = self._article.xpath(".//section[@itemprop='family']//h2")
        found = next(filter(None, (_FAMILY.match(said(one)) for one in headings)), None)
        return f"docdb:{found[1]}" if found else None

    def _publications(self, own: str, kind: str | None) -> list[Publication]:
        """The page's own document first, then its other printings."""
        found = {(own, kind): Publication(own, kind, self._day("publicationDate"))}
        for row in self._all("pubs"):
            number = self._cells.publication(_value(row, "publicationNumber"))
            day = self._cells.day(_value(row, "publicationDate"), "publicationDate")
            found.setdefault((number.stem, number.kind), Publication(number.stem, number.kind, day))
        return list(found.values())

    def _classes(self) -> list[Classification]:
        """The classes that were given; the lists also show every class above each of them."""
        rows = self._article.xpath(".//li[@itemprop='classifications'][./*[@itemprop='Leaf']][./*[@itemprop='IsCPC']]")
        return self._cells.classes(";".join(_value(row, "Code") for row in rows), "cpc", self._notes)

    def _parties(self) -> Iterator[Party]:
        for role, name in (("applicant", "assigneeOriginal"), ("holder", "assigneeCurrent"), ("inventor", "inventor")):
            elements = self._article.xpath("./*[@itemprop=$name]", name=name)
            names = [text for text in map(said, elements) if text]
            yield from (Party(role, place, text) for place, text in enumerate(dict.fromkeys(names), 1))

    def _references(self, name: str) -> list[Reference]:
        return [
            Reference(
                _value(row, "publicationNumber"),
                bool(_value(row, "examinerCited")),
                _value(row, "publicationDate"),
                _value(row, "title"),
                _value(row, "assigneeOriginal"),
            )
            for row in self._all(name)
        ]

    def _events(self) -> list[Event]:
        found = []
        for row in self._all("legalEvents"):
            details = "; ".join(said(one) for one in row.xpath(".//*[@itemprop='attributes']"))
            found.append(event(_value(row, "date"), _value(row, "code"), _value(row, "title"), details, self._cells))
        return found

    def _media(self) -> list[Medium]:
        files = [_value(row, "full").rpartition("/")[2] for row in self._all("images")]
        return [Medium("figure", place, file) for place, file in enumerate(filter(None, files), 1)]


def _missing() -> str:
    raise CellRefused("publicationNumber", "number_missing")


def _content(element: HtmlElement) -> str:
    """The value of a microdata property: of ``meta`` and ``time`` an attribute, else the text."""
    return (element.get("content") or element.get("datetime") or said(element)).strip()


def _value(row: HtmlElement, name: str) -> str:
    return next(map(_content, row.xpath(".//*[@itemprop=$name]", name=name)), "")
