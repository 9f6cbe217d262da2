"""The register of mediators, and who mediates a dispute."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import people
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import NewParty, PartyRole
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Appointment, MediationBody, Mediator, Objection, Proceeding, Tie
from qiantang.scenarios.protection.rules.words import UNFIT_WORDS
from qiantang.scenarios.protection.selectors.disputes import proceeding_row
from qiantang.scenarios.protection.selectors.mediators import candidates_for, standing
from qiantang.scenarios.protection.services.steps import ensure, step_taken
from qiantang.scenarios.protection.types import Side

if TYPE_CHECKING:
    from qiantang.scenarios.protection.methods.mediators import Fitness

COLUMNS = ("body", "kind", "name", "fields", "languages", "most_open", "username", "ties", "source")
_MOST_ROWS = 20_000
_SIDES = (Side.APPLICANT, Side.RESPONDENT)
_REASON = 500


@transaction.atomic
def import_mediators(*, actor: Actor, table: str) -> int:
    """Take a register in: CSV with the columns of ``COLUMNS``; several values in a cell are parted by ``;``. Who is there
    already is brought up to date. All rows or none; returns how many.

    errors  NotPermitted ``protection.office_only`` · Invalid ``protection.register_columns``, ``protection.register_row``
    """
    ensure(policies.may_keep(actor))
    rows = list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"))))[:_MOST_ROWS]
    if not rows or not {"body", "name"} <= set(rows[0]):
        raise Invalid("protection.register_columns", known=", ".join(COLUMNS))
    accounts = {one.username: one.id for one in people(Actor.system("register of mediators"))}
    for place, row in enumerate(rows, start=2):
        _take_in(row, place, accounts)
    audit.record(actor=actor, verb="protection.mediators.import", subject="mediators", facts={"rows": len(rows)})
    return len(rows)


def _take_in(row: dict[str, str], place: int, accounts: dict[str, int]) -> None:
    told = {name: " ".join((row.get(name) or "").split()) for name in COLUMNS}
    username = told["username"]
    most = told["most_open"] or "10"
    if not told["body"] or not told["name"] or not most.isdigit() or (username and username not in accounts):
        raise Invalid("protection.register_row", place=place)
    source = told["source"][:200]
    body, _made = MediationBody.objects.get_or_create(
        name=told["body"][:200], defaults={"kind": told["kind"][:20], "source": source}
    )
    mediator, _made = Mediator.objects.update_or_create(
        body=body,
        name=told["name"][:100],
        defaults={
            "fields": _parted(told["fields"]),
            "languages": _parted(told["languages"]),
            "most_open": int(most),
            "account_id": accounts.get(username),
            "source": source,
            "imported_at": timezone.now(),
            "active": True,
        },
    )
    mediator.ties.all().delete()
    Tie.objects.bulk_create(Tie(mediator=mediator, name=name[:200], why=source) for name in _parted(told["ties"]))


def _parted(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(";") if one.strip()]


@transaction.atomic
def name_mediator(*, actor: Actor, number: str, mediator_id: int) -> bool:
    """Ask a mediator. The office names one alone; of the sides each says whom it wants, and both the same is a choice.

    returns     whether somebody is asked now
    errors      NotFound · NotPermitted · Conflict ``protection.mediator_unfit`` with the obstacle
    """
    row = proceeding_row(actor, number)
    side = policies.side_in(actor, row)
    fit = _fit(row, mediator_id)
    if side is Side.OFFICE:
        _appoint(actor, row, fit, "office")
        return True
    if side not in _SIDES:
        raise NotPermitted("protection.step_of_another")
    row.choices = {**row.choices, str(side): mediator_id}
    row.save(update_fields=["choices"])
    if any(row.choices.get(one) != mediator_id for one in _SIDES):
        return False
    _appoint(actor, row, fit, "both")
    return True


def _fit(row: Proceeding, mediator_id: int) -> Fitness:
    found = next((one for one in candidates_for(row) if one.candidate.id == mediator_id), None)
    if found is None:
        raise NotFound("protection.mediator_unknown")
    if not found.fits:
        raise Conflict("protection.mediator_unfit", name=found.candidate.name, why=gettext(UNFIT_WORDS[found.why]))
    return found


def _appoint(actor: Actor, row: Proceeding, fit: Fitness, named_by: str) -> None:
    mediator = Mediator.objects.select_for_update().get(pk=fit.candidate.id)
    step_taken(actor, row, "name_mediator", name=mediator.name)
    looked_at = {"in_field": fit.in_field, "open_now": fit.candidate.open_now, "ties": len(fit.candidate.ties)}
    Appointment.objects.create(
        proceeding=row, mediator=mediator, named_by=named_by, reasons=looked_at, named_at=timezone.now()
    )
    row.body = mediator.body.name
    row.save(update_fields=["body"])
    party = NewParty(PartyRole.THIRD, person_id=mediator.account_id, name=mediator.name)
    casework.parties.add_party(actor=_platform(), number=row.case.number, party=party)


@transaction.atomic
def accept_appointment(*, actor: Actor, number: str, disclosed: str = "") -> None:
    """The mediator accepts, and tells any relation there is; a side may then still want another one.

    errors  NotFound · NotPermitted ``protection.not_the_mediator`` · Conflict
    """
    row = proceeding_row(actor, number)
    appointment = _mine(actor, row)
    step_taken(actor, row, "accept", name=appointment.mediator.name)
    appointment.accepted_at, appointment.disclosed = timezone.now(), disclosed.strip()[:_REASON]
    appointment.save(update_fields=["accepted_at", "disclosed"])


@transaction.atomic
def decline_appointment(*, actor: Actor, number: str, reason: str) -> None:
    """The mediator declines or steps down. errors: NotFound · NotPermitted · Invalid ``casework.note_missing`` · Conflict"""
    row = proceeding_row(actor, number)
    _end(actor, row, _mine(actor, row), reason)


@transaction.atomic
def object_to_mediator(*, actor: Actor, number: str, reason: str) -> None:
    """A side wants another mediator: once in a mediation, and always where the mediator told of a relation.

    errors  NotFound · NotPermitted · Invalid ``casework.note_missing`` · Conflict ``protection.objected_already``,
            ``protection.no_mediator``
    """
    row = proceeding_row(actor, number)
    side = policies.side_in(actor, row)
    if side not in _SIDES:
        raise NotPermitted("protection.step_of_another")
    appointment = standing(row)
    if appointment is None:
        raise Conflict("protection.no_mediator")
    if not appointment.disclosed:
        if Objection.objects.filter(proceeding=row, side=side).exists():
            raise Conflict("protection.objected_already")
        Objection.objects.create(
            appointment=appointment,
            proceeding=row,
            side=side,
            reason=reason.strip()[:_REASON],
            made_at=timezone.now(),
        )
    _end(actor, row, appointment, reason)


def _end(actor: Actor, row: Proceeding, appointment: Appointment, reason: str) -> None:
    if not reason.strip():
        raise Invalid("casework.note_missing")
    appointment.ended_at, appointment.end_reason = timezone.now(), reason.strip()[:_REASON]
    appointment.save(update_fields=["ended_at", "end_reason"])
    row.choices, row.body = {}, ""
    row.save(update_fields=["choices", "body"])
    step_taken(actor, row, "replace", reason)
    if appointment.mediator.account_id is not None:
        casework.parties.end_party(actor=_platform(), number=row.case.number, person_id=appointment.mediator.account_id)


def _mine(actor: Actor, row: Proceeding) -> Appointment:
    appointment = standing(row)
    if appointment is None or not policies.is_mediator(actor, row):
        raise NotPermitted("protection.not_the_mediator")
    return appointment


def _platform() -> Actor:
    return Actor.system("mediators of disputes")
