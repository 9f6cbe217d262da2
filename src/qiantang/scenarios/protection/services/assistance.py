"""Assistance: what is asked for, judged by the rules; experts asked without ties to a side; opinions handed in and issued."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import people
from qiantang.commons.audit import api as audit
from qiantang.commons.documents import api as documents
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import AidRequest, Expert, Opinion, Proceeding
from qiantang.scenarios.protection.rules.assistance import APPLICANT_KINDS, OPINION_KINDS, SERVICES
from qiantang.scenarios.protection.rules.papers import OPINION
from qiantang.scenarios.protection.rules.words import UNFIT_WORDS
from qiantang.scenarios.protection.selectors.assistance import eligibility, experts_for
from qiantang.scenarios.protection.selectors.disputes import casework_number, intake_of, proceeding_row
from qiantang.scenarios.protection.selectors.names import name_of_side
from qiantang.scenarios.protection.services.papers import add_paper
from qiantang.scenarios.protection.services.steps import ensure, step_taken
from qiantang.scenarios.protection.types import PaperKind, Side
from qiantang.scenarios.protection.workflow import ASSISTANCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS = (
    "body",
    "name",
    "fields",
    "languages",
    "countries",
    "most_open",
    "username",
    "ties",
    "term_until",
    "source",
)
_MOST_ROWS = 20_000
_PART = 20_000


@transaction.atomic
def ask_for_help(
    *,
    actor: Actor,
    number: str,
    kind: str,
    services: Sequence[str],
    accused: bool = False,
    seat_in_city: bool | None = None,
    act_in_city: bool | None = None,
    country: str = "",
) -> tuple[str, ...]:
    """Say who asks and what for; returns the codes of the rules that are not met. They decide nothing: the office does.

    errors  NotFound · NotPermitted ``protection.not_yours`` · Conflict ``protection.file_closed`` · Invalid
            ``protection.aid_unclear``
    """
    row = _assisted(actor, number)
    ensure(policies.may_conduct(actor, row.dispute))
    if row.case.state not in ("submitted", "supplement"):
        raise Conflict("protection.file_closed")
    if kind not in APPLICANT_KINDS or not services or not set(services) <= set(SERVICES):
        raise Invalid("protection.aid_unclear")
    told: dict[str, Any] = {
        "kind": kind,
        "services": sorted(set(services)),
        "accused": accused,
        "seat_in_city": seat_in_city,
        "act_in_city": act_in_city,
        "country": " ".join(country.split())[:80],
    }
    judged = eligibility(actor, row, told)
    broken = tuple(one.rule.code for one in judged.broken)
    AidRequest.objects.update_or_create(
        proceeding=row,
        defaults={"told": told, "rules": judged.version, "broken": list(broken), "saved_at": timezone.now()},
    )
    facts = {"broken": list(broken), "rules": judged.version}
    audit.record(actor=actor, verb="protection.aid.ask", subject=f"proceeding:{row.pk}", facts=facts)
    return broken


@transaction.atomic
def accept_help(*, actor: Actor, number: str, note: str = "") -> str:
    """Accept what was asked for. Where a rule of eligibility is not met, the reason to help all the same has to be told.

    errors  NotFound · NotPermitted · Conflict ``protection.aid_missing`` · Invalid ``protection.aid_reason``
    """
    ensure(policies.may_keep(actor))
    row = _assisted(actor, number)
    asked = AidRequest.objects.filter(proceeding=row).first()
    if asked is None:
        raise Conflict("protection.aid_missing")
    if asked.broken and not note.strip():
        raise Invalid("protection.aid_reason", rules=", ".join(asked.broken))
    return step_taken(actor, row, "accept", note)


@transaction.atomic
def import_experts(*, actor: Actor, table: str) -> int:
    """Take the pool in: CSV with the columns of ``COLUMNS``; several values in a cell are parted by ``;``. Who is there
    already is brought up to date. All rows or none; returns how many.

    errors  NotPermitted ``protection.office_only`` · Invalid ``protection.register_columns``, ``protection.register_row``
    """
    ensure(policies.may_keep(actor))
    rows = list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"))))[:_MOST_ROWS]
    if not rows or not {"body", "name"} <= set(rows[0]):
        raise Invalid("protection.register_columns", known=", ".join(COLUMNS))
    accounts = {one.username: one.id for one in people(Actor.system("pool of experts"))}
    for place, row in enumerate(rows, start=2):
        _take_in({name: " ".join((row.get(name) or "").split()) for name in COLUMNS}, place, accounts)
    audit.record(actor=actor, verb="protection.experts.import", subject="experts", facts={"rows": len(rows)})
    return len(rows)


def _take_in(told: Mapping[str, str], place: int, accounts: Mapping[str, int]) -> None:
    most, username = told["most_open"] or "5", told["username"]
    try:
        until = date.fromisoformat(told["term_until"]) if told["term_until"] else None
    except ValueError:
        raise Invalid("protection.register_row", place=place) from None
    if not told["body"] or not told["name"] or not most.isdecimal() or (username and username not in accounts):
        raise Invalid("protection.register_row", place=place)
    parted = {
        name: [one.strip() for one in told[name].split(";") if one.strip()]
        for name in ("fields", "languages", "countries", "ties")
    }
    Expert.objects.update_or_create(
        body=told["body"][:200],
        name=told["name"][:100],
        defaults={
            **parted,
            "most_open": min(int(most), 1_000),
            "account_id": accounts.get(username),
            "term_until": until,
            "source": told["source"][:200],
            "imported_at": timezone.now(),
            "active": True,
        },
    )


@transaction.atomic
def ask_expert(*, actor: Actor, number: str, expert_id: int, kind: str, question: str) -> int:
    """Ask an expert for an opinion: one without a tie to a side, within the term, not asked here before. Returns its key.

    errors  NotFound · NotPermitted · Conflict ``protection.mediator_unfit`` with the obstacle, ``protection.file_closed``
            Invalid ``protection.aid_unclear``
    """
    ensure(policies.may_keep(actor))
    row = _assisted(actor, number)
    if row.case.state != "accepted":
        raise Conflict("protection.file_closed")
    if kind not in OPINION_KINDS or not question.strip():
        raise Invalid("protection.aid_unclear")
    fit = next((one for one in experts_for(row) if one.candidate.id == expert_id), None)
    if fit is None:
        raise NotFound("protection.mediator_unknown")
    if not fit.fits:
        raise Conflict("protection.mediator_unfit", name=fit.candidate.name, why=gettext(UNFIT_WORDS[fit.why]))
    try:
        with transaction.atomic():
            made = Opinion.objects.create(
                proceeding=row,
                expert_id=expert_id,
                kind=kind,
                question=question.strip()[:2000],
                asked_at=timezone.now(),
            )
    except IntegrityError:
        spent = UNFIT_WORDS["spent"]
        raise Conflict("protection.mediator_unfit", name=fit.candidate.name, why=gettext(spent)) from None
    audit.record(actor=actor, verb="protection.opinion.ask", subject=f"proceeding:{row.pk}", facts={"kind": kind})
    return made.pk


@transaction.atomic
def hand_in_opinion(*, actor: Actor, opinion_id: int, parts: Mapping[str, str]) -> None:
    """The expert hands the opinion in, every part of its kind; it goes to the office, not to the party.

    errors  NotFound ``protection.opinion_unknown`` · Invalid ``protection.opinion_parts``
    """
    row = _mine(actor, opinion_id)
    wanted = OPINION_KINDS[row.kind][1]
    told = {key: parts.get(key, "").strip()[:_PART] for key in wanted}
    missing = [gettext(wanted[key]) for key, text in told.items() if not text]
    if missing:
        raise Invalid("protection.opinion_parts", missing="、".join(missing))
    now = timezone.now()
    row.parts, row.handed_in_at, row.ended_at = told, now, now
    row.save(update_fields=["parts", "handed_in_at", "ended_at"])
    _noted(actor, row, "hand_in")


@transaction.atomic
def decline_opinion(*, actor: Actor, opinion_id: int, reason: str) -> None:
    """The expert declines, for a relation to a side or for want of time.

    errors  NotFound · Invalid ``casework.note_missing``
    """
    row = _mine(actor, opinion_id)
    if not reason.strip():
        raise Invalid("casework.note_missing")
    row.declined, row.ended_at = reason.strip()[:500], timezone.now()
    row.save(update_fields=["declined", "ended_at"])
    _noted(actor, row, "decline")


@transaction.atomic
def issue_advice(*, actor: Actor, number: str, note: str) -> str:
    """Issue what the centre has to say, with the opinions that were handed in; returns the number of the document.

    errors  NotFound · NotPermitted · Conflict · Invalid ``casework.note_missing``
    """
    ensure(policies.may_keep(actor))
    row = _assisted(actor, number)
    step_taken(actor, row, "issue_advice", note)
    told = intake_of(row.dispute)
    opinions = row.opinions.filter(handed_in_at__isnull=False).select_related("expert").order_by("handed_in_at", "pk")
    lines = [
        f"{one.expert.name} ({one.expert.body}) · {one.question}\n" + "\n".join(one.parts.values()) for one in opinions
    ]
    made = documents.make_document(
        actor=Actor.system("opinions of the centre"),
        template=OPINION.key,
        case=row.case.number,
        recipient=documents.Recipient(
            name=name_of_side(row, Side.APPLICANT),
            person_id=row.dispute.person_id,
            organisation_id=row.dispute.organisation_id,
        ),
        facts={
            "case": casework_number(row.case.number),
            "right": f"{told.right_number} {told.right_title}".strip() or "—",
            "advice": note,
            "issued_on": timezone.localdate(),
            **({"opinions": "\n".join(lines)} if lines else {}),
        },
    )
    opinions.update(document=made.number)
    add_paper(actor, row, PaperKind.OPINION, Side.OFFICE, note, document=made.number)
    return made.number


def _assisted(actor: Actor, number: str) -> Proceeding:
    row = proceeding_row(actor, number)
    if row.case.kind != ASSISTANCE.key:
        raise Invalid("protection.step_unknown", given=row.route)
    return row


def _mine(actor: Actor, opinion_id: int) -> Opinion:
    if actor.person_id is None:
        raise NotPermitted("protection.sign_in_first")
    mine = Opinion.objects.select_for_update().filter(pk=opinion_id, expert__account_id=actor.person_id, ended_at=None)
    row = mine.first()
    if row is None:
        raise NotFound("protection.opinion_unknown")
    return row


def _noted(actor: Actor, row: Opinion, act: str) -> None:
    audit.record(actor=actor, verb=f"protection.opinion.{act}", subject=f"proceeding:{row.proceeding_id}", facts={})
