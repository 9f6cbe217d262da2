"""The first rows of a table, as they are before anything is known of it: what formats of tables are recognised by."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from qiantang.corpus.ingest.methods.lines import detect, with_line_feeds
from qiantang.corpus.ingest.methods.worksheets import first_rows, is_workbook
from qiantang.corpus.ingest.types import FileRefused

ROWS = 40
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class TableHead:
    """The first rows. ``text`` is those of a text table before they are taken apart, empty for a workbook."""

    text: str
    sheet: Sequence[Sequence[str]] = ()

    def rows(self, delimiter: str | None = None, header_row: int = 1) -> list[list[str]]:
        """The rows, cells stripped. Without a delimiter: tab where the header has one, else comma."""
        if self.sheet:
            return [[cell.strip() for cell in row] for row in self.sheet]
        lines = self.text.split("\n")
        if delimiter is None:
            header = lines[header_row - 1] if 0 < header_row <= len(lines) else lines[0]
            delimiter = "\t" if "\t" in header else ","
        read = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
        rows: list[list[str]] = []
        with suppress(csv.Error):  # a field longer than a cell can be: what was read before it is enough
            rows.extend([cell.strip() for cell in row] for row in read)
        return rows[:ROWS]


def text_head(head: bytes, encoding: str | None = None) -> TableHead:
    """The head of a text table from the first bytes of a file; empty where they are no text."""
    head, _ = with_line_feeds(head, io.BytesIO())
    try:
        found = encoding or detect(head)[0]
    except FileRefused:
        # Single-byte encodings cannot be told from one another; headers are nearly always plain ASCII.
        found = "ascii" if b"\0" not in head else ""
    if not found:
        return TableHead("")
    text = head.removeprefix(b"\xef\xbb\xbf").decode(found, "replace").replace("\r\n", "\n")
    return TableHead("\n".join(text.split("\n")[: ROWS + 1]))


def table_head(head: bytes, opened: Callable[[], BinaryIO] | None) -> TableHead:
    """The head of a table: of a workbook by opening it, of a text by its first bytes.

    errors  ``FileRefused`` where a workbook cannot be opened
    """
    if not is_workbook(head):
        return text_head(head)
    if opened is None:
        return TableHead("")
    with opened() as stream:
        return TableHead("", first_rows(stream, ROWS))


def mostly_contains(cells: Sequence[str], text: str) -> bool:
    """Whether most filled cells contain a text; False where none is filled."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(text in cell for cell in filled) > _MOST * len(filled)
