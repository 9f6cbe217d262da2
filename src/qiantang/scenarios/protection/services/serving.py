"""Service of papers with proof: by which way, when it arrived, when it was read; another way where one has failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.notices.api import Draft, send_notice
from qiantang.commons.rulebook import api as rulebook
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Paper, Service
from qiantang.scenarios.protection.rules.papers import SERVED
from qiantang.scenarios.protection.rules.routes import ROUTES
from qiantang.scenarios.protection.selectors.disputes import casework_number, proceeding_row
from qiantang.scenarios.protection.selectors.names import organisation_of_side, people_of_side
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.types import Method, Side

if TYPE_CHECKING:
    from datetime import date

    from qiantang.scenarios.protection.models import Proceeding

_SIDES = (Side.APPLICANT, Side.RESPONDENT)
_SUBSTITUTE = frozenset({Method.LEFT, Method.PUBLIC_NOTICE})  # only after another way has failed


@transaction.atomic
def serve_paper(*, actor: Actor, number: str, paper: int, side: str, method: str) -> int:
    """Begin to serve a paper on a side; returns the key of the service. Electronic service arrives at once, at those who
    joined with an account; leaving it and public notice come only after another way has failed.

    errors  NotFound ``protection.paper_unknown`` · NotPermitted · Invalid ``protection.step_unknown``
            Conflict ``protection.nobody_to_serve``, ``protection.try_first``
    """
    ensure(policies.may_keep(actor))
    row = proceeding_row(actor, number)
    found = Paper.objects.filter(proceeding=row, pk=paper, open_to_sides=True).first()
    if found is None:
        raise NotFound("protection.paper_unknown")
    if side not in _SIDES or method not in set(Method):
        raise Invalid("protection.step_unknown", given=f"{side} {method}"[:40])
    before = Service.objects.filter(paper=found, side=side).exclude(failed="").order_by("-sent_at").first()
    if Method(method) in _SUBSTITUTE and before is None:
        raise Conflict("protection.try_first")
    now = timezone.now()
    made = Service.objects.create(paper=found, side=side, method=method, sent_at=now, instead_of=before)
    if method == Method.ELECTRONIC:
        _arrived(row, made, people_of_side(row, Side(side)))
    elif method == Method.PUBLIC_NOTICE:
        days = rulebook.values_on(ROUTES, timezone.localdate())["notice_days"]
        made.counts_on = timezone.localdate(now) + timedelta(days=days)
        made.save(update_fields=["counts_on"])
    _noted(actor, "begin", made)
    return made.pk


def _arrived(row: Proceeding, made: Service, people: tuple[int, ...]) -> None:
    """It arrives when it is in the system of those for whom it is (CPL art. 90)."""
    if not people:
        raise Conflict("protection.nobody_to_serve")
    number = casework_number(row.case.number)
    platform = Actor.system("service of papers")
    draft = Draft(
        person_id=0,
        kind=SERVED.code,
        key=f"service:{made.pk}",
        subject=f"case:{row.case.number}",
        link=f"/protection/matters/{number}",
        facts={"number": number},
    )
    organisation = organisation_of_side(row, Side(made.side))
    if organisation is not None:
        shared = replace(draft, person_id=None, organisation_id=organisation, scope=policies.SCOPE)
        send_notice(actor=platform, draft=shared)
    for person in people:
        send_notice(actor=platform, draft=replace(draft, person_id=person))
    made.delivered_at, made.counts_on = made.sent_at, timezone.localdate(made.sent_at)
    made.proof, made.proof_sha256 = "electronic", made.paper.sha256
    made.save(update_fields=["delivered_at", "counts_on", "proof", "proof_sha256"])


@transaction.atomic
def record_delivery(*, actor: Actor, number: str, key: int, delivered_on: date, proof: str) -> None:
    """Note that a paper arrived, by which proof: receipt, number of the parcel, witness.

    errors  NotFound ``protection.service_unknown`` · NotPermitted · Invalid ``casework.note_missing``
    """
    made = _open_service(actor, number, key)
    if not proof.strip():
        raise Invalid("casework.note_missing")
    made.delivered_at, made.counts_on, made.proof = timezone.now(), delivered_on, proof.strip()[:500]
    made.save(update_fields=["delivered_at", "counts_on", "proof"])
    _noted(actor, "deliver", made)


@transaction.atomic
def record_failure(*, actor: Actor, number: str, key: int, why: str) -> None:
    """Note that a paper did not arrive. errors: NotFound ``protection.service_unknown`` · NotPermitted · Invalid"""
    made = _open_service(actor, number, key)
    if not why.strip():
        raise Invalid("casework.note_missing")
    made.failed, made.counts_on = why.strip()[:300], None
    made.save(update_fields=["failed", "counts_on"])
    _noted(actor, "fail", made)


@transaction.atomic
def note_read(*, actor: Actor, number: str) -> int:
    """Papers that a side looks at now are read; returns how many were new. errors: NotFound"""
    row = proceeding_row(actor, number)
    side = policies.side_in(actor, row)
    return mark_read(row, side) if side in _SIDES else 0


def mark_read(row: Proceeding, side: Side) -> int:
    """For services of this room: everything that has arrived at a side is read."""
    arrived = Service.objects.filter(paper__proceeding=row, side=side, delivered_at__isnull=False, read_at__isnull=True)
    return arrived.update(read_at=timezone.now())


def _open_service(actor: Actor, number: str, key: int) -> Service:
    ensure(policies.may_keep(actor))
    row = proceeding_row(actor, number)
    made = Service.objects.filter(paper__proceeding=row, pk=key, delivered_at__isnull=True, failed="").first()
    if made is None:
        raise NotFound("protection.service_unknown")
    return made


def _noted(actor: Actor, what: str, made: Service) -> None:
    facts = {"side": made.side, "method": made.method, "service": made.pk}
    subject = f"proceeding:{made.paper.proceeding_id}"
    audit.record(actor=actor, verb=f"protection.service.{what}", subject=subject, facts=facts)
