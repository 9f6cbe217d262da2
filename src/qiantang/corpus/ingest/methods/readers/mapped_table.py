"""Any table an operator has written a mapping for: comma- or tab-separated text, XLSX, XLS. See ``methods/mapping.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.lines import KEPT, detect
from qiantang.corpus.ingest.methods.mapping import FIELDS, NUMBER_FIELDS, Mapping
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.mapped_row import RowReader
from qiantang.corpus.ingest.methods.records import Record, RecordStream, split_line
from qiantang.corpus.ingest.methods.streams import read_head
from qiantang.corpus.ingest.methods.worksheets import Cell, SheetRow, is_workbook, sheet_rows
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.kernel.errors import Invalid

_ROUND = 10**6


class MappingReader:
    """The reader of the tables of one mapping."""

    synthetic = False

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self.name = mapping.name
        self.version = mapping.version
        self.rank = mapping.rank
        headers = ", ".join(mapping.columns)
        self.looks_for = f"a text table or workbook with the columns {headers}"
        self.cannot_know = tuple(sorted(FIELDS - set(mapping.columns.values()) - set(mapping.constants)))

    def recognises(self, head: bytes, name: str) -> bool:
        """A text table by its headers. The headers of a workbook are packed away: there the name must end as a workbook's."""
        if is_workbook(head):
            return name.lower().endswith((".xlsx", ".xls"))
        try:
            encoding = self._mapping.encoding or detect(head)[0]
        except FileRefused:
            return False
        lines = head.removeprefix(b"\xef\xbb\xbf").decode(encoding, "replace").splitlines()
        if len(lines) < self._mapping.header_row:
            return False
        line = lines[self._mapping.header_row - 1]
        return {h.strip() for h in split_line(line, self._delimiter(line))}.issuperset(self._mapping.columns)

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        """Errors  ``FileRefused``; ``Invalid`` mapping.column_missing, naming the columns and the headers there are"""
        head, whole = read_head(stream)
        if is_workbook(head):
            header, rows = sheet_rows(whole, self._mapping.sheet, self._mapping.header_row)
            yield from self._batches(header, rows, name)
            return
        encoding = self._mapping.encoding or detect(head)[0]
        lines = head.decode(encoding, "replace").split("\n", self._mapping.header_row)
        delimiter = self._delimiter(lines[min(self._mapping.header_row, len(lines)) - 1])
        records = RecordStream(
            whole, delimiter=delimiter, encoding=self._mapping.encoding, header_row=self._mapping.header_row
        )
        yield from self._batches(records.header, records, name)

    def _delimiter(self, header: str) -> str:
        return self._mapping.delimiter or ("\t" if "\t" in header else ",")

    def _batches(self, header: Sequence[str], rows: Iterator[SheetRow] | RecordStream, name: str) -> Iterator[Batch]:
        missing = [column for column in self._mapping.columns if column not in header]
        if missing:
            places = [f'[columns] "{column}"' for column in missing]
            raise Invalid(
                "mapping.column_missing", place=", ".join(places), columns=missing, headers=list(header), file=name
            )
        builder = BatchBuilder()
        table = _MappedTable(self._mapping, header, builder)
        for row in rows:
            if isinstance(row, Refusal):
                builder.refuse(row)
            else:
                table.take(row)
            if builder.full:
                yield builder.take()
        if len(builder):
            yield builder.take()


class _MappedTable:
    """Rows of one file to observations or refusals."""

    def __init__(self, mapping: Mapping, header: Sequence[str], builder: BatchBuilder) -> None:
        self._builder = builder
        self._places = {field: header.index(column) for column, field in mapping.columns.items()}
        self._headers = {field: column for column, field in mapping.columns.items()}
        self._row = RowReader(mapping, Cells(builder.numbers, office=mapping.office, forms=mapping.date_forms))

    def take(self, row: Record | SheetRow) -> None:
        cells: Sequence[Cell] = row.fields if isinstance(row, Record) else row.cells
        try:
            values = {field: cell_text(cells[place], field) for field, place in self._places.items()}
            self._builder.add(self._row.observation(row.row, values))
        except CellRefused as problem:
            raw = ",".join(map(str, cells))[:KEPT]
            column = self._headers.get(problem.field, problem.field)
            self._builder.refuse(Refusal(row.row, problem.code, column, problem.facts, raw))


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
