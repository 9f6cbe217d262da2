"""Questions to the registry, and what a chart says of where its figures come from."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from time import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.types import REASONS, Dimension, Measurement, Question, TimeBasis
from qiantang.commons.ui.types import Citation, Mark
from qiantang.corpus.measures.methods.growth import is_complete
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import NotFound
from qiantang.kernel.lately import Lately
from qiantang.scenarios.monitoring.rules import CITY, GAZETTE_DAYS, GRANTS, OF_LISTS, PROMISED_DAYS
from qiantang.scenarios.monitoring.rules.movement import FLOWS, MOVES
from qiantang.scenarios.monitoring.selectors import kept

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Metric, PlaceFigure, Point
    from qiantang.scenarios.monitoring.types import Asked


_MINUTE, _HOUR = 60, 3600
_POINTS_KEPT = 200_000  # of all series that a process remembers, some 100 MB: a ranking of all applicants is long


def language() -> str:
    """Of the reader; with two letters or more."""
    return get_language() or str(settings.LANGUAGE_CODE)


def known_metrics(ids: tuple[str, ...]) -> tuple[Metric, ...]:
    """Those of the metrics that the registry has."""
    held = {one.id: one for one in metrics.metrics()}
    return tuple(held[one] for one in ids if one in held)


def measured(question: Question) -> Measurement | None:
    """The answer of the registry; None where it has no such metric.

    Counts of one snapshot do not change, so they are kept for an hour; what depends on merged names or on tables of
    figures is kept for a minute. What tables alone state is looked up each time: whoever hands one in sees it at once.

    errors  as ``commons.metrics.api.measure``
    """
    told = register.current_snapshot()
    known = known_metrics((question.metric,))
    if not known:
        return None
    if known[0].rule.time is TimeBasis.TABLE:
        return metrics.measure(question)
    applicants = Dimension.APPLICANT in {*question.by, *(name for name, _value in question.only)}
    changing = applicants or known[0].needs or known[0].id in MOVES or known[0].id in OF_LISTS
    kept_for = _MINUTE if changing else _HOUR
    home, published = str(settings.QIANTANG_HOME), told.published_at if told else ""
    # what a job makes is told as soon as it is there
    made = kept.edition(question.snapshot) if known[0].id in {*MOVES, *FLOWS} else ()
    edition = (home, published, int(time() // kept_for), made)
    return _MEASURED.get((question, edition), lambda: metrics.measure(question))


def placed(question: Question) -> PlaceFigure:
    """The number of the question's region from the register, or where that holds nothing of the place from a table.

    Kept for a minute: tables are imported while the page is read.
    """
    told = register.current_snapshot()
    edition = (str(settings.QIANTANG_HOME), told.published_at if told else "", int(time() // _MINUTE))
    assert question.region is not None
    region = question.region
    return _PLACED.get((question, edition), lambda: metrics.place_figures(question, [region])[0])


_PLACED: Lately[tuple[Question, tuple[str, str, int]], PlaceFigure] = Lately(_POINTS_KEPT, lambda _told: 1)
_MEASURED: Lately[tuple[Question, tuple[str, str, int, tuple[int, ...]]], Measurement] = Lately(
    _POINTS_KEPT, lambda told: 1 + len(told.series)
)


def name_of(metric: Metric) -> str:
    return metric.name.told(language())


def unit_of(metric: Metric) -> str:
    return metric.unit.told(language())


def reason_of(told: Measurement | None) -> str:
    """Why there is no number; empty where there is one."""
    if told is None:
        return _("The registry has no such metric yet.")
    return REASONS[told.reason].told(language()) if told.value is None and told.reason in REASONS else ""


def label(told: Measurement, dimension: Dimension, value: str | None) -> str:
    """The name of a value of a dimension in the reader's language."""
    if value is None:
        return {
            Dimension.DISTRICT: _("District not known"),
            Dimension.REGION: _("City not known"),
            Dimension.FIELD: _("Field not known"),
            Dimension.APPLICANT: _("Applicant not known"),
            Dimension.INDUSTRY: _("In none of the industries"),
        }.get(dimension, _("not known"))
    return metrics.telling.label(told.metric, dimension, value, told.question, language())


def records_url(told: Measurement, point: Point | None = None) -> str | None:
    """Where the records behind a number, or behind one entry of its series, are listed; None where it has none."""
    held = told.records if point is None else point.records
    if held is None or not told.metric.opens_records:
        return None
    asked = told.question
    parts: list[tuple[str, str]] = [("metric", told.metric.id)]
    for name in ("region", "first", "last", "day", "boundaries", "basis", "address", "sharing", "classes"):
        value = getattr(asked, name)
        if value is not None:
            parts.append((name, str(value)))
    limits = [*asked.only]
    if point is not None:
        pairs = zip(asked.by, point.key, strict=True)
        limits += [(dimension, value if value is not None else "unknown") for dimension, value in pairs]
    stock = told.metric.rule.time is TimeBasis.STOCK
    for dimension, value in limits:
        period = {Dimension.YEAR: ("last", value), Dimension.MONTH: ("day", _last_day(told, value))}.get(dimension)
        if stock and period is not None:  # a stock of a year or month is that of its end
            parts = [(name, given) for name, given in parts if name not in {"first", "last", "day"}] + [period]
        else:
            parts.append(("only", f"{dimension}:{value}"))
    if told.snapshot is not None:
        parts.append(("snapshot", str(told.snapshot)))
    return f"{reverse('monitoring:record-list')}?{urlencode(parts)}"


def _last_day(told: Measurement, month: str) -> str:
    """The day for which a stock of a month (``2020-04``) is told: its last, of the running month that of the register."""
    if not month[:4].isdecimal() or len(month) != len("2020-04"):
        return ""
    year, number = int(month[:4]), int(month[5:])
    end = date(year, number, monthrange(year, number)[1])
    return min(end, told.as_of or end).isoformat()


def mark(told: Measurement, point: Point | None, *, late: bool = False) -> Mark:
    """A point of a series as a mark that opens its records; ``late``: of a period that is known to be incomplete."""
    if point is None:
        return Mark(None)
    note = _("at least") if point.at_least else ""
    return Mark(point.value, records_url(told, point), point.provisional or late, note=note)


def incomplete(told: Measurement, period: str, reached: date | None) -> bool:
    """Whether records of the year or month are still to be loaded.

    Of applications those of the last 18 months before ``reached`` are still to be published; of what is in force on a day
    after ``reached``, grants and lapses since then.
    """
    if reached is None:
        return False
    if told.metric.rule.time is TimeBasis.STOCK:
        end = date.fromisoformat(_last_day(told, period) or f"{period}-12-31")
        return end - reached >= timedelta(days=GAZETTE_DAYS)
    return told.metric.rule.time is TimeBasis.FILING and not is_complete(int(period[:4]), int(period[5:7]), reached)


def permalink(asked: Asked, snapshot: int | None, **changed: str) -> str:
    """The address of the page as it is read now, on the snapshot it was read from."""
    parts = [(name, value) for name, value in asked.query if name != "snapshot" and name not in changed]
    parts += [(name, value) for name, value in changed.items() if value]
    if snapshot is not None:
        parts.append(("snapshot", str(snapshot)))
    return f"{asked.path}?{urlencode(parts)}" if parts else asked.path


def citation(asked: Asked, told: Measurement | None, *, method: str = "", map_review: str = "") -> Citation:
    """Where the figures of a chart come from."""
    if told is None:
        return Citation(today=asked.today)
    link = permalink(asked, told.snapshot)
    return Citation(
        metric=f"{told.metric.id} {name_of(told.metric)}",
        metric_url=metric_url(told.metric),
        source=told.metric.source.told(language()),
        as_of=told.as_of,
        today=asked.today,
        promised_days=None if _of_the_past(asked, told) else PROMISED_DAYS,
        snapshot=told.snapshot,
        permalink=link,
        address=absolute(link),
        method=method or told.metric.definition.told(language()),
        synthetic=told.sample,
        map_review=map_review,
    )


def _of_the_past(asked: Asked, told: Measurement) -> bool:
    """Whether a day was asked for that lies before the last one on record: such a figure does not grow old."""
    held = reached(asked)
    return told.origin == "register" and told.as_of is not None and held is not None and told.as_of < held


def metric_url(metric: Metric) -> str:
    """The page of the metric's definition."""
    return f"/indicators/{metric.id}"


def last_year(asked: Asked, metric_id: str) -> int:
    """The year asked for, else the last for which the register tells the metric."""
    if asked.year is not None:
        return asked.year
    told = measured(Question(metric=metric_id, region=asked.region, by=(Dimension.YEAR,), snapshot=asked.snapshot))
    years = [int(point.key[0]) for point in told.series if point.key[0] and point.value] if told else []
    return max(years, default=asked.today.year)


def question(asked: Asked, metric_id: str, **more: object) -> Question:
    """A question for the region, boundaries and snapshot of the page."""
    base = Question(metric=metric_id, region=asked.region, boundaries=asked.boundaries, snapshot=asked.snapshot)
    return replace(base, **more)  # type: ignore[arg-type]  # names of Question's fields


def number(value: float | None, decimals: int = 0) -> str:
    """A number for people; empty where not known."""
    return "" if value is None else f"{value:,.{decimals}f}"


def record_ids(asked: Question) -> tuple[str, ...]:
    """Ids of all records behind a number; none where the registry does not know the metric."""
    try:
        return tuple(metrics.all_records(asked))
    except NotFound as missing:
        if missing.code == "metrics.unknown":
            return ()
        raise


def snapshot_number(asked: Asked) -> int | None:
    """The snapshot that the page is read from."""
    told = register.current_snapshot()
    return asked.snapshot or (told.number if told else None)


def nothing_loaded(asked: Asked) -> str:
    """Why a page that counts the records themselves knows nothing; empty where something is loaded."""
    return "" if snapshot_number(asked) is not None else REASONS["nothing_loaded"].told(language())


def synthetic() -> bool:
    """Whether the patents on record are invented."""
    told = register.current_snapshot()
    return bool(told and told.synthetic)


def map_review() -> str:
    """What a map says of its review."""
    return str(settings.MAP_REVIEW_NUMBER or "") or _("not set by the operator")


def reached(asked: Asked) -> date | None:
    """The day to which grants are loaded."""
    told = measured(question(asked, GRANTS, region=CITY))
    return told.as_of if told else None


def absolute(link: str) -> str:
    """An address with the host, for paper and files."""
    return f"{settings.PUBLIC_URL}{link}"
