"""After passing: the application number, the filed text beside the passed one, the mark, events of the national office."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.files.api import vault
from qiantang.kernel import numbers
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods import fingerprints
from qiantang.scenarios.preexam.methods.documents import read_draft
from qiantang.scenarios.preexam.models import Conclusion, FilingAttempt, NationalEvent
from qiantang.scenarios.preexam.selectors.checking import PART_NAMES
from qiantang.scenarios.preexam.selectors.drafts import belongs
from qiantang.scenarios.preexam.services.examining import locked
from qiantang.scenarios.preexam.types import Part
from qiantang.scenarios.preexam.types.drafts import NationalStage

if TYPE_CHECKING:
    from datetime import date

    from qiantang.scenarios.preexam.methods.documents import Draft

_SOURCE = 200
_ENDS = {
    NationalStage.GRANTED: "record_grant",
    NationalStage.REFUSED: "record_refusal",
    NationalStage.WITHDRAWN: "record_end",
}
_DIFFERS = _("The filed text differs from the text that passed")


def record_filing(
    *, actor: Actor, number: str, application_number: str, filed_on: date, stream: BinaryIO, name: str
) -> str:
    """Note the national application number; the filed text is compared with the passed one and not kept.

    A text that differs is refused; that it was tried stays, and the examiner has a task.

    errors  NotFound · NotPermitted ``preexam.draft_closed_to_you`` · Invalid ``preexam.application_number``,
            ``preexam.filed_day``, codes of ``methods.documents`` · Conflict ``preexam.filed_text_differs``
    """
    differs = _filed(actor, number, application_number, filed_on, read_draft(io.BytesIO(stream.read()), name))
    if differs:
        parts = "、".join(str(PART_NAMES[Part(one)]) for one in differs)
        raise Conflict("preexam.filed_text_differs", parts=parts)  # outside: the note of the attempt stays
    return "formally_filed"


@transaction.atomic
def _filed(actor: Actor, number: str, application_number: str, filed_on: date, draft: Draft) -> tuple[str, ...]:
    row, _card = locked(actor, number)
    if not (policies.is_side(actor, row) or policies.may_find(actor)):
        raise NotPermitted("preexam.draft_closed_to_you")
    canonical = application_number_of(application_number, row.kind)
    if filed_on > timezone.localdate() or (row.concluded_on is not None and filed_on < row.concluded_on):
        raise Invalid("preexam.filed_day")
    passed = Conclusion.objects.select_related("version").filter(request=row, confirmed_at__isnull=False).latest("pk")
    differs = fingerprints.differing(
        passed.version.fingerprints, fingerprints.fingerprints(draft, vault.keyed("preexam.fingerprints"))
    )
    FilingAttempt.objects.create(request=row, at=timezone.now(), application_number=canonical, differing=list(differs))
    facts = {"application_number": canonical, "differing": list(differs)}
    audit.record(actor=actor, verb="preexam.filing.compare", subject=belongs(row), facts=facts)
    if differs:
        office = Actor.system("comparison of filed texts")
        casework.timing.add_task(actor=office, number=number, title=gettext(_DIFFERS))
        return differs
    row.application_number, row.filed_on = canonical, filed_on
    try:
        with transaction.atomic():
            row.save(update_fields=["application_number", "filed_on"])
    except IntegrityError as fault:
        raise Invalid("preexam.application_number", given=application_number[:40]) from fault
    casework.advance(actor=actor, number=number, action="record_filing", facts={"same_text": 1})
    return ()


def application_number_of(given: str, kind: str) -> str:
    """A Chinese application number of the type, with the right check digit, without punctuation.

    errors  Invalid ``preexam.application_number``
    """
    try:
        found = numbers.parse(given)
    except Invalid as fault:
        raise Invalid("preexam.application_number", given=given[:40]) from fault
    digit = found.check_digit
    sound = (
        found.office == "CN"
        and found.role is numbers.NumberRole.APPLICATION
        and found.type == kind
        and digit is not None
        and digit.given is not None
        and digit.valid is True
    )
    if not sound or digit is None:
        raise Invalid("preexam.application_number", given=given[:40])
    return f"{found.serial}{digit.given}"


@transaction.atomic
def set_mark(*, actor: Actor, number: str) -> str:
    """Set the fast-track mark for a case with an application number. errors: as ``casework.advance``"""
    row, _card = locked(actor, number)
    facts = {"application": row.application_number or None}
    return casework.advance(actor=actor, number=number, action="flag", facts=facts)


@transaction.atomic
def cancel_mark(*, actor: Actor, number: str, breach: str, note: str) -> str:
    """Take the mark away for a breach, by another person than who set it. errors: as ``casework.decide``"""
    row, _card = locked(actor, number)
    casework.decide(
        actor=actor, number=number, action="cancel_mark", outcome="mark_cancelled", reasons=[breach], text=note
    )
    row.mark_cancelled = True
    row.save(update_fields=["mark_cancelled"])
    return "mark_cancelled"


@transaction.atomic
def note_event(*, actor: Actor, number: str, stage: str, day: date, source: str) -> None:
    """Note what the national office did; a grant, refusal or withdrawal ends the case.

    errors  NotFound · NotPermitted ``preexam.draft_closed_to_you`` · Invalid ``preexam.event_unknown``, ``preexam.event_day``
            Conflict ``casework.step_not_from_here``
    """
    row, card = locked(actor, number)
    if not (policies.is_side(actor, row) or policies.may_find(actor)):
        raise NotPermitted("preexam.draft_closed_to_you")
    if stage not in set(NationalStage) or row.filed_on is None or card.state not in ("flagged", "formally_filed"):
        raise Invalid("preexam.event_unknown")
    if not row.filed_on <= day <= timezone.localdate():
        raise Invalid("preexam.event_day")
    NationalEvent.objects.create(
        request=row,
        stage=NationalStage(stage),
        day=day,
        source=source.strip()[:_SOURCE],
        noted_at=timezone.now(),
        noted_by_id=actor.person_id,
    )
    action = _ENDS.get(NationalStage(stage))
    if action is not None:
        casework.advance(actor=actor, number=number, action=action, facts={"event": 1})
    audit.record(
        actor=actor, verb="preexam.event.note", subject=belongs(row), facts={"stage": stage, "day": day.isoformat()}
    )
