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
_REPEATED = (
    "市辖区",
    "市区",
    "市郊",
    "国家级",
    "（国家级）",
    "国家",
)  # say nothing between a city and its district or zone
_CHINA = ("中国", "中华人民共和国", "中国大陆")
_COUNTRIES = {
    "韩国": "KR", "南朝鲜": "KR", "联邦德国": "DE", "英属维京群岛": "VG", "美利坚合众国": "US", "中国台湾": "TW", "台湾": "TW", "中国香港": "HK", "香港": "HK", "中国澳门": "MO", "澳门": "MO",
    "大韩民国": "KR", "英属维尔京群岛": "VG", "英属西印度群岛开曼群岛": "KY", "英属凯曼群岛": "KY", "开曼群岛": "KY", "英属开曼群岛": "KY",
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
        self._provinces = {area.province: area for area in areas.provinces}
        self._nodes: list[Node] = []
        self._named: dict[Area, Node] = {}
        self.root = self._node()
        below = _below(areas.districts)
        cities = defaultdict(list)
        for city in areas.cities:
            cities[city.province].append(city)
        above = {area.province: self._province(area, cities[area.province], below) for area in areas.provinces}
        for province in areas.provinces:
            for row in province.rows:
                if row.parent is not None:  # 四川省重庆市 and 四川省江津县, as it was written until 1997
                    _enter(above[row.parent], province, above[province.province], {row.name_zh})
                    for area in below[province]:
                        for name in {one.name_zh for one in area.rows if one.parent == row.code}:
                            above[row.parent].enter(name, self._of(area))
        self._counties_alone(areas.districts)
        self._abroad(countries)
        for node in self._nodes:
            node.compile()

    def _node(self, province: Area | None = None, city: Area | None = None, district: Area | None = None) -> Node:
        node = Node(province, city, district, localities=self._localities.get(city) if city else None)
        self._nodes.append(node)
        return node

    def _of(self, area: Area) -> Node:
        """The node of a district by its whole name: one, wherever the walk comes from."""
        if area not in self._named:
            province = self._provinces[area.province]
            node = self._node(province, area.city or _if_municipal(province), area)
            self._named[area] = node
            # Where the city's table has zones alone, they tell nothing of a district that was never divided or renamed.
            if node.localities and not (node.localities.townships or area.heirs or area.forebears):
                node.localities = None
        return self._named[area]

    def _province(self, province: Area, cities: list[Area], below: Mapping[Area | str, list[Area]]) -> Node:
        municipal = _if_municipal(province)
        node = self._node(province, municipal)
        name = province.rows[-1].name_zh
        for parent in (self.root, node):
            _enter(parent, province, node, {name} if municipal else {name, f"{province.short}省"})
        for city in _ranked(cities):
            self._city(node, city, below[city])
        direct = _ranked(
            [*below[province.province], *below[province], *(area for city in cities for area in below[city])]
        )
        self._districts(node, direct)
        if municipal:
            node.districts = {name: self._of(area) for area in reversed(direct) for name in area.names()}
        return node

    def _city(self, province: Node, city: Area, districts: list[Area]) -> None:
        node = self._node(province.province, city)
        names = city.names()
        if any("自治州" in name for name in names):
            names.add(f"{city.short}州")
        for parent in (self.root, province, node):
            _enter(parent, city, node, names)
        if province.province is not None:
            _enter(node, province.province, node, province.province.names())
        ranked = _ranked(districts)
        self._districts(node, ranked)
        node.districts = {name: self._of(area) for area in reversed(ranked) for name in area.names()}

    def _districts(self, node: Node, ranked: list[Area]) -> None:
        """Whole names for the first that claims them (still valid before ended), short ones where one area alone has it."""
        for word in _REPEATED:
            node.enter(word, node)
        taken: set[str] = set()
        shorts: dict[str, list[Area]] = defaultdict(list)
        for area in ranked:
            shorts[area.short].append(area)
            for name in area.names() - taken:
                node.enter(name, self._of(area))
            taken |= area.names()
        for short, same in shorts.items():
            if (one := _only(same)) is not None and short not in taken:
                whole = self._of(one)
                following = self._node(whole.province, whole.city, one)
                following.short = True
                node.enter(short, following, guarded=True)

    def _counties_alone(self, districts: list[Area]) -> None:
        """Counties whose whole name is theirs alone in the country may begin an address."""
        claims: dict[str, list[Area]] = defaultdict(list)
        for area in districts:
            for name in area.names():
                claims[name].append(area)
        for name, same in claims.items():
            if (one := _only(same)) is not None and len(name) > _SHORTEST:
                self.root.enter(name, self._of(one))

    def _abroad(self, countries: Mapping[str, str]) -> None:
        for name, code in {**countries, **_COUNTRIES}.items():
            if code != "CN":
                self.root.enter(name, Node(foreign=code))
        for name in _CHINA:
            self.root.enter(name, self.root)


def _enter(parent: Node, area: Area, node: Node, names: Iterable[str]) -> None:
    for name in names:
        parent.enter(name, node)
    parent.enter(area.short, node, guarded=True)


def _if_municipal(province: Area) -> Area | None:
    """A municipality is its own city."""
    return province if province.rows[-1].name_zh.endswith("市") else None


def _only(same: list[Area]) -> Area | None:
    """The one that is valid still, or the one at all."""
    valid = [area for area in same if area.ended is None] or same
    return valid[0] if len(valid) == 1 else None


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
