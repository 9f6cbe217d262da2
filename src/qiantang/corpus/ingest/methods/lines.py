"""Bytes to lines of text: one line at a time, none longer than a mebibyte, damage found line by line.

Encodings: a byte order mark decides; else UTF-8 where most lines are UTF-8, else GB18030 where they read as Chinese.
GB18030 gives a meaning to nearly every pair of bytes, so that a text in another encoding would pass as rare characters:
a head of which most characters lie outside GB 2312 is refused. Sources: RFC 3629 (UTF-8), GB 18030-2022, GB/T 2312-1980.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from qiantang.corpus.ingest.types import FileRefused, Refusal

LINE_BYTES = 1 << 20
KEPT = 4096
_SKIPPED = 1 << 16
_LOOKED_FOR = ("UTF-8", "GB18030")
# Encodings in which every byte has a meaning: they prove nothing, so a line that is UTF-8 is not read in them.
_SINGLE_BYTE = frozenset({"cp1252", "mac_roman"})
_MOST = 0.5
_JUDGED_FROM = 100
_CHINESE = 0.5


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line longer than ``LINE_BYTES``: how long it is, and how it begins."""

    length: int
    head: bytes


def bounded_lines(stream: BinaryIO, limit: int = LINE_BYTES) -> Iterator[bytes | LongLine]:
    """The lines of a stream with their line ends. A longer line than ``limit`` is passed over without being held."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
            continue
        length, head = len(line), line[:KEPT]
        while not line.endswith(b"\n") and (line := stream.readline(_SKIPPED)):
            length += len(line)
        yield LongLine(length, head)


class _LineFeeds(io.RawIOBase):
    """A stream whose carriage returns are line feeds."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # any writable buffer will do
        out = self._stream.read(len(buffer)).replace(b"\r", b"\n")
        buffer[: len(out)] = out
        return len(out)


def with_line_feeds(head: bytes, stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The head and the stream of a text; where lines end in carriage returns alone, those become line feeds."""
    if b"\n" in head or b"\r" not in head.rstrip(b"\r"):
        return head, stream
    return head.replace(b"\r", b"\n"), cast("BinaryIO", io.BufferedReader(_LineFeeds(stream), _SKIPPED))


def detect(head: bytes) -> tuple[str, bytes]:
    """The encoding of a text by its first bytes, and its byte order mark (or nothing).

    errors  ``FileRefused`` encoding_unknown
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8", codecs.BOM_UTF8
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _unknown(found="UTF-16")
    lines = head.split(b"\n")
    if len(lines) > 1:
        lines.pop()  # its last character may be cut
    beyond = [line for line in lines if not line.isascii()]
    if not beyond or sum(_reads(line, "utf-8") for line in beyond) > _MOST * len(beyond):
        return "utf-8", b""
    whole = [line for line in beyond if _reads(line, "gb18030")]
    if len(whole) > _MOST * len(beyond) and _is_chinese(b"".join(whole).decode("gb18030")):
        return "gb18030", b""
    raise _unknown()


class LineDecoder:
    """Lines of bytes to lines of text in one encoding, counting the damaged ones.

    A single-byte encoding is used for the lines which are not UTF-8.
    errors  ``FileRefused`` encoding_unknown, once more than half of at least a hundred lines are damaged
    """

    def __init__(self, encoding: str, *, settled: bool) -> None:
        self._otherwise = encoding if encoding in _SINGLE_BYTE else None
        self.encoding = "utf-8" if self._otherwise else encoding
        self._settled = settled
        self._seen = 0
        self._damaged = 0

    def decode(self, line: bytes) -> tuple[str, int | None]:
        """The text and, where it is damaged, the place of the first bad byte; bad bytes become U+FFFD."""
        self._seen += 1
        try:
            text = line.decode(self.encoding)
        except UnicodeDecodeError as problem:
            return self._replaced(line, problem.start)
        if not self._settled:
            self._settled = not line.isascii()
        return text, None

    def _replaced(self, line: bytes, start: int) -> tuple[str, int | None]:
        if self._otherwise and _reads(line, self._otherwise):
            return line.decode(self._otherwise), None
        if not self._settled:
            # The head was plain ASCII and told nothing: the first line beyond it decides.
            self._settled = True
            if _reads(line, "gb18030"):
                self.encoding = "gb18030"
                return line.decode("gb18030"), None
        self._damaged += 1
        if self._seen >= _JUDGED_FROM:
            self.judge()
        return line.decode(self.encoding, "replace"), start

    def judge(self) -> None:
        """Refuse the file where most lines seen so far are damaged; asked again at its end."""
        if self._damaged > _MOST * self._seen:
            raise _unknown(lines=self._seen, damaged=self._damaged)


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese(text: str) -> bool:
    beyond = [character for character in text if not character.isascii()]
    return len("".join(beyond).encode("gb2312", "ignore")) >= _CHINESE * 2 * len(beyond)


def _unknown(**facts: object) -> FileRefused:
    return FileRefused(Refusal(0, "encoding_unknown", facts={"looked_for": list(_LOOKED_FOR), **facts}))
