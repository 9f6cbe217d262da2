"""Lists of old files: CSV and workbooks to rows, columns by their heads, and old numbers to one spelling."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING

from qiantang.commons.casework.types.old_files import COLUMNS, MOST_ROWS, OldRow, OldTable
from qiantang.commons.files.methods.archives import ZIP_MAGIC, opened_zip
from qiantang.commons.files.types import ArchiveRefused, Limits
from qiantang.kernel.errors import Invalid, Limited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_WORKBOOK = Limits(size_bytes=20 * 2**20, total_bytes=200 * 2**20)
_SHORTEST = 3
_DATE = re.compile(r"(\d{4})\D{0,3}(\d{1,2})\D{1,3}(\d{1,2})\D?|(\d{4})(\d{2})(\d{2})")


def folded_number(text: str) -> str:
    """An old number without punctuation, in one width and capitals; empty where it could not tell one file from another.

    ``杭知预〔2009〕15号`` and ``杭知预(2009)15 号`` are one.
    """
    folded = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()
    usable = len(folded) >= _SHORTEST and any(sign.isdigit() for sign in folded)
    return folded if usable else ""


def parsed_date(text: str) -> date | None:
    """A day as old lists write it: 2009-3-1, 2009/03/01, 2009年3月1日, 20090301. errors: ValueError for what is none"""
    told = unicodedata.normalize("NFKC", text).strip()
    if not told:
        return None
    found = _DATE.fullmatch(told)
    if found is None:
        raise ValueError(told)
    year, month, day = (int(one) for one in found.groups() if one is not None)
    return date(year, month, day)


def read_table(content: bytes) -> OldTable:
    """The rows of a list, by what the file is and not by what it is called.

    errors  Invalid ``casework.old_list_unreadable``, ``casework.old_list_heads`` · Limited ``casework.old_list_long``
    """
    numbered = iter(_of_workbook(content) if content.startswith((ZIP_MAGIC, _OLE_MAGIC)) else _of_text(content))
    heads = next(numbered, (0, []))[1]
    fields = [_field(head) for head in heads]
    if "number" not in fields:
        raise Invalid("casework.old_list_heads", heads="、".join(heads)[:200])
    found: list[OldRow] = []
    for row, cells in numbered:
        if not any(cells):
            continue
        if len(found) == MOST_ROWS:
            raise Limited("casework.old_list_long", most=MOST_ROWS)
        found.append(_row(row, heads, fields, cells))
    return OldTable(found, tuple(head for head, field in zip(heads, fields, strict=True) if head and not field))


def _row(row: int, heads: Sequence[str], fields: Sequence[str], cells: Sequence[str]) -> OldRow:
    told = list(zip(heads, fields, [*cells, *[""] * len(heads)], strict=False))
    values: dict[str, str] = {}
    for _head, field, cell in told:
        if field and not values.get(field):
            values[field] = cell
    return OldRow(row, {head: cell for head, _field_, cell in told if head}, values)


def _field(head: str) -> str:
    folded = re.sub(r"[\s_\-]", "", unicodedata.normalize("NFKC", head)).casefold()
    return next((field for field, heads in COLUMNS.items() if folded in heads), "")


def _of_text(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    dialect = "\t" if "\t" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [_clean(cell) for cell in cells]
    except csv.Error:
        raise Invalid("casework.old_list_unreadable") from None


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            found = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in found:
            return found
    raise Invalid("casework.old_list_unreadable")


def _of_workbook(content: bytes) -> Iterable[tuple[int, list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - with the first workbook: no start needs it

    try:
        if content.startswith(ZIP_MAGIC):
            opened_zip(io.BytesIO(content), _WORKBOOK).close()
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        if sheet.total_height * max(sheet.total_width, 1) > MOST_ROWS * 200:
            raise Limited("casework.old_list_long", most=MOST_ROWS)
        rows = sheet.to_python(skip_empty_area=False)
    except (ArchiveRefused, CalamineError, ValueError):
        raise Invalid("casework.old_list_unreadable") from None
    return ((at, [_cell(cell) for cell in cells]) for at, cells in enumerate(rows, 1))


def _cell(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _clean(str(cell))


def _clean(text: str) -> str:
    return " ".join(text.split())
