"""Figures of the hall that are computed, never declared: ratings, visits, limits kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qiantang.commons.refdata.api import work_calendar
from qiantang.kernel.calendar import add_workdays
from qiantang.portal.hall.methods.ratings import GOOD, Rated, Runs, rated, runs
from qiantang.portal.hall.models import Matter, Rating, Visit
from qiantang.portal.hall.rules import RATING_WORKDAYS
from qiantang.portal.hall.selectors.catalogue import catalogue, said

if TYPE_CHECKING:
    from datetime import date

_RATED_STATES = frozenset({"done", "refused", "not_accepted"})


def rateable_until(matter: Matter) -> date | None:
    """The last day on which a matter may be rated; None before it has ended, or where nothing was handled."""
    case = matter.case
    if case.closed_at is None or case.state not in _RATED_STATES:
        return None
    return add_workdays(timezone.localdate(case.closed_at), RATING_WORKDAYS, work_calendar()).day


def rating_figures() -> tuple[Rated, dict[str, Rated]]:
    """Of all services together, and by code of the service."""
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for service, grade in Rating.objects.values_list("matter__service", "grade"):
        counted[service][grade] += 1
    whole: Counter[int] = sum(counted.values(), Counter())
    return rated(whole), {code: rated(counts) for code, counts in counted.items()}


def run_figures() -> tuple[Runs, dict[str, Runs]]:
    """Visits of the matters that ended, all and by service. A matter that was withdrawn or lapsed tells nothing."""
    ended = dict(Matter.objects.filter(case__state__in=_RATED_STATES).values_list("pk", "service"))
    visits: dict[int, list[bool]] = defaultdict(list)
    for matter_id, forced in (
        Visit.objects.filter(matter_id__in=ended).order_by("at", "pk").values_list("matter_id", "forced")
    ):
        visits[matter_id].append(forced)
    by_service: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for key, service in ended.items():
        by_service[service].append((len(visits[key]), any(visits[key][1:])))
    every = [one for cases in by_service.values() for one in cases]
    return runs(every), {code: runs(cases) for code, cases in by_service.items()}


def figures_by_service() -> list[dict[str, Any]]:
    """A row a service of which something ended or was rated."""
    _all, ratings = rating_figures()
    _every, visits = run_figures()
    names = {one.code: said(one.name) for one in catalogue().services}
    return [
        {"code": code, "name": names.get(code, code), "rated": ratings.get(code), "runs": visits.get(code)}
        for code in sorted({*ratings, *visits})
    ]


def open_bad_ratings() -> list[Rating]:
    """Bad grades that are not settled, the most urgent first."""
    rows = Rating.objects.filter(grade__lt=GOOD, settled_at__isnull=True).select_related("matter__case")
    return list(rows.order_by("rectify_by", "pk"))


def published_replies(most: int = 50) -> list[Rating]:
    """Bad grades that were settled, newest first: the reply is public, the comment and who gave it are not."""
    rows = Rating.objects.filter(grade__lt=GOOD, settled_at__isnull=False).select_related("matter")
    return list(rows.order_by("-settled_at")[:most])
