"""Result pages of the CNIPA gazette (中国专利公布公告): whole entries with abstract, agents and PCT data.

An entry is a box of labelled values. Lists that the page folds away are read whole. The page that says that nothing was
found is an answer too: it has no rows and is not refused. What an international application adds has no place of its own in
the record: it is kept as events under the gazette's own labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder, collected
from qiantang.corpus.ingest.methods.whole_files import page, said
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import Event, Observation, Party, Priority, Publication, SourceRank, Text

if TYPE_CHECKING:
    from datetime import date

    from lxml.html import HtmlElement

_ENTRY, _NOTHING_FOUND = "cp_box", "cx_nojg"
_OURS = re.compile(rb"class=\"(?:cp_box|cx_nojg)\"")
_LABEL = re.compile(r"\s*([^：:]{2,14})[：:]\s*(.*)$", re.DOTALL)
_HEADING = re.compile(r"\s*\[([^\]]+)\]\s*(.*)$", re.DOTALL)
_AGENCY_CODE = re.compile(r"\s*\d{5}$")
_PRIORITY = re.compile(r"(\S+)\s+(\d{4}\.\d{2}\.\d{2})(?:\s+([A-Z]{2}))?")
_INTERNATIONAL = ("PCT进入国家阶段日", "PCT申请数据", "PCT公布数据")
_DAY = re.compile(r"\d{4}\.\d{2}\.\d{2}")
_TYPES = {"发明公布": "invention", "发明授权": "invention", "实用新型": "utility_model", "外观设计": "design"}
# label -> canonical name; applications and grants print different words
_NAMES = {
    "申请公布号": "publication",
    "授权公告号": "publication",
    "申请公布日": "publication_date",
    "授权公告日": "publication_date",
    "申请号": "application",
    "申请日": "filing_date",
    "申请人": "applicants",
    "专利权人": "applicants",
    "发明人": "inventors",
    "设计人": "inventors",
    "地址": "address",
    "分类号": "classes",
    "专利代理机构": "agency",
    "代理人": "agents",
    "优先权": "priorities",
}


class GazettePageReader:
    """The reader of these pages. A row is an entry, counted from 1."""

    name = "cnipa-gazette-page"
    version = 1
    rank: SourceRank = SourceRank.OFFICIAL_GAZETTE
    looks_for = (
        "a web page with entries of the CNIPA gazette (申请公布号, 授权公告号), or its answer that nothing was found"
    )
    cannot_know: tuple[str, ...] = ("claims", "description", "citations", "simple_family", "extended_family", "cpc")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return b"<html" in head.lower() and _OURS.search(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        root = page(stream)
        entries = root.find_class(_ENTRY)
        if not entries and not root.find_class(_NOTHING_FOUND):
            raise FileRefused(Refusal(0, "format_unknown", facts={"looked_for": [self.looks_for], "name": name}))
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="CN")
        yield from collected(builder, entries, lambda row, box: _Entry(box, cells).observation(row), said)


class _Entry:
    def __init__(self, box: HtmlElement, cells: Cells) -> None:
        self._cells = cells
        self._notes: list[str] = []
        heading = _HEADING.match(said(next(iter(box.iter("h1")), None)))
        self._kind, self._title = heading.groups() if heading else ("", "")
        self._values = _labelled(box)
        self._abstract = _abstract(box)

    def observation(self, row: int) -> Observation:
        publication = self._cells.publication(self._value("publication") or _missing())
        published = self._day("publication_date")
        filing = self._cells.application(self._value("application"), self._notes)
        kind_of_right = _TYPES.get(self._kind) or publication.type
        texts = [Text("title", "zh", self._title)] if self._title else []
        texts += [Text("abstract", "zh", self._abstract)] if self._abstract else []
        scheme = "locarno" if kind_of_right == "design" else "ipc"
        return Observation(
            row=row,
            office="CN",
            as_of=published,
            type=kind_of_right,
            application_number=filing.canonical if filing else None,
            filing_date=self._day("filing_date"),
            publications=[Publication(publication.stem, publication.kind, published)],
            texts=texts,
            classifications=self._cells.classes(self._value("classes"), scheme, self._notes),
            parties=self._parties(),
            priorities=self._priorities(),
            events=self._international(),
            notes=self._notes,
        )

    def _value(self, name: str) -> str:
        return self._values.get(name, "")

    def _day(self, name: str) -> date | None:
        return self._cells.day(self._value(name), name)

    def _parties(self) -> list[Party]:
        postcode, address = self._cells.address(self._value("address"))
        parties = self._cells.applicants(self._value("applicants"), address, postcode)
        parties += self._cells.inventors(self._value("inventors"), self._notes)
        agency = _AGENCY_CODE.sub("", self._value("agency"))
        parties += [Party("agency", 1, agency)] if agency else []
        agents = self._cells.names(self._value("agents"))
        return parties + [Party("agent", place, name) for place, name in enumerate(agents, 1)]

    def _priorities(self) -> list[Priority]:
        found = _PRIORITY.findall(self._value("priorities"))
        return [Priority(number, country or None, self._cells.day(day, "priorities")) for number, day, country in found]

    def _international(self) -> list[Event]:
        events = []
        for label in _INTERNATIONAL:
            text = self._value(label)
            if text:
                day = _DAY.search(text)
                events.append(Event(label, self._cells.day(day[0], label) if day else None, None, text))
        return events


def _missing() -> str:
    raise CellRefused("publication", "number_missing")


def _labelled(box: HtmlElement) -> dict[str, str]:
    """Values by canonical name, or by label where the record has no name for it. A line without a label goes on with the
    value before it, as folded lists do.
    """
    values: dict[str, str] = {}
    name = ""
    for line in _lines(box):
        found = _LABEL.match(line)
        if found:
            name = _NAMES.get(found[1].strip(), found[1].strip())
            values.setdefault(name, found[2].strip())
        elif name and line.strip():
            values[name] = f"{values[name]} {line.strip()}"
    return values


def _lines(box: HtmlElement) -> Iterator[str]:
    """The text of each list item, the items inside it apart; what the page says for readers of the screen left out."""
    for item in box.iter("li"):
        own = [item.text or ""]
        _own_text(item, own)
        yield " ".join("".join(own).split())


def _own_text(element: HtmlElement, parts: list[str]) -> None:
    for child in element:
        if child.tag not in {"li", "ul"} and child.get("class") != "zhankai":
            parts.append(child.text or "")
            _own_text(child, parts)
        parts.append(child.tail or "")


def _abstract(box: HtmlElement) -> str:
    """The text behind 摘要 (a design: 简要说明), with the part that the page folds away."""
    for block in box.find_class("cp_jsh"):
        for link in block.find_class("zhankaizy"):
            link.text = ""
        label = _LABEL.match(said(block))
        return label[2] if label else said(block)
    return ""
