"""Others sign what somebody fills in: they are asked, they sign what stands there, or refuse with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from qiantang.commons.accounts.api import person_by_username
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import NewParty, PartyRole
from qiantang.commons.notices import api as notices
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.models import CoSignature
from qiantang.portal.hall.rules import SIGN_ASKED
from qiantang.portal.hall.selectors.matters import matter_row, may_edit, title_of
from qiantang.portal.hall.selectors.signing import JOINT, PRINCIPAL, REPRESENTATIVE, ROLES, content_digest

if TYPE_CHECKING:
    from datetime import date

    from qiantang.portal.hall.models import Matter

_JOB = "signatures of the hall"
_LONGEST = timedelta(days=366)
_PARTY = {JOINT: PartyRole.APPLICANT, PRINCIPAL: PartyRole.APPLICANT, REPRESENTATIVE: PartyRole.THIRD}
_WHY = 300


@transaction.atomic
def ask_signature(*, actor: Actor, number: str, role: str, username: str) -> int:
    """Ask somebody with an account to sign; from now on they see the matter. Who began it asks; returns its key.

    errors  NotFound ``casework.unknown``, ``accounts.account_unknown`` · NotPermitted ``hall.filer_asks``
            Conflict ``hall.not_editable``, ``hall.signer_known`` · Invalid ``hall.signer_unfit``
    """
    matter = _of_filer(actor, number)
    if role not in ROLES:
        raise Invalid("hall.signer_unfit")
    person = person_by_username(Actor.system(_JOB), username.strip()[:150])
    if person.id == actor.person_id or not person.active:
        raise Invalid("hall.signer_unfit")
    try:
        with transaction.atomic():
            row = CoSignature.objects.create(matter=matter, role=role, person_id=person.id, asked_at=timezone.now())
    except IntegrityError:
        raise Conflict("hall.signer_known") from None
    party = NewParty(_PARTY[role], person_id=person.id)
    casework.parties.add_party(actor=Actor.system(_JOB), number=number, party=party)
    audit.record(actor=actor, verb="hall.signature.ask", subject=f"matter:{matter.pk}", facts={"role": role})
    draft = notices.Draft(
        kind=SIGN_ASKED.code,
        person_id=person.id,
        subject=f"case:{matter.case.number}",
        facts={"number": number, "service": title_of(matter), "who": actor.name},
        link=reverse("hall:matter-signers", args=[number]),
        due=None,
        key=f"signature:{row.pk}",
    )
    notices.send_notice(actor=actor, draft=draft)
    return row.pk


@transaction.atomic
def drop_signature(*, actor: Actor, number: str, signature_id: int) -> None:
    """No longer ask somebody; they see the matter no more. errors: as ``ask_signature`` · NotFound ``hall.signature_unknown``"""
    matter = _of_filer(actor, number)
    row = CoSignature.objects.filter(matter=matter, pk=signature_id, removed_at__isnull=True).first()
    if row is None:
        raise NotFound("hall.signature_unknown")
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    casework.parties.end_party(actor=Actor.system(_JOB), number=number, person_id=row.person_id)
    audit.record(actor=actor, verb="hall.signature.drop", subject=f"matter:{matter.pk}", facts={"signature": row.pk})


@transaction.atomic
def sign_matter(*, actor: Actor, number: str, until: date | None = None) -> None:
    """Sign what stands there now: a later change makes it void. The caller has asked anew who is there.

    until   last day of the authority, of who is represented: at most a year
    errors  NotFound ``casework.unknown``, ``hall.signature_unknown`` · Conflict ``hall.not_editable``
            Invalid ``hall.authority_days``
    """
    row, matter = _asked(actor, number)
    today = timezone.localdate()
    if row.role == PRINCIPAL and (until is None or not today <= until <= today + _LONGEST):
        raise Invalid("hall.authority_days")
    row.signed_at, row.refused_at, row.refused_why = timezone.now(), None, ""
    row.digest = content_digest(matter)
    row.until = until if row.role == PRINCIPAL else None
    row.save(update_fields=["signed_at", "refused_at", "refused_why", "digest", "until"])
    facts = {"role": row.role, "sha256": row.digest, "until": row.until.isoformat() if row.until else None}
    audit.record(actor=actor, verb="hall.signature.give", subject=f"matter:{matter.pk}", facts=facts)


@transaction.atomic
def refuse_signature(*, actor: Actor, number: str, why: str) -> None:
    """Refuse to sign, with a reason. errors: as ``sign_matter`` · Invalid ``casework.note_missing``"""
    row, matter = _asked(actor, number)
    said = " ".join(why.split())[:_WHY]
    if not said:
        raise Invalid("casework.note_missing")
    row.refused_at, row.refused_why, row.signed_at, row.digest = timezone.now(), said, None, ""
    row.save(update_fields=["refused_at", "refused_why", "signed_at", "digest"])
    audit.record(actor=actor, verb="hall.signature.refuse", subject=f"matter:{matter.pk}", facts={"role": row.role})


def _of_filer(actor: Actor, number: str) -> Matter:
    matter = matter_row(actor, number, lock=True)
    if not policies.is_filer(actor, matter.case.opened_by_id):
        raise NotPermitted("hall.filer_asks")
    if not may_edit(casework.case_sheet(actor, number)):
        raise Conflict("hall.not_editable")
    return matter


def _asked(actor: Actor, number: str) -> tuple[CoSignature, Matter]:
    matter = matter_row(actor, number, lock=True)
    row = CoSignature.objects.filter(matter=matter, person_id=actor.person_id, removed_at__isnull=True).first()
    if row is None:
        raise NotFound("hall.signature_unknown")
    if not may_edit(casework.case_sheet(actor, number)):
        raise Conflict("hall.not_editable")
    return row, matter
