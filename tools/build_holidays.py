"""Rebuild ``commons/refdata/holidays.csv`` and ``holiday_notices.csv`` from PyPI chinesecalendar (MIT).

    python -m tools.build_holidays

The package packs the holiday notices of the State Council year by year; a new year appears with its next release after the
notice (November). Each year is sealed by the digest of its rows, so that a row changed by hand does not go unnoticed.
References of notices already in the file are kept; a new year's is written in by hand.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from importlib.metadata import version
from pathlib import Path

from chinese_calendar.constants import Holiday, holidays, workdays  # type: ignore[import-untyped]  # it has none

from qiantang.commons.refdata.methods.holidays import Row, digest_of

PLACE = Path(__file__).parents[1] / "src" / "qiantang" / "commons" / "refdata"
_SATURDAY = 5
_NAMES = {holiday.value: holiday.chinese for holiday in Holiday}


def _rows() -> list[Row]:
    found = [(day, "rest", _NAMES[name]) for day, name in holidays.items() if day.weekday() < _SATURDAY]
    found += [(day, "worked", _NAMES[name]) for day, name in workdays.items()]
    return sorted(found)


def _kept() -> dict[int, str]:
    path = PLACE / "holiday_notices.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {int(row["year"]): row["notice"] for row in csv.DictReader(lines)}


def main() -> None:
    source = f"PyPI chinesecalendar {version('chinesecalendar')} (MIT)"
    rows, kept = _rows(), _kept()
    by_year: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_year[row[0].year].append(row)
    with (PLACE / "holidays.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["day", "kind", "name_zh"])
        writer.writerows((day.isoformat(), kind, name) for day, kind, name in rows)
    with (PLACE / "holiday_notices.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["year", "notice", "source", "digest"])
        writer.writerows((year, kept.get(year, ""), source, digest_of(by_year[year])) for year in sorted(by_year))
    print(f"{len(rows)} days of {len(by_year)} years, to {max(by_year)}; generated on {date.today().isoformat()}")  # noqa: DTZ011 - the day of whoever runs it


if __name__ == "__main__":
    main()
