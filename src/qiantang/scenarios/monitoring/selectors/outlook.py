"""What will expire or lapse in the twelve months ahead, and how long holders keep their rights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import Dimension
from qiantang.commons.ui.types import Chart, ChartKind, Mark, Series
from qiantang.corpus.measures.methods.holders import holder_kind
from qiantang.corpus.measures.methods.nowcast import nowcast, triangle
from qiantang.corpus.measures.methods.survival import (
    Due,
    Life,
    curves_by_group,
    fee_hazards,
    median_life,
    outlook,
    survival_at,
)
from qiantang.kernel.legalstatus import EventKind, event_kind
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
from qiantang.scenarios.monitoring.selectors.holdings import Right, rights
from qiantang.scenarios.monitoring.types import Ahead, Asked, Figure, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qiantang.corpus.measures.methods.survival import OutlookMonth
    from qiantang.kernel.actor import Actor

_MONTHS, _YEAR_DAYS = 12, 365.25


def outlook_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """Inventions of the city: expiry is certain, lapse follows what holders of a kind did at that age."""
    title = _("Expiry and lapse, twelve months ahead")
    if why := asking.nothing_loaded(asked):  # not known, which is not 0
        return Panel(title=title, notes=(why,))
    held = [
        one
        for one in rights(asked.snapshot)
        if one.city == CITY and one.type == "invention" and one.grant_date and one.filing_date
    ]
    day = asked.day or asked.today
    lives = [(group_of(one), life) for one in held if (life := life_of(one, day)) is not None]
    living = living_ahead(asked)
    in_force = asking.measured(asking.question(asked, IN_FORCE, region=CITY))
    opened = asking.records_url(in_force) if in_force and in_force.value == len(living) else None
    months = outlook((due for _right, due in living), fee_hazards(lives))
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
        charts=(_months_chart(asked, months, day), _curves_chart(asked, lives, day), nowcast_chart(asked)),
        sheets=(_medians(lives),),
        notes=(_("An estimate from the past, not a promise: fee reductions and the economy may change."),),
    )


def living_ahead(asked: Asked) -> list[tuple[Right, Due]]:
    """The inventions of the city in force, each with what is due."""
    day = asked.day or asked.today
    in_force = set(asking.record_ids(asking.question(asked, IN_FORCE, region=CITY)))
    return [(one, due_of(one, day)) for one in rights(asked.snapshot) if one.patent_id in in_force and one.filing_date]


def lies_ahead(due: Due) -> tuple[Ahead, int] | None:
    """What of a right is counted in the twelve months, and in which: its end, else its fee; as ``outlook`` counts."""
    if due.expires_month is not None and due.expires_month < _MONTHS:
        return Ahead.ENDS, due.expires_month
    if due.due_month is None or due.age is None or due.due_month >= _MONTHS:
        return None
    return Ahead.FEES, due.due_month


def ahead_url(asked: Asked, what: Ahead, month: int | None = None) -> str:
    """The rights behind a number of the outlook, seen from the same day on the same snapshot."""
    snapshot = asking.snapshot_number(asked)
    parts = {"what": str(what), "day": (asked.day or asked.today).isoformat()}
    parts |= {} if month is None else {"month": str(month)}
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


def group_of(right: Right) -> str:
    """The kind of the first holder, else of the first applicant."""
    return str(holder_kind(right.first)) if right.first else "unknown"


def life_of(right: Right, today: date) -> Life | None:
    """A right under observation from its grant to the day its fee was not paid, or to today; None where days contradict."""
    assert right.filing_date is not None
    assert right.grant_date is not None
    unpaid = [one.date or one.gazette_date for one in right.events if event_kind("CN", one.code) is EventKind.FEE_LAPSE]
    days = [one for one in unpaid if one is not None]
    end = min(days, default=today if right.status in LIVING else (right.expiry_date or today))
    age, entered = ((one - right.filing_date).days / _YEAR_DAYS for one in (min(end, today), right.grant_date))
    return Life(age, bool(days), max(0.0, entered)) if age > max(0.0, entered) else None


def due_of(right: Right, today: date) -> Due:
    """The next annual fee of a right: on the anniversary of its filing."""
    assert right.filing_date is not None
    month = (right.filing_date.month - today.month) % _MONTHS
    year = today.year + (today.month + month > _MONTHS)
    ends = right.expiry_date
    left = None if ends is None else (ends.year - today.year) * _MONTHS + ends.month - today.month
    return Due(month, year - right.filing_date.year, None if left is None else max(0, left), group_of(right))


def _word(group: str) -> str:
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


def _curves_chart(asked: Asked, lives: list[tuple[str, Life]], day: date) -> Chart:
    curves = {group: steps for group, steps in curves_by_group(lives).items() if steps}
    ages = list(range(LAST_AGE + 1))
    return Chart(
        kind=ChartKind.LINE,
        key="survival",
        title=_("How long do holders keep their inventions?"),
        unit="%",
        label_head=_("Years after filing"),
        labels=tuple(map(str, ages)),
        series=tuple(
            Series(_word(group), tuple(Mark(round(100 * survival_at(steps, age), 1)) for age in ages))
            for group, steps in curves.items()
        ),
        decimals=1,
        citation=told_by_register(
            asked, _("Kaplan and Meier, with entry at the grant; ended: fee not paid."), day=day.isoformat()
        ),
        empty=_("No right has ended on record."),
    )


def _medians(lives: list[tuple[str, Life]]) -> Sheet:
    groups: dict[str, list[Life]] = {}
    for group, life in lives:
        groups.setdefault(group, []).append(life)
    rows = []
    for group, steps in curves_by_group(lives).items():
        median = median_life(steps)
        rows.append(
            (
                SheetCell(_word(group)),
                numerals.number(len(groups[group])),
                numerals.number(sum(life.ended for life in groups[group])),
                numerals.number(median, 1, unknown=_("more than half still live")),
            )
        )
    return Sheet(
        _("Median life by kind of holder"),
        (_("Kind of holder"), _("Inventions"), _("Lapsed"), _("Median life in years")),
        tuple(rows),
    )


def nowcast_chart(asked: Asked) -> Chart:
    """Applications by month: what is published, and what it will probably be when all of it is; apart from what is settled."""
    reached = asking.reached(asked)
    counted = set(asking.record_ids(asking.question(asked, APPLICATIONS, region=CITY)))
    days = [(one.filing_date, one.published) for one in rights(asked.snapshot) if one.patent_id in counted]
    filings = [(_month(filed), _month(published)) for filed, published in days if filed and published]
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
