"""Near duplicates among drafts of the subject, its agency and its inventors: found by program, judged by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.alike import percent_alike
from qiantang.scenarios.preexam.methods.limits import limits_on
from qiantang.scenarios.preexam.models import DraftRequest, DraftVersion, LookAlike
from qiantang.scenarios.preexam.selectors.drafts import belongs, draft_row, newest_version

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

SUBJECT, AGENCY, INVENTOR = "subject", "agency", "inventor"


@transaction.atomic
def screen(*, actor: Actor, row: DraftRequest) -> int:
    """Compare a draft with earlier ones of its circle, and note those that are alike; returns how many. It refuses nothing."""
    own = newest_version(row)
    if own is None or not own.signature:
        return 0
    least = limits_on(timezone.localdate()).look_alike_percent
    found = 0
    for other, version in _circle(row):
        percent = percent_alike(own.signature, version.signature)
        if percent >= least:
            why = _why(row, other)
            LookAlike.objects.update_or_create(newer=row, older=other, defaults={"percent": percent, "why": why})
            found += 1
    audit.record(actor=actor, verb="preexam.draft.screen", subject=belongs(row), facts={"alike": found, "least": least})
    return found


def _circle(row: DraftRequest) -> list[tuple[DraftRequest, DraftVersion]]:
    """Earlier drafts of the subject, of its agency, and of its inventors, each with its newest version."""
    own = newest_version(row)
    names = set(own.inventors) if own else set()
    versions = (
        DraftVersion.objects.filter(handed_in_at__isnull=False).exclude(request_id=row.pk).exclude(request=row.follows)
    )
    circle = Q(request__applicant_id=row.applicant_id)
    if row.agency_id is not None:
        circle |= Q(request__agency_id=row.agency_id)
    found = {one.request_id: one for one in versions.filter(circle).select_related("request").order_by("number")}
    if names:
        for one in (
            versions.exclude(request_id__in=list(found))
            .exclude(inventors=[])
            .select_related("request")
            .order_by("number")
        ):
            if names & set(one.inventors):
                found[one.request_id] = one
    return [(one.request, one) for one in found.values()]


def _why(row: DraftRequest, other: DraftRequest) -> str:
    if row.applicant_id == other.applicant_id:
        return SUBJECT
    return AGENCY if row.agency_id is not None and row.agency_id == other.agency_id else INVENTOR


@transaction.atomic
def judge_look_alike(*, actor: Actor, number: str, older: str, harmless: bool) -> None:
    """Note what a person found on comparing two drafts.

    errors  NotFound ``preexam.no_look_alike`` · NotPermitted ``preexam.draft_closed_to_you``
    """
    row, card = draft_row(actor, number)
    decision = policies.may_examine(actor, card.assignee_id)
    if not decision:
        raise NotPermitted(decision.code)
    other, _card = draft_row(actor, older)
    pair = LookAlike.objects.select_for_update().filter(newer=row, older=other).first()
    if pair is None:
        raise NotFound("preexam.no_look_alike")
    pair.harmless, pair.judged_by_id, pair.judged_at = harmless, actor.person_id, timezone.now()
    pair.save(update_fields=["harmless", "judged_by", "judged_at"])
    facts = {"older": belongs(other), "harmless": harmless, "percent": pair.percent}
    audit.record(actor=actor, verb="preexam.look_alike.judge", subject=belongs(row), facts=facts)
