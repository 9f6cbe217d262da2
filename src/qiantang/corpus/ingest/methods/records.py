"""Delimited text to records: RFC 4180 with quoted fields over several lines, read so that one bad row costs one row.

Rows are numbered by the line on which they begin, the header being a line like the others.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from qiantang.corpus.ingest.methods.lines import (
    KEPT,
    LINE_BYTES,
    LineDecoder,
    LongLine,
    bounded_lines,
    detect,
    with_line_feeds,
)
from qiantang.corpus.ingest.methods.streams import read_head
from qiantang.corpus.ingest.types import FileRefused, Refusal

_RECORD_LINES = 10_000


class Record(NamedTuple):
    row: int
    fields: list[str]


class _Line(NamedTuple):
    number: int
    text: str
    damage: int | None


def ends_inside_quotes(line: str, delimiter: str, *, inside: bool) -> bool:
    """Whether a quoted field is still open at the end of a line. A quote opens only at the beginning of a field."""
    at, size = 0, len(line)
    while at < size:
        if inside:
            at = line.find('"', at)
            if at < 0:
                return True
            if line.startswith('""', at):
                at += 2
                continue
            inside, at = False, at + 1
        elif line[at] == '"' and (at == 0 or line[at - 1] == delimiter):
            inside, at = True, at + 1
        else:
            at = line.find(delimiter, at)
            if at < 0:
                return False
            at += 1
    return inside


def split_line(text: str, delimiter: str) -> list[str]:
    """The fields of one record; ``text`` may hold line feeds inside quotes."""
    text = text.rstrip("\r\n")
    if '"' not in text:
        return text.split(delimiter)
    return next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))


def _strictly_split(text: str, delimiter: str) -> list[str]:
    """The fields of a record over several lines; none where something stands between a closing quote and the delimiter."""
    try:
        return next(csv.reader(text.rstrip("\r\n").splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return []


class RecordStream:
    """The records of one delimited text.

    header      the fields of the header row, stripped; with ``header_row`` 0 the places of the columns of the first row
    encoding    as found or as told
    unnamed     so many columns behind the named ones have no header; a row without them is filled up
    errors      ``FileRefused``: encoding_unknown, header_missing
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        delimiter: str = ",",
        encoding: str | None = None,
        header_row: int = 1,
        unnamed: int = 0,
    ) -> None:
        head, whole = with_line_feeds(*read_head(stream))
        found, mark = (encoding, b"") if encoding else detect(head)
        if encoding and head.startswith(b"\xef\xbb\xbf"):
            mark = b"\xef\xbb\xbf"
        whole.read(len(mark))
        self._decoder = LineDecoder(found or "utf-8", settled=bool(encoding or mark or not head.isascii()))
        self._raw = bounded_lines(whole)
        self._number = 0
        self._waiting: deque[_Line | Refusal] = deque()
        self._delimiter = delimiter
        self._unnamed = unnamed
        self.header = self._header(header_row)

    @property
    def encoding(self) -> str:
        return self._decoder.encoding

    def _header(self, header_row: int) -> list[str]:
        while (line := self._next()) is not None:
            if isinstance(line, Refusal) or line.damage is not None:
                break
            if line.number < header_row:
                continue
            taken, text = [line], line.text
            while ends_inside_quotes(text, self._delimiter, inside=False) and isinstance(more := self._next(), _Line):
                taken.append(more)
                text += more.text
            if not header_row:
                self._waiting.extend(taken)
            names = split_line(text, self._delimiter)
            return [name.strip() if header_row else str(place) for place, name in enumerate(names, 1)]
        raise FileRefused(Refusal(0, "header_missing", facts={"header_row": header_row}))

    def __iter__(self) -> Iterator[Record | Refusal]:
        """Records with as many fields as the header, and refusals of the others.

        Codes: encoding_damaged, line_too_long, row_truncated (too few fields), row_too_wide, quote_unclosed.
        """
        delimiter, width = self._delimiter, len(self.header) + self._unnamed
        while (line := self._next()) is not None:
            if isinstance(line, Refusal):
                yield line
                continue
            number, text, damage = line
            if '"' in text:
                if ends_inside_quotes(text, delimiter, inside=False):
                    yield self._over_lines(line, width)
                    continue
                fields = split_line(text, delimiter)
            else:
                fields = text.rstrip("\r\n").split(delimiter)
            if self._unnamed and len(fields) == len(self.header):
                fields += [""] * self._unnamed
            # A file cut off in the middle of a character ends in a damaged line, but what it is, is cut off.
            if damage is not None and (text.endswith("\n") or len(fields) == width):
                yield _damaged(line)
            elif len(fields) == width:
                yield Record(number, fields)
            elif not text.isspace():
                yield _of_other_width(line, len(fields), width)
        self._decoder.judge()

    def _next(self) -> _Line | Refusal | None:
        if self._waiting:
            return self._waiting.popleft()
        raw = next(self._raw, None)
        if raw is None:
            return None
        self._number += 1
        if isinstance(raw, LongLine):
            facts = {"bytes": raw.length, "limit": LINE_BYTES}
            begins = raw.head.decode(self.encoding, "replace")
            return Refusal(self._number, "line_too_long", facts=facts, raw=begins[:KEPT])
        return _Line(self._number, *self._decoder.decode(raw))

    def _over_lines(self, first: _Line, width: int) -> Record | Refusal:
        """A record whose quoted field goes on over the next lines.

        A quote which never closes would swallow the rows behind it: if the whole does not make a record, only the first
        line is refused, and the lines behind it are read again, each by itself.
        """
        taken, size, inside = [first], len(first.text), True
        while inside and len(taken) < _RECORD_LINES and size < LINE_BYTES:
            line = self._next()
            if not isinstance(line, _Line):
                if line is not None:
                    self._waiting.appendleft(line)
                break
            taken.append(line)
            size += len(line.text)
            inside = ends_inside_quotes(line.text, self._delimiter, inside=True)
        text = "".join(line.text for line in taken)
        fields = [] if inside else _strictly_split(text, self._delimiter)
        if len(fields) != width:
            self._waiting.extendleft(reversed(taken[1:]))
            return Refusal(first.number, "quote_unclosed", facts={"given": len(fields)}, raw=first.text.rstrip()[:KEPT])
        for line in taken:
            if line.damage is not None:
                return _damaged(line, first.number)
        return Record(first.number, fields)


def _damaged(line: _Line, row: int | None = None) -> Refusal:
    return Refusal(row or line.number, "encoding_damaged", facts={"byte": line.damage}, raw=line.text.rstrip()[:KEPT])


def _of_other_width(line: _Line, given: int, expected: int) -> Refusal:
    code = "row_truncated" if given < expected else "row_too_wide"
    return Refusal(line.number, code, facts={"given": given, "expected": expected}, raw=line.text.rstrip()[:KEPT])
