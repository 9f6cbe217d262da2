"""Reads: the table of titles, loaded when first asked for and then kept."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qiantang.corpus.classes.methods.industries import IndustryTable
from qiantang.corpus.classes.methods.titles import TitleTable
from qiantang.corpus.classes.types import ClassTitle, Industry, IndustryRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HERE = Path(__file__).parent
_TITLES = _HERE / "ipc_titles.csv"
# scheme -> version of its rules; raise it with every change of the file
SCHEMES = {"city": "2026.2", "sei": "2021 (trial)"}


@lru_cache(maxsize=1)
def titles() -> TitleTable:
    """Sections, classes, subclasses and main groups of IPC 2026.01."""
    with _TITLES.open(encoding="utf-8", newline="") as lines:
        return TitleTable(
            ClassTitle(row["code"], row["title_zh"], row["title_en"] or None) for row in csv.DictReader(lines)
        )


@lru_cache(maxsize=len(SCHEMES))
def industry_table(scheme: str) -> IndustryTable:
    """The key industries of the city (``city``), or the strategic emerging industries of the state (``sei``).

    errors  KeyError for another scheme
    """
    version = SCHEMES[scheme]
    industries = [
        Industry(row["code"], row["parent"], row["name_zh"], row["name_en"])
        for row in _rows("industries.csv")
        if row["scheme"] == scheme
    ]
    grouped: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in _rows(f"{scheme}_rules.csv"):
        grouped.setdefault((row["rule"], row["industry"]), []).append(row)
    rules = [_rule(industry, rows) for (_, industry), rows in grouped.items()]
    return IndustryTable(scheme, version, industries, rules)


def _rule(industry: str, rows: Sequence[Mapping[str, str]]) -> IndustryRule:
    include, exclude = (tuple(row["pattern"] for row in rows if row["kind"] == kind) for kind in ("include", "exclude"))
    return IndustryRule(industry, include, exclude, keywords=any(row["keywords"] == "yes" for row in rows))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
