"""Disputes as they are read: what was told, what the rules offer, how each route went so far."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qiantang.commons.casework import api as casework
from qiantang.commons.refdata.api import work_calendar
from qiantang.commons.rulebook import api as rulebook
from qiantang.commons.rulebook.types import Fact, Judgement
from qiantang.kernel.calendar import Limit, Unit, due_on
from qiantang.kernel.errors import NotFound
from qiantang.kernel.identifiers import parse_case_number
from qiantang.kernel.paging import MAX_PAGE_SIZE, PageRequest
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.routing import routed
from qiantang.scenarios.protection.models import Dispute, Exhibit, Proceeding
from qiantang.scenarios.protection.rules.routes import EFFECTS, ROUTES
from qiantang.scenarios.protection.types import Intake, Route, Routing, Side
from qiantang.scenarios.protection.workflow import CLUE, DISPUTE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.casework.types import CaseCard, CaseSheet
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.calendar import Due

LIMITATION = Limit(3, Unit.YEAR)  # Civil Code art. 188, PL art. 74: from knowledge of the act and of who did it


@dataclass(frozen=True, slots=True)
class ExhibitShown:
    """Evidence in a dispute. ``opened``: the other side may see it."""

    id: int
    number: str
    name: str
    side: Side
    sha256: str
    shows: str
    opened: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class ProceedingShown:
    """A route that was taken."""

    id: int
    number: str
    kind: str
    route: Route
    state: str
    outcome: str
    opened_on: date
    concluded_on: date | None
    delegated_by: str
    reference: str


@dataclass(frozen=True, slots=True)
class DisputeShown:
    """A dispute as its page shows it. ``limitation``: the day on which the action is barred, None where not known."""

    sheet: CaseSheet
    told: Intake
    missing: tuple[str, ...]
    exhibits: tuple[ExhibitShown, ...]
    proceedings: tuple[ProceedingShown, ...]
    routing: Routing
    judgement: Judgement
    limitation: Due | None
    editable: bool
    filed: bool
    conducts: bool
    synthetic: bool


def dispute_row(actor: Actor, number: str) -> Dispute:
    """The dispute behind a number. errors: NotFound ``casework.unknown``, also for what the actor may not see"""
    row = Dispute.objects.filter(case_id=casework.case_id_of(actor, number)).select_related("case").first()
    if row is None:
        raise NotFound("casework.unknown", number=number[:40])
    return row


def proceeding_row(actor: Actor, number: str) -> Proceeding:
    """The proceeding behind a number. errors: NotFound ``casework.unknown``, also for what the actor may not see"""
    rows = Proceeding.objects.filter(case_id=casework.case_id_of(actor, number))
    row = rows.select_related("dispute__case", "case").first()
    if row is None:
        raise NotFound("casework.unknown", number=number[:40])
    return row


def intake_of(row: Dispute) -> Intake:
    """What was told, as a value; days are days again."""
    told: dict[str, Any] = {one.name: row.told[one.name] for one in fields(Intake) if one.name in row.told}
    for name in ("happened_on", "known_on"):
        if told.get(name):
            told[name] = date.fromisoformat(told[name])
    return Intake(**told)


def facts_of(told: Intake) -> dict[str, Fact]:
    """What the routing rules ask for. What nobody said is absent."""
    facts = {
        one.name: Fact(getattr(told, one.name), "intake")
        for one in fields(Intake)
        if getattr(told, one.name) not in (None, "")
    }
    if told.damages_yuan is not None:
        facts["damages_wanted"] = Fact(told.damages_yuan > 0, "intake")
    return facts


def judged_routes(actor: Actor, told: Intake, day: date | None = None) -> tuple[Judgement, Routing]:
    """What the rules say to what was told, and the routes that follow."""
    judgement = rulebook.judgement(actor, ROUTES.key, facts_of(told), day)
    held = [one.rule.code for one in judgement.judged if one.met]
    return judgement, routed(held, [one.rule.code for one in judgement.open], EFFECTS)


def missing_of(row: Dispute, told: Intake) -> tuple[str, ...]:
    """What RA-01 asks for and is not there, the first evidence with it."""
    found = told.missing()
    return found if Exhibit.objects.filter(dispute=row).exists() else (*found, "evidence")


def limitation_of(told: Intake) -> Due | None:
    """The day until which one may sue; None where nobody said since when the act and the infringer are known."""
    return due_on(told.known_on, LIMITATION, work_calendar()) if told.known_on else None


def dispute(actor: Actor, number: str) -> DisputeShown:
    """A dispute with what the rules offer for it today. errors: NotFound ``casework.unknown``"""
    row = dispute_row(actor, number)
    sheet = casework.case_sheet(actor, number)
    told = intake_of(row)
    judgement, routing = judged_routes(actor, told)
    conducts = bool(policies.may_conduct(actor, row))
    return DisputeShown(
        sheet=sheet,
        told=told,
        missing=missing_of(row, told),
        exhibits=exhibits_of(actor, row, Side.APPLICANT if conducts else Side.OFFICE),
        proceedings=proceedings_of(row, clues=not conducts),
        routing=routing,
        judgement=judgement,
        limitation=limitation_of(told),
        editable=conducts and sheet.card.state == "draft",
        filed=row.filed_at is not None,
        conducts=conducts,
        synthetic=row.synthetic,
    )


def exhibits_of(actor: Actor, row: Dispute, side: Side | None) -> tuple[ExhibitShown, ...]:
    """The evidence that somebody on a side may see, oldest first."""
    del actor
    rows = Exhibit.objects.filter(policies.exhibits_visible_to(side), dispute=row).order_by("added_at", "pk")
    return tuple(
        ExhibitShown(
            one.pk,
            one.number,
            one.name,
            Side(one.side),
            one.sha256,
            one.shows,
            one.opened_at is not None,
            one.side == side,
        )
        for one in rows
    )


def proceedings_of(row: Dispute, *, clues: bool) -> tuple[ProceedingShown, ...]:
    """The routes of a dispute, oldest first. ``clues``: with those to crimes, of which no side hears."""
    rows = row.proceedings.select_related("case").order_by("opened_at", "pk")
    return tuple(shown(one) for one in (rows if clues else rows.exclude(case__kind=CLUE.key)))


def shown(row: Proceeding) -> ProceedingShown:
    return ProceedingShown(
        id=row.pk,
        number=casework_number(row.case.number),
        kind=row.case.kind,
        route=Route(row.route),
        state=row.case.state,
        outcome=row.outcome,
        opened_on=timezone.localdate(row.opened_at),
        concluded_on=timezone.localdate(row.concluded_at) if row.concluded_at else None,
        delegated_by=row.delegated_by,
        reference=row.reference,
    )


def casework_number(compact: str) -> str:
    """A number as it is written."""
    return str(parse_case_number(compact))


def disputes(actor: Actor) -> tuple[CaseCard, ...]:
    """The disputes an actor may see, newest first."""
    return tuple(casework.cases(actor, PageRequest(size=MAX_PAGE_SIZE), kinds=[DISPUTE.key]).items)


def told_as_json(told: Intake) -> Mapping[str, object]:
    """What was told, as it is kept."""
    kept: dict[str, object] = {one.name: getattr(told, one.name) for one in fields(Intake)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}
