"""What the workflows of protection share: limits of law by code, and the guard of steps that belong to a page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qiantang.commons.casework.types import PARTY, SYSTEM, ClockKind, ClockRule
from qiantang.commons.refdata.api import statutory_limits
from qiantang.kernel.calendar import Limit
from qiantang.kernel.workflow import Guard, Transition

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTIES = frozenset({PARTY})
OFFICE = frozenset({"case_officer", "supervisor"})
LEAD = frozenset({"supervisor"})
PLATFORM = frozenset({SYSTEM})

HERE = (Guard("protection.on_its_page", lambda facts: facts.get("on_page") == 1),)
_AS_OF = date(2024, 1, 20)  # the edition of the table whose limits new cases are given


def step(  # noqa: PLR0913 - a step as a row of its table
    action: str,
    source: str,
    target: str,
    roles: frozenset[str],
    label: str,
    told: str,
    *,
    note: bool = False,
    apart_from: Iterable[str] = (),
    decides: bool = False,
    reports: bool = False,
) -> Transition:
    """A step that is taken through the services of this room, never on the general page of a case."""
    return Transition(
        action=action,
        source=source,
        target=target,
        label=label,
        told=told,
        roles=roles,
        guards=HERE,
        needs_note=note,
        apart_from=frozenset(apart_from),
        decides=decides,
        reports=reports,
    )


def clock(
    code: str,
    title: str,
    kind: ClockKind,
    starts: Iterable[str],
    ends: Iterable[str],
    *,
    extension: int | None = None,
) -> ClockRule:
    """A clock with a limit out of the table of law.

    extension   where the law leaves it to the parties, units by which they may agree to go on
    """
    found = statutory_limits(_AS_OF)[code]
    limit = found.limit
    if extension is not None:
        limit = Limit(limit.length, limit.unit, rolls=limit.rolls, extension=extension)
    return ClockRule(
        key=code.lower().replace("-", "_"),
        title=title,
        kind=kind,
        limit=limit,
        starts=frozenset(starts),
        ends=frozenset(ends),
        source=found.source,
    )
