"""Watch lists as they are read: one's own; the auditor reads all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from qiantang.commons.accounts.api import Role
from qiantang.commons.evidence import api as evidence
from qiantang.kernel.errors import NotFound
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.protection.models import Suspect, Watch

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

SUSPECTS_MOST = 500


def watch_row(actor: Actor, key: int, *, own: bool = False) -> Watch:
    """One watch. errors: NotFound ``protection.watch_unknown``, also where it is somebody else's"""
    row = Watch.objects.filter(_mine(actor, own=own), pk=key).first()
    if row is None:
        raise NotFound("protection.watch_unknown")
    return row


def _mine(actor: Actor, *, own: bool = False) -> Q:
    if not own and actor.roles & {Role.AUDITOR, "system"}:
        return Q()
    return Q(owner_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])


def watches(actor: Actor) -> list[dict[str, Any]]:
    """One's watches, those that go on first, each with what was found."""
    drafts = Count("suspects__dispute", distinct=True)
    rows = Watch.objects.filter(_mine(actor)).annotate(
        found=Count("suspects", filter=Q(suspects__known=False), distinct=True), drafts=drafts
    )
    return [{"row": row} for row in rows.order_by("stopped_at", "-pk")[:200]]


def watch(actor: Actor, key: int) -> dict[str, Any]:
    """One watch with its suspects, the newest first. errors: as ``watch_row``"""
    row = watch_row(actor, key)
    found = row.suspects.select_related("dispute__case").order_by("known", "-first_seen_at", "-pk")[:SUSPECTS_MOST]
    schedule = next((one for one in evidence.collected.schedules(actor) if one.number == row.schedule), None)
    return {
        "row": row,
        "mine": row.owner_id == actor.person_id,
        "schedule": schedule,
        "suspects": [_shown(row, one) for one in found],
    }


def _shown(row: Watch, one: Suspect) -> dict[str, Any]:
    return {
        "row": one,
        "there": row.looked_at is not None and one.last_seen_at >= row.looked_at,
        "draft": str(parse_case_number(one.dispute.case.number)) if one.dispute else "",
        "filed": one.dispute is not None and one.dispute.filed_at is not None,
    }
