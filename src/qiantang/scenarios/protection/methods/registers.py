"""The dated rules of the registers: ``registers.toml``; and whether decisions are enough for an entry."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qiantang.kernel.calendar import add_months

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILE: Final = Path(__file__).resolve().parent / "registers.toml"
_YEAR = 12


class Register(StrEnum):
    """What somebody is entered for."""

    INFRINGER = "infringer"
    CLAIMANT = "claimant"


class GroundKind(StrEnum):
    """What kind of decision an entry rests on. FINDING: an office found that a filing or a complaint was in bad faith."""

    ADJUDICATION = "adjudication"
    PENALTY = "penalty"
    JUDGMENT = "judgment"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """The rule of a register from a day on. ``verified``: compared with the order in force.

    decisions       kinds that count
    least           how many of them
    within_years    before the proposal, by the day on which each became final
    notice_workdays in which the person may object, before anything is entered
    appeal_days     after the entry
    kept_years      then the entry ends by itself
    """

    register: Register
    since: date
    verified: bool
    source: str
    decisions: tuple[GroundKind, ...]
    least: int
    within_years: int
    notice_workdays: int
    appeal_days: int
    kept_years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A decision on which an entry rests. ``final_on`` None: a remedy is still open."""

    kind: GroundKind
    authority: str
    reference: str
    decided_on: date
    final_on: date | None


@lru_cache(maxsize=1)
def register_rules() -> tuple[RegisterRule, ...]:
    """All rules, the oldest first."""
    told: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["rule"]
    rules = [
        RegisterRule(
            **{
                **one,
                "register": Register(one["register"]),
                "decisions": tuple(map(GroundKind, one["decisions"])),
            }
        )
        for one in told
    ]
    return tuple(sorted(rules, key=lambda one: (one.since, one.register)))


def register_rule(register: Register, day: date) -> RegisterRule:
    """The rule in force on a day; before the first rule the first."""
    known = [one for one in register_rules() if one.register is register]
    return next((one for one in reversed(known) if one.since <= day), known[0])


def counted(rule: RegisterRule, grounds: Iterable[Ground], day: date) -> tuple[Ground, ...]:
    """Those decisions that count on a day: of a kind of the rule, final, and final within its years."""
    begins = add_months(day, -_YEAR * rule.within_years)
    return tuple(
        one
        for one in grounds
        if one.kind in rule.decisions and one.final_on is not None and begins <= one.final_on <= day
    )


def ends_on(rule: RegisterRule, entered: date) -> date:
    """The day on which an entry is no longer in the register."""
    return add_months(entered, _YEAR * rule.kept_years)
