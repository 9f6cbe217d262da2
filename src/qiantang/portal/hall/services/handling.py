"""The office's side: take in, tell all gaps at once, bring to a result; visits at the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import ClockKind
from qiantang.commons.documents import api as documents
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.models import Supplement, Visit
from qiantang.portal.hall.rules import RECEIPT, RESULT
from qiantang.portal.hall.selectors.matters import matter_row, papers_shown, services_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qiantang.commons.casework.types import CaseSheet
    from qiantang.commons.documents.types import DocumentTold, Facts
    from qiantang.kernel.actor import Actor
    from qiantang.portal.hall.models import Matter

_GAP = 300


@transaction.atomic
def accept_matter(
    *, actor: Actor, number: str, missing: Sequence[str] = (), missing_by: date | None = None
) -> DocumentTold:
    """Take a matter in and issue the receipt. What is missing must be tolerated by the published list of the service.

    missing     keys of papers that follow later; missing_by: by when
    errors      NotFound · NotPermitted · Conflict ``casework.step_not_from_here``
                Invalid ``hall.not_tolerated``, ``hall.date_missing``
    Source      Zhejiang provisions on "at most one run", art. 11 (1) and (2)
    """
    matter = matter_row(actor, number, lock=True)
    _ensure_tolerated(matter, missing, missing_by)
    casework.advance(actor=actor, number=number, action="accept", facts={"here": 1})
    matter.missing, matter.missing_by = sorted(set(missing)), missing_by if missing else None
    told = _receipt(actor, matter, number)
    matter.receipt = told.number
    matter.save(update_fields=["missing", "missing_by", "receipt"])
    return told


def _ensure_tolerated(matter: Matter, missing: Sequence[str], by: date | None) -> None:
    tolerated = {key for service in services_of(matter.service) for key in service.tolerated}
    names = {one.key: one.name for one in papers_shown(matter)}
    wrong = [names.get(key, key) for key in missing if key not in tolerated]
    if wrong:
        raise Invalid("hall.not_tolerated", papers="、".join(wrong))
    if missing and (by is None or by <= timezone.localdate()):
        raise Invalid("hall.date_missing")


def _receipt(actor: Actor, matter: Matter, number: str) -> DocumentTold:
    sheet = casework.case_sheet(actor, number)
    promise = next((one for one in sheet.clocks if one.kind is ClockKind.PROMISE), None)
    due = promise.reading.due if promise else None
    service = services_of(matter.service)[0]
    names = {one.key: one.name for one in papers_shown(matter)}
    facts: Facts = {
        "case_number": sheet.card.number,
        "service": f"{service.name.zh} / {service.name.en}",
        "applicant": sheet.parties[0].name,
        "accepted_at": timezone.now(),
        "due": due.day if due else None,
        "provisional": "是 / yes" if due and due.provisional else None,
        "beyond": f"{service.beyond.zh} / {service.beyond.en}" if service.beyond else None,
        "code": casework.inquiry.renew_code(actor=actor, number=number),
        "contact": f"{settings.CITY_NAME_ZH} {settings.CITY_NAME_EN}\n{settings.PUBLIC_URL}{reverse('casework:status-show')}",
        "later": [names.get(key, key) for key in matter.missing] or None,
        "later_by": matter.missing_by,
    }
    recipient = _recipient(matter, sheet)
    return documents.make_document(actor=actor, template=RECEIPT.key, facts=facts, case=number, recipient=recipient)


def _recipient(matter: Matter, sheet: CaseSheet) -> documents.Recipient:
    party = matter.case.parties.filter(until__isnull=True).order_by("pk").first()
    return documents.Recipient(
        name=sheet.parties[0].name,
        person_id=party.person_id if party else None,
        organisation_id=party.organisation_id if party else None,
    )


@transaction.atomic
def ask_supplement(*, actor: Actor, number: str, gaps: Sequence[Mapping[str, str]], reason: str = "") -> int:
    """Tell all that is missing, in one notice. A second notice is a supervisor's, with the reason; returns the round.

    gaps    what each is about, and what is missing: ``about``, ``what``
    errors  NotFound · Invalid ``hall.gaps_missing`` · Conflict ``hall.supplement_twice`` · NotPermitted
    Source  Zhejiang provisions on "at most one run", art. 11 (3); rules of the hall GT-02
    """
    matter = matter_row(actor, number, lock=True)
    told = [{"about": one.get("about", "")[:60], "what": " ".join(one.get("what", "").split())[:_GAP]} for one in gaps]
    told = [one for one in told if one["what"]]
    if not told:
        raise Invalid("hall.gaps_missing")
    asked = matter.supplements.count()
    why = reason.strip()
    if asked and not why:
        raise Conflict("hall.supplement_twice")
    text = "\n".join(f"{at}. {one['what']}" for at, one in enumerate(told, 1))
    action = "ask_again" if asked else "ask_supplement"
    casework.advance(actor=actor, number=number, action=action, note=text, facts={"here": 1, "gaps": len(told)})
    Supplement.objects.create(
        matter=matter,
        round=asked + 1,
        gaps=told,
        asked_at=timezone.now(),
        asked_by_id=actor.person_id,
        reason=why if asked else "",
    )
    if asked:
        casework.note(actor=actor, number=number, text=why)
        facts = {"round": asked + 1, "gaps": len(told)}
        audit.record(actor=actor, verb="hall.supervision.second_notice", subject=f"matter:{matter.pk}", facts=facts)
    return asked + 1


@transaction.atomic
def decide_matter(
    *, actor: Actor, number: str, action: str, text: str, valid_until: date | None = None
) -> DocumentTold | None:
    """Bring a matter to its end: ``complete``, ``refuse``, ``not_accept``, ``revoke_acceptance``.

    text        the result, or the reasons; both sides read it
    valid_until of a result; None: without end
    returns     the sealed result where it was completed
    errors      NotFound · NotPermitted · Conflict · Invalid ``casework.note_missing``, ``hall.valid_day_past``
    """
    matter = matter_row(actor, number, lock=True)
    if not text.strip():
        raise Invalid("casework.note_missing")
    if valid_until is not None and valid_until <= timezone.localdate():
        raise Invalid("hall.valid_day_past")
    casework.advance(actor=actor, number=number, action=action, note=text, facts={"here": 1})
    if action != "complete":
        return None
    service = services_of(matter.service)[0]
    sheet = casework.case_sheet(actor, number)
    facts: Facts = {
        "case_number": sheet.card.number,
        "service": f"{service.name.zh} / {service.name.en}",
        "holder": sheet.parties[0].name,
        "text": text.strip(),
        "decided_at": timezone.now(),
        "valid_until": valid_until,
        "remedy": f"{service.remedy.zh}\n{service.remedy.en}",
    }
    told = documents.make_document(
        actor=actor, template=RESULT.key, facts=facts, case=number, recipient=_recipient(matter, sheet)
    )
    matter.result = told.number
    matter.save(update_fields=["result"])
    return told


@transaction.atomic
def lapse_matter(*, actor: Actor, number: str) -> None:
    """Nothing was added in time: deemed withdrawn. errors: NotFound · NotPermitted · Conflict"""
    matter_row(actor, number, lock=True)
    note = gettext("What was missing did not come in time.")
    casework.advance(actor=actor, number=number, action="lapse", note=note, facts={"here": 1})


@transaction.atomic
def note_visit(*, actor: Actor, number: str, why: str, forced: bool = False) -> None:
    """Note that somebody came to the window for a matter.

    forced  the office asked them to: it counts against "at most one run"
    errors  NotFound · NotPermitted ``hall.window_only`` · Invalid ``casework.note_missing``
    """
    decision = policies.may_receive(actor)
    if not decision:
        raise NotPermitted(decision.code)
    matter = matter_row(actor, number, lock=True)
    said_why = " ".join(why.split())[:200]
    if not said_why:
        raise Invalid("casework.note_missing")
    assert actor.person_id is not None
    Visit.objects.create(matter=matter, at=timezone.now(), why=said_why, forced=forced, noted_by_id=actor.person_id)
    facts = {"forced": forced, "visits": matter.visits.count()}
    audit.record(actor=actor, verb="hall.visit.note", subject=f"matter:{matter.pk}", facts=facts)
