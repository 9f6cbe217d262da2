"""Reads: the table of titles, loaded when first asked for and then kept."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from qiantang.corpus.classes.methods.titles import TitleTable
from qiantang.corpus.classes.types import ClassTitle

_TITLES = Path(__file__).with_name("ipc_titles.csv")


@lru_cache(maxsize=1)
def titles() -> TitleTable:
    """Sections, classes, subclasses and main groups of IPC 2026.01."""
    with _TITLES.open(encoding="utf-8", newline="") as lines:
        return TitleTable(
            ClassTitle(row["code"], row["title_zh"], row["title_en"] or None) for row in csv.DictReader(lines)
        )
