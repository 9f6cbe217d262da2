"""Tables of Chinese designs with legal events, as a crawler of two web sites writes them.

Known quirks, each handled here: the first columns hold values, most later ones the words of their own header; two columns
without a header hold JSON, first the entry of the gazette (owner, address, priority), then the legal events as texts in
threes; the header line is repeated inside; -1 stands for nothing; the agency's code is glued to its name. Addresses are
taken out of the texts of events: they may be those of private persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

import orjson

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.days import DayRefused, parse_day
from qiantang.corpus.ingest.methods.lines import KEPT
from qiantang.corpus.ingest.methods.names import agency_name
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.mapped_links import priority
from qiantang.corpus.ingest.methods.records import Record, RecordStream
from qiantang.corpus.ingest.methods.tableheads import text_head
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import Event, Observation, Party, Publication, SourceRank, Text

_HEADERS = ("公开公告号", "专利名称", "申请号", "LOC分类号", "申请日", "授权日")
_TELLING = frozenset({*_HEADERS, "法律状态信息"})
_UNNAMED = 2
_ABSENT = frozenset({"", "-1"})
_EVENT = re.compile(r"事务数据公告日 (\S+) 事务数据类型 (\S+)")
_EFFECTIVE = re.compile(r"(?:登记生效日|终止日期|解除日):(\d{8})")
_NEW_OWNER = re.compile(r"变更事项:专利权人\n变更前:.*\n变更后:(.+)")
_ADDRESSES = re.compile(r"\n变更事项:地址(?:\n变更[前后]:[^\n]*)*")


class DesignEventsTableReader:
    """The reader of these tables."""

    name = "cn-design-events-table"
    version = 1
    rank: SourceRank = SourceRank.CRAWL
    looks_for = "a comma-separated text whose first line names 公开公告号, LOC分类号 and 法律状态信息"
    cannot_know: tuple[str, ...] = ("claims", "abstract", "citations", "media")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        rows = text_head(head).rows()
        return bool(rows) and _TELLING.issubset(rows[0])

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        records = RecordStream(stream, unnamed=_UNNAMED)
        missing = [header for header in _HEADERS if header not in records.header]
        if missing:
            raise FileRefused(Refusal(0, "columns_missing", facts={"missing": missing, "twice": []}))
        builder = BatchBuilder()
        designs = _Designs(records.header, builder)
        for record in records:
            if isinstance(record, Refusal):
                builder.refuse(record)
            else:
                designs.take(record)
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


class _Designs:
    """Rows to observations."""

    def __init__(self, header: list[str], builder: BatchBuilder) -> None:
        self._header = header
        self._builder = builder
        self._cells = Cells(builder.numbers, office="CN")
        self._places = [header.index(name) for name in _HEADERS]

    def take(self, record: Record) -> None:
        raw = ",".join(record.fields)[:KEPT]
        if record.fields[: len(self._header)] == self._header:
            self._builder.refuse(Refusal(record.row, "header_repeated", raw=raw))
            return
        try:
            self._builder.add(self._observed(record))
        except CellRefused as problem:
            self._builder.refuse(Refusal(record.row, problem.code, problem.field, problem.facts, raw))

    def _observed(self, record: Record) -> Observation:
        publication, title, filing, locarno, filed, granted = (record.fields[place].strip() for place in self._places)
        notes: list[str] = []
        entry, told = (
            self._json(text, kind, notes) for text, kind in zip(record.fields[-2:], (dict, list), strict=True)
        )
        number = self._cells.publication(publication)
        application = self._cells.application(filing, notes)
        events = list(_events(told or []))
        brief = _said(entry, "简要说明")
        claim = priority(_said(entry, "优先权"), ())
        return Observation(
            record.row,
            "CN",
            max((event.gazette_date for event in events if event.gazette_date), default=None),
            "design",
            application.canonical if application else None,
            self._cells.day(filed, "申请日"),
            publications=[Publication(number.stem, number.kind, self._cells.day(granted, "授权日"))],
            texts=[Text("title", "zh", title), *([Text("description", "zh", brief)] if brief else [])],
            classifications=self._cells.classes(locarno, "locarno", notes),
            parties=[*self._parties(entry or {}, notes), *_new_owner(events)],
            priorities=[claim] if claim else [],
            events=events,
            notes=notes,
        )

    def _json(self, text: str, kind: type, notes: list[str]) -> Any:
        try:
            read = orjson.loads(text)
        except orjson.JSONDecodeError:
            read = None
        if isinstance(read, kind):
            return read
        if "details_damaged" not in notes:
            notes.append("details_damaged")
        return None

    def _parties(self, entry: dict[str, Any], notes: list[str]) -> list[Party]:
        postcode, address = self._cells.address(_said(entry, "地址"))
        parties = self._cells.applicants(_said(entry, "专利权人"), address, postcode)
        parties += self._cells.inventors(_said(entry, "设计人"), notes)
        agency = agency_name(_said(entry, "专利代理机构"))
        parties += [Party("agency", 1, agency)] if agency else []
        agents = self._cells.names(_said(entry, "代理人"))
        return parties + [Party("agent", place, name) for place, name in enumerate(agents, 1)]


def _said(entry: dict[str, Any] | None, key: str) -> str:
    text = str((entry or {}).get(key, "")).strip()
    return "" if text in _ABSENT else text


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except DayRefused:
        return None


def _events(told: list[Any]) -> Iterator[Event]:
    """Events from texts in threes: the application, gazette date and kind, particulars. The kind stands for the office's code.

    Particulars begin with the gazette's own title, which is finer than the kind: it tells a lapse for unpaid fees from others.
    """
    texts = [str(text) for text in told]
    for place, text in enumerate(texts):
        found = _EVENT.fullmatch(text.strip())
        if found is None:
            continue
        particulars = texts[place + 1] if place + 1 < len(texts) and not _EVENT.search(texts[place + 1]) else ""
        title = particulars.partition("\n")[0].strip() or found[2]
        effective = _EFFECTIVE.search(particulars)
        said = _ADDRESSES.sub("", particulars).strip()
        yield Event(title, _day(effective[1]) if effective else None, _day(found[1]), said or None)


def _new_owner(events: list[Event]) -> list[Party]:
    """The owners whom the latest transfer or change of name tells."""
    told = [(event.gazette_date, found[1]) for event in events if (found := _NEW_OWNER.search(event.text or ""))]
    if not told:
        return []
    _, names = max(told, key=lambda one: one[0] or date.min)
    owners = [name.strip() for name in re.split("[;；]", names) if name.strip()]
    return [Party("holder", place, name) for place, name in enumerate(owners, 1)]
