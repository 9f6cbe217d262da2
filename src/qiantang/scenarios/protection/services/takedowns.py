"""Letters to platforms about offers that hurt a right, made from the dispute; what the platform did is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from qiantang.commons.audit import api as audit
from qiantang.commons.documents import api as documents
from qiantang.commons.refdata.api import statutory_limits, work_calendar
from qiantang.kernel.actor import Actor
from qiantang.kernel.calendar import due_on
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Dispute, Exhibit, Takedown
from qiantang.scenarios.protection.rules.papers import TAKEDOWN
from qiantang.scenarios.protection.rules.words import RIGHT_WORDS
from qiantang.scenarios.protection.selectors.disputes import casework_number, dispute_row, intake_of
from qiantang.scenarios.protection.selectors.names import name_of_applicant
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.types import Answer, RightKind

if TYPE_CHECKING:
    from datetime import date

    from qiantang.commons.documents.types import FactValue

_MOST_ADDRESSES = 200


@transaction.atomic
def make_takedown(*, actor: Actor, number: str, platform: str, addresses: str) -> str:
    """Make the letter from the intake and the evidence of the dispute; returns the number of its document. Nothing is sent by us.

    addresses   of the offers, one a line
    errors      NotFound · NotPermitted ``protection.not_yours`` · Conflict ``protection.not_filed`` · Invalid
                ``protection.takedown_addresses``
    """
    row = _own(actor, number)
    if row.filed_at is None:
        raise Conflict("protection.not_filed")
    offers = [one.strip() for one in addresses.splitlines() if one.strip()]
    sound = all(urlsplit(one).scheme in ("http", "https") and urlsplit(one).hostname for one in offers)
    if not offers or len(offers) > _MOST_ADDRESSES or not sound or not platform.strip():
        raise Invalid("protection.takedown_addresses", most=_MOST_ADDRESSES)
    made = documents.make_document(
        actor=Actor.system("letters to platforms"),
        template=TAKEDOWN.key,
        case=row.case.number,
        recipient=documents.Recipient(
            name=name_of_applicant(row), person_id=row.person_id, organisation_id=row.organisation_id
        ),
        facts=_facts(row, platform, offers),
    )
    made_row = Takedown.objects.create(
        dispute=row,
        platform=platform.strip()[:200],
        addresses=offers,
        document=made.number,
        made_at=timezone.now(),
    )
    _noted(actor, made_row, "make")
    return made.number


def _facts(row: Dispute, platform: str, offers: list[str]) -> dict[str, FactValue]:
    """What the letter says, from the intake and the evidence of who brought the dispute."""
    told = intake_of(row)
    exhibits = Exhibit.objects.filter(dispute=row, side="applicant").order_by("added_at", "pk")
    with override("zh-hans"):
        kind = gettext(RIGHT_WORDS[RightKind(told.right_kind)]) if told.right_kind else ""
    return {
        "platform": platform.strip()[:200],
        "applicant": name_of_applicant(row),
        "right": f"{kind} {told.right_number} {told.right_title}".strip(),
        "dispute": casework_number(row.case.number),
        "facts": told.description,
        "offers": offers,
        "evidence": [f"{one.number} · {one.name} · SHA-256 {one.sha256}" for one in exhibits],
        "made_on": timezone.localdate(),
    }


@transaction.atomic
def note_answer(*, actor: Actor, number: str, key: int, answer: str, day: date, remark: str = "") -> None:
    """Note that the letter was sent, or what the platform did. After a counter-statement of the shop the right holder has 15
    days to complain or to sue, else the offers come back (E-commerce Law art. 43).

    errors  NotFound ``protection.takedown_unknown`` · NotPermitted · Invalid ``protection.step_unknown`` ·
            Conflict ``protection.takedown_order``
    """
    dispute = _own(actor, number)
    row = Takedown.objects.select_for_update().filter(pk=key, dispute=dispute).first()
    if row is None:
        raise NotFound("protection.takedown_unknown")
    if answer not in set(Answer):
        raise Invalid("protection.step_unknown", given=answer[:40])
    if day > timezone.localdate() or (answer != Answer.SENT and (row.sent_on is None or day < row.sent_on)):
        raise Conflict("protection.takedown_order")
    if answer == Answer.SENT:
        row.sent_on = day
    else:
        row.outcome, row.outcome_on, row.remark = answer, day, remark.strip()[:500]
        limit = statutory_limits(day)["TL-19"].limit
        row.act_until = due_on(day, limit, work_calendar()).day if answer == Answer.COUNTERED else None
    row.save(update_fields=["sent_on", "outcome", "outcome_on", "remark", "act_until"])
    _noted(actor, row, answer)


def _own(actor: Actor, number: str) -> Dispute:
    row = dispute_row(actor, number)
    ensure(policies.may_conduct(actor, row))
    return row


def _noted(actor: Actor, row: Takedown, act: str) -> None:
    facts = {"takedown": row.pk, "act": act}
    audit.record(actor=actor, verb="protection.takedown.note", subject=f"dispute:{row.dispute_id}", facts=facts)
