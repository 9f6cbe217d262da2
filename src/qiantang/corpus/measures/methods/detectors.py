"""What an alert looks at: drops, bursts, and waves of lapses, each with the bound that was passed.

Source: domain text, section 7; bounds are arguments, so that a rule may set its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import fmean, stdev
from typing import NamedTuple

_WINDOW = 24  # months


class Finding(NamedTuple):
    """What a detector says of one value.

    expected   what it was compared with
    bound      the value beyond which it fires
    fired      None where too little is known to say
    """

    value: float | None
    expected: float | None
    bound: float | None
    fired: bool | None


_UNKNOWN = Finding(None, None, None, None)


def drop(now: float | None, then: float | None, share: float = 0.5, least: float = 1) -> Finding:
    """A fall of more than ``share`` against the same period before.

    least   smaller values of ``then`` are no base: nothing is said
    """
    if now is None or then is None or then < least:
        return _UNKNOWN._replace(value=now, expected=then)
    bound = then * (1 - share)
    return Finding(now, then, bound, now < bound)


def wave(history: Sequence[float | None], now: float | None, deviations: float = 2.0, window: int = _WINDOW) -> Finding:
    """A value more than ``deviations`` standard deviations (of the sample) above the mean of the ``window`` before it.

    history   oldest first; nothing is said where one of its last ``window`` values is missing or not known
    """
    known = [one for one in history[-window:] if one is not None]
    if now is None or len(known) < window:
        return _UNKNOWN._replace(value=now)
    mean = fmean(known)
    bound = mean + deviations * stdev(known)
    return Finding(now, mean, bound, now > bound)


def burst(
    history: Sequence[float | None], now: float | None, times: float = 3.0, least: float = 10, window: int = 12
) -> Finding:
    """A value of at least ``least`` that is more than ``times`` the mean of the ``window`` before it."""
    known = [one for one in history[-window:] if one is not None]
    if now is None or len(known) < window:
        return _UNKNOWN._replace(value=now)
    mean = fmean(known)
    bound = max(float(least), times * mean)
    return Finding(now, mean, bound, now >= least and now > times * mean)


def cooled(fired_on: Iterable[date], cool_down_days: int) -> tuple[date, ...]:
    """The days on which an alert is told, in order: none within ``cool_down_days`` after one that was told."""
    told: list[date] = []
    for day in sorted(fired_on):
        if not told or day > told[-1] + timedelta(days=cool_down_days):
            told.append(day)
    return tuple(told)
