"""Figures: for everybody sums and times, for the office by subject, agency and class."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import bars, render
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.checks import rulebook
from qiantang.scenarios.preexam.methods.rates import Spread, per_cent
from qiantang.scenarios.preexam.selectors import statistics as reads
from qiantang.scenarios.preexam.selectors.checking import TYPE_NAMES, said
from qiantang.scenarios.preexam.selectors.subjects import active_subjects

if TYPE_CHECKING:
    from fractions import Fraction

    from django.http import HttpRequest, HttpResponse

_YEARS = range(2000, 2100)


@never_cache
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """``?year=``, this year by default."""
    actor = actor_of(request)
    year = _year(request.GET.get("year", ""))
    since, until = date(year, 1, 1), date(year, 12, 31)
    public = reads.public_figures(actor, since, until)
    full = reads.statistics(actor, since, until) if policies.may_see_figures(actor) else None
    context = {
        "year": year,
        "years": [year - 1, year + 1] if year < timezone.localdate().year else [year - 1],
        "sums": _sums(public.flow),
        "days": _spread(public.office_days),
        "cycles": [_cycle(one) for one in public.cycles],
        "subjects": active_subjects(actor),
        "synthetic": public.synthetic,
        "full": full,
        "grants": per_cent(full.grants) if full else "",
        "marks_cancelled": per_cent(full.marks_cancelled) if full else "",
        "defects": bars([(f"{rule} {_title(rule)}", count, None) for rule, count in full.defects]) if full else [],
        "fields": [(one.symbol, _spread(one.days)) for one in full.fields] if full else [],
        "groups": _groups(full) if full else [],
        "agreement": full.agreement if full else None,
    }
    return render(request, "preexam/figures.html", context)


def _year(given: str) -> int:
    """errors: Invalid ``preexam.year``"""
    if not given:
        return timezone.localdate().year
    if not given.isdecimal() or int(given[:6]) not in _YEARS:
        raise Invalid("preexam.year", given=given[:20])
    return int(given)


def _sums(flow: reads.Flow) -> list[tuple[str, str, str]]:
    """(name, value, unit); an empty value reads not known."""
    counts = (
        (gettext("Handed in"), flow.submitted),
        (gettext("Accepted"), flow.accepted),
        (gettext("Passed"), flow.qualified),
        (gettext("Not passed"), flow.unqualified),
        (gettext("Terminated"), flow.terminated),
        (gettext("Not decided yet"), flow.pending),
    )
    return [
        *((name, str(value), "") for name, value in counts),
        (gettext("Accepted of those handed in"), per_cent(flow.acceptance), "%"),
        (gettext("Passed of those decided"), per_cent(flow.qualified_rate), "%"),
    ]


def _spread(found: Spread | None) -> dict[str, str] | None:
    if found is None:
        return None
    return {"count": str(found.count), "mean": tenth(found.mean), "median": tenth(found.median), "p90": str(found.p90)}


def tenth(value: Fraction) -> str:
    """One decimal, rounded half up."""
    return per_cent(value / 100)


def _cycle(one: reads.Cycle) -> dict[str, object]:
    return {
        "kind": TYPE_NAMES[one.kind],
        "days": _spread(one.days),
        "months": tenth(one.fast_months),
        "ordinary": one.ordinary_months,
        "reduction": per_cent(one.reduction),
        "verified": one.verified,
    }


def _title(rule: str) -> str:
    found = rulebook().get(rule)
    return said(found.title) if found else ""


def _groups(full: reads.Statistics) -> list[dict[str, object]]:
    return [
        {
            "head": head,
            "key": key,
            "rows": [(one.name, one.flow, per_cent(one.flow.qualified_rate)) for one in groups],
        }
        for key, head, groups in (
            ("subjects", gettext("Subject"), full.subjects),
            ("agencies", gettext("Agency"), full.agencies),
            ("classes", gettext("Class"), full.classes),
        )
    ]
