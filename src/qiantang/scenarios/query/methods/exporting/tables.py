"""Cells and lines of tables. Source of CSV: RFC 4180; of lines before the head: W3C, Model for Tabular Data, 8 (``#``)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from qiantang.kernel.text import inert
from qiantang.scenarios.query.methods.exporting.columns import Column, Row, Value

Cell: TypeAlias = str | int | date | None
Words: TypeAlias = Callable[[str, str], str]  # (vocabulary, code) -> the reader's word
BETWEEN = "; "
MARK = "# "
BYTE_ORDER = "\ufeff"


def cell(column: Column, value: Value, words: Words) -> Cell:
    """A value as one cell has it: codes as words, lists as one text; an empty list is not known."""
    if isinstance(value, tuple):
        parts = [words(column.vocabulary, one) for one in value] if column.vocabulary else value
        return BETWEEN.join(parts) or None
    if column.vocabulary and isinstance(value, str):
        return words(column.vocabulary, value)
    return value


def cells(columns: Sequence[Column], row: Row, words: Words) -> list[Cell]:
    return [cell(one, one.take(row), words) for one in columns]


class _Line:
    """What ``csv`` writes to: keeps the line."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Rows as lines that no spreadsheet takes for formulas; not known is an empty cell, a day is ISO 8601."""
    line = _Line()
    writer = csv.writer(line)
    for row in rows:
        writer.writerow([_shown(one) for one in row])
        yield line.text


def _shown(value: Cell) -> str | int:
    if isinstance(value, str):
        return inert(value)
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


def remarks(told: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Lines before the head of a table, each one cell that begins with the mark of a remark."""
    return csv_lines([f"{MARK}{name}: {_one_line(value)}"] for name, value in told)


def _one_line(text: str) -> str:
    return " ".join(text.split())
