"""Disputes for programs: begun, told, with their evidence, and what the rules offer for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of, organisations
from qiantang.commons.casework.bases import Organisation
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, Body, Day
from qiantang.scenarios.protection.rest.bounds import (
    CASES_READ,
    CASES_WRITE,
    DepositNumber,
    Named,
    Number,
    Passage,
    Remark,
    Said,
    Short,
    Yes,
    Yuan,
)
from qiantang.scenarios.protection.selectors import disputes as reads
from qiantang.scenarios.protection.services import disputes
from qiantang.scenarios.protection.types import Intake, Matter, Outcome, RightKind, Route, Side

if TYPE_CHECKING:
    from collections.abc import Iterable


class DisputeBegun(Body):
    """For whom a dispute is brought."""

    organisation: Organisation | None = Field(
        default=None, description="Credit code of the organisation for which you act; null: it is your own."
    )


class DisputeFactsAsked(Body):
    """What is left out is not said."""

    right_kind: RightKind | None = None
    right_number: Short = ""
    right_title: Named = ""
    right_in_force: Yes | None = Field(default=None, description="On the day of the act; null: not known.")
    matter: Matter | None = None
    respondent: Named = ""
    place: Named = ""
    happened_on: Day | None = None
    known_on: Day | None = Field(default=None, description="Since when the act and who does it are known.")
    goods: Named = ""
    description: Said = ""
    wanted: Passage = ""
    stop_wanted: Yes | None = None
    damages_yuan: Yuan | None = Field(default=None, description="0: none are wanted; null: not said.")
    clear: Yes | None = None
    online: Yes | None = None
    both_agree: Yes | None = None
    arbitration_agreement: Yes | None = None
    urgent: Yes | None = None
    validity_doubt: Yes | None = None
    foreign: Yes | None = None
    nationwide: Yes | None = None
    organised: Yes | None = None
    counterfeit_yuan: Yuan | None = None

    def told(self) -> Intake:
        """What was told, as the services take it."""
        given = self.model_dump()
        return Intake(**{**given, "right_kind": self.right_kind or "", "matter": self.matter or ""})


class DisputeFacts(Answer):
    right_kind: RightKind | None
    right_number: str | None
    right_title: str | None
    right_in_force: bool | None
    matter: Matter | None
    respondent: str | None
    place: str | None
    happened_on: date | None
    known_on: date | None
    goods: str | None
    description: str | None
    wanted: str | None
    stop_wanted: bool | None
    damages_yuan: int | None
    clear: bool | None
    online: bool | None
    both_agree: bool | None
    arbitration_agreement: bool | None
    urgent: bool | None
    validity_doubt: bool | None
    foreign: bool | None
    nationwide: bool | None
    organised: bool | None
    counterfeit_yuan: int | None


class ExhibitAsked(Body):
    deposit: DepositNumber = Field(description="Number of a deposit of your own.")
    shows: Remark = ""


class ExhibitAnswer(Answer):
    deposit: str
    name: str
    side: Side
    sha256: str
    shows: str
    opened: bool = Field(description="The other side may see it.")


class RouteOffer(Answer):
    route: Route
    rules: list[str] = Field(description="Codes of the rules that point to it, or close it.")


class ProceedingBrief(Answer):
    number: str
    route: Route
    state: str
    outcome: Outcome | None = Field(description="Null: it goes on.")
    opened_on: date
    concluded_on: date | None


class DisputeWhole(Answer):
    number: str
    state: str
    state_label: str
    filed: bool
    editable: bool
    facts: DisputeFacts
    missing: list[str] = Field(description="Names of facts, and `evidence`, without which it cannot be filed.")
    exhibits: list[ExhibitAnswer]
    routes: list[RouteOffer] = Field(description="Those on offer, in the order of the rules.")
    closed_routes: list[RouteOffer]
    open_rules: list[str] = Field(description="Codes of rules that cannot be judged by what was said.")
    limitation: date | None = Field(description="Until when one may sue; null: not known.")
    proceedings: list[ProceedingBrief]
    synthetic: bool


class DisputeOpened(DisputeWhole):
    code: str = Field(description="The query code: told once, and kept nowhere.")


def read_dispute(request: HttpRequest, number: Number) -> DisputeWhole:
    return DisputeWhole(**_told(request, number))


def open_dispute(request: HttpRequest, begun: DisputeBegun) -> DisputeOpened:
    actor = actor_of(request)
    if begun.organisation:
        actor = organisations.acting_for(actor, begun.organisation)
    opened = disputes.open_dispute(actor=actor)
    return DisputeOpened(**_told(request, opened.number), code=opened.code)


def save_dispute_facts(request: HttpRequest, number: Number, facts: DisputeFactsAsked) -> DisputeWhole:
    disputes.save_intake(actor=actor_of(request), number=number, told=facts.told())
    return read_dispute(request, number)


def add_exhibit(request: HttpRequest, number: Number, exhibit: ExhibitAsked) -> DisputeWhole:
    disputes.add_exhibit(actor=actor_of(request), number=number, deposit=exhibit.deposit, shows=exhibit.shows)
    return read_dispute(request, number)


def _told(request: HttpRequest, number: str) -> dict[str, Any]:
    found = reads.dispute(actor_of(request), number)
    card = found.sheet.card
    return {
        "number": card.number,
        "state": card.state,
        "state_label": card.state_label,
        "filed": found.filed,
        "editable": found.editable,
        "facts": facts_told(found.told),
        "missing": list(found.missing),
        "exhibits": exhibits_told(found.exhibits),
        "routes": [RouteOffer(route=one.route, rules=list(one.reasons)) for one in found.routing.offered],
        "closed_routes": [RouteOffer(route=route, rules=[rule]) for route, rule in found.routing.excluded.items()],
        "open_rules": list(found.routing.open),
        "limitation": found.limitation.day if found.limitation else None,
        "proceedings": proceedings_told(found.proceedings),
        "synthetic": found.synthetic,
    }


def facts_told(told: Intake) -> DisputeFacts:
    """What was told at an intake; what was not said is null."""
    return DisputeFacts(
        **{name: None if (value := getattr(told, name)) == "" else value for name in DisputeFacts.model_fields}
    )


def exhibits_told(rows: Iterable[reads.ExhibitShown]) -> list[ExhibitAnswer]:
    return [
        ExhibitAnswer(
            deposit=one.number, name=one.name, side=one.side, sha256=one.sha256, shows=one.shows, opened=one.opened
        )
        for one in rows
    ]


def proceedings_told(rows: Iterable[reads.ProceedingShown]) -> list[ProceedingBrief]:
    return [
        ProceedingBrief(
            number=one.number,
            route=one.route,
            state=one.state,
            outcome=Outcome(one.outcome) if one.outcome else None,
            opened_on=one.opened_on,
            concluded_on=one.concluded_on,
        )
        for one in rows
    ]


_FACTS = {
    "right_kind": "invention",
    "right_number": "ZL202010000001.0",
    "right_in_force": True,
    "matter": "infringement",
    "respondent": "Qiantang Valves",
    "place": "Hangzhou",
    "happened_on": "2026-03-01",
    "description": "The same valve was offered at a fair.",
    "wanted": "It stops.",
}
ENDPOINTS = (
    Endpoint(
        call=open_dispute,
        path="disputes",
        method="POST",
        status=201,
        answer=DisputeOpened,
        summary=_("Begin the intake of a dispute"),
        detail=_("It is your own, or that of an organisation for which you act."),
        scope=CASES_WRITE,
        example="disputes",
        body={},
    ),
    Endpoint(
        call=read_dispute,
        path="disputes/{number}",
        answer=DisputeWhole,
        summary=_("A dispute: what was told, evidence, routes on offer, proceedings"),
        scope=CASES_READ,
        example="disputes/1",
    ),
    Endpoint(
        call=save_dispute_facts,
        path="disputes/{number}/facts",
        method="PUT",
        answer=DisputeWhole,
        summary=_("Save what the intake of a dispute tells"),
        detail=_("All of it each time: what is left out is not said. It need not be complete before it is filed, and is not changed afterwards: 409. A dispute is filed, gets a route (`choice`) or is withdrawn as a step of the case."),
        scope=CASES_WRITE,
        refuses=(409,),
        example="disputes/1/facts",
        body=_FACTS,
    ),
    Endpoint(
        call=add_exhibit,
        path="disputes/{number}/exhibits",
        method="POST",
        answer=DisputeWhole,
        summary=_("Attach evidence to a dispute, by the number of its deposit"),
        detail=_("It goes along on every route, and the other side sees it once you open it. 409: it is there already."),
        scope=CASES_WRITE,
        refuses=(409,),
        example="disputes/1/exhibits",
        body={"deposit": "EV-20260301-7F3K9Q2M", "shows": "the goods"},
    ),
)  # fmt: skip
