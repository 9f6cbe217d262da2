"""How long a case is kept after its end: ``retention.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from qiantang.commons.casework.types.keeping import RetentionRule
from qiantang.kernel.calendar import add_months

_FILE: Final = Path(__file__).resolve().parent / "retention.toml"
_MONTHS = 12


@cache
def retention_rules() -> tuple[RetentionRule, ...]:
    """The whole table. errors: ValueError for a code that stands twice, or years below one"""
    found = tuple(
        RetentionRule(
            code=one["code"],
            kinds=tuple(one["kinds"]),
            since=one["since"],
            years=one.get("years"),
            transfer=one["transfer"],
            source=one["source"],
            verified=one["verified"],
        )
        for one in tomllib.loads(_FILE.read_text(encoding="utf-8"))["rule"]
    )
    if len({rule.code for rule in found}) != len(found) or any(rule.years == 0 for rule in found):
        raise ValueError("the table of retention: a code twice, or no year at all")
    return found


def rule_for(kind: str, closed_on: date) -> RetentionRule | None:
    """What holds for a case of a kind that ended on a day: of its blocks the last that had begun; None where there is none."""
    fitting = [rule for rule in retention_rules() if kind in rule.kinds and rule.since <= closed_on]
    return max(fitting, key=lambda rule: rule.since, default=None)


def ends_on(rule: RetentionRule, closed_on: date) -> date | None:
    """The first day on which the case may be disposed of; None: it is kept for good."""
    return None if rule.years is None else add_months(closed_on, rule.years * _MONTHS)


def least_years() -> int | None:
    """No case that ended less than so many years ago is looked at; None: nothing is ever disposed of."""
    return min((rule.years for rule in retention_rules() if rule.years is not None), default=None)
