"""Sending messages once more, with the same marks: whoever has taken one knows the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.events import api as events
from qiantang.commons.notices import policies
from qiantang.commons.notices.events import MailQueued
from qiantang.commons.notices.models import Dispatch, Notice
from qiantang.commons.notices.services.queueing import queue_notice
from qiantang.kernel.errors import Conflict, NotFound, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from qiantang.kernel.actor import Actor

_STATE = Dispatch.State
FAILED = (_STATE.REFUSED, _STATE.GIVEN_UP, _STATE.IN_DOUBT, _STATE.DROPPED)


@transaction.atomic
def replay_dispatch(*, actor: Actor, dispatch: int) -> None:
    """Queue a message again that has its end, taken ones included. Its attempts are counted anew, its mark stays.

    errors  NotPermitted · NotFound ``notices.dispatch_unknown`` · Conflict ``notices.not_settled``
    """
    ensure_keeper(actor)
    row = Dispatch.objects.select_for_update().filter(pk=dispatch).first()
    if row is None:
        raise NotFound("notices.dispatch_unknown")
    if row.state in {_STATE.WAITING, _STATE.FOLDED}:
        raise Conflict("notices.not_settled")
    now = timezone.now()
    row.state, row.replayed_at, row.next_at, row.leased_until, row.folded_into = _STATE.WAITING, now, now, None, None
    row.save(update_fields=["state", "replayed_at", "next_at", "leased_until", "folded_into"])
    events.publish(MailQueued(dispatch=row.pk))
    facts = {"mail": row.pk, "notice": row.notice_id, "way": row.way}
    audit.record(actor=actor, verb="notices.mail.replay", subject=f"account:{row.person_id}", facts=facts)


@transaction.atomic
def replay_notice(*, actor: Actor, notice: int) -> int:
    """Send a notice again by each channel that is settled, and for the first time by one that was added since; how many.

    errors  NotPermitted · NotFound ``notices.unknown``
    """
    ensure_keeper(actor)
    row = Notice.objects.filter(pk=notice).first()
    if row is None:
        raise NotFound("notices.unknown")
    ends = row.dispatches.exclude(state__in=[_STATE.WAITING, _STATE.FOLDED]).order_by("pk")
    settled = list(ends.values_list("pk", flat=True))
    for key in settled:
        replay_dispatch(actor=actor, dispatch=key)
    return len(settled) + queue_notice(row)


def replay_since(*, actor: Actor, since: date, states: Collection[str] = FAILED) -> int:
    """Queue every message again that was queued on that day or later and ended so; returns how many.

    states  of ``Dispatch.State``; without: what did not arrive
    errors  NotPermitted
    """
    ensure_keeper(actor)
    rows = Dispatch.objects.filter(created_at__date__gte=since, state__in=[*states], is_digest=False, confirms="")
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        replay_dispatch(actor=actor, dispatch=key)
    return len(keys)


def ensure_keeper(actor: Actor) -> None:
    """errors: NotPermitted ``notices.operator_only``"""
    decision = policies.may_replay(actor)
    if not decision:
        raise NotPermitted(decision.code)
