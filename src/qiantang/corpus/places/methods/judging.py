"""The judge: what was named, where the postcode lies and the time give the place."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from qiantang.commons.refdata.api import Level
from qiantang.corpus.places.methods import successions
from qiantang.corpus.places.methods.areas import Area, Areas
from qiantang.corpus.places.methods.localities import Locality
from qiantang.corpus.places.methods.names import SPECIAL_COUNTRIES, Node
from qiantang.corpus.places.types import Kind, Place, Rule

CONFIDENCE = {
    Rule.DISTRICT: 0.98,
    Rule.SHORT_NAME: 0.9,
    Rule.LATER_DISTRICT: 0.9,
    Rule.TOWNSHIP: 0.9,
    Rule.ZONE: 0.9,
    Rule.POSTCODE: 0.7,
    Rule.CITY: 0.95,
    Rule.PROVINCE: 0.95,
    Rule.LATIN: 0.9,
    Rule.COUNTRY: 0.95,
    Rule.NONE: 0.0,
}
"""Set by hand, from sure to less sure; the app's README prints beside them what was measured."""
_OTHER_TIME = 0.95  # the district's name is older or newer than the day
_CONTRADICTED = {Level.PROVINCE: 0.6, Level.PREFECTURE: 0.7, Level.COUNTY: 0.9}  # by the postcode, at that level
_QUARREL = 0.8  # district and township do not fit each other

Areal = tuple[Area | None, tuple[Area, ...]]
"""An area, or the areas of which it is one."""


class _Finding(NamedTuple):
    then: Areal
    now: Areal
    rule: Rule
    factor: float


class Judge:
    """``place`` is a function of its arguments and of the tables, so that its answers may be kept."""

    def __init__(self, areas: Areas) -> None:
        self._province = {area.province: area for area in areas.provinces}

    def place(self, node: Node, locality: Locality | None, rule: Rule, postal: Locality | None, era: date) -> Place:
        hint = postal.at(era) if postal is not None else ()
        if node.province is None:
            return self._by_postcode(hint, era)
        found = _find(node, locality, rule, era)
        found = _with_postcode(found, postal, node, era)
        district = found.then[0].at(era) if found.then[0] else None
        today = found.now[0].at(successions.TODAY) if found.now[0] else None
        open_ones = (found.then, era) if district is None else (found.now, successions.TODAY)
        province = node.province.province
        city = node.city.at(era) or node.city.rows[-1].code if node.city else None
        level_rule = _level_rule(found.rule, district, city)
        factor = found.factor if district is not None else 1.0
        return Place(
            SPECIAL_COUNTRIES.get(province, "CN"),
            province,
            province if node.city is node.province else city,
            district,
            today,
            round(CONFIDENCE[level_rule] * factor * _doubt(hint, node, found), 4),
            level_rule,
            () if (today and district) else successions.codes(open_ones[0][1], open_ones[1]),
        )

    def _by_postcode(self, hint: tuple[Area, ...], era: date) -> Place:
        if not hint:
            return Place(None, None, None, None, None, 0.0, Rule.NONE)
        first = hint[0]
        district = first if len(hint) == 1 and first.level is Level.COUNTY else None
        city = first if first.level is Level.PREFECTURE else first.city
        province = self._province[first.province]
        if city is None and province.rows[-1].name_zh.endswith("市"):
            city = province
        kept = successions.moved(district, era, successions.TODAY)[0] if district else None
        return Place(
            "CN",
            first.province,
            (city.at(era) or city.rows[-1].code) if city else None,
            district.at(era) if district else None,
            kept.at(successions.TODAY) if kept else None,
            CONFIDENCE[Rule.POSTCODE] - 0.1,
            Rule.POSTCODE,
        )


def _level_rule(rule: Rule, district: str | None, city: str | None) -> Rule:
    if rule is Rule.LATIN or district is not None:
        return rule
    return Rule.CITY if city is not None else Rule.PROVINCE


def _find(node: Node, locality: Locality | None, rule: Rule, era: date) -> _Finding:
    area = node.district
    if area is None:
        return _by_locality(locality, rule, era)
    rule = Rule.SHORT_NAME if node.short else rule
    then, now = successions.own_district(area, era), successions.moved(area, era, successions.TODAY)
    factor = 1.0 if area.at(era) is not None else _OTHER_TIME
    if locality is None or not locality.at(era):
        return _Finding(then, now, rule, factor)
    if not successions.follows(area, locality, era):
        return _Finding(then, now, rule, factor * _QUARREL)
    lies, will = locality.at(era), locality.at(successions.TODAY)
    if len(lies) == 1:
        then = lies[0], ()
    elif area not in lies and then[0] is None:
        then = None, lies
    if len(will) == 1:
        now = will[0], ()
    elif area in will:
        now = area, ()
    return _Finding(then, now, rule, factor)


def _by_locality(locality: Locality | None, rule: Rule, era: date) -> _Finding:
    if locality is None:
        return _Finding((None, ()), (None, ()), rule, 1.0)
    told = Rule.TOWNSHIP if locality.kind is Kind.TOWNSHIP else Rule.ZONE
    lies = dict.fromkeys(area for one in locality.at(era) for area in _known(successions.own_district(one, era)))
    return _Finding(_one(tuple(lies)), _one(locality.at(successions.TODAY)), told, 1.0)


def _known(found: Areal) -> tuple[Area, ...]:
    return (found[0],) if found[0] is not None else found[1]


def _one(areas: tuple[Area, ...]) -> Areal:
    return (areas[0], ()) if len(areas) == 1 else (None, areas)


def _with_postcode(found: _Finding, postal: Locality | None, node: Node, era: date) -> _Finding:
    """What text left open, the postcode may close: among the candidates, or in the city that is named."""
    if postal is None or found.rule is Rule.LATIN:
        return found
    then, now, rule = found.then, found.now, found.rule
    near, here = postal.at(era), postal.at(successions.TODAY)
    if then[0] is None and len(near) == 1 and _may_be(near[0], then[1], node):
        then, rule = (near[0], ()), Rule.POSTCODE
    if now[0] is None and len(here) == 1 and _may_be(here[0], now[1], node):
        now = here[0], ()
    return _Finding(then, now, rule, found.factor)


def _may_be(area: Area, candidates: tuple[Area, ...], node: Node) -> bool:
    if candidates:
        return area in candidates
    return area.level is Level.COUNTY and node.city is not None and area.city is node.city and node.district is None


def _doubt(hint: tuple[Area, ...], node: Node, found: _Finding) -> float:
    """The factor for a postcode that lies elsewhere, by the highest level at which it does."""
    if not hint:
        return 1.0
    if all(area.province != node.province.province for area in hint) if node.province else False:
        return _CONTRADICTED[Level.PROVINCE]
    cities = {
        area if area.level is Level.PREFECTURE else area.city for area in hint if area.level is not Level.PROVINCE
    }
    if cities and node.city is not None and node.city not in cities:
        return _CONTRADICTED[Level.PREFECTURE]
    districts = {area for area in hint if area.level is Level.COUNTY}
    if districts and found.then[0] is not None and found.then[0] not in districts:
        return _CONTRADICTED[Level.COUNTY]
    return 1.0
