"""What will expire or lapse in the twelve months ahead, and how long holders keep their rights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.compute as pc
from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import Dimension
from qiantang.commons.ui.types import Chart, ChartKind, Mark, Series
from qiantang.corpus.measures.methods.nowcast import nowcast, triangle
from qiantang.corpus.measures.methods.survival import (
    curves_by_group,
    fee_hazards,
    median_life,
    outlook,
    survival_at,
)
from qiantang.scenarios.monitoring.methods.lives import dues, lives, observed_of, with_dues
from qiantang.scenarios.monitoring.rules import (
    APPLICATIONS,
    CITY,
    IN_FORCE,
    LADDER_MONTHS,
    LAST_AGE,
    LIVING,
    NOWCAST_MONTHS,
)
from qiantang.scenarios.monitoring.selectors import asking, numerals
from qiantang.scenarios.monitoring.selectors.flows import told_by_register
from qiantang.scenarios.monitoring.selectors.holdings import holdings
from qiantang.scenarios.monitoring.selectors.waiting import waiting_panel
from qiantang.scenarios.monitoring.types import Ahead, Asked, Figure, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qiantang.corpus.measures.methods.survival import Observed, OutlookMonth
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.monitoring.selectors.holdings import Holdings


def outlook_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """Inventions of the city: expiry is certain, lapse follows what holders of a kind did at that age."""
    title = _("Expiry and lapse, twelve months ahead")
    if why := asking.nothing_loaded(asked):  # not known, which is not 0
        return Panel(title=title, notes=(why,))
    held = holdings(asked.snapshot)
    if held is None:
        return waiting_panel(title)
    day = asked.day or asked.today
    told = lives_told(held, day)
    observed = observed_of(told)
    living = living_ahead(asked, held)
    in_force = asking.measured(asking.question(asked, IN_FORCE, region=CITY))
    opened = asking.records_url(in_force) if in_force and in_force.value == len(living) else None
    months = outlook(dues(living), fee_hazards(observed))
    return Panel(
        title=title,
        lead=_(
            "Inventions of the city in force. The end of a term is certain; how many annual fees will not be paid follows what holders of the same kind did at the same age."
        ),
        figures=(
            Figure(_("In force"), asking.number(len(living)), _("inventions"), opened or ""),
            Figure(
                _("Terms that end"),
                asking.number(sum(month.expiring for month in months)),
                _("inventions"),
                ahead_url(asked, Ahead.ENDS),
            ),
            Figure(
                _("Annual fees due"),
                asking.number(sum(month.due for month in months)),
                url=ahead_url(asked, Ahead.FEES),
            ),
            _unpaid([month.lapsing for month in months]),
        ),
        charts=(_months_chart(asked, months, day), _curves_chart(asked, observed, day), nowcast_chart(asked, held)),
        sheets=(_medians(asked, observed),),
        notes=(_("An estimate from the past, not a promise: fee reductions and the economy may change."),),
    )


def lives_told(held: Holdings, day: date) -> pa.Table:
    """The lives of the inventions of the city that were granted, as ``lives``."""
    return lives(held.here.filter(pc.equal(held.here["type"], pa.scalar("invention"))), day, LIVING)


def living_ahead(asked: Asked, held: Holdings) -> pa.Table:
    """The inventions of the city in force, each with what is due, as ``with_dues``."""
    in_force = asking.record_ids(asking.question(asked, IN_FORCE, region=CITY))
    return with_dues(held.of(in_force), asked.day or asked.today)


def ahead_url(asked: Asked, what: Ahead, month: int | None = None, group: str = "") -> str:
    """The rights behind a number of the outlook, seen from the same day on the same snapshot.

    group  kind of holder; empty: all
    """
    snapshot = asking.snapshot_number(asked)
    parts = {"what": str(what), "day": (asked.day or asked.today).isoformat()}
    parts |= {} if month is None else {"month": str(month)}
    parts |= {"group": group} if group else {}
    parts |= {} if snapshot is None else {"snapshot": str(snapshot)}
    return f"{reverse('monitoring:outlook-list')}?{urlencode(parts)}"


def month_ahead(day: date, month: int) -> str:
    """The name of a month ahead, as ``2027-02``."""
    at = day.month - 1 + month
    return f"{day.year + at // 12}-{at % 12 + 1:02}"


def _unpaid(lapsing: list[float | None]) -> Figure:
    """How many fees will probably not be paid; at least so many where a month has holders of whom the past tells nothing."""
    known = [one for one in lapsing if one is not None]
    name, number = _("Probably not paid"), asking.number(sum(known), 1)
    if len(known) == len(lapsing):
        return Figure(name, number, note=_("expected from the past"))
    note = _("expected from the past; of %(known)s of %(all)s months") % {"known": len(known), "all": len(lapsing)}
    return Figure(name, _("at least %(n)s") % {"n": number} if known else "", note=note)


def group_word(group: str) -> str:
    return {
        "enterprise": _("Company"),
        "university": _("University"),
        "institute": _("Institute"),
        "hospital": _("Hospital"),
        "government": _("Public body"),
        "person": _("Individual"),
    }.get(group, _("not known"))


def _months_chart(asked: Asked, months: tuple[OutlookMonth, ...], day: date) -> Chart:
    labels = [month_ahead(day, n) for n in range(len(months))]
    expiring = tuple(Mark(month.expiring, ahead_url(asked, Ahead.ENDS, month.month)) for month in months)
    lapsing = tuple(
        Mark(
            None if month.lapsing is None else round(month.lapsing, 1),
            None,
            provisional=True,
            low=month.low,
            high=month.high,
        )
        for month in months
    )
    return Chart(
        kind=ChartKind.LINE,
        key="outlook",
        title=_("How many inventions will expire or lapse each month?"),
        unit=_("inventions"),
        label_head=_("Month"),
        labels=tuple(labels),
        series=(Series(_("term ends"), expiring), Series(_("fee probably not paid"), lapsing)),
        decimals=1,
        citation=told_by_register(
            asked, _("Share of fees not paid by kind of holder and age; band 95 %."), day=day.isoformat()
        ),
    )


def _curves_chart(asked: Asked, observed: Observed, day: date) -> Chart:
    curves = {group: steps for group, steps in curves_by_group(observed).items() if steps}
    ages = list(range(LAST_AGE + 1))
    return Chart(
        kind=ChartKind.LINE,
        key="survival",
        title=_("How long do holders keep their inventions?"),
        unit="%",
        label_head=_("Years after filing"),
        labels=tuple(map(str, ages)),
        series=tuple(
            Series(group_word(group), tuple(Mark(round(100 * survival_at(steps, age), 1)) for age in ages))
            for group, steps in curves.items()
        ),
        decimals=1,
        citation=told_by_register(
            asked, _("Kaplan and Meier, with entry at the grant; ended: fee not paid."), day=day.isoformat()
        ),
        empty=_("No right has ended on record."),
    )


def _medians(asked: Asked, observed: Observed) -> Sheet:
    rows = []
    for group, steps in curves_by_group(observed).items():
        mine = observed.group == observed.names.index(group)
        median = median_life(steps)
        rows.append(
            (
                SheetCell(group_word(group)),
                numerals.number(int(mine.sum()), url=ahead_url(asked, Ahead.LIVES, group=group)),
                numerals.number(int((mine & observed.ended).sum()), url=ahead_url(asked, Ahead.LAPSED, group=group)),
                numerals.number(median, 1, unknown=_("more than half still live")),
            )
        )
    return Sheet(
        _("Median life by kind of holder"),
        (_("Kind of holder"), _("Inventions"), _("Lapsed"), _("Median life in years")),
        tuple(rows),
    )


def nowcast_chart(asked: Asked, held: Holdings) -> Chart:
    """Applications by month: what is published, and what it will probably be when all of it is; apart from what is settled."""
    reached = asking.reached(asked)
    filings = _filings(held.of(asking.record_ids(asking.question(asked, APPLICATIONS, region=CITY))))
    chart = Chart(
        kind=ChartKind.LINE,
        key="nowcast",
        title=_("How many applications will it be when all are published?"),
        unit=_("applications"),
        label_head=_("Month of filing"),
        citation=told_by_register(
            asked, _("Chain ladder after Mack (1993) on months of filing and publication; band 95 %.")
        ),
        note=_("The first line is what is published today; the second is an estimate with its band, and no count."),
        empty=_("Too little is published to estimate."),
    )
    if reached is None or not filings:
        return chart
    last = _month(reached)
    first = last - LADDER_MONTHS
    points = nowcast(triangle(filings, first, last))[-NOWCAST_MONTHS:]
    labels = tuple(f"{month // 12}-{month % 12 + 1:02}" for month in range(last - len(points) + 1, last + 1))
    opened = _published_urls(asked, labels)
    seen = tuple(
        Mark(point.observed, opened.get((label, point.observed)), not point.settled)
        for label, point in zip(labels, points, strict=True)
    )
    estimated = tuple(
        Mark(None)
        if point.settled or point.estimate is None
        else Mark(round(point.estimate, 1), None, provisional=True, low=_round(point.low), high=_round(point.high))
        for point in points
    )
    return replace(chart, labels=labels, series=(Series(_("published"), seen), Series(_("expected"), estimated)))


def _filings(rights: pa.Table) -> dict[tuple[int, int], int]:
    """How many were filed in a month and published in another."""
    months = [
        pc.add(pc.multiply(pc.year(rights[name]), 12), pc.subtract(pc.month(rights[name]), 1))
        for name in ("filing_date", "published")
    ]
    counted = pa.table(months, names=["filed", "printed"]).drop_null().group_by(["filed", "printed"])
    told = counted.aggregate([([], "count_all")])
    rows = zip(*(told[name].to_pylist() for name in ("filed", "printed", "count_all")), strict=True)
    return {(filed, printed): times for filed, printed, times in rows}


def _published_urls(asked: Asked, labels: Sequence[str]) -> dict[tuple[str, float | None], str | None]:
    """Month and number of applications -> their list, where the registry counts as many."""
    years = [int(label[:4]) for label in labels]
    span = {"region": CITY, "first": min(years), "last": max(years), "by": (Dimension.MONTH,)}
    told = asking.measured(asking.question(asked, APPLICATIONS, **span))
    if told is None:
        return {}
    return {(str(point.key[0]), point.value): asking.records_url(told, point) for point in told.series}


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
