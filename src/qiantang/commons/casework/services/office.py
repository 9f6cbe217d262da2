"""The office among itself: who is away, joint sign-off before a decision, a room for a conversation by video."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.api import people_by_key
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import policies
from qiantang.commons.casework.models import Absence, Meeting, SignOff
from qiantang.commons.casework.rules import SIGN_OFF_ASKED
from qiantang.commons.casework.selectors.absences import absence_of, stands_in_for
from qiantang.commons.casework.selectors.interests import interest_in
from qiantang.commons.casework.services.notifying import tell_colleague
from qiantang.commons.casework.services.parties import NOTE_LONGEST, ensure, open_row
from qiantang.commons.casework.services.telling import tell
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.kernel.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from datetime import date, datetime

    from qiantang.kernel.actor import Actor

_BODY = 100
_LONGEST_ABSENCE = timedelta(days=366)


@transaction.atomic
def declare_absence(
    *, actor: Actor, deputy_id: int, start_date: date | None, end_date: date | None, person_id: int = 0
) -> int:
    """Say that one is away and who stands in: oneself, or a lead for anybody of the office; returns its key.

    person_id   who is away; 0: the actor
    errors      NotPermitted ``casework.desk_refused``, ``casework.handling_refused``
                Invalid ``casework.absence_dates``, ``casework.deputy_unfit`` · Conflict ``casework.absence_overlaps``
    """
    ensure(policies.may_use_desk(actor))
    away = person_id or actor.person_id or 0
    if away != actor.person_id:
        ensure(policies.may_lead_any(actor))
    if start_date is None or end_date is None:
        raise Invalid("casework.absence_dates")
    if not start_date <= end_date <= start_date + _LONGEST_ABSENCE or end_date < timezone.localdate():
        raise Invalid("casework.absence_dates")
    people = people_by_key([away, deputy_id])
    deputy = people.get(deputy_id)
    staff = {role for kind in CASE_TYPES for role in kind.staff}
    overlapping = Absence.objects.filter(start_date__lte=end_date, end_date__gte=start_date)
    fit = deputy is not None and deputy.active and bool(deputy.roles & staff) and deputy_id != away
    if not fit or away not in people or overlapping.filter(person_id=deputy_id).exists():
        raise Invalid("casework.deputy_unfit", name=deputy.display_name if deputy else str(deputy_id))
    if overlapping.filter(person_id=away).exists():
        raise Conflict("casework.absence_overlaps")
    row = Absence.objects.create(
        person_id=away, deputy_id=deputy_id, start_date=start_date, end_date=end_date, declared_at=timezone.now()
    )
    facts = {"person": away, "deputy": deputy_id, "from": start_date.isoformat(), "to": end_date.isoformat()}
    audit.record(actor=actor, verb="casework.absence.declare", subject=f"absence:{row.pk}", facts=facts)
    return row.pk


@transaction.atomic
def end_absence(*, actor: Actor, absence_id: int) -> None:
    """One is back, or will not be away: the one who is away, or a lead. errors: NotFound ``casework.absence_unknown``"""
    row = Absence.objects.select_for_update().filter(pk=absence_id).first()
    today = timezone.localdate()
    if row is None or row.end_date < today or not (row.person_id == actor.person_id or policies.leads_any(actor)):
        raise NotFound("casework.absence_unknown")
    if row.start_date >= today:
        row.delete()
    else:
        row.end_date = today - timedelta(days=1)
        row.save(update_fields=["end_date"])
    audit.record(actor=actor, verb="casework.absence.end", subject=f"absence:{absence_id}", facts={})


@transaction.atomic
def ask_sign_off(
    *, actor: Actor, number: str, body: str, person_id: int, due_date: date, silence_counts: bool = False
) -> int:
    """Ask somebody of the office to agree for a body before the case is decided; several are asked side by side.

    silence_counts  no answer by the day is consent; the parties see it
    errors  NotFound · NotPermitted · Invalid ``casework.note_missing``, ``casework.assignee_unfit``, ``casework.day_past``
            Conflict ``casework.sign_off_asked``, ``casework.closed``
    """
    case = open_row(actor, number)
    kind = CASE_TYPES[case.kind]
    ensure(policies.may_handle(actor, kind))
    named = " ".join(body.split())[:_BODY]
    if not named:
        raise Invalid("casework.note_missing")
    if due_date <= timezone.localdate():
        raise Invalid("casework.day_past")
    person = people_by_key([person_id]).get(person_id)
    fit = person is not None and person.active and bool(person.roles & kind.staff)
    if person is None or not fit or person_id == actor.person_id or interest_in(case, person_id):
        raise Invalid("casework.assignee_unfit", name=person.display_name if person else str(person_id))
    told = {"person_id": person_id, "asked_by_id": actor.person_id, "asked_at": timezone.now()}
    try:
        with transaction.atomic():
            row = SignOff.objects.create(
                case=case, body=named, due_date=due_date, silence_counts=silence_counts, **told
            )
    except IntegrityError:
        raise Conflict("casework.sign_off_asked", name=person.display_name) from None
    facts: dict[str, str | int | None] = {"body": named, "due": due_date.isoformat()}
    sentence = (
        _("%(body)s was asked to agree by %(due)s; no answer by then counts as consent")
        if silence_counts
        else _("%(body)s was asked to agree by %(due)s")
    )
    tell(case, actor, "ask_sign_off", sentence, facts=facts)
    absence = absence_of(person_id)
    for one in [person_id, *([absence.deputy_id] if absence else [])]:
        tell_colleague(actor=actor, case=case, person=one, kind=SIGN_OFF_ASKED, due=due_date, key=f"sign-off:{row.pk}")
    return row.pk


@transaction.atomic
def answer_sign_off(*, actor: Actor, number: str, sign_off_id: int, agrees: bool, note: str = "") -> None:
    """Agree or not: who was asked, or who stands in for them. Not to agree needs a reason.

    errors  NotFound ``casework.unknown``, ``casework.sign_off_unknown`` · Conflict ``casework.closed``
            Invalid ``casework.note_missing``, ``casework.note_long``
    """
    case = open_row(actor, number)
    row = SignOff.objects.filter(case=case, pk=sign_off_id, answered_at__isnull=True).first()
    own = stands_in_for(actor.person_id) | {actor.person_id}
    if row is None or row.person_id not in own:
        raise NotFound("casework.sign_off_unknown")
    said = note.strip()
    if not agrees and not said:
        raise Invalid("casework.note_missing")
    if len(said) > NOTE_LONGEST:
        raise Invalid("casework.note_long", most=NOTE_LONGEST)
    row.answered_at, row.answered_by_id = timezone.now(), actor.person_id
    row.agrees, row.note = agrees, said
    row.save(update_fields=["answered_at", "answered_by", "agrees", "note"])
    sentence = _("%(body)s agreed") if agrees else _("%(body)s did not agree")
    tell(case, actor, "answer_sign_off", sentence, facts={"body": row.body}, note=said, internal=True)


@transaction.atomic
def set_meeting(*, actor: Actor, number: str, at: datetime | None, link: str) -> int:
    """Set a conversation by video: both sides see day and room; returns its key.

    at      aware, after now; link: https address of a room in another system
    errors  NotFound · NotPermitted · Invalid ``casework.moment_missing``, ``casework.link_unsafe`` · Conflict
    """
    case = open_row(actor, number)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    if at is None or at <= timezone.now():
        raise Invalid("casework.moment_missing")
    address = link.strip()
    parts = urlsplit(address) if address.isprintable() and len(address) <= 500 else None  # noqa: PLR2004 - of the column
    if parts is None or parts.scheme != "https" or not parts.hostname or parts.username:
        raise Invalid("casework.link_unsafe")
    row = Meeting.objects.create(case=case, at=at, link=address, set_by_id=actor.person_id, set_at=timezone.now())
    when = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    tell(case, actor, "set_meeting", _("%(who)s set a conversation by video: %(when)s"), facts={"when": when})
    return row.pk
