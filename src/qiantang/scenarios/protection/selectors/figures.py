"""Figures of routes from closed proceedings, and the statistics of the white paper."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.rulebook import api as rulebook
from qiantang.scenarios.protection.methods.outcomes import Closed, Statistics, figures
from qiantang.scenarios.protection.models import Dispute, ImportedOutcome, Proceeding
from qiantang.scenarios.protection.rules.routes import ROUTES
from qiantang.scenarios.protection.types import SUCCESSFUL, Outcome, Route, RouteFigures

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_UNJUDGED = frozenset({Outcome.CHANGED})


def route_figures(actor: Actor) -> dict[Route, RouteFigures]:
    """What closed proceedings say of each route.

    Counts only; nobody is named, and with too few nothing is told.
    """
    least = rulebook.values_on(ROUTES, timezone.localdate())["least_closed"]
    closed: dict[Route, list[Closed]] = {route: [] for route in Route}
    rows = Proceeding.objects.filter(concluded_at__isnull=False)
    for row in rows.only("route", "outcome", "opened_at", "concluded_at", "amount_yuan", "cost_yuan"):
        if row.outcome in _UNJUDGED or row.concluded_at is None:
            continue
        days = (row.concluded_at - row.opened_at).days
        closed[Route(row.route)].append(Closed(row.outcome in SUCCESSFUL, days, row.amount_yuan, row.cost_yuan))
    for one in ImportedOutcome.objects.all():
        closed[Route(one.route)].append(Closed(one.success, one.days, one.amount_yuan, one.cost_yuan))
    del actor  # counts are for everybody
    return {route: figures(found, least) for route, found in closed.items()}


def statistics(actor: Actor, route: Route, first: date, last: date) -> Statistics:
    """Accepted, completed and successful proceedings of a route in a period, both days included.

    accepted    proceedings opened; completed: concluded; successful: with an agreement, or withdrawn after a settlement
    """
    del actor
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    rows = Proceeding.objects.filter(route=route)
    before = rows.filter(opened_at__lt=begin)
    pending = before.count() - before.filter(concluded_at__lt=begin).count()
    completed = rows.filter(concluded_at__gte=begin, concluded_at__lt=end)
    won = completed.filter(outcome__in=SUCCESSFUL)
    amounts = [amount for amount in won.values_list("amount_yuan", flat=True) if amount is not None]
    return Statistics(
        accepted=rows.filter(opened_at__gte=begin, opened_at__lt=end).count(),
        completed=completed.count(),
        successful=won.count(),
        pending_start=pending,
        amount_yuan=sum(amounts) if amounts else None,
    )


def counted_disputes(actor: Actor, first: date, last: date) -> int:
    """Disputes filed in a period, each once, whatever routes it took."""
    del actor
    return Dispute.objects.filter(
        filed_at__gte=_midnight(first), filed_at__lt=_midnight(last + timedelta(days=1))
    ).count()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware here
