"""Joint sign-offs: who was asked, what they said, and what their silence means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.casework.models import Meeting, SignOff
from qiantang.commons.casework.selectors.absences import stands_in_for
from qiantang.commons.casework.selectors.cases import shown_number
from qiantang.commons.casework.selectors.words import sign_off_word
from qiantang.commons.casework.types import MeetingShown, SignOffShown

if TYPE_CHECKING:
    from datetime import date

    from qiantang.commons.casework.models import Case
    from qiantang.kernel.actor import Actor

OPEN, AGREED, AGAINST, SILENT, LATE = "open", "agreed", "against", "silent", "late"


def state_of(row: SignOff, today: date) -> str:
    """``open``, ``agreed``, ``against``; after its day ``silent`` where silence is consent, else ``late``."""
    if row.answered_at is not None:
        return AGREED if row.agrees else AGAINST
    if row.due_date >= today:
        return OPEN
    return SILENT if row.silence_counts else LATE


def sign_offs_of(actor: Actor, case: Case, *, internal: bool) -> tuple[SignOffShown, ...]:
    """The sign-offs of a case. The parties see bodies, days, rule of silence and state; not who, nor what was said."""
    today = timezone.localdate()
    own = stands_in_for(actor.person_id) | {actor.person_id}
    rows = SignOff.objects.filter(case=case).select_related("person").order_by("pk")
    found = []
    for row in rows:
        word, tone = sign_off_word(state_of(row, today))
        shown = SignOffShown(
            id=row.pk,
            body=row.body,
            who=row.person.display_name if internal else "",
            due=row.due_date,
            silence_counts=row.silence_counts,
            state=state_of(row, today),
            note=row.note if internal else "",
            yours=internal and row.answered_at is None and row.person_id in own,
            word=word,
            tone=tone,
        )
        found.append(shown)
    return tuple(found)


def waiting_for(case: Case) -> list[str]:
    """The bodies whose sign-off a case still waits for; one query."""
    today = timezone.localdate()
    rows = SignOff.objects.filter(case=case, answered_at__isnull=True).order_by("pk")
    return [row.body for row in rows if state_of(row, today) in {OPEN, LATE}]


def against(case: Case) -> list[str]:
    """The bodies that did not agree and have not agreed since."""
    said: dict[str, bool] = {}
    for row in SignOff.objects.filter(case=case, answered_at__isnull=False).order_by("answered_at", "pk"):
        said[row.body] = bool(row.agrees)
    return [body for body, agrees in said.items() if not agrees]


def asked_of(actor: Actor) -> list[dict[str, object]]:
    """What waits for the sign-off of an actor, or of whom they stand in for; soonest first."""
    own = [one for one in stands_in_for(actor.person_id) | {actor.person_id} if one is not None]
    rows = SignOff.objects.filter(person_id__in=own, answered_at__isnull=True, case__closed_at__isnull=True)
    today = timezone.localdate()
    return [
        {
            "number": shown_number(row.case.number),
            "title": row.case.title,
            "body": row.body,
            "due": row.due_date,
            "late": row.due_date < today,
            "silence_counts": row.silence_counts,
            "for_whom": "" if row.person_id == actor.person_id else row.person.display_name,
        }
        for row in rows.select_related("case", "person").order_by("due_date", "pk")
    ]


def meetings_of(case: Case) -> tuple[MeetingShown, ...]:
    """Conversations by video that were set, until the end of their day."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Meeting.objects.filter(case=case, at__gte=since).order_by("at", "pk")
    return tuple(MeetingShown(row.pk, row.at, row.link) for row in rows)
