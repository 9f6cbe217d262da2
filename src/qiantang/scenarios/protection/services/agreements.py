"""The agreement: laid out from the proposal that both sides took, signed, issued, confirmed, performed."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, override

from qiantang.commons.audit import api as audit
from qiantang.commons.documents import api as documents
from qiantang.commons.notices.api import Draft, send_notice
from qiantang.commons.refdata.api import statutory_limits, work_calendar
from qiantang.kernel.actor import Actor
from qiantang.kernel.calendar import due_on
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.jurisdiction import seat_for
from qiantang.scenarios.protection.models import Agreement, Performance, Proceeding, Proposal, Session, Signature
from qiantang.scenarios.protection.rules.papers import AGREEMENT, CONFIRMATION, PERFORM
from qiantang.scenarios.protection.rules.words import MATTER_WORDS, RIGHT_WORDS, SIDE_WORDS
from qiantang.scenarios.protection.selectors.disputes import casework_number, intake_of, proceeding_row
from qiantang.scenarios.protection.selectors.mediators import standing
from qiantang.scenarios.protection.selectors.names import name_of_side, people_of_side
from qiantang.scenarios.protection.services.steps import ensure, step_taken
from qiantang.scenarios.protection.types import Matter, RightKind, Side

if TYPE_CHECKING:
    from datetime import date

_SIDES = (Side.APPLICANT, Side.RESPONDENT)
_SIGNERS = (*_SIDES, Side.MEDIATOR)
_REMIND_BEFORE = timedelta(days=7)


@transaction.atomic
def lay_out(*, actor: Actor, number: str) -> str:
    """Make an agreement of the newest proposal, which both sides have taken; returns the digest that is signed.

    errors  NotFound · NotPermitted · Conflict ``protection.not_agreed`` · Invalid ``protection.perform_by_missing``
    """
    row = proceeding_row(actor, number)
    if policies.side_in(actor, row) not in _SIGNERS:
        raise NotPermitted("protection.step_of_another")
    proposal = Proposal.objects.filter(proceeding=row).order_by("-version").first()
    if proposal is None or any(proposal.answers.get(side) is not True for side in _SIDES):
        raise Conflict("protection.not_agreed")
    if proposal.perform_by is None:
        raise Invalid("protection.perform_by_missing")
    step_taken(actor, row, "fix_agreement")
    content = _content(row, proposal)
    digest = sha256(canonical_json(content)).hexdigest()
    last: int = Agreement.objects.filter(proceeding=row).aggregate(last=Max("version"))["last"] or 0
    made = Agreement.objects.create(
        proceeding=row, version=last + 1, content=content, sha256=digest, made_at=timezone.now()
    )
    Performance.objects.create(
        agreement=made,
        side=Side.RESPONDENT,
        what=proposal.terms[:300],
        amount_yuan=proposal.amount_yuan,
        due_date=proposal.perform_by,
    )
    return digest


def _content(row: Proceeding, proposal: Proposal) -> dict[str, Any]:
    """What the law asks for (PML art. 29), in Chinese words: the text in which it is signed."""
    told, appointment = intake_of(row.dispute), standing(row)
    sessions = Session.objects.filter(proceeding=row).order_by("starts_at")
    both = [one.undisputed for one in sessions if one.undisputed and len(one.confirmed_by) == len(_SIDES)]
    with override("zh-hans"):
        right = gettext(RIGHT_WORDS[RightKind(told.right_kind)]) if told.right_kind else ""
        matter = gettext(MATTER_WORDS[Matter(told.matter)]) if told.matter else ""
    return {
        "case": casework_number(row.case.number),
        "applicant": name_of_side(row, Side.APPLICANT),
        "respondent": name_of_side(row, Side.RESPONDENT),
        "mediator": appointment.mediator.name if appointment else "",
        "body": row.body,
        "right": f"{right} {told.right_number} {told.right_title}".strip(),
        "matter": matter,
        "facts": told.description,
        "undisputed": "\n".join(both),
        "terms": proposal.terms,
        "amount_yuan": proposal.amount_yuan,
        "perform_by": proposal.perform_by.isoformat() if proposal.perform_by else "",
    }


@transaction.atomic
def sign_agreement(*, actor: Actor, number: str, digest: str, knows_sham: bool) -> bool:
    """Sign what was laid out, by its digest. When both sides and the mediator have, it is in force (OMR art. 19).

    The page has asked anew who signs. errors: NotFound · NotPermitted · Conflict ``protection.nothing_to_sign``,
    ``protection.other_text``, ``protection.signed_already`` · Invalid ``protection.sham_warning``
    """
    row = proceeding_row(actor, number)
    side = policies.side_in(actor, row)
    if side not in _SIGNERS or actor.person_id is None:
        raise NotPermitted("protection.step_of_another")
    agreement = Agreement.objects.select_for_update().filter(proceeding=row).order_by("-version").first()
    if agreement is None or row.case.state != "signing":
        raise Conflict("protection.nothing_to_sign")
    if digest != agreement.sha256:
        raise Conflict("protection.other_text")
    if not knows_sham:
        raise Invalid("protection.sham_warning")
    try:
        with transaction.atomic():
            Signature.objects.create(
                agreement=agreement,
                side=side,
                person_id=actor.person_id,
                name=actor.name,
                sha256=digest,
                signed_at=timezone.now(),
            )
    except IntegrityError:
        raise Conflict("protection.signed_already") from None
    facts = {"side": str(side), "sha256": digest, "warned_of_sham": True}
    audit.record(actor=actor, verb="protection.agreement.sign", subject=f"agreement:{agreement.pk}", facts=facts)
    if agreement.signatures.count() < len(_SIGNERS):
        return False
    _take_effect(row, agreement)
    return True


def _take_effect(row: Proceeding, agreement: Agreement) -> None:
    platform = Actor.system("agreements of mediations")
    row.amount_yuan = agreement.content["amount_yuan"]
    row.save(update_fields=["amount_yuan"])
    step_taken(platform, row, "take_effect")
    agreement.effective_at = timezone.now()
    told = {
        key: value for key, value in agreement.content.items() if key not in ("amount_yuan", "perform_by") and value
    }
    made = documents.make_document(
        actor=platform,
        template=AGREEMENT.key,
        case=row.case.number,
        recipient=_recipient(row),
        facts={
            **told,
            "performance": [
                [SIDE_WORDS[Side(one.side)], one.what, str(one.amount_yuan or ""), one.due_date.isoformat()]
                for one in agreement.performances.all()
            ],
            "signatures": [f"{one.name} {one.signed_at:%Y-%m-%d %H:%M} UTC" for one in agreement.signatures.all()],
            "signed_digest": agreement.sha256,
        },
    )
    agreement.document = made.number
    agreement.save(update_fields=["effective_at", "document"])


def _recipient(row: Proceeding) -> documents.Recipient:
    dispute = row.dispute
    return documents.Recipient(
        name=name_of_side(row, Side.APPLICANT), person_id=dispute.person_id, organisation_id=dispute.organisation_id
    )


@transaction.atomic
def ask_confirmation(*, actor: Actor, number: str) -> bool:
    """A side asks for the judicial confirmation; when both do, the application is made. Returns whether it is.

    errors  NotFound · NotPermitted · Conflict ``protection.not_in_force``, ``protection.confirmation_late``
    """
    row, agreement = _in_force(actor, number)
    side = policies.side_in(actor, row)
    if side not in _SIDES:
        raise NotPermitted("protection.step_of_another")
    last_day = confirmation_until(agreement)
    if row.case.state != "effective" or last_day is None:
        raise Conflict("protection.not_in_force")
    if timezone.localdate() > last_day:
        raise Conflict("protection.confirmation_late", day=last_day.isoformat())
    agreement.confirmation_asked = sorted({*agreement.confirmation_asked, str(side)})
    agreement.court = court_for(row)
    if len(agreement.confirmation_asked) == len(_SIDES):
        agreement.application = _application(row, agreement, last_day)
        step_taken(Actor.system("agreements of mediations"), row, "request_confirmation")
    agreement.save(update_fields=["confirmation_asked", "court", "application"])
    return bool(agreement.application)


def _application(row: Proceeding, agreement: Agreement, last_day: date) -> str:
    assert agreement.effective_at is not None
    with override("zh-hans"):
        papers = [
            gettext("Mediation agreement"),
            gettext("Proof of identity or of the mandate"),
            gettext("Proof of the right, in force"),
        ]
    made = documents.make_document(
        actor=Actor.system("agreements of mediations"),
        template=CONFIRMATION.key,
        case=row.case.number,
        recipient=_recipient(row),
        facts={
            "court": agreement.court,
            "applicant": agreement.content["applicant"],
            "respondent": agreement.content["respondent"],
            "body": agreement.content["body"],
            "agreement": agreement.document,
            "effective_on": timezone.localdate(agreement.effective_at),
            "last_day": last_day,
            "terms": agreement.content["terms"],
            "papers": papers,
        },
    )
    return made.number


def court_for(row: Proceeding) -> str:
    """The court that confirms (CPL art. 205): the one that delegated, else the one of the dated table."""
    if row.delegated_by:
        return row.delegated_by
    seat = seat_for("confirmation", row.dispute.right_kind, timezone.localdate())
    with override("zh-hans"):
        return gettext(seat.body) if seat else ""


def confirmation_until(agreement: Agreement) -> date | None:
    """The last day on which both may ask the court (TL-05); None before the agreement is in force."""
    if agreement.effective_at is None:
        return None
    day = timezone.localdate(agreement.effective_at)
    return due_on(day, statutory_limits(day)["TL-05"].limit, work_calendar()).day


@transaction.atomic
def record_confirmation(
    *, actor: Actor, number: str, confirmed: bool, decided_on: date, reference: str, note: str
) -> None:
    """Note what the court decided. errors: NotFound · NotPermitted ``protection.office_only`` · Invalid · Conflict"""
    ensure(policies.may_keep(actor))
    row, agreement = _in_force(actor, number)
    step_taken(actor, row, "record_confirmed" if confirmed else "record_not_confirmed", note)
    agreement.decided_on, agreement.decision_reference = decided_on, reference.strip()[:80]
    agreement.save(update_fields=["decided_on", "decision_reference"])


@transaction.atomic
def note_performed(*, actor: Actor, number: str, key: int) -> None:
    """A side or the office notes that something was performed; with the last of it the matter ends.

    errors  NotFound ``protection.performance_unknown`` · NotPermitted · Conflict ``protection.not_in_force``
    """
    row, agreement = _in_force(actor, number)
    if policies.side_in(actor, row) not in (*_SIDES, Side.OFFICE):
        raise NotPermitted("protection.step_of_another")
    found = agreement.performances.filter(pk=key, done_at__isnull=True).first()
    if found is None:
        raise NotFound("protection.performance_unknown")
    found.done_at = timezone.now()
    found.save(update_fields=["done_at"])
    audit.record(actor=actor, verb="protection.performance.note", subject=f"agreement:{agreement.pk}", facts={})
    if not agreement.performances.filter(done_at__isnull=True).exists() and row.case.state != "confirming":
        step_taken(Actor.system("agreements of mediations"), row, "perform")


def _in_force(actor: Actor, number: str) -> tuple[Proceeding, Agreement]:
    row = proceeding_row(actor, number)
    agreement = Agreement.objects.select_for_update().filter(proceeding=row, effective_at__isnull=False).first()
    if agreement is None:
        raise Conflict("protection.not_in_force")
    return row, agreement


@transaction.atomic
def remind_of_performance(*, actor: Actor, today: date | None = None) -> int:
    """Remind whoever has to perform within a week, once; returns how many notices went out."""
    on = today or timezone.localdate()
    due = Performance.objects.filter(done_at__isnull=True, reminded_on__isnull=True, due_date__lte=on + _REMIND_BEFORE)
    sent = 0
    for one in due.filter(agreement__effective_at__isnull=False).select_related("agreement__proceeding__case"):
        proceeding = one.agreement.proceeding
        number = casework_number(proceeding.case.number)
        for person in people_of_side(proceeding, Side(one.side)):
            draft = Draft(
                person_id=person,
                kind=PERFORM.code,
                key=f"performance:{one.pk}",
                subject=f"case:{proceeding.case.number}",
                link=f"/protection/matters/{number}",
                facts={"what": one.what[:80], "number": number},
                due=one.due_date,
            )
            sent += send_notice(actor=actor, draft=draft)
        one.reminded_on = on
        one.save(update_fields=["reminded_on"])
    return sent
