"""What everybody may read of rights protection: registers of those who help, closed matters without names, figures, limits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, CursorText, Day, Limit
from qiantang.kernel.paging import page_of
from qiantang.scenarios.protection.selectors import assistance
from qiantang.scenarios.protection.selectors.figures import counted_disputes, route_figures, statistics
from qiantang.scenarios.protection.selectors.limits import limits_from
from qiantang.scenarios.protection.selectors.mediators import register_of_mediators
from qiantang.scenarios.protection.selectors.origin import indication_rows
from qiantang.scenarios.protection.selectors.sheets import authority_rows
from qiantang.scenarios.protection.types import Route

Year = Annotated[int, Field(ge=2000, le=2200, description="From 1 January to 31 December.")]
FirstDay = Annotated[Day, Field(description="On which the limit begins.")]


class MediatorListed(Answer):
    name: str
    body: str
    kind: str
    fee: str
    fields: list[str]
    languages: list[str]
    asked_here: bool = Field(description="False: has no account here, and cannot be asked by the platform.")
    source: str


class MediatorList(Answer):
    total: int
    items: list[MediatorListed]
    next: str | None


class ExpertListed(Answer):
    name: str
    body: str
    fields: list[str]
    languages: list[str]
    countries: list[str]
    until: date | None
    source: str


class ExpertList(Answer):
    total: int
    items: list[ExpertListed]
    next: str | None


class LibraryCaseTold(Answer):
    title: str
    route: str
    right: str
    outcome: str
    facts: str
    points: str
    result: str
    published_at: datetime


class LibraryList(Answer):
    total: int
    items: list[LibraryCaseTold]
    next: str | None


class AuthorityListed(Answer):
    key: int
    name: str
    kind: str
    district: str
    source: str


class AuthorityList(Answer):
    total: int
    items: list[AuthorityListed]
    next: str | None


class IndicationListed(Answer):
    key: int
    name: str
    name_en: str
    product: str
    number: str
    users: int
    plots: int
    source: str


class IndicationList(Answer):
    total: int
    items: list[IndicationListed]
    next: str | None


class RouteFigure(Answer):
    route: Route
    closed: int
    enough: bool = Field(description="False: too few are closed to tell figures.")
    success_rate: str | None
    median_days: int | None
    median_amount_yuan: int | None
    median_cost_yuan: int | None


class RouteFigureList(Answer):
    items: list[RouteFigure]


class RouteCounted(Answer):
    route: Route
    pending_start: int
    accepted: int
    completed: int
    successful: int
    pending_end: int
    completion_rate: str | None
    success_rate: str | None
    amount_yuan: int | None


class DisputeStatistics(Answer):
    year: int
    disputes: int = Field(description="Filed in the year, each once, however many routes it took.")
    items: list[RouteCounted]


class StatutoryLimit(Answer):
    code: str
    name: str
    length: int
    unit: str
    source: str
    verified: bool
    due: date | None = Field(description="The last day, where a first one is told.")


class StatutoryLimits(Answer):
    items: list[StatutoryLimit]


def list_mediators(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> MediatorList:
    page = page_of(register_of_mediators(actor_of(request)), subject="mediators", size=limit, cursor=cursor)
    return MediatorList(
        total=page.total, items=[MediatorListed.model_validate(one) for one in page.items], next=page.next
    )


def list_experts(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> ExpertList:
    page = page_of(assistance.pool(actor_of(request)), subject="experts", size=limit, cursor=cursor)
    return ExpertList(total=page.total, items=[ExpertListed.model_validate(one) for one in page.items], next=page.next)


def list_library_cases(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> LibraryList:
    rows = assistance.library(actor_of(request), office=False)
    page = page_of(rows, subject="library", size=limit, cursor=cursor)
    return LibraryList(total=page.total, items=[_library(one) for one in page.items], next=page.next)


def list_authorities(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> AuthorityList:
    del request  # the same for everybody
    page = page_of(authority_rows(), subject="authorities", size=limit, cursor=cursor)
    return AuthorityList(total=page.total, items=[AuthorityListed(**one) for one in page.items], next=page.next)


def list_indications(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> IndicationList:
    del request  # the same for everybody
    page = page_of(indication_rows(), subject="indications", size=limit, cursor=cursor)
    return IndicationList(total=page.total, items=[_indication(one) for one in page.items], next=page.next)


def list_route_figures(request: HttpRequest) -> RouteFigureList:
    names = set(RouteFigure.model_fields) - {"route"}
    items = [
        RouteFigure(route=route, **{name: getattr(told, name) for name in names})
        for route, told in route_figures(actor_of(request)).items()
    ]
    return RouteFigureList(items=items)


def read_dispute_statistics(request: HttpRequest, year: Year | None = None) -> DisputeStatistics:
    actor, counted = actor_of(request), year or timezone.localdate().year
    first, last = date(counted, 1, 1), date(counted, 12, 31)
    names = set(RouteCounted.model_fields) - {"route"}
    found = {route: statistics(actor, route, first, last) for route in Route}
    items = [
        RouteCounted(route=route, **{name: getattr(told, name) for name in names}) for route, told in found.items()
    ]
    return DisputeStatistics(year=counted, disputes=counted_disputes(actor, first, last), items=items)


def list_statutory_limits(request: HttpRequest, day: FirstDay | None = None) -> StatutoryLimits:
    zh = (get_language() or "").startswith("zh")
    return StatutoryLimits(items=[_limit(one) for one in limits_from(actor_of(request), day, zh=zh)])


def _library(shown: dict[str, Any]) -> LibraryCaseTold:
    row = shown["row"]
    names = ("title", "facts", "points", "result", "published_at")
    words = {name: shown[name] for name in ("route", "right", "outcome")}
    return LibraryCaseTold(**{name: getattr(row, name) for name in names}, **words)


def _indication(shown: dict[str, Any]) -> IndicationListed:
    row = shown["row"]
    names = ("name", "name_en", "product", "number", "source")
    told = {name: getattr(row, name) for name in names}
    return IndicationListed(**told, key=row.pk, users=shown["users"], plots=shown["plots"])


def _limit(told: dict[str, Any]) -> StatutoryLimit:
    due = told["due"]
    return StatutoryLimit(
        **{name: told[name] for name in ("code", "name", "unit", "source", "verified")},
        length=told["limit"].length,
        due=due.day if due else None,
    )


ENDPOINTS = (
    Endpoint(
        call=list_mediators,
        path="mediators",
        answer=MediatorList,
        summary=_("Register of mediators, by body and name"),
        example="mediators",
    ),
    Endpoint(
        call=list_experts,
        path="experts",
        answer=ExpertList,
        summary=_("Experts who may be asked for an opinion"),
        example="experts",
    ),
    Endpoint(
        call=list_library_cases,
        path="library-cases",
        answer=LibraryList,
        summary=_("Closed matters told without names, newest first"),
        example="library-cases",
    ),
    Endpoint(
        call=list_authorities,
        path="authorities",
        answer=AuthorityList,
        summary=_("Authorities that enforce rights"),
        example="authorities",
    ),
    Endpoint(
        call=list_indications,
        path="indications",
        answer=IndicationList,
        summary=_("Geographical indications, with how many users and plots each has"),
        example="indications",
    ),
    Endpoint(
        call=list_route_figures,
        path="route-figures",
        answer=RouteFigureList,
        summary=_("What closed proceedings say of each route"),
        example="route-figures",
    ),
    Endpoint(
        call=read_dispute_statistics,
        path="dispute-statistics",
        answer=DisputeStatistics,
        summary=_("Proceedings of a year by route: accepted, completed, successful"),
        example="dispute-statistics?year=2026",
    ),
    Endpoint(
        call=list_statutory_limits,
        path="statutory-limits",
        answer=StatutoryLimits,
        summary=_("Limits of law for disputes, and when each ends that begins on a day"),
        example="statutory-limits?day=2026-03-02",
    ),
)
