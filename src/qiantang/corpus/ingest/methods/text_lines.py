"""Lines of a text file in the encoding it turns out to have, for formats of which a line means something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from qiantang.corpus.ingest.methods.lines import KEPT, LineDecoder, LongLine, bounded_lines, detect
from qiantang.corpus.ingest.methods.streams import read_head
from qiantang.corpus.ingest.types import Refusal


class Line(NamedTuple):
    """One line: its place from 1, its text without blanks at its end, and the code of what is wrong with it, if anything."""

    place: int
    text: str
    code: str = ""

    def refusal(self, row: int) -> Refusal:
        """The line as a refused row."""
        return Refusal(row, self.code, facts={"line": self.place}, raw=self.text[:KEPT])


def text_lines(stream: BinaryIO) -> Iterator[Line]:
    """The lines of a text. A line that is too long or holds damaged characters has the code ``line_too_long`` or
    ``encoding_damaged``.

    errors  ``FileRefused`` encoding_unknown
    """
    head, whole = read_head(stream)
    encoding, mark = detect(head)
    whole.read(len(mark))
    decoder = LineDecoder(encoding, settled=bool(mark) or not head.isascii())
    for place, line in enumerate(bounded_lines(whole), 1):
        if isinstance(line, LongLine):
            yield Line(place, line.head.decode(decoder.encoding, "replace"), "line_too_long")
            continue
        text, damaged = decoder.decode(line)
        yield Line(place, text.rstrip(), "" if damaged is None else "encoding_damaged")
    decoder.judge()
