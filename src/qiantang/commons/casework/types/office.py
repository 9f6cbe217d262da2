"""People of the office: who takes a case over, who is away, how much each has in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a case can be handed over, and who stands in for them today."""

    id: int
    name: str
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceShown:
    """Somebody of the office is away, and who stands in."""

    id: int
    name: str
    deputy: str
    start: date
    end: date
    yours: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What one officer has in hand: open cases, of which late and soon due, and tasks not done."""

    person_id: int
    name: str
    cases: int
    late: int
    soon: int
    tasks: int
    deputy: str = ""
