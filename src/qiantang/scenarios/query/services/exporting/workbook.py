"""Rows as an Excel workbook, in memory that does not grow with them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

ROWS_A_SHEET = 1_048_575  # Excel's 1,048,576 less the head
_LONGEST = 32_767  # characters of a cell; Excel takes no more, and the library leaves a longer text out
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST_DAY = date(1900, 3, 1)  # before, Excel counts days otherwise than the calendar does
_BEFORE_DAY_ONE = date(1899, 12, 30).toordinal()  # what Excel counts days from, once its 29 February 1900 is behind
_TELL_EVERY = 4_000


class Heads(NamedTuple):
    """Words and widths of a workbook: columns, names of the sheets, what the file says of itself, how a text is cut."""

    columns: Sequence[tuple[str, int]]
    sheet: str
    about_sheet: str
    about: Sequence[tuple[str, str]]
    cut: str
    day: date


def write_workbook(
    path: Path, heads: Heads, rows: Iterable[Sequence[object]], told: Callable[[int], None] = lambda _: None
) -> None:
    """Write rows of texts, whole numbers, None, and days as lists of one day (ISO 8601).

    told    hears how many rows are in, now and then
    """
    import xlsxwriter  # noqa: PLC0415 - a sixth of a second that only a workbook needs

    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.use_zip64()
    made = datetime.combine(heads.day, time(), UTC).replace(tzinfo=None)
    book.set_properties({"title": heads.sheet, "created": made, "comments": _remark(heads)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    as_day = book.add_format({"num_format": "yyyy-mm-dd"})
    source, done, number = iter(rows), 0, 0
    while number == 0 or done == number * ROWS_A_SHEET:
        part = islice(source, ROWS_A_SHEET)
        first = next(part, None)
        if number and first is None:
            break
        number += 1
        sheet = book.add_worksheet(heads.sheet if number == 1 else f"{heads.sheet} {number}")
        done += _fill(sheet, heads, bold, as_day, _from(first, part), _counting_from(done, told))
    _tell(book.add_worksheet(heads.about_sheet), heads, bold)
    book.close()


def _from(first: Sequence[object] | None, rest: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    if first is not None:
        yield first
        yield from rest


def _remark(heads: Heads) -> str:
    return "\n".join(f"{name}: {_text(value, heads.cut)[:1_000]}" for name, value in heads.about)


def _counting_from(before: int, told: Callable[[int], None]) -> Callable[[int], None]:
    return lambda line: told(before + line)


def _fill(
    sheet: Any, heads: Heads, bold: Any, as_day: Any, rows: Iterator[Sequence[object]], told: Callable[[int], None]
) -> int:
    for place, (name, width) in enumerate(heads.columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, bold)
    sheet.freeze_panes(1, 0)
    line = 0
    for line, row in enumerate(rows, start=1):
        _write_row(sheet, line, row, heads.cut, as_day)
        if line % _TELL_EVERY == 0:
            told(line)
    if heads.columns:
        sheet.autofilter(0, 0, line, len(heads.columns) - 1)
    return line


def _write_row(sheet: Any, line: int, row: Sequence[object], cut: str, as_day: Any) -> None:
    for place, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(line, place, _text(value, cut))
        elif isinstance(value, int):
            sheet.write_number(line, place, value)
        elif isinstance(value, list):
            _write_day(sheet, line, place, value[0], as_day)


def _write_day(sheet: Any, line: int, place: int, told: str, as_day: Any) -> None:
    day = date.fromisoformat(told)
    if day < _FIRST_DAY:
        sheet.write_string(line, place, told)
    else:
        sheet.write_number(
            line, place, day.toordinal() - _BEFORE_DAY_ONE, as_day
        )  # as write_datetime, at half its cost


def _text(value: str, cut: str) -> str:
    if len(value) > _LONGEST:
        value = value[: _LONGEST - len(cut)] + cut
    return value if value.isprintable() else _NO_XML.sub("", value)


def _tell(sheet: Any, heads: Heads, bold: Any) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for line, (name, value) in enumerate(heads.about):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, _text(value, heads.cut))
