"""Addresses in Latin letters, to the level of the city."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from qiantang.commons.refdata.api import Level
from qiantang.corpus.places.methods.areas import Area, Areas
from qiantang.corpus.places.methods.names import Node

_WORD = re.compile(r"[a-z]+")
_CHINA = frozenset({"china", "prc", "cn"})
_CUSTOMARY = {"peking": "110000", "canton": "440100", "innermongolia": "150000", "tibet": "540000"}
_RANKS = ("city", "province", "shi", "sheng")


class LatinNames:
    """Provinces and prefectures by their names in pinyin or in customary English."""

    def __init__(self, areas: Areas) -> None:
        self._named: dict[str, list[Area]] = defaultdict(list)
        self._nodes: dict[Area, Node] = {}
        by_code = {area.province: area for area in areas.provinces}
        for area in (*areas.provinces, *areas.cities):
            if area.ended is None:
                province = by_code[area.province]
                city = area if area.level is Level.PREFECTURE or area.rows[-1].name_zh.endswith("市") else None
                self._nodes[area] = Node(province, city)
                for name in {row.name_en.partition(",")[0] for row in area.rows}:
                    self._named[_letters(name)].append(area)
        for name, code in _CUSTOMARY.items():
            self._named[name].append(areas.of(code))

    def find(self, text: str, country: str | None) -> Node | None:
        """The city or province that is named. A name alone is not enough: China, or the city's province, must be named or stated."""
        words = _words(text.lower().replace("'", "").replace("\u2019", ""))
        named = [area for word in words for area in self._named.get(word, ())]
        if not named:
            return None
        provinces = {area for area in named if area.level is Level.PROVINCE}
        cities = [area for area in named if area.level is Level.PREFECTURE]
        inside = [area for area in cities if any(one.province == area.province for one in provinces)]
        chosen = list(dict.fromkeys(inside or (() if provinces else cities)))
        known = country == "CN" or not _CHINA.isdisjoint(words)
        if len(chosen) == 1 and (known or inside):
            return self._nodes[chosen[0]]
        if len(chosen) != 1 and len(provinces) == 1 and known:
            return self._nodes[provinces.pop()]
        return None


def _words(text: str) -> set[str]:
    """Words, with and without the word for a rank at their end, and pairs of neighbours: Hang Zhou, Hangzhoushi."""
    single = _WORD.findall(text)
    found = {*single, *(a + b for a, b in pairwise(single))}
    return found | {_bare(word) for word in found}


def _bare(word: str) -> str:
    return next((word.removesuffix(rank) for rank in _RANKS if word.endswith(rank) and len(word) > len(rank) + 3), word)


def _letters(names: str | Iterable[str]) -> str:
    return "".join(_WORD.findall("".join(names).lower().replace("'", "")))
