"""Workbooks to records: XLSX and XLS through calamine, cells with the types the workbook gives them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import BinaryIO, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from qiantang.commons.files.methods.archives import ZIP_MAGIC, opened_zip
from qiantang.commons.files.types import ArchiveRefused, Limits
from qiantang.corpus.ingest.methods.streams import file_refused
from qiantang.corpus.ingest.types import FileRefused, Refusal

OLE_MAGIC = b"\xd0\xcf\x11\xe0"
# A workbook is held in memory as a whole, so its bounds are narrower than an archive's.
WORKBOOK = Limits(size_bytes=256 * 2**20, total_bytes=2**30)

Cell = str | float | bool | date | time | timedelta


class SheetRow(NamedTuple):
    row: int
    cells: list[Cell]


def is_workbook(head: bytes) -> bool:
    """Whether bytes begin like a workbook: a zip or a compound file."""
    return head.startswith((ZIP_MAGIC, OLE_MAGIC))


def sheet_rows(stream: BinaryIO, sheet: str | None, header_row: int) -> tuple[list[str], Iterator[SheetRow]]:
    """The headers and the rows behind them, numbered as the workbook numbers them; rows without any value are left out.

    errors  ``FileRefused``: file_too_large, archive_bomb, archive_truncated, workbook_damaged, sheet_missing, header_missing
    """
    content = stream.read(WORKBOOK.size_bytes + 1)
    if len(content) > WORKBOOK.size_bytes:
        raise FileRefused(Refusal(0, "file_too_large", facts={"limit": WORKBOOK.size_bytes}))
    try:
        if content.startswith(ZIP_MAGIC):
            opened_zip(io.BytesIO(content), WORKBOOK).close()
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except ArchiveRefused as refused:
        raise file_refused(refused) from refused
    except (CalamineError, ValueError, OSError) as problem:
        raise FileRefused(Refusal(0, "workbook_damaged", facts={"said": str(problem)[:200]})) from problem
    names = book.sheet_names
    if (sheet is not None and sheet not in names) or not names:
        raise FileRefused(Refusal(0, "sheet_missing", facts={"sheet": sheet, "sheets": names}))
    page = book.get_sheet_by_name(sheet or names[0])
    rows = enumerate(page.iter_rows(), 1)
    header = next((cells for number, cells in rows if number == header_row), None)
    if header is None:
        raise FileRefused(Refusal(0, "header_missing", facts={"header_row": header_row}))
    return [str(cell).strip() for cell in header], (
        SheetRow(n, cells) for n, cells in rows if any(c != "" for c in cells)
    )
