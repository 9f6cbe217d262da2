"""Made-up tables as search platforms export them, and what a reader says of their one row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.methods.streams import read_head
from qiantang.corpus.ingest.tests.readings import application, read

APPLICATION = f"CN{application(9_990_001)[:12]}.{application(9_990_001)[12]}"


def xlsx(*rows: Sequence[str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return out.getvalue()


def csv(*rows: Sequence[str], end: str = "\n", encoding: str = "utf-8") -> bytes:
    quoted = (
        ",".join('"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\n') else cell for cell in row)
        for row in rows
    )
    return "".join(line + end for line in quoted).encode(encoding)


def loaded(content: bytes, name: str, reader: str) -> dict:
    """The one row of a file that the named reader is to recognise by itself."""
    head, _ = read_head(io.BytesIO(content))
    found = recognise(head, name, lambda: io.BytesIO(content))
    assert found.name == reader
    observed, refused = read(content, name, found)
    assert refused == []
    (row,) = observed
    return row


def parties(row: dict) -> list[tuple[str, str]]:
    return [(party["role"], party["name"]) for party in row["parties"]]


def symbols(row: dict) -> list[tuple[str, bool]]:
    return [(one["symbol"], one["first"]) for one in row["classifications"]]


def documents(row: dict) -> list[tuple[str, str | None, date | None]]:
    return [(one["number"], one["kind"], one["date"]) for one in row["publications"]]


def texts(row: dict) -> list[tuple[str, str, str, bool]]:
    return [(one["part"], one["language"], one["text"], one["machine"]) for one in row["texts"]]
