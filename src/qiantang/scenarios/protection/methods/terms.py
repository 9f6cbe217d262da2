"""Terms of applications: first and last day, and from when one can be renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from qiantang.kernel.calendar import add_months

if TYPE_CHECKING:
    from datetime import date

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """From the first to the last day, both within."""

    first: date
    last: date


def term_from(first: date, months: int) -> Term:
    """A term of so many months from its first day: it ends the day before the same day of the month."""
    return Term(first, add_months(first, months) - _DAY)


def renewal_opens(last: date, months: int) -> date:
    """The first day on which a term can be renewed that ends on ``last``."""
    return add_months(last + _DAY, -months)


def renewed(last: date, months: int) -> Term:
    """The next term, without a gap and without an overlap."""
    return term_from(last + _DAY, months)


def effective_until(last: date, right_until: date | None) -> date:
    """A term ends with the right on which it rests, where that ends earlier."""
    return last if right_until is None else min(last, right_until)
