"""What cases tell the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """A case has its number."""

    case_id: int
    number: str
    kind: str

    name = "casework.case.opened"


@dataclass(frozen=True, slots=True)
class CaseAdvanced:
    """A case took a step.

    parties     keys of the people to tell: those who are parties, or act for one
    office      key of the one who handles it; None: nobody does
    by          key of the one who took the step; None: the platform
    """

    case_id: int
    number: str
    kind: str
    action: str
    source: str
    target: str
    by: int | None
    office: int | None
    parties: list[int]

    name = "casework.case.advanced"


@dataclass(frozen=True, slots=True)
class ClockRunOut:
    """A limit ended and what it measures was not done. Told once a clock; what follows, a person decides."""

    case_id: int
    number: str
    kind: str
    clock: str
    due: str
    office: int | None

    name = "casework.clock.run_out"


@dataclass(frozen=True, slots=True)
class CaseMerged:
    """A case goes on in another one.

    parties     keys of the people of the merged case to tell
    """

    case_id: int
    number: str
    kind: str
    into: str
    by: int | None
    parties: list[int]

    name = "casework.case.merged"


@dataclass(frozen=True, slots=True)
class CaseSplit:
    """A case was split off another one.

    number      of the new case; arises: of the one it was split off
    parties     keys of the people of the new case to tell
    """

    case_id: int
    number: str
    kind: str
    arises: str
    by: int | None
    parties: list[int]

    name = "casework.case.split"
