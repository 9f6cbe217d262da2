"""Areas: regions that go on under other names and codes. 萧山县, 萧山市 and 萧山区 are one area with four codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from qiantang.commons.refdata.api import Level, Region, short_name


@dataclass(slots=True, eq=False)
class Area:
    """A province, city or district through time. Two areas are the same only if they are the same object.

    short       name without the word for the rank
    rows        each name and code with its days, oldest first
    city        of a district: its city; None right below a province
    heirs       areas to which the area, or a part of it, went: (first day, area, whole)
    """

    short: str
    level: Level
    province: str
    city: Area | None
    rows: list[Region] = field(default_factory=list)
    heirs: list[tuple[date, Area, bool]] = field(default_factory=list)
    forebears: list[Area] = field(default_factory=list)

    def at(self, day: date) -> str | None:
        """The code on ``day``; None where the area was no region of its own then."""
        for row in reversed(self.rows):
            if row.is_valid_on(day):
                return row.code
        return None

    @property
    def ended(self) -> date | None:
        return self.rows[-1].valid_to

    @property
    def begins(self) -> date:
        return self.rows[0].valid_from or date.min

    def names(self) -> set[str]:
        """Its whole names of all times; an autonomous county's also without its peoples: 陵水县."""
        whole = {row.name_zh for row in self.rows}
        return whole | {f"{self.short}县" for name in whole if name.endswith("自治县")}


class Areas:
    """All areas, by any of their codes."""

    def __init__(self, regions: Iterable[Region]) -> None:
        by_level: dict[Level, list[Region]] = defaultdict(list)
        for row in regions:
            by_level[row.level].append(row)
        self.by_code: dict[str, list[Area]] = defaultdict(list)
        self.provinces = self._provinces(by_level[Level.PROVINCE])
        self._municipal = {area.short: area for area in self.provinces if area.rows[0].name_zh.endswith("市")}
        self.cities = self._cities(by_level[Level.PREFECTURE])
        self.districts = self._districts(by_level[Level.COUNTY])

    def of(self, code: str) -> Area:
        """The last area that had the code. errors: KeyError"""
        return self.by_code[code][-1] if code in self.by_code else self._missing(code)

    @staticmethod
    def _missing(code: str) -> Area:
        raise KeyError(code)

    def _register(self, area: Area) -> Area:
        area.rows.sort(key=lambda row: row.valid_from or date.min)
        for code in {row.code for row in area.rows}:
            self.by_code[code].append(area)
            self.by_code[code].sort(key=lambda one: one.ended or date.max)
        return area

    def _provinces(self, rows: list[Region]) -> list[Area]:
        return [self._register(Area(short_name(r.name_zh), r.level, r.code, None, [r])) for r in rows]

    def _cities(self, rows: list[Region]) -> list[Area]:
        """Prefectures: one area where the code goes on, or the name does in one province (台州地区, 台州市)."""
        named: dict[tuple[str, str], list[Region]] = defaultdict(list)
        last_name: dict[str, str] = {}
        ordered = sorted(rows, key=lambda row: row.valid_from or date.min)
        for row in ordered:
            last_name[row.code] = short_name(row.name_zh)
        for row in ordered:
            short = last_name[row.code]
            if short in self._municipal:  # Chongqing was a city of Sichuan
                municipality = self._municipal[short]
                municipality.rows.insert(0, row)
                self.by_code[row.code].append(municipality)
            else:
                named[row.parent or "", short].append(row)
        return [
            self._register(Area(short, Level.PREFECTURE, province, None, same))
            for (province, short), same in named.items()
        ]

    def _districts(self, rows: list[Region]) -> list[Area]:
        """Counties: one area where the short name goes on in one city and no two of them are valid on one day."""
        named: dict[tuple[Area, str], list[Region]] = defaultdict(list)
        for row in rows:
            above = self.of(row.parent or "")
            named[above, short_name(row.name_zh) or row.name_zh].append(row)
        found = []
        for (above, short), same in named.items():
            for chain in _chains(same):
                city = above if above.level is Level.PREFECTURE or above in self._municipal.values() else None
                found.append(self._register(Area(short, Level.COUNTY, above.province, city, chain)))
        return found


def _chains(rows: list[Region]) -> list[list[Region]]:
    rows.sort(key=lambda row: row.valid_from or date.min)
    for before, after in pairwise(rows):
        if before.valid_to is None or after.valid_from is None or before.valid_to >= after.valid_from:
            break
    else:
        return [rows]
    by_name: dict[str, list[Region]] = defaultdict(list)  # 伊宁市 and 伊宁县 stand side by side
    for row in rows:
        by_name[row.name_zh].append(row)
    return list(by_name.values())
