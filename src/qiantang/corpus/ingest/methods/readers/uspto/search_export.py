"""Text exports of the office's search system (fields of two to four capital letters, one record after another).

A record begins behind a line ``*** BRS DOCUMENT BOUNDARY ***``; a field goes on over lines that begin with six blanks.
``N/A`` says that there is nothing. A group field (``URGP``, ``INGP`` …) repeats the single fields of one citation or one
person in one line; the single ones are read, and of a citation what the group says besides, its kind and who cited it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.lines import LINE_BYTES, LongLine, bounded_lines
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.uspto.values import (
    Address,
    Values,
    claim,
    named,
    old_ipc,
    origin_of,
    texts,
    type_of,
)
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import (
    Citation,
    Classification,
    Observation,
    Party,
    Priority,
    Publication,
    SourceRank,
)

_BOUNDARY = "*** BRS DOCUMENT BOUNDARY ***"
_FIELD = re.compile(r"([A-Z]{2,4}) (.*)", re.DOTALL)
_MOST_LINES = 200_000
_CATEGORY = re.compile(r"(?P<rest>.*?)\s*(?P<by>cited by [a-z ]+)$", re.DOTALL)
_CITED = re.compile(r"(?P<country>[A-Z]{2}) (?P<number>\S+)(?: (?P<kind>[A-Z]\d?))? (?P<day>\d{8})\b")
_CPC = re.compile(r"(\S+)\s+(\d{4})(\d{2})\d{2}")
_IPC = re.compile(r"(\S+/\d+)\s+(\d{4})(\d{2})\d{2}")
_RELATED = re.compile(r"(?:[a-z-]+ )?([A-Z]{2}) (\S+) (\d{8})")
_EARLIER = re.compile(r"\s*US (\d{11}) ([A-Z]\d)")

Fields = dict[str, list[str]]


class UsptoSearchExportReader:
    """The reader of these exports. A row is a record, counted from 1."""

    name = "uspto-search-export"
    version = 1
    rank: SourceRank = SourceRank.OFFICIAL_FULL_TEXT
    looks_for = f"a line {_BOUNDARY} in the first 64 KiB"
    cannot_know: tuple[str, ...] = ("events", "simple_family", "extended_family", "page_count", "media")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return f"\n{_BOUNDARY}".encode() in head or head.startswith(_BOUNDARY.encode())

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="US")
        for row, (line, fields) in enumerate(_records(stream), 1):
            if fields is None:
                builder.refuse(Refusal(row, "line_too_long", facts={"line": line, "limit": LINE_BYTES}))
                continue
            try:
                builder.add(_Record(fields, Values(builder.numbers, cells)).observation(row))
            except CellRefused as problem:
                builder.refuse(Refusal(row, problem.code, problem.field, {"line": line, **problem.facts}))
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


def _records(stream: BinaryIO) -> Iterator[tuple[int, Fields | None]]:
    """The line on which each record begins, and its fields; None where it is beyond all bounds."""
    begun, fields, last, broken = 0, Fields(), "", False
    for number, raw in enumerate(bounded_lines(stream), 1):
        text = "" if isinstance(raw, LongLine) else raw.decode("utf-8", "replace").rstrip("\r\n")
        if text.startswith(_BOUNDARY):
            if begun:
                yield begun, None if broken else fields
            begun, fields, last, broken = number, Fields(), "", False
            continue
        broken = broken or isinstance(raw, LongLine) or number - begun > _MOST_LINES
        found = _FIELD.match(text)
        if found and begun:
            last = found[1]
            fields.setdefault(last, []).append(found[2])
        elif last and text.startswith("      "):
            fields[last][-1] += "\n" + text
    if begun:
        yield begun, None if broken else fields


def _closed(text: str) -> str | None:
    said = " ".join(text.split())
    return None if said in ("", "N/A") else said


class _Record:
    def __init__(self, fields: Fields, values: Values) -> None:
        self._fields = fields
        self._values = values

    def _all(self, field: str) -> list[str | None]:
        return [_closed(one) for one in self._fields.get(field, ())]

    def _one(self, field: str) -> str | None:
        return next(iter(self._all(field)), None)

    def observation(self, row: int) -> Observation:
        values = self._values
        day = values.day(self._one("GISD") or self._one("PD"), "GISD")
        published, number = values.publication(self._one("WKU") or self._one("DWKU"), self._one("APT"), day)
        claims = [said for one in self._all("CLPR") + self._all("CLPV") if (said := one)]
        counted = self._one("NCL") or ""
        return Observation(
            row=row,
            office="US",
            as_of=published.date,
            type=type_of(number, None),
            application_number=values.application(self._one("APP") or self._one("APNR")),
            filing_date=values.day(self._one("AFD"), "AFD"),
            claim_count=int(counted) if counted.isdecimal() and int(counted) else None,
            publications=[published, *self._earlier()],
            texts=texts(
                title=self._one("TTL"),
                abstract=self._lines("ABPR"),
                claims="\n".join(claim(place, said) for place, said in enumerate(claims, 1)),
                description=self._lines("BSTX", "DRTX", "DETX"),
            ),
            classifications=self._classes(),
            parties=self._people(),
            priorities=list(self._priorities()),
            citations=list(self._citations()),
            notes=values.notes,
        )

    def _lines(self, *fields: str) -> str:
        return "\n".join(said for field in fields for said in self._all(field) if said)

    def _earlier(self) -> Iterator[Publication]:
        days = self._all("PPPD")
        for place, said in enumerate(self._all("PDID")):
            found = _EARLIER.match(said or "")
            if found:
                day = self._values.loose_day(days[place]) if place < len(days) else None
                yield self._values.publication(found[1], found[2], day)[0]

    def _classes(self) -> list[Classification]:
        found: list[Classification] = []
        for pattern, scheme, fields in ((_IPC, "ipc", ("IPCP", "IPCS")), (_CPC, "cpc", ("CPOI", "CPOA"))):
            for said in chain.from_iterable(map(self._all, fields)):
                one = pattern.match(said or "")
                if one:
                    self._values.classify(found, scheme, old_ipc(one[1]), f"{one[2]}.{one[3]}")
        return found

    def _people(self) -> list[Party]:
        agents = [_turned(name) for name in self._all("LRFW") + self._all("LRAG")]
        return [
            *named(self._persons("AA"), "applicant"),
            *named(self._persons("AS"), "holder"),
            *named(self._persons("IN"), "inventor"),
            *named([(name, Address()) for name in self._all("LRFM") if name], "agency"),
            *named([(name, Address()) for name in agents if name], "agent"),
        ]

    def _persons(self, group: str) -> Iterator[tuple[str, Address]]:
        """The fields of a group stand in parallel, one of each for each person."""
        columns = [self._all(group + part) for part in ("SA", "CI", "ST", "CO", "ZP")]
        for place, name in enumerate(map(_turned, self._all(f"{group}NM"))):
            street, city, state, country, postcode = (
                column[place] if place < len(column) else None for column in columns
            )
            if name:
                yield name, self._values.address((street, city, state), country or ("US" if state else None), postcode)

    def _priorities(self) -> Iterator[Priority]:
        countries, days = self._all("PRCO"), self._all("PRAD")
        for place, number in enumerate(self._all("PRAN")):
            country = countries[place] if place < len(countries) else None
            yield from self._values.priority(number, country, days[place] if place < len(days) else None)
        for said in self._all("COND"):
            found = _RELATED.search(said or "")
            if found:
                yield from self._values.priority(found[2], found[1], found[3])

    def _citations(self) -> Iterator[Citation]:
        for said in chain(self._all("URGP"), self._all("FRGP")):
            category = _CATEGORY.match(said or "")
            found = _CITED.match(said or "")
            if found:
                number, day = found["number"].replace("/", ""), found["day"]
                by = origin_of(category["by"]) if category else None
                yield self._values.cited(found["country"], number, found["kind"], day, by)
            elif said:
                yield Citation(None, None, None, None, said)
        for said in self._all("ORPL"):
            category = _CATEGORY.match(said or "")
            if category:
                yield Citation(None, origin_of(category["by"]), None, None, category["rest"])
            elif said:
                yield Citation(None, None, None, None, said)


def _turned(name: str | None) -> str | None:
    """``Sample; Ann B.`` in the order in which names are printed."""
    if name is None:
        return None
    last, _, rest = name.partition(";")
    return f"{rest.strip()} {last.strip()}".strip()
