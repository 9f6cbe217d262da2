"""Who may read the journal, and who may speak for a person's consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.commons.audit.types import OWN_ACCOUNT, READING, READS_ONLY
from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def visible_to(actor: Actor) -> Q:
    """Operators, auditors and the platform read all; a person reads what they did themselves; the public reads nothing."""
    if actor.roles & {"operator", "auditor", "system"}:
        return Q()
    if actor.person_id is None:
        return Q(pk__in=[])
    return Q(actor_id=actor.person_id)


def may_write(actor: Actor, verb: str) -> Decision:
    """Whether the actor may do what is about to be written down: whoever only reads does nothing but mind their own account.

    verb    ``app.noun.verb``
    """
    if not actor.roles & READS_ONLY or verb.startswith(OWN_ACCOUNT) or verb.rpartition(".")[2] in READING:
        return Decision.allow()
    return Decision.refuse("audit.reads_only")


def may_speak_for(actor: Actor, person_id: int, evidence: str) -> Decision:
    """Give or withdraw a consent: the person, and an operator who names the evidence."""
    if actor.person_id == person_id:
        return Decision.allow()
    if evidence.strip() and (actor.has_role("operator") or actor.has_role("system")):
        return Decision.allow()
    return Decision.refuse("audit.consent_not_yours")
