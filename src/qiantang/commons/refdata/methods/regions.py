"""The table of regions: by code, by name, by day."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from qiantang.commons.refdata.types import Level, Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PEOPLES = (
    "土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族|蒙古|哈萨克族|哈萨克|柯尔克孜|畲族|朝鲜族|"
    "黎族|瑶族|满族|仡佬族|土族|撒拉族|东乡族|保安族|裕固族|纳西族|拉祜族|佤族|布朗族|独龙族|怒族|普米族|水族|毛南族|仫佬族|锡伯|塔吉克|"
    "达斡尔族|各族"
)
_RANK = re.compile(rf"(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|(?:{_PEOPLES})+自治[州县]|地区|新区|[省市区县盟])$")
_SHORTEST = 2
_LEVELS = tuple(Level)


def short_name(name_zh: str) -> str:
    """The name without the word for its rank: 延边朝鲜族自治州 gives 延边. A name that is nothing else stays empty."""
    return _RANK.sub("", name_zh)


class RegionTable:
    """Regions with their dates. Where no day is given, the newest row of a code counts.

    errors  KeyError for a code the table does not hold
    """

    def __init__(self, rows: Iterable[Region]) -> None:
        self._by_code: dict[str, list[Region]] = {}
        for row in rows:
            self._by_code.setdefault(row.code, []).append(row)
        for same in self._by_code.values():
            same.sort(key=lambda row: row.valid_from or date.min)
        self._children: dict[str, list[str]] = {}
        for code, same in self._by_code.items():
            if (parent := same[-1].parent) is not None:
                self._children.setdefault(parent, []).append(code)
        self._by_name = MappingProxyType(_names(same[-1] for same in self._by_code.values()))

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self._by_code)

    def rows(self) -> tuple[Region, ...]:
        """Every row, in order of code, then of days."""
        return tuple(row for _, same in sorted(self._by_code.items()) for row in same)

    def region(self, code: str, day: date | None = None) -> Region | None:
        """The row of ``code`` valid on ``day``; None where it was not valid then."""
        same = self._by_code[code]
        return same[-1] if day is None else next((row for row in same if row.is_valid_on(day)), None)

    def name(self, code: str, lang: str, day: date | None = None) -> str:
        """The name on ``day``, in Chinese for a ``lang`` that begins with ``zh``, else in English.

        For a day on which the code was not valid, its newest name: a label is always to be had.
        """
        row = self.region(code, day) or self._by_code[code][-1]
        return row.name_zh if lang.startswith("zh") else row.name_en

    def codes_by_name(self) -> Mapping[str, str]:
        """Name -> code: Chinese as in the table and without the word for the rank, English as written and in small letters.

        A name of several regions stands for one still valid, then for the highest, then for the last that ended; where that leaves several, for none.
        """
        return self._by_name

    def codes_by_name_in(self, code: str) -> Mapping[str, str]:
        """As ``codes_by_name``, and a name that several regions have stands for the one right below ``code``: 西湖区 is that
        of 杭州 there, not that of 南昌.
        """
        rows = [self._by_code[child][-1] for child in self._children.get(code, ())]
        return {**_names(rows), **self._by_name}

    def children(self, code: str, day: date | None = None) -> tuple[str, ...]:
        """The codes right below ``code`` on ``day`` (default: those valid still), in order of code."""
        return tuple(child for child in sorted(self._children.get(code, ())) if self._was_valid(child, day))

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes above ``code``, nearest first; empty for a province."""
        found: list[str] = []
        parent = self._by_code[code][-1].parent
        while parent is not None:
            found.append(parent)
            parent = self._by_code[parent][-1].parent
        return tuple(found)

    def _was_valid(self, code: str, day: date | None) -> bool:
        if day is None:
            return self._by_code[code][-1].valid_to is None
        return self.region(code, day) is not None


def _names(rows: Iterable[Region]) -> dict[str, str]:
    known = list(rows)
    found: dict[str, str] = {}
    # "Taizhou, Jiangsu" and "Taizhou, Zhejiang" part a name which then must not fall to a prefecture that ended
    parted = {name for row in known if ", " in row.name_en for name in _cased(row.name_en.partition(", ")[0])}
    # whole names first: the district 朝阳区 keeps its name although the city 朝阳市 takes the short one
    for names_of in (_whole, _short):
        claims: dict[str, list[Region]] = {}
        for row in known:
            for name in names_of(row) - (parted if row.valid_to else set()):
                claims.setdefault(name, []).append(row)
        for name, claimants in claims.items():
            if name not in found and (best := _best(claimants)) is not None:
                found[name] = best.code
    return found


def _whole(row: Region) -> set[str]:
    return {row.name_zh, *_cased(row.name_en)}


def _cased(name: str) -> set[str]:
    return {name, name.casefold()}


def _short(row: Region) -> set[str]:
    short = short_name(row.name_zh)
    return {short} if len(short) >= _SHORTEST else set()


def _best(claimants: list[Region]) -> Region | None:
    def rank(row: Region) -> tuple[bool, int, int]:
        ended = row.valid_to
        return ended is not None, _LEVELS.index(row.level), -ended.toordinal() if ended else 0

    first = min(map(rank, claimants))
    best = [row for row in claimants if rank(row) == first]
    return best[0] if len(best) == 1 else None
