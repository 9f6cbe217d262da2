"""How the number of a metric comes about, as a value: which patents are counted, or what is divided by what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Time(StrEnum):
    """The day of a patent by which it falls into a year; ``in_force`` and ``any``: see ``Patents``."""

    FILED = "filed"
    PUBLISHED = "published"
    GRANTED = "granted"
    EVENT = "event"
    IN_FORCE = "in_force"


class Listed(StrEnum):
    """Conditions of high value that no register tells: known as far as lists were handed in."""

    PLEDGE = "pledge"
    AWARD = "award"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patents:
    """Count patents.

    time      the day that counts; ``in_force``: those whose right was in force at the end of the period
    offices   empty: all
    types     empty: all
    events    with ``Time.EVENT``: kinds of legal events of which one must lie in the period
    flag      only those on which this lies (``pledged`` …), on the day of the register
    """

    time: Time
    offices: tuple[str, ...] = ("CN",)
    types: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    flag: str = ""


@dataclass(frozen=True, slots=True)
class HighValue:
    """Of patents in force those that meet at least one of the conditions, as far as they are known."""

    of: Patents
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a number of each patent: ``age`` in years, ``citations5`` received within five years."""

    of: Patents
    what: str


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different holders there are: ``enterprises``; or how much the largest hold: ``top10``."""

    of: Patents
    what: str


@dataclass(frozen=True, slots=True)
class Scaled:
    """One metric divided by a figure of a table or by another metric, times a scale.

    numerator, denominator  ids of metrics; a denominator may be ``figure:population`` instead
    lag         years by which the denominator's year lies before the numerator's
    """

    numerator: str
    denominator: str
    scale: float = 1.0
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Read from tables of other bodies: the name of the series."""

    series: str


@dataclass(frozen=True, slots=True)
class NotKept:
    """Nothing of the platform tells it yet. ``by`` says which room will."""

    by: str = ""


Recipe = Patents | HighValue | Mean | Distinct | Scaled | Figures | NotKept
