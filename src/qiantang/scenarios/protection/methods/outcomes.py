"""What closed proceedings say: the success rate of the white paper, medians, and when there are too few to say anything.

Success rate is successful over *completed*, never over accepted: 1395 of 4303 is 32.42 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median_low

from qiantang.scenarios.protection.types import RouteFigures

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Closed:
    """One closed proceeding. None: not known."""

    success: bool | None
    days: int | None
    amount_yuan: int | None
    cost_yuan: int | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """A period of one route. ``mean_accepted_yuan`` is the amount over accepted proceedings, rounded down."""

    accepted: int
    completed: int
    successful: int
    pending_start: int
    amount_yuan: int | None

    @property
    def success_rate(self) -> str | None:
        return percent(self.successful, self.completed)

    @property
    def completion_rate(self) -> str | None:
        return percent(self.completed, self.accepted)

    @property
    def pending_end(self) -> int:
        return self.pending_start + self.accepted - self.completed


def percent(part: int, whole: int, rounding: str = ROUND_HALF_EVEN) -> str | None:
    """Per cent with two places; None where the whole is nothing."""
    if whole <= 0:
        return None
    return str((Decimal(part) * 100 / whole).quantize(_HUNDREDTH, rounding=rounding))


def per_case(amount_yuan: int, cases: int) -> int | None:
    """Whole yuan for each case, rounded half to even; None where there is none."""
    return int((Decimal(amount_yuan) / cases).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)) if cases else None


def figures(closed: Sequence[Closed], least: int) -> RouteFigures:
    """What closed proceedings of a route say; with fewer than ``least`` nothing but how many there are.

    Each figure rests on the proceedings of which it is known, and is told only where those are enough.
    """
    if len(closed) < least:
        return RouteFigures(closed=len(closed), enough=False)
    judged = [one.success for one in closed if one.success is not None]
    amounts = [one.amount_yuan for one in closed if one.amount_yuan is not None]
    costs = [one.cost_yuan for one in closed if one.cost_yuan is not None]
    return RouteFigures(
        closed=len(closed),
        enough=True,
        success_rate=percent(sum(judged), len(judged)) if len(judged) >= least else None,
        median_days=_median([one.days for one in closed if one.days is not None], least),
        median_amount_yuan=_median(amounts, least),
        median_cost_yuan=_median(costs, least),
        amount_sample=len(amounts),
        cost_sample=len(costs),
    )


def _median(values: Iterable[int], least: int) -> int | None:
    known = list(values)
    return median_low(known) if len(known) >= least else None
