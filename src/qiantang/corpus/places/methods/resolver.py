"""The resolver: an address, a postcode, a country and a day give a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from qiantang.commons.refdata.api import Region
from qiantang.corpus.places.methods.areas import Areas
from qiantang.corpus.places.methods.judging import Judge
from qiantang.corpus.places.methods.latin import LatinNames
from qiantang.corpus.places.methods.localities import (
    TOWNSHIP_WORDS,
    CityLocalities,
    Locality,
    localities_by_city,
    postcodes_by_prefix,
)
from qiantang.corpus.places.methods.names import SPECIAL_PROVINCES, STREET, Node, build_walk
from qiantang.corpus.places.methods.successions import TODAY, moved
from qiantang.corpus.places.methods.successions import codes as codes_on
from qiantang.corpus.places.types import LocalityRow, Place, PostcodeRow, Rule, SuccessionRow
from qiantang.kernel.text import fold

_MEMORY = 1 << 16
_POSTCODE = 6
_SHORTEST_PREFIX = 2
_LONGEST_ZONE = 16
_BETWEEN = " ,，、\u3000"
_EMPTY = Place(None, None, None, None, None, 0.0, Rule.NONE)


class Resolver:
    """Reads addresses. Built once from the tables, in about a second; then 150,000 fresh addresses a second and more.

    Memory is bounded: answers are kept for the 65,536 pairs of name and time used last, never for addresses.
    """

    def __init__(
        self,
        regions: Iterable[Region],
        localities: Iterable[LocalityRow],
        successions: Iterable[SuccessionRow],
        postcodes: Iterable[PostcodeRow],
        countries: Mapping[str, str],
    ) -> None:
        rows, parts, codes = list(regions), list(localities), list(postcodes)
        went = list(successions)
        self.areas = Areas(rows)
        for succession in went:
            old, new = self.areas.of(succession.old), self.areas.of(succession.new)
            old.heirs.append((succession.day, new, succession.whole))
            if new is not old:
                new.forebears.append(old)
        self._root = build_walk(self.areas, localities_by_city(parts, self.areas), countries)
        self._postcodes = postcodes_by_prefix(codes, self.areas)
        self._days = _turns([*rows, *parts, *codes], went)
        self._latin = LatinNames(self.areas)
        self._judge = lru_cache(_MEMORY)(Judge(self.areas).place)
        self._era = lru_cache(_MEMORY)(self._fresh_era)
        self._postal = lru_cache(_MEMORY)(self._fresh_postal)

    def resolve(
        self, address: str | None, postcode: str | None = None, country: str | None = None, day: date | None = None
    ) -> Place:
        """The place of an address as of ``day``; without a day as of today.

        country     ST.3; where it is not China's, the address is not looked at
        A postcode glued to the front of the address is taken for one. Nothing raises: what is not recognised stays None.
        """
        if country is not None and country != "CN":
            return self._abroad(country)
        text = address or ""
        if text[:1].isdecimal():
            text, postcode = _unglued(text, postcode)
        era = self._era(day)
        postal = self._postal(postcode) if postcode else None
        if text.isascii():
            return self._in_latin(text, postal, era, country)
        if " " in text or "\u3000" in text:
            text = "".join(text.split())
        node, at = _walk(self._root, text, 0)
        locality = None if node.localities is None else _locality(node.localities, text, at, node)
        if node.district is None and locality is None:
            place = self._look_further(node, text, at, postal, era)
            return self._silent(country) if place.country is None else place
        return self._judge(node, locality, Rule.DISTRICT, postal, era)

    def today(self, code: str) -> tuple[str, ...]:
        """Codes on today's boundaries for a code of any time. errors: KeyError"""
        area = self.areas.of(code)
        before = area.ended or area.begins
        if any(not whole for _, _, whole in area.heirs):
            before = date.min
        kept, among = moved(area, before, TODAY)
        return codes_on((kept,) if kept else among, TODAY)

    def _look_further(self, node: Node, text: str, at: int, postal: Locality | None, era: date) -> Place:
        """A district further on, a city further on; then the same in folded writing."""
        node, locality, rule = self._read_on(node, at, text=text)
        if node.district is None and locality is None:
            folded = fold(text)
            if folded != text:
                text, code = _unglued(folded, None)
                text = "".join(text.split())
                postal = postal or (self._postal(code) if code else None)
                node, locality, rule = self._read_on(*_walk(self._root, text, 0), text=text)
        if node.foreign is not None:
            return self._abroad(node.foreign, said=False)
        return self._judge(node, locality, rule, postal, era)

    def _read_on(self, node: Node, at: int, *, text: str) -> tuple[Node, Locality | None, Rule]:
        if node is self._root:
            node, at = self._city_further_on(text)
        locality = _locality(node.localities, text, at, node) if node.localities is not None else None
        if node.district is None and locality is None and node.districts:
            later = _district_further_on(node, text, at)
            if later is not None:
                return later, None, Rule.LATER_DISTRICT
        return node, locality, Rule.DISTRICT

    def _city_further_on(self, text: str) -> tuple[Node, int]:
        """Where something else stands before the city: the first whole name of a province or prefecture."""
        for word in ("省", "市", "自治区"):
            end = text.find(word)
            while end > 0:
                for start in range(max(0, end - 4), end):
                    node, at = _walk(self._root, text, start)
                    if at > end and node.province is not None:
                        return node, at
                end = text.find(word, end + 1)
        return self._root, 0

    def _in_latin(self, text: str, postal: Locality | None, era: date, country: str | None) -> Place:
        if not text.strip():
            return self._judge(self._root, None, Rule.NONE, postal, era) if postal else self._silent(country)
        area = self._latin.find(text, country)
        if area is None:
            return (
                self._judge(self._root, None, Rule.NONE, postal, era) if postal and country else self._silent(country)
            )
        return self._judge(area, None, Rule.LATIN, postal, era)

    @staticmethod
    def _silent(country: str | None) -> Place:
        return _EMPTY if country is None else _EMPTY._replace(country=country, confidence=1.0, rule=Rule.COUNTRY)

    @staticmethod
    def _abroad(country: str, *, said: bool = True) -> Place:
        province = SPECIAL_PROVINCES.get(country)
        return Place(country, province, None, None, None, 1.0 if said else 0.95, Rule.COUNTRY)

    def _fresh_era(self, day: date | None) -> date:
        """The first day of the time around ``day`` in which no table changes: answers are the same on all its days."""
        if day is None:
            return date.max
        place = bisect_right(self._days, day)
        return self._days[place - 1] if place else date.min

    def _fresh_postal(self, postcode: str) -> Locality | None:
        digits = postcode if postcode.isascii() else fold(postcode)
        if len(digits) != _POSTCODE or not digits.isdecimal():
            return None
        for length in range(_POSTCODE, _SHORTEST_PREFIX - 1, -1):
            if (found := self._postcodes.get(digits[:length])) is not None:
                return found
        return None


def _turns(rows: Iterable[Region | LocalityRow | PostcodeRow], successions: Iterable[SuccessionRow]) -> list[date]:
    days = {row.valid_from for row in rows if row.valid_from is not None}
    days |= {date.fromordinal(row.valid_to.toordinal() + 1) for row in rows if row.valid_to is not None}
    return sorted(days | {succession.day for succession in successions})


def _walk(node: Node, text: str, at: int) -> tuple[Node, int]:
    while True:
        for name, length, following, guarded in node.table.get(text[at : at + 2], ()):
            if text.startswith(name, at) and not (guarded and STREET.match(text, at + length)):
                node, at = following, at + length
                break
        else:
            return node, at


def _unglued(text: str, postcode: str | None) -> tuple[str, str | None]:
    """The text without six digits in front, and these where no postcode was given."""
    head = text[:_POSTCODE]
    if len(head) != _POSTCODE or not (head.isdecimal() and head.isascii()) or text[_POSTCODE:][:1].isdecimal():
        return text, postcode
    rest = text[_POSTCODE:]
    return (rest.lstrip(_BETWEEN) if rest[:1] in _BETWEEN else rest), postcode or head


def _locality(places: CityLocalities, text: str, at: int, node: Node) -> Locality | None:
    """What follows the city or district; 余杭区经济开发区 and 余杭经济开发区 are one, so the district's name is tried before it."""
    area = node.district
    if area is not None:
        named = area.short + text[at : at + _LONGEST_ZONE]
        for entry in places.table.get(named[:2], ()):
            if len(entry.text) > len(area.short) + 1 and not entry.bare and named.startswith(entry.text):
                return entry.locality
    for entry in places.table.get(text[at : at + 2], ()):
        if not text.startswith(entry.text, at):
            continue
        if not entry.bare:
            return entry.locality
        if area in entry.locality.ever() and not STREET.match(text, at + len(entry.text)):
            return entry.locality
    for word in TOWNSHIP_WORDS:
        end = text.find(word, at + 2)
        if end > 0:
            for length in (2, 3, 4):
                if (found := places.townships.get(text[max(at, end - length) : end])) is not None:
                    return found
    return None


def _district_further_on(node: Node, text: str, at: int) -> Node | None:
    end = text.find("区", at)
    while end >= 0:
        for length in (3, 4):  # 新区 and 郊区 alone would be found in 高新区 and the like
            found = node.districts.get(text[max(at, end + 1 - length) : end + 1])
            if found is not None and text[end + 1 : end + 2] != "块":
                return found
        end = text.find("区", end + 1)
    return None
