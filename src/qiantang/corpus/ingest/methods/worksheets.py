"""Workbooks to records: XLSX and XLS through calamine, cells with the types the workbook gives them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import islice
from typing import BinaryIO, NamedTuple
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from qiantang.commons.files.methods.archives import ZIP_MAGIC, opened_zip
from qiantang.commons.files.types import ArchiveRefused, Limits
from qiantang.corpus.ingest.methods.streams import file_refused
from qiantang.corpus.ingest.types import FileRefused, Refusal

OLE_MAGIC = b"\xd0\xcf\x11\xe0"
# A workbook is held in memory as a whole, so its bounds are narrower than an archive's.
WORKBOOK = Limits(size_bytes=256 * 2**20, total_bytes=2**30)
# A sheet is laid out as a full rectangle: two cells far from each other would take all memory there is.
SHEET_CELLS = 16 * 2**20

_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_CHUNK = 1 << 20
_OVERLAP = 256

Cell = str | float | bool | date | time | timedelta


class SheetRow(NamedTuple):
    row: int
    cells: list[Cell]


def is_workbook(head: bytes) -> bool:
    """Whether bytes begin like a workbook: a zip or a compound file."""
    return head.startswith((ZIP_MAGIC, OLE_MAGIC))


def sheet_rows(stream: BinaryIO, sheet: str | None, header_row: int) -> tuple[list[str], Iterator[SheetRow]]:
    """The headers and the rows behind them, numbered as the workbook numbers them; rows without any value are left out.

    With ``header_row`` 0 there are no headers: columns are named by their places, counted from 1.
    errors  ``FileRefused``: file_too_large, archive_bomb, archive_truncated, workbook_damaged, sheet_too_large,
            sheet_missing, header_missing
    """
    page = _sheet(stream, sheet)
    rows = enumerate(page.iter_rows(), 1)
    if header_row:
        header = next((cells for number, cells in rows if number == header_row), None)
        if header is None:
            raise FileRefused(Refusal(0, "header_missing", facts={"header_row": header_row}))
        names = [str(cell).strip() for cell in header]
    else:
        names = [str(place) for place in range(1, page.width + 1)]
    return names, (SheetRow(n, cells) for n, cells in rows if any(c != "" for c in cells))


def first_rows(stream: BinaryIO, count: int) -> list[list[str]]:
    """The first rows of the first sheet as text. errors as ``sheet_rows``"""
    return [[str(cell) for cell in cells] for cells in islice(_sheet(stream, None).iter_rows(), count)]


def _sheet(stream: BinaryIO, sheet: str | None) -> CalamineSheet:
    content = stream.read(WORKBOOK.size_bytes + 1)
    if len(content) > WORKBOOK.size_bytes:
        raise FileRefused(Refusal(0, "file_too_large", facts={"limit": WORKBOOK.size_bytes}))
    try:
        if content.startswith(ZIP_MAGIC):
            with opened_zip(io.BytesIO(content), WORKBOOK) as archive:
                _measure(archive)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if (sheet is not None and sheet not in names) or not names:
            raise FileRefused(Refusal(0, "sheet_missing", facts={"sheet": sheet, "sheets": names}))
        return book.get_sheet_by_name(sheet or names[0])
    except ArchiveRefused as refused:
        raise file_refused(refused) from refused
    except (CalamineError, ValueError, OSError) as problem:
        raise FileRefused(Refusal(0, "workbook_damaged", facts={"said": str(problem)[:200]})) from problem


def _measure(archive: ZipFile) -> None:
    """Refuse a workbook with a sheet whose rectangle of cells is too large, before any cell is taken."""
    for entry in archive.infolist():
        if not _SHEET_PART.fullmatch(entry.filename):
            continue
        columns, rows, held = 0, 0, b""
        with archive.open(entry) as part:
            for chunk in iter(lambda: part.read(_CHUNK), b""):
                held += chunk
                for found in _CELL.finditer(held):
                    columns, rows = max(columns, _place(found[1])), max(rows, int(found[2]))
                held = held[-_OVERLAP:]
        if columns * rows > SHEET_CELLS:
            facts = {"rows": rows, "columns": columns, "limit": SHEET_CELLS}
            raise FileRefused(Refusal(0, "sheet_too_large", facts=facts))


def _place(letters: bytes) -> int:
    """The place of a column by its letters: A is 1, AA is 27."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place
