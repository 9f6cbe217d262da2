"""The metrics there are, and who can measure them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from qiantang.commons.metrics.types import Meter, Metric
from qiantang.kernel.errors import NotFound
from qiantang.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterable

_METRICS: Registry[Metric] = Registry("metric")
_METERS: Registry[str] = Registry("meter")


def declare_metrics(owner: str, meter: str, metrics: Iterable[Metric]) -> None:
    """Add the metrics of a room with what measures them; called when the house starts (``ready`` of its app).

    owner   label of the app, as the metrics say
    meter   dotted path of its class, which is made when something is measured: a start does without
    errors  ValueError for an id used twice, a metric of another owner, or one that is the same as an unknown one
    """
    _METERS.register(owner, meter)
    for one in metrics:
        if one.owner != owner:
            raise ValueError(f"metric {one.id!r} belongs to {one.owner!r}, not to {owner!r}")
        if one.same_as and one.same_as not in _METRICS:
            raise ValueError(f"metric {one.id!r} is the same as the unknown {one.same_as!r}")
        _METRICS.register(one.id, one)


def metrics() -> tuple[Metric, ...]:
    """All metrics, in the order in which they were declared."""
    return tuple(_METRICS)


def metric(given: str) -> Metric:
    """The metric of an id, in any case of letters.

    errors  NotFound ``metrics.unknown``
    """
    wanted = given.strip().casefold()
    for one in _METRICS:
        if one.id.casefold() == wanted:
            return one
    raise NotFound("metrics.unknown", given=given[:40])


def meter_of(one: Metric) -> Meter:
    """What measures a metric."""
    return _made(_METERS[one.owner])


@lru_cache(maxsize=16)
def _made(path: str) -> Meter:
    made: Meter = import_string(path)()
    return made
