"""Who may read the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def visible_to(actor: Actor) -> Q:
    """Operators and the platform read all; a person reads what they did themselves; the public reads nothing."""
    if actor.has_role("operator") or actor.has_role("system"):
        return Q()
    if actor.person_id is None:
        return Q(pk__in=[])
    return Q(actor_id=actor.person_id)
