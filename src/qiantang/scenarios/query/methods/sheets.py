"""Tables of figures as CSV: what a file is stands before its head, and no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(about: Sequence[str], head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """UTF-8 text with a byte order mark, so that spreadsheets read Chinese.

    about   lines that say what the file is; each begins with ``#``
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    for line in about:
        writer.writerow([f"# {line}"])
    writer.writerow(head)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return "\ufeff" + written.getvalue()


def _plain(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
