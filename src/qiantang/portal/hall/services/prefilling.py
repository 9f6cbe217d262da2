"""A value that was filled in beforehand is contested: it goes to the owner of the data, and the matter goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.notices import api as notices
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.models import ContestedValue
from qiantang.portal.hall.rules import VALUE_SETTLED
from qiantang.portal.hall.selectors.matters import matter_row
from qiantang.portal.hall.selectors.prefilling import EARLIER, PROFILE, REGISTER, business_register

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_MOST = 500


@transaction.atomic
def contest_value(*, actor: Actor, number: str, question: str, said: str, why: str) -> int:
    """Say that a value from elsewhere is wrong, and what it should be; returns its key.

    The business register gets it at once and gives a receipt; what this house keeps goes to those who keep accounts. What
    comes from one's own earlier matter is simply typed anew.
    errors  NotFound ``casework.unknown``, ``hall.value_unknown`` · NotPermitted ``hall.rate_parties``
            Invalid ``hall.contest_incomplete`` · Conflict ``hall.contested_already`` · Unavailable
    """
    matter = matter_row(actor, number, lock=True)
    told = matter.prefilled.get(question)
    if told is None or told["source"] == EARLIER:
        raise NotFound("hall.value_unknown")
    if not policies.is_filer(actor, matter.case.opened_by_id):
        raise NotPermitted("hall.value_not_yours")
    right, reason = _said(said, why, told["value"])
    if matter.contested.filter(question=question, settled_at__isnull=True).exists():
        raise Conflict("hall.contested_already")
    row = ContestedValue.objects.create(
        matter=matter,
        question=question,
        owner=REGISTER if told["source"] == REGISTER else PROFILE,
        value=told["value"],
        said=right,
        why=reason,
        raised_at=timezone.now(),
        raised_by_id=actor.person_id,
    )
    if row.owner == REGISTER:
        row.receipt = business_register().contest(
            reference=f"QT-{matter.case.number}-{row.pk}",
            uscc=str(matter.prefilled.get("uscc", {}).get("value", "")),
            field=question,
            value=row.value,
            said=right,
            why=reason,
        )
        row.save(update_fields=["receipt"])
    facts = {"question": question, "owner": row.owner, "receipt": row.receipt}
    audit.record(actor=actor, verb="hall.value.contest", subject=f"matter:{matter.pk}", facts=facts)
    return row.pk


def _said(said: str, why: str, stands: str) -> tuple[str, str]:
    right, reason = " ".join(said.split())[:_MOST], " ".join(why.split())[:_MOST]
    if not right or not reason or right == stands:
        raise Invalid("hall.contest_incomplete")
    return right, reason


@transaction.atomic
def settle_value(*, actor: Actor, contest_id: int, reply: str) -> None:
    """Answer what was contested of data that this house keeps: operators and supervisors; who raised it is told.

    errors  NotPermitted ``hall.keepers_only`` · NotFound ``hall.value_unknown`` · Invalid ``hall.reply_missing``
    """
    decision = policies.may_keep_catalogue(actor)
    if not decision:
        raise NotPermitted(decision.code)
    row = (
        ContestedValue.objects.select_for_update().filter(pk=contest_id, owner=PROFILE, settled_at__isnull=True).first()
    )
    if row is None:
        raise NotFound("hall.value_unknown")
    said = reply.strip()[:_MOST]
    if not said:
        raise Invalid("hall.reply_missing")
    row.settled_at, row.settled_by_id, row.reply = timezone.now(), actor.person_id, said
    row.save(update_fields=["settled_at", "settled_by", "reply"])
    audit.record(actor=actor, verb="hall.value.settle", subject=f"matter:{row.matter_id}", facts={"contest": row.pk})
    if row.raised_by_id is not None:
        draft = notices.Draft(
            kind=VALUE_SETTLED.code,
            person_id=row.raised_by_id,
            subject=f"case:{row.matter.case.number}",
            facts={"value": row.value, "reply": said},
            link="/cases",
            due=None,
            key=f"contest:{row.pk}",
        )
        notices.send_notice(actor=actor, draft=draft)
