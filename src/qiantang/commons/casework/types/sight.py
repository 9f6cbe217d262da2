"""Which cases the office sees before their parties have handed them in: none, but those a room names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from qiantang.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Sight:
    """Cases of a kind that the office sees; for kinds that say ``handed_in`` only these, and none while nobody names them.

    cases   a condition on rows of cases
    """

    key: str
    cases: Callable[[], Q]


SIGHTS: Registry[Sight] = Registry("sight of the office")


def declare_sight(sight: Sight) -> Sight:
    """Make known which cases of a kind the office sees. errors: ValueError for one declared twice"""
    return SIGHTS.register(sight.key, sight)
