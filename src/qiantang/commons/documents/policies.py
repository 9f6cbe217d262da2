"""A document is seen by those for whom it is and by the readers of its template; anybody may check what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.commons.accounts.api import Role, organisations
from qiantang.commons.documents.types import TEMPLATES
from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.commons.documents.types import Template
    from qiantang.kernel.actor import Actor

_SYSTEM = "system"


def visible_to(actor: Actor) -> Q:
    """The documents an actor may see: for them, or for an organisation they act for, or in whose matter that organisation acts; those of templates they read; all for
    auditors and jobs.
    """
    if actor.has_role(Role.AUDITOR) or actor.has_role(_SYSTEM):
        return Q()
    seen = Q(template__in=[one.key for one in TEMPLATES if one.readers & actor.roles])
    if actor.person_id is None:
        return seen
    return seen | Q(made_by_id=actor.person_id) | issued_to(actor)


def issued_to(actor: Actor) -> Q:
    """Documents for the actor, or for an organisation for which they may act."""
    if actor.person_id is None:
        return Q(pk__in=[])
    seen = Q(person_id=actor.person_id)
    wanted = dict.fromkeys(one.mandate for one in TEMPLATES)
    held = organisations.organisation_ids_by_scope(actor, [scope or None for scope in wanted])
    for scope in wanted:
        if keys := held[scope or None]:
            ours = Q(organisation_id__in=keys) | Q(agent_id__in=keys)
            seen |= ours & Q(template__in=[one.key for one in TEMPLATES if one.mandate == scope])
    return seen


def may_make(actor: Actor) -> Decision:
    """Somebody who is known, or the platform; what they may issue, the room that calls decides."""
    known = actor.person_id is not None or actor.has_role(_SYSTEM)
    return Decision.allow() if known else Decision.refuse("documents.make_refused")


def may_revoke(actor: Actor, template: Template) -> Decision:
    """Those whom the template names, of the office that issues it, and the platform."""
    if actor.roles & (template.revokers or template.readers) or actor.has_role(_SYSTEM):
        return Decision.allow()
    return Decision.refuse("documents.revoke_refused")
