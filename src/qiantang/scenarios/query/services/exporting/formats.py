"""The formats that are text, each as three pieces: what stands before the rows, the rows, what stands after them.

The same rows make the same text however they are dealt out to the calls: so a file that was begun can be gone on with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import orjson
from django.utils.translation import gettext as _

from qiantang.scenarios.query.methods.exporting import columns as columns_of
from qiantang.scenarios.query.methods.exporting import numbers, references, tables
from qiantang.scenarios.query.methods.exporting.asked import FileFormat
from qiantang.scenarios.query.methods.exporting.columns import BY_KEY, Column, Row
from qiantang.scenarios.query.selectors.export_words import COLUMN_WORDS, about_lines, words_now

if TYPE_CHECKING:
    from qiantang.scenarios.query.methods.exporting.about import About
    from qiantang.scenarios.query.methods.exporting.asked import ExportAsked


class Lines(NamedTuple):
    """Text of some rows, and for how many of them a number of another kind had to stand in."""

    text: str
    stand_ins: int = 0


class Shape(Protocol):
    """One format. ``needs`` are columns of RECORD_SCHEMA."""

    needs: tuple[str, ...]

    def head(self) -> str: ...

    def lines(self, rows: Sequence[Row], begin: int) -> Lines:
        """``begin`` rows have been written before."""

    def tail(self, stand_ins: int) -> str: ...


def shape_of(asked: ExportAsked, about: About) -> Shape:
    """In the language that is active."""
    made: Mapping[FileFormat, Any] = {
        FileFormat.CSV: _Csv,
        FileFormat.XLSX: _Sheet,
        FileFormat.JSON: _Json,
        FileFormat.RIS: _Ris,
        FileFormat.BIBTEX: _BibTeX,
        FileFormat.NUMBERS: _Numbers,
    }
    shape: Shape = made[asked.format](asked, about)
    return shape


def chosen(asked: ExportAsked) -> list[Column]:
    return [BY_KEY[key] for key in asked.columns]


class _Table:
    def __init__(self, asked: ExportAsked, about: About) -> None:
        self.columns = chosen(asked)
        self.needs = columns_of.needs(self.columns)
        self.about = about
        self.words = words_now()

    def tail(self, _stand_ins: int) -> str:
        return ""


class _Csv(_Table):
    def head(self) -> str:
        names = [[str(COLUMN_WORDS[one.key]) for one in self.columns]]
        return "".join([tables.BYTE_ORDER, *tables.remarks(about_lines(self.about)), *tables.csv_lines(names)])

    def lines(self, rows: Sequence[Row], _begin: int) -> Lines:
        return Lines("".join(tables.csv_lines(tables.cells(self.columns, row, self.words) for row in rows)))


class _Sheet(_Table):
    """The cells of a workbook, a row a line, until it is made of them; a day is a list of its own."""

    def head(self) -> str:
        return ""

    def lines(self, rows: Sequence[Row], _begin: int) -> Lines:
        told = (tables.cells(self.columns, row, self.words) for row in rows)
        lines = (orjson.dumps([self._kept(one) for one in row], option=orjson.OPT_APPEND_NEWLINE) for row in told)
        return Lines(b"".join(lines).decode())

    @staticmethod
    def _kept(cell: tables.Cell) -> object:
        return cell if cell is None or isinstance(cell, str | int) else [cell]


class _Json(_Table):
    def head(self) -> str:
        about = orjson.dumps(self.about.plain()).decode()
        return f'{{"about": {about},\n"patents": [\n'

    def lines(self, rows: Sequence[Row], begin: int) -> Lines:
        told = [orjson.dumps({one.key: one.take(row) for one in self.columns}).decode() for row in rows]
        text = ",\n".join(told)
        return Lines(f",\n{text}" if begin and text else text)

    def tail(self, _stand_ins: int) -> str:
        return "\n]}\n"


class _References:
    needs = references.NEEDS

    def __init__(self, _asked: ExportAsked, about: About) -> None:
        self.about = about

    def tail(self, _stand_ins: int) -> str:
        return ""


class _Ris(_References):
    def head(self) -> str:
        return ""

    def lines(self, rows: Sequence[Row], begin: int) -> Lines:
        told = (references.ris_entry(row, self.about, first=begin + n == 0) for n, row in enumerate(rows))
        return Lines("".join(told))


class _BibTeX(_References):
    def head(self) -> str:
        return references.bibtex_remarks(about_lines(self.about))

    def lines(self, rows: Sequence[Row], _begin: int) -> Lines:
        return Lines("".join(references.bibtex_entry(row, self.about) for row in rows))


class _Numbers:
    needs = numbers.NEEDS

    def __init__(self, asked: ExportAsked, about: About) -> None:
        self.spelling = numbers.Spelling(asked.spelling)
        self.about = about

    def head(self) -> str:
        return "".join(f"{tables.MARK}{name}: {' '.join(value.split())}\n" for name, value in about_lines(self.about))

    def lines(self, rows: Sequence[Row], _begin: int) -> Lines:
        told = [numbers.number_line(row, self.spelling) for row in rows]
        return Lines("".join(f"{number}\n" for number, _ in told), sum(other for _, other in told))

    def tail(self, stand_ins: int) -> str:
        if not stand_ins:
            return ""
        said = _("Numbers of another kind, where none of this kind is known") + f": {stand_ins}"
        return f"{tables.MARK}{said}\n"
