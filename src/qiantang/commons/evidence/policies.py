"""A deposit is its owner's; operators and auditors see all; anybody may verify what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def visible_to(actor: Actor) -> Q:
    """One's own; all for operators, auditors and the platform."""
    if actor.roles & {"operator", "auditor", "system"}:
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
