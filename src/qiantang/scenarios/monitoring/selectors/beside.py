"""A number of many cities: from the register where it holds patents of the city, else from a table; each says which."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.types import REASONS, Dimension, Question
from qiantang.scenarios.monitoring.rules import CITY, COUNTING_RULES, EVERYWHERE, IN_FORCE, PER_HEAD
from qiantang.scenarios.monitoring.selectors import asking

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qiantang.commons.metrics.types import Measurement, Metric, Point
    from qiantang.scenarios.monitoring.types import Asked

Values = dict[str, float | None]
REGISTER, TABLE, NONE = "register", "table", "none"


class CityValue(NamedTuple):
    """The value of one city and where it comes from; None: not known, for the ``reason`` (a key of REASONS)."""

    value: float | None
    origin: str
    as_of: date | None = None
    sample: bool = False
    reason: str = ""
    url: str | None = None

    def told_reason(self) -> str:
        """Why it is not known, for the reader."""
        return REASONS[self.reason].told(asking.language()) if self.reason in REASONS else ""


class Compared(NamedTuple):
    """The answer for our own city, which is cited, and the value of each city of the comparison."""

    ours: Measurement
    cities: Mapping[str, CityValue]

    @property
    def values(self) -> Values:
        return {code: one.value for code, one in self.cities.items()}


def cities_of(asked: Asked, metric_id: str, year: int, codes: tuple[str, ...]) -> Compared | None:
    """The metric of each city in the year; None where the registry does not know it.

    A city of which the register holds no patent at all has the number that a table states, or none: never 0.
    """
    ours = asking.measured(_question(asked, metric_id, year, region=CITY))
    if ours is None:
        return None
    told = asking.measured(_question(asked, metric_id, year, by=(Dimension.REGION,))) if _divisible(metric_id) else None
    points = {point.key[0]: point for point in told.series} if told else {}
    held = held_cities(asked)
    found = {}
    for code in codes:
        counted = _counted(told, points.get(code), held=code in held)
        found[code] = counted or _stated(ours.metric, _question(asked, metric_id, year, region=code), held=code in held)
    return Compared(ours, found)


def held_cities(asked: Asked) -> frozenset[str]:
    """The cities of which the register holds any patent."""
    told = asking.measured(Question(metric=EVERYWHERE, by=(Dimension.REGION,), snapshot=asked.snapshot))
    return (
        frozenset(str(point.key[0]) for point in told.series if point.key[0] and point.records) if told else frozenset()
    )


def values_by_rule(asked: Asked, metric_id: str, year: int, compared: Compared) -> dict[str, Values]:
    """The values of all cities under each rule of counting that the metric can be counted by.

    A table knows one rule only: what it states stands under each.
    """
    found: dict[str, Values] = {}
    for name, address, sharing in COUNTING_RULES if _divisible(metric_id) and metric_id in PER_HEAD else ():
        told = asking.measured(
            _question(asked, metric_id, year, by=(Dimension.REGION,), address=address, sharing=sharing)
        )
        if told is None or told.value is None:
            continue
        points = {point.key[0]: point.value for point in told.series}
        found[name] = {
            code: points.get(code, 0) if one.origin == REGISTER else one.value for code, one in compared.cities.items()
        }
    return found


def _question(asked: Asked, metric_id: str, year: int, **more: object) -> Question:
    stock = metric_id in {IN_FORCE, PER_HEAD[IN_FORCE]}
    told = {"metric": metric_id, "first": None if stock else year, "last": year, "snapshot": asked.snapshot, **more}
    return Question(**told)  # type: ignore[arg-type]  # names of Question's fields


def _divisible(metric_id: str) -> bool:
    return any(Dimension.REGION in one.dimensions for one in asking.known_metrics((metric_id,)))


def _counted(told: Measurement | None, point: Point | None, *, held: bool) -> CityValue | None:
    """What the register counts of a city; None where it cannot tell."""
    if told is None or not held:
        return None
    if point is not None and point.value is not None:
        return CityValue(point.value, REGISTER, told.as_of, told.sample, url=asking.records_url(told, point))
    if point is None and told.value is not None:  # a count, and none of the city is in it
        return CityValue(0, REGISTER, told.as_of, told.sample)
    return None


def _stated(metric: Metric, question: Question, *, held: bool) -> CityValue:
    """What a table states; of a number a head the registry divides one stated number by another."""
    if not held and not metric.needs:  # nothing to be counted
        assert question.region is not None
        assert question.last is not None
        table = metrics.figures.stated(metric.published, question.region, question.last) if metric.published else None
        if table is None:
            return CityValue(None, NONE, reason="not_covered")
        return CityValue(table.value, TABLE, table.as_of, table.sample)
    told = asking.placed(question)
    if told.origin == REGISTER and not held:
        return CityValue(None, NONE, reason="not_covered")
    if told.value is None:
        return CityValue(None, NONE, reason=told.reason)
    return CityValue(told.value, told.origin, told.as_of, told.sample)
