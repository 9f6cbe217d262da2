"""Answers of the search of the Baiten platform: JSON with ``cubePatentSearchResponse.documents``.

A document tells one patent: published (``pn``, ``pd``), granted (``apn``, ``apd``), main claim (``ac``), status in words
without a day (``lsnt``). The status is kept as an event without a date, so that no status of a day is made of it. A dash
that the platform lost stands as a question mark between digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder, collected
from qiantang.corpus.ingest.methods.whole_files import json_file
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import Event, Observation, Party, Publication, SourceRank, Text

if TYPE_CHECKING:
    from qiantang.kernel.numbers import PatentNumber

_ANSWER = "cubePatentSearchResponse"
_LOST = re.compile(r"\d\?\d")


class BaitenAnswerReader:
    """The reader of these answers. A row is a document, counted from 1."""

    name = "baiten-search-answer"
    version = 1
    rank: SourceRank = SourceRank.VENDOR_EXPORT
    looks_for = f"a JSON object with {_ANSWER}"
    cannot_know: tuple[str, ...] = ("description", "citations", "priorities", "simple_family", "extended_family", "cpc")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and f'"{_ANSWER}"'.encode() in head

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        match json_file(stream):
            case {"cubePatentSearchResponse": {"documents": list(documents)}}:
                builder = BatchBuilder()
                cells = Cells(builder.numbers, office="CN")
                yield from collected(builder, documents, lambda row, one: _Document(one, cells).observation(row))
            case _:
                raise FileRefused(Refusal(0, "format_unknown", facts={"looked_for": [self.looks_for], "name": name}))


class _Document:
    def __init__(self, document: object, cells: Cells) -> None:
        match document:
            case {"field_values": dict(values)}:
                self._values: Mapping[str, object] = values
            case _:
                raise CellRefused("field_values", "number_missing")
        self._cells = cells
        self._notes: list[str] = []

    def _text(self, field: str) -> str:
        value = self._values.get(field)
        return value.strip() if isinstance(value, str) else ""

    def _list(self, field: str) -> list[str]:
        value = self._values.get(field)
        several = value if isinstance(value, list) else [value]
        return [one.strip() for one in several if isinstance(one, str) and one.strip()]

    def observation(self, row: int) -> Observation:
        filing = self._cells.application(self._text("an"), self._notes)
        publications, kind_of_right = self._publications()
        if filing is None and not publications:
            raise CellRefused("pn", "number_missing")
        kind_of_right = kind_of_right or (filing.type if filing else None)
        symbols = ";".join(self._list("ic1") + self._list("ic2"))
        scheme = "locarno" if kind_of_right == "design" else "ipc"
        return Observation(
            row=row,
            office="CN",
            type=kind_of_right,
            application_number=filing.canonical if filing else None,
            filing_date=self._cells.day(self._text("ad"), "ad"),
            publications=publications,
            texts=self._texts(),
            classifications=self._cells.classes(symbols, scheme, self._notes),
            parties=self._parties(),
            events=[Event(status)] if (status := self._text("lsnt")) else [],
            notes=self._notes,
        )

    def _publications(self) -> tuple[list[Publication], str | None]:
        found: dict[tuple[str, str | None], Publication] = {}
        number: PatentNumber | None = None
        for number_field, day_field in (("pn", "pd"), ("apn", "apd")):
            if text := self._text(number_field):
                number = self._cells.publication(text)
                day = self._cells.day(self._text(day_field), day_field)
                found.setdefault((number.stem, number.kind), Publication(number.stem, number.kind, day))
        return list(found.values()), number.type if number else None

    def _texts(self) -> list[Text]:
        texts = [Text(part, "zh", self._text(field)) for part, field in (("title", "ti"), ("abstract", "ab"))]
        if claim := self._text("ac"):
            texts.append(Text("claims", "zh", f"1. {claim}"))
            self._notes.append("claims_first_only")
        if any(_LOST.search(text.text) for text in texts):
            self._notes.append("characters_lost")
        return [text for text in texts if text.text]

    def _parties(self) -> list[Party]:
        _, address = self._cells.address(self._text("aa"))
        parties = self._cells.applicants(";".join(self._list("pa")), address, None)
        parties += [Party("holder", place, name) for place, name in enumerate(self._list("cpa"), 1)]
        parties += self._cells.inventors(";".join(self._list("in")), self._notes)
        parties += [Party("agency", place, name) for place, name in enumerate(self._list("agc"), 1)]
        return parties + [Party("agent", place, name) for place, name in enumerate(self._list("agt"), 1)]
