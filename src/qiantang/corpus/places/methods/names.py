"""The names an address can begin with, as a walk: from the country to a province, a city, a district.

Each node of the walk holds the names that may follow, by their first two characters: a step is one look-up and one
comparison, whatever the size of the tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from qiantang.commons.refdata.api import Level
from qiantang.corpus.places.methods.areas import Area, Areas
from qiantang.corpus.places.methods.localities import CityLocalities

_SHORTEST = 2
_LEVELS = tuple(Level)
_REPEATED = ("市辖区", "市区", "市郊")  # says nothing between a city and its district
_CHINA = ("中国", "中华人民共和国", "中国大陆")
_COUNTRIES = {
    "韩国": "KR", "美利坚合众国": "US", "中国台湾": "TW", "台湾": "TW", "中国香港": "HK", "香港": "HK", "中国澳门": "MO", "澳门": "MO",
    "大韩民国": "KR", "英属维尔京群岛": "VG", "开曼群岛": "KY", "英属开曼群岛": "KY",
}  # fmt: skip
"""Names as addresses write them where the table of offices has others. Provinces with codes of their own in ST.3 are countries here."""
SPECIAL_PROVINCES = {"TW": "710000", "HK": "810000", "MO": "820000"}
SPECIAL_COUNTRIES = {province: country for country, province in SPECIAL_PROVINCES.items()}

STREET = re.compile(
    "[东南西北中一二三四五六七八九十]{0,2}(?:路|街|大道|道|巷|弄|里|桥|塘|村|镇|乡|大学|学院|医院|公园|国际|广场|大厦|花园|文化|时代|區|縣|饭店|宾馆|商务)"
)
"""What follows a name without the word for its rank where its rank stands in traditional characters, or where a street, a house or a school is named after the place."""


@dataclass(slots=True, eq=False)
class Node:
    """Where a walk stands, and what may follow.

    table       first two characters -> (name, length, next node, whether a street may be named so)
    short       whether the district was named without the word for its rank
    foreign     ST.3 code of a country that was named
    districts   whole names of a city's districts, for a look further on in the text
    """

    province: Area | None = None
    city: Area | None = None
    district: Area | None = None
    short: bool = False
    foreign: str | None = None
    localities: CityLocalities | None = None
    districts: Mapping[str, Node] = field(default_factory=dict)
    table: dict[str, list[tuple[str, int, Node, bool]]] = field(default_factory=dict)

    def enter(self, name: str, node: Node, *, guarded: bool = False) -> None:
        if len(name) >= _SHORTEST:
            self.table.setdefault(name[:2], []).append((name, len(name), node, guarded))

    def compile(self) -> None:
        """Longest names first; where two nodes claim one name, the first entered keeps it."""
        for entries in self.table.values():
            entries.sort(key=lambda entry: -entry[1])


def build_walk(areas: Areas, localities: Mapping[Area, CityLocalities], countries: Mapping[str, str]) -> Node:
    """The root of the walk. ``countries``: Chinese name -> ST.3 code."""
    return _Builder(areas, localities, countries).root


class _Builder:
    def __init__(self, areas: Areas, localities: Mapping[Area, CityLocalities], countries: Mapping[str, str]) -> None:
        self._localities = localities
        self.root = Node()
        below = _below(areas.districts)
        cities = defaultdict(list)
        for city in areas.cities:
            cities[city.province].append(city)
        for province in areas.provinces:
            self._province(province, cities[province.province], below)
        self._counties_alone(areas.districts)
        self._abroad(countries)
        for node in self._nodes:
            node.compile()

    @property
    def _nodes(self) -> list[Node]:
        found, todo = {id(self.root): self.root}, [self.root]
        while todo:
            for entries in todo.pop().table.values():
                for entry in entries:
                    if id(entry[2]) not in found:
                        found[id(entry[2])] = entry[2]
                        todo.append(entry[2])
        return list(found.values())

    def _province(self, province: Area, cities: list[Area], below: Mapping[Area | str, list[Area]]) -> None:
        municipal = province.rows[-1].name_zh.endswith("市")
        node = Node(province, city=province if municipal else None, localities=self._localities.get(province))
        names = {province.rows[-1].name_zh, *([f"{province.short}省"] if not municipal else [])}
        self._name(self.root, province, node, names)
        self._name(node, province, node, names)
        for word in _REPEATED:
            node.enter(word, node)
        for city in _ranked(cities):
            self._city(node, city, below[city])
        direct = _ranked(
            [*below[province.province], *(d for city in cities for d in below[city])]
            if not municipal
            else below[province]
        )
        self._districts(node, direct, {})
        if municipal:
            node.districts = {name: _whole(node, area) for area in direct for name in area.names()}

    def _city(self, province: Node, city: Area, districts: list[Area]) -> None:
        node = Node(province.province, city, localities=self._localities.get(city))
        names = city.names() | ({f"{city.short}州"} if any("自治州" in n for n in city.names()) else set())
        names |= {f"{city.short}市"} if city.rows[-1].name_zh.endswith("市") else set()
        for parent in (self.root, province, node):
            self._name(parent, city, node, names)
        self._name(node, province.province, node, province.province.names() if province.province else set())
        for word in _REPEATED:
            node.enter(word, node)
        ranked = _ranked(districts)
        self._districts(node, ranked, {})
        node.districts = {name: _whole(node, area) for area in reversed(ranked) for name in area.names()}

    @staticmethod
    def _name(parent: Node, area: Area | None, node: Node, names: Iterable[str]) -> None:
        for name in names:
            parent.enter(name, node)
        if area is not None:
            parent.enter(area.short, node, guarded=True)

    def _districts(self, node: Node, districts: list[Area], taken: dict[str, Area]) -> None:
        """Whole names for the first that claims them (still valid before ended), short ones where one area alone has it."""
        shorts: dict[str, list[Area]] = defaultdict(list)
        for area in districts:
            shorts[area.short].append(area)
            whole = _whole(node, area)
            for name in area.names():
                if taken.setdefault(name, area) is area:
                    node.enter(name, whole)
        for short, same in shorts.items():
            valid = [area for area in same if area.ended is None] or same
            if len(valid) == 1 and short not in taken:
                area = valid[0]
                node.enter(
                    short,
                    Node(
                        node.province,
                        area.city or node.city,
                        area,
                        short=True,
                        localities=node.localities or self._localities.get(area.city) if area.city else node.localities,
                    ),
                    guarded=True,
                )

    def _counties_alone(self, districts: list[Area]) -> None:
        """Counties whose whole name is theirs alone in the country may begin an address."""
        claims: dict[str, list[Area]] = defaultdict(list)
        for area in districts:
            for name in area.names():
                claims[name].append(area)
        by_code = {node.province.province: node for node in self._nodes if node.province and not node.district}
        for name, same in claims.items():
            valid = [area for area in same if area.ended is None] or same
            if len(valid) == 1 and len(name) > _SHORTEST:
                self.root.enter(name, _whole(by_code[valid[0].province], valid[0]))

    def _abroad(self, countries: Mapping[str, str]) -> None:
        for name, code in {**countries, **_COUNTRIES}.items():
            if code != "CN":
                self.root.enter(name, Node(foreign=code), guarded=len(name) == _SHORTEST)
        for name in _CHINA:
            self.root.enter(name, self.root)


def _whole(above: Node, area: Area) -> Node:
    return Node(above.province, area.city or above.city, area, localities=above.localities)


def _below(districts: list[Area]) -> dict[Area | str, list[Area]]:
    found: dict[Area | str, list[Area]] = defaultdict(list)
    for area in districts:
        found[area.city or area.province].append(area)
    return found


def _ranked(areas: list[Area]) -> list[Area]:
    """Valid ones first, then higher levels, then those that ended last."""

    def rank(area: Area) -> tuple[bool, int, int]:
        ended: date | None = area.ended
        return ended is not None, _LEVELS.index(area.level), -ended.toordinal() if ended else 0

    return sorted(areas, key=rank)
