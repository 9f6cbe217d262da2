"""Who keeps other platforms, who reads for one, who agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.accounts.api import Role
from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def may_see(actor: Actor) -> Decision:
    """Platforms, what waits and what was given up: operators, auditors, the platform's jobs."""
    if actor.has_role(Role.AUDITOR):
        return Decision.allow()
    return may_keep(actor)


def may_keep(actor: Actor) -> Decision:
    """Enter and stop platforms, send again, change the key: operators, and the platform's jobs."""
    if actor.has_role(Role.OPERATOR) or actor.has_role("system"):
        return Decision.allow()
    return Decision.refuse("exchange.operator_only")


def may_agree(actor: Actor) -> Decision:
    """Say who may hear of one's own matters: every account."""
    return Decision.allow() if actor.person_id is not None else Decision.refuse("exchange.sign_in_first")
