"""Limits, rounds and shares by day: ``limits.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).resolve().parent / "limits.toml"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that hold from a day on; days are working days, by type of application where they differ.

    second_reading_percent  share of proposed passes that a second person reads
    look_alike_percent      similarity from which two drafts are shown to a person
    ordinary_months         from filing to grant by the ordinary route, national average
    """

    since: date
    verified: bool
    source: str
    intake_days: int
    rounds: int
    filing_days: int
    fee_days: int
    report_days: int
    appeal_days: int
    second_reading_percent: int
    look_alike_percent: int
    first_opinion: Mapping[str, int]
    reply: Mapping[str, int]
    ordinary_months: Mapping[str, int]


@lru_cache(maxsize=1)
def _all() -> tuple[Limits, ...]:
    told: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["limits"]
    return tuple(sorted((Limits(**one) for one in told), key=lambda one: one.since))


def limits_on(day: date) -> Limits:
    """The limits of a day; before the first table those of the first."""
    known = _all()
    return next((one for one in reversed(known) if one.since <= day), known[0])


def limits_now() -> Limits:
    """The newest limits: new clocks run by them, a running clock keeps the limit with which it began."""
    return _all()[-1]
