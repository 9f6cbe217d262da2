"""Who may read the journal, and who may speak for a person's consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def visible_to(actor: Actor) -> Q:
    """Operators and the platform read all; a person reads what they did themselves; the public reads nothing."""
    if actor.has_role("operator") or actor.has_role("system"):
        return Q()
    if actor.person_id is None:
        return Q(pk__in=[])
    return Q(actor_id=actor.person_id)


def may_speak_for(actor: Actor, person_id: int, evidence: str) -> Decision:
    """Give or withdraw a consent: the person, and an operator who names the evidence."""
    if actor.person_id == person_id:
        return Decision.allow()
    if evidence.strip() and (actor.has_role("operator") or actor.has_role("system")):
        return Decision.allow()
    return Decision.refuse("audit.consent_not_yours")
