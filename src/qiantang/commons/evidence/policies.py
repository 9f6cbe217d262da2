"""A deposit is its owner's; operators and auditors see all; anybody may verify what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def sees_all(actor: Actor) -> bool:
    """Operators, auditors and the platform see the deposits of everybody."""
    return bool(actor.roles & {"operator", "auditor", "system"})


def visible_to(actor: Actor) -> Q:
    """One's own; all for who sees all."""
    if sees_all(actor):
        return Q()
    return Q(owner_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])


def may_deposit(actor: Actor) -> Decision:
    """Every account, and the platform itself."""
    known = actor.person_id is not None or actor.has_role("system")
    return Decision.allow() if known else Decision.refuse("evidence.sign_in_first")


def may_keep_log(actor: Actor) -> Decision:
    """Keys and witnesses: operators and the platform."""
    allowed = actor.has_role("operator") or actor.has_role("system")
    return Decision.allow() if allowed else Decision.refuse("evidence.operator_only")
