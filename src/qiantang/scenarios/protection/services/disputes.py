"""A dispute from its intake to the route that is chosen, and to another route without being told again."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import LinkKind, NewParty, OpenedCase, PartyRole
from qiantang.commons.evidence import api as evidence
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Dispute, Exhibit, Proceeding
from qiantang.scenarios.protection.rules.channels import ROUTE_WORDS
from qiantang.scenarios.protection.rules.words import FACT_WORDS
from qiantang.scenarios.protection.selectors.disputes import (
    casework_number,
    dispute_row,
    intake_of,
    judged_routes,
    missing_of,
    proceeding_row,
    told_as_json,
)
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.types import Intake, Route, Side
from qiantang.scenarios.protection.workflow import CLUE, DISPUTE, KIND_OF_ROUTE

_SHOWS = 500


@transaction.atomic
def open_dispute(*, actor: Actor) -> OpenedCase:
    """Begin an intake, for oneself or for the organisation one acts for; its number is reserved at once.

    errors  NotPermitted ``protection.sign_in_first``, ``accounts.mandate_missing``
    """
    ensure(policies.may_bring(actor))
    party = NewParty(
        PartyRole.APPLICANT,
        person_id=None if actor.organisation_id else actor.person_id,
        organisation_id=actor.organisation_id,
    )
    title = gettext("Dispute over a right")
    opened = casework.open_case(actor=actor, kind=DISPUTE.key, title=title, parties=[party])
    Dispute.objects.create(
        case_id=opened.id,
        person_id=party.person_id,
        organisation_id=party.organisation_id,
        saved_at=timezone.now(),
    )
    return opened


@transaction.atomic
def save_intake(*, actor: Actor, number: str, told: Intake) -> None:
    """Keep what was told; it need not be complete.

    errors  NotFound · NotPermitted ``protection.not_yours`` · Conflict ``protection.not_editable``
    """
    row = _own(actor, number)
    if row.filed_at is not None:
        raise Conflict("protection.not_editable")
    row.told = told_as_json(told)
    row.right_kind, row.matter, row.saved_at = told.right_kind, told.matter, timezone.now()
    row.save(update_fields=["told", "right_kind", "matter", "saved_at"])
    audit.record(actor=actor, verb="protection.dispute.save", subject=f"dispute:{row.pk}", facts={})


@transaction.atomic
def add_exhibit(*, actor: Actor, number: str, deposit: str, shows: str = "") -> None:
    """Attach evidence by the number of its deposit. It goes along on every route.

    errors  NotFound ``casework.unknown``, ``evidence.unknown`` · NotPermitted · Conflict ``protection.exhibit_known``
    """
    row = dispute_row(actor, number)
    ensure(policies.may_conduct(actor, row))
    attach(actor, row, Side.APPLICANT, deposit, shows)


def attach(actor: Actor, row: Dispute, side: Side, deposit: str, shows: str) -> None:
    """An exhibit of a side; for services of this room. The deposit must be the actor's own."""
    told = evidence.deposit_told(actor, deposit)
    try:
        with transaction.atomic():
            Exhibit.objects.create(
                dispute=row,
                number=told.number,
                side=side,
                name=told.name,
                sha256=told.sha256,
                shows=" ".join(shows.split())[:_SHOWS],
                added_by_id=actor.person_id,
                added_at=timezone.now(),
            )
    except IntegrityError:
        raise Conflict("protection.exhibit_known", number=told.number) from None
    facts = {"deposit": told.number, "side": str(side)}
    audit.record(actor=actor, verb="protection.exhibit.add", subject=f"dispute:{row.pk}", facts=facts)


@transaction.atomic
def file_dispute(*, actor: Actor, number: str, note: str = "") -> None:
    """File the intake. What is missing is told all at once.

    errors  NotFound · NotPermitted · Invalid ``protection.facts_missing`` · Conflict
    """
    row = _own(actor, number)
    told = intake_of(row)
    missing = missing_of(row, told)
    if missing:
        raise Invalid("protection.facts_missing", missing="、".join(gettext(FACT_WORDS[name]) for name in missing))
    casework.advance(actor=actor, number=number, action="file", note=note, facts={"on_page": 1})
    row.filed_at = timezone.now()
    row.save(update_fields=["filed_at"])


@transaction.atomic
def choose_route(*, actor: Actor, number: str, route: str, note: str = "") -> str:
    """Take a route that the rules offer; returns the number of the proceeding. Asked again on another route, nothing is
    told anew: what the intake says and all evidence belong to the dispute.

    errors  NotFound · NotPermitted · Invalid ``protection.route_unknown`` · Conflict ``protection.not_filed``,
            ``protection.route_excluded``, ``protection.route_running``
    """
    row = _own(actor, number)
    if route not in set(Route):
        raise Invalid("protection.route_unknown", given=route[:40])
    if row.filed_at is None:
        raise Conflict("protection.not_filed")
    judgement, routing = judged_routes(actor, intake_of(row))
    chosen = Route(route)
    if chosen in routing.excluded:
        raise Conflict("protection.route_excluded", rule=routing.excluded[chosen])
    offered = {one.route: one for one in routing.offered}
    if chosen not in offered:
        raise Invalid("protection.route_unknown", given=route[:40])
    open_ones = row.proceedings.filter(route=chosen, concluded_at__isnull=True).exclude(case__kind=CLUE.key)
    running = open_ones.select_related("case").first()
    if running is not None:
        raise Conflict("protection.route_running", number=casework_number(running.case.number))
    proceeding = open_proceeding(actor, row, chosen, rules=judgement.version, reasons=list(offered[chosen].reasons))
    facts: dict[str, str | int | None] = {"on_page": 1, "route": route}
    casework.advance(actor=actor, number=number, action="choose", note=note, facts=facts)
    return casework_number(proceeding.case.number)


def open_proceeding(
    actor: Actor, row: Dispute, route: Route, *, rules: str = "", reasons: list[str] | None = None, court: str = ""
) -> Proceeding:
    """A proceeding with its case and both sides; for services of this room."""
    told = intake_of(row)
    parties = [NewParty(PartyRole.APPLICANT, person_id=row.person_id, organisation_id=row.organisation_id)]
    if row.person_id is None and row.organisation_id is None:
        parties = [NewParty(PartyRole.APPLICANT, name=str(row.told.get("applicant") or gettext("Applicant")))]
    if told.respondent or row.respondent_person_id or row.respondent_organisation_id:
        parties.append(
            NewParty(
                PartyRole.OPPONENT,
                person_id=row.respondent_person_id,
                organisation_id=row.respondent_organisation_id,
                name=told.respondent,
            )
        )
    title = told.right_title or gettext(ROUTE_WORDS[route].title)
    opened = casework.open_case(actor=actor, kind=KIND_OF_ROUTE[route].key, title=title, parties=parties)
    proceeding = Proceeding.objects.create(
        dispute=row,
        case_id=opened.id,
        route=route,
        chosen_on_rules=rules,
        reasons=reasons or [],
        delegated_by=court,
        opened_at=timezone.now(),
    )
    casework.timing.link_cases(
        actor=Actor.system("routes of disputes"),
        first=casework_number(proceeding.case.number),
        second=casework_number(row.case.number),
        kind=LinkKind.ARISES_FROM,
    )
    facts = {"route": str(route), "rules": rules}
    audit.record(actor=actor, verb="protection.route.take", subject=f"dispute:{row.pk}", facts=facts)
    return proceeding


def split_dispute(actor: Actor, case_id: int, new_id: int) -> None:
    """A subject for a case split off a dispute: what was told and both sides are as they were, and so is the evidence.

    The proceedings stay with the first dispute: each has its own file. For casework, in the transaction of the split.
    """
    row = Dispute.objects.get(case_id=case_id)
    exhibits = list(row.exhibits.order_by("pk"))
    row.pk, row.case_id = None, new_id
    row.save(force_insert=True)
    for one in exhibits:
        one.pk, one.dispute = None, row
        one.save(force_insert=True)
    audit.record(actor=actor, verb="protection.dispute.split", subject=f"dispute:{row.pk}", facts={"case": case_id})


@transaction.atomic
def withdraw_dispute(*, actor: Actor, number: str, note: str = "") -> None:
    """Withdraw what has not gone a way yet. errors: NotFound · NotPermitted · Conflict"""
    _own(actor, number)
    casework.advance(actor=actor, number=number, action="withdraw", note=note, facts={"on_page": 1})


def take_step(*, actor: Actor, number: str, action: str, note: str = "", choice: str = "") -> None:
    """File, choose a route or withdraw, as programs do.

    choice   the route
    errors   as ``file_dispute``, ``choose_route``, ``withdraw_dispute``
    """
    if action == "choose":
        choose_route(actor=actor, number=number, route=choice, note=note)
        return
    take = file_dispute if action == "file" else withdraw_dispute
    take(actor=actor, number=number, note=note)


@transaction.atomic
def open_evidence(*, actor: Actor, number: str) -> int:
    """Let the other side see one's evidence in a proceeding; returns how many pieces. Each side opens its own (OMR art. 15).

    errors  NotFound · NotPermitted ``protection.not_yours``
    """
    proceeding = proceeding_row(actor, number)
    side = policies.side_in(actor, proceeding)
    if side not in (Side.APPLICANT, Side.RESPONDENT):
        raise NotPermitted("protection.not_yours")
    closed = Exhibit.objects.filter(dispute=proceeding.dispute, side=side, opened_at__isnull=True)
    opened = closed.update(opened_at=timezone.now())
    facts = {"side": str(side), "opened": opened}
    audit.record(actor=actor, verb="protection.exhibit.open", subject=f"proceeding:{proceeding.pk}", facts=facts)
    return opened


def _own(actor: Actor, number: str) -> Dispute:
    row = dispute_row(actor, number)
    ensure(policies.may_conduct(actor, row))
    if row.organisation_id is not None:
        organisations.ensure_acting_for(actor, row.organisation_id, policies.SCOPE)
    return row
