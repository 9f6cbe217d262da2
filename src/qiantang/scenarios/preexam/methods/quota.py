"""The yearly quota of a subject: ``quota.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).resolve().parent / "quota.toml"


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """The rule from a day on. ``bands``: (rate in per cent, at least; share of the passed count in per cent)."""

    since: date
    verified: bool
    source: str
    first_year: int
    least: int
    increment_percent: int
    bands: list[list[int]]


@lru_cache(maxsize=1)
def _all() -> tuple[QuotaRule, ...]:
    told: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["quota"]
    return tuple(sorted((QuotaRule(**one) for one in told), key=lambda one: one.since))


def quota_rule(year: int) -> QuotaRule:
    """The rule of a year: that of its first day; before the first rule the first."""
    known = _all()
    return next((one for one in reversed(known) if one.since <= date(year, 1, 1)), known[0])


def yearly_quota(rule: QuotaRule, *, passed: int, accepted: int) -> int:
    """The quota from the year before; a subject without an accepted case gets that of a first year."""
    if not accepted:
        return rule.first_year
    share = next(share for rate, share in rule.bands if 100 * passed >= rate * accepted)
    return max(rule.least, -(-passed * share // 100))


def increment(rule: QuotaRule, granted: int) -> int:
    """What an increment adds, rounded up."""
    return -(-granted * rule.increment_percent // 100)
