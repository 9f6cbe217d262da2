"""Note a service of the TISC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.methods.tisc import KINDS, OUTCOMES, USERS
from qiantang.portal.hall.models import TiscService
from qiantang.portal.hall.selectors.matters import matter_row

if TYPE_CHECKING:
    from datetime import date

    from qiantang.kernel.actor import Actor
    from qiantang.portal.hall.methods.tisc import Served

_MOST_PEOPLE, _MOST_MINUTES = 10_000, 100_000


@transaction.atomic
def note_service(*, actor: Actor, served: Served, day: date, number: str = "") -> int:
    """Note what was done for whom; returns its key.

    number  of the matter it belongs to; empty: asked at the desk
    errors  NotPermitted ``hall.tisc_only`` · Invalid ``hall.tisc_record`` · NotFound ``casework.unknown``
    """
    decision = policies.may_keep_tisc(actor)
    if not decision:
        raise NotPermitted(decision.code)
    known = served.kind in KINDS and served.user_type in USERS and served.outcome in OUTCOMES
    bounded = 1 <= served.people <= _MOST_PEOPLE and 0 <= served.minutes <= _MOST_MINUTES
    user = " ".join(served.user.split())[:200]
    if not (known and bounded and user) or day > timezone.localdate():
        raise Invalid("hall.tisc_record")
    assert actor.person_id is not None
    row = TiscService.objects.create(
        matter=matter_row(actor, number) if number else None,
        served_on=day,
        kind=served.kind,
        user_type=served.user_type,
        user=user,
        people=served.people,
        minutes=served.minutes,
        outcome=served.outcome,
        noted_at=timezone.now(),
        noted_by_id=actor.person_id,
    )
    facts = {"kind": served.kind, "outcome": served.outcome}
    audit.record(actor=actor, verb="hall.tisc.note", subject=f"tisc:{row.pk}", facts=facts)
    return row.pk
