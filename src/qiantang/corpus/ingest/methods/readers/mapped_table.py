"""Any table with a mapping, an operator's own or one shipped: comma- or tab-separated text, XLSX, XLS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused
from qiantang.corpus.ingest.methods.lines import KEPT, detect
from qiantang.corpus.ingest.methods.mapping import FIELDS, NUMBER_FIELDS, Mapping
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.mapped_row import RowReader
from qiantang.corpus.ingest.methods.records import Record, RecordStream
from qiantang.corpus.ingest.methods.streams import read_head
from qiantang.corpus.ingest.methods.tableheads import TableHead, mostly_contains, text_head
from qiantang.corpus.ingest.methods.worksheets import Cell, SheetRow, is_workbook, sheet_rows
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.kernel.errors import Invalid

_ROUND = 10**6


class MappingReader:
    """The reader of the tables of one mapping."""

    synthetic = False
    as_filed = False

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.name = mapping.name
        self.version = mapping.version
        self.rank = mapping.rank
        self.looks_for = f"a text table or workbook with the columns {', '.join(mapping.columns)}"
        self.cannot_know = tuple(sorted(FIELDS.keys() - mapping.fields - set(mapping.constants)))

    def recognises(self, head: bytes, name: str) -> bool:
        """A text table by its headers. The headers of a workbook are packed away: there the name must end as a workbook's."""
        if is_workbook(head):
            return name.lower().endswith((".xlsx", ".xls"))
        return self.fits(text_head(head, self.mapping.encoding))

    def fits(self, head: TableHead) -> bool:
        """Whether a table begins as the mapping wants it: its headers, and what is told under ``[recognise]``."""
        mapping = self.mapping
        rows = head.rows(mapping.delimiter, mapping.header_row)
        header = header_of(rows, mapping.header_row)
        if not set(header).issuperset((*mapping.columns, *mapping.recognise)):
            return False
        places = {header.index(column): text for column, text in mapping.recognise.items()}
        below = [row for row in rows[mapping.header_row :] if len(row) == len(header)]
        return all(mostly_contains([row[place] for row in below], text) for place, text in places.items())

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        """Errors  ``FileRefused``; ``Invalid`` mapping.column_missing, naming the columns and the headers there are"""
        head, whole = read_head(stream)
        mapping = self.mapping
        if is_workbook(head):
            header, rows = sheet_rows(whole, mapping.sheet, mapping.header_row)
            yield from self._batches(header, rows, name)
            return
        delimiter = mapping.delimiter or _delimiter(head, mapping)
        records = RecordStream(whole, delimiter=delimiter, encoding=mapping.encoding, header_row=mapping.header_row)
        yield from self._batches(records.header, records, name)

    def _batches(self, header: Sequence[str], rows: Iterator[SheetRow] | RecordStream, name: str) -> Iterator[Batch]:
        missing = [column for column in self.mapping.columns if column not in header]
        if missing:
            places = [f'[columns] "{column}"' for column in missing]
            raise Invalid(
                "mapping.column_missing", place=", ".join(places), columns=missing, headers=list(header), file=name
            )
        builder = BatchBuilder()
        table = _MappedTable(self.mapping, header, builder)
        for row in rows:
            if isinstance(row, Refusal):
                builder.refuse(row)
            else:
                table.take(row)
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


def header_of(rows: Sequence[Sequence[str]], header_row: int) -> list[str]:
    """The headers among the first rows, or the places of the columns where there are none; empty where the table ends before."""
    if header_row:
        return list(rows[header_row - 1]) if len(rows) >= header_row else []
    return [str(place) for place in range(1, max(map(len, rows), default=0) + 1)]


def _delimiter(head: bytes, mapping: Mapping) -> str:
    encoding = mapping.encoding or detect(head)[0]
    lines = head.decode(encoding, "replace").splitlines()
    header = lines[min(mapping.header_row, len(lines)) - 1] if lines else ""
    return "\t" if "\t" in header else ","


class _MappedTable:
    """Rows of one file to observations or refusals."""

    def __init__(self, mapping: Mapping, header: Sequence[str], builder: BatchBuilder) -> None:
        self._builder = builder
        self._places = [(field, header.index(column)) for column, fields in mapping.columns.items() for field in fields]
        self._headers = {field: column for column, fields in mapping.columns.items() for field in fields}
        self._joints = {field: mapping.separators.get(field, ";") for field in FIELDS}
        self._row = RowReader(mapping, builder.numbers)

    def take(self, row: Record | SheetRow) -> None:
        """Read a row. One without any value is layout and no row."""
        cells: Sequence[Cell] = row.fields if isinstance(row, Record) else row.cells
        if all(isinstance(cell, str) and not cell.strip() for cell in cells):
            return
        try:
            self._builder.add(self._row.observation(row.row, self._values(cells)))
        except CellRefused as problem:
            raw = ",".join(map(str, cells))[:KEPT]
            column = self._headers.get(problem.field, problem.field)
            self._builder.refuse(Refusal(row.row, problem.code, column, problem.facts, raw))

    def _values(self, cells: Sequence[Cell]) -> dict[str, str]:
        """The texts by canonical field; of several columns that feed one field, one behind the other."""
        values: dict[str, str] = {}
        for field, place in self._places:
            text = cell_text(cells[place], field)
            before = values.get(field)
            values[field] = f"{before}{self._joints[field]}{text}" if before and text else before or text
        return values


def cell_text(cell: Cell, field: str) -> str:
    """The text of a cell. What a workbook holds as a date comes year first; what it holds as a number, as its digits.

    A long number which a spreadsheet rounded (2.02E+12) has lost its digits for good and is never written out as if it had
    them; a postcode which became a number has lost its leading noughts, and gets them back, as it has six digits.
    errors  ``CellRefused`` number_damaged
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if not isinstance(cell, float | int) or isinstance(cell, bool):
        return str(cell)
    whole = float(cell).is_integer()
    if field in NUMBER_FIELDS and (not whole or (cell >= _ROUND and int(cell) % _ROUND == 0)):
        raise CellRefused(field, "number_damaged", value=f"{cell:.4E}")
    if field == "postcode" and whole:
        return f"{int(cell):06d}"
    return str(int(cell)) if whole else str(cell)
