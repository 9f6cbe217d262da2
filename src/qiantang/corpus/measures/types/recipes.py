"""How the number of a metric comes about, as a value: which patents are counted, or what is divided by what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Time(StrEnum):
    """The day of a patent by which it falls into a year; ``in_force`` and ``any``: see ``Patents``."""

    FILED = "filed"
    PUBLISHED = "published"
    GRANTED = "granted"
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patents:
    """Count patents.

    time      the day that counts; ``in_force``: those whose right was in force at the end of the period
    offices   empty: all
    types     empty: all
    granted   only those that were ever granted
    """

    time: Time
    offices: tuple[str, ...] = ("CN",)
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
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


Recipe = Patents | Scaled | Figures | NotKept
