"""When an unread legal notice is sent again, and when it is escalated: ``reminders.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).resolve().parent / "reminders.toml"


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """What holds for notices sent from a day on. ``verified`` False: a value of the house, to be confirmed."""

    since: date
    remind_after_days: tuple[int, ...]
    escalate_after_days: int
    source: str
    verified: bool

    def reminders_due(self, age: timedelta) -> int:
        """How many reminders should have gone out for a notice of this age."""
        return sum(age >= timedelta(days=days) for days in self.remind_after_days)

    def is_escalated(self, age: timedelta) -> bool:
        return age >= timedelta(days=self.escalate_after_days)


@cache
def reminder_rules() -> tuple[ReminderRule, ...]:
    """All blocks, newest first. errors: ValueError for one whose days are not in order"""
    blocks = tomllib.loads(_FILE.read_text(encoding="utf-8"))["rule"]
    found = [
        ReminderRule(
            one["since"],
            tuple(one["remind_after_days"]),
            one["escalate_after_days"],
            one["source"],
            one["verified"],
        )
        for one in blocks
    ]
    for rule in found:
        days = (*rule.remind_after_days, rule.escalate_after_days)
        if list(days) != sorted(set(days)) or days[0] < 1:
            raise ValueError(f"reminders since {rule.since}: days that are not in order")
    return tuple(sorted(found, key=lambda rule: rule.since, reverse=True))


def rule_on(day: date) -> ReminderRule | None:
    """What holds for notices sent on a day; None before the first block: such ones are not sent again."""
    return next((rule for rule in reminder_rules() if rule.since <= day), None)


def least_days() -> int:
    """No notice younger than this is looked at."""
    return min(rule.remind_after_days[0] for rule in reminder_rules())
