"""Everybody reads rules; the office tries other values; supervisors and operators enter them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.accounts.types import Role
from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_OFFICE = frozenset(
    {Role.OPERATOR, Role.SUPERVISOR, Role.EXAMINER, Role.CASE_OFFICER, Role.WINDOW_OFFICER, Role.ANALYST, Role.AUDITOR}
)


def may_keep_values(actor: Actor) -> Decision:
    """Enter a value from a day on."""
    if actor.roles & {Role.SUPERVISOR, Role.OPERATOR, "system"}:
        return Decision.allow()
    return Decision.refuse("rulebook.keeping_refused")


def may_simulate(actor: Actor) -> Decision:
    """See whom rules would have met: it names records."""
    if actor.roles & _OFFICE:
        return Decision.allow()
    return Decision.refuse("rulebook.simulating_refused")
