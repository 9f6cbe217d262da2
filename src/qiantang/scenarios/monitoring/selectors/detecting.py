"""What the rules of monitoring find in a snapshot: nothing is written, so the same snapshot finds the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from qiantang.corpus.measures.api import quality
from qiantang.corpus.measures.methods.detectors import burst, drop, wave
from qiantang.corpus.measures.methods.growth import is_complete
from qiantang.corpus.measures.methods.holders import HolderKind, holder_kind
from qiantang.kernel.legalstatus import EventKind, event_kind
from qiantang.scenarios.monitoring.rules import ALERTS, CITY
from qiantang.scenarios.monitoring.selectors.holdings import holdings, rights_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qiantang.corpus.measures.methods.detectors import Finding
    from qiantang.corpus.measures.methods.quality.columns import PatentQuality
    from qiantang.scenarios.monitoring.rules import AlertRule
    from qiantang.scenarios.monitoring.selectors.holdings import Right, Transfer

_MONTHS = 12


class Found(NamedTuple):
    """A rule that fired: for whom, when, and with which numbers."""

    rule: str
    subject: str
    period: str
    value: float | None
    expected: float | None
    bound: float | None
    url: str


def found_by_rules(snapshot: int | None, reached: date) -> tuple[Found, ...]:
    """Everything that the rules find, in their order.

    reached  the day to which publications are loaded; applications of the 18 months before it are incomplete
    """
    kept = holdings(snapshot)
    held = tuple(rights_of(kept.here)) if kept else ()
    by_detector = {"drop": _drops, "wave": _waves, "burst": _bursts, "leaving": _leaving}
    return tuple(one for rule in ALERTS for one in by_detector[rule.detector](rule, held, snapshot, reached))


def _month(day: date) -> int:
    return day.year * _MONTHS + day.month - 1


def _told(month: int) -> str:
    return f"{month // _MONTHS}-{month % _MONTHS + 1:02}"


def _last_complete(reached: date) -> int:
    """The last month whose applications are all published."""
    month = _month(reached)
    while not is_complete(month // _MONTHS, month % _MONTHS + 1, reached):
        month -= 1
    return month


def _fired(rule: AlertRule, subject: str, period: str, finding: Finding, url: str) -> Iterator[Found]:
    if finding.fired:
        yield Found(rule.key, subject, period, finding.value, finding.expected, finding.bound, url)


def _drops(rule: AlertRule, held: tuple[Right, ...], snapshot: int | None, reached: date) -> Iterator[Found]:  # noqa: ARG001 - the shape of every detector
    last = _last_complete(reached)
    if rule.scope == "city":
        filed = Counter(_month(one.filing_date) for one in held if one.filing_date)
        url = f"{reverse('monitoring:city')}?year={last // _MONTHS}"
        yield from _fired(
            rule, "", _told(last), drop(filed[last], filed[last - _MONTHS], rule.threshold, rule.least), url
        )
        return
    span = {
        name: range(last - shift - _MONTHS + 1, last - shift + 1) for name, shift in (("now", 0), ("then", _MONTHS))
    }
    filed_by: dict[str, Counter[str]] = {"now": Counter(), "then": Counter()}
    for one in held:
        for name, months in span.items():
            if one.filing_date and _is_body(one) and _month(one.filing_date) in months:
                filed_by[name][one.applicants[0]] += 1
    largest = sorted(filed_by["then"].items(), key=lambda item: (-item[1], item[0]))[: rule.most]
    for name, before in largest:
        yield from _fired(
            rule, name, _told(last), drop(filed_by["now"][name], before, rule.threshold, rule.least), _search(name)
        )


def _waves(rule: AlertRule, held: tuple[Right, ...], snapshot: int | None, reached: date) -> Iterator[Found]:  # noqa: ARG001 - the shape of every detector
    lapsed: Counter[int] = Counter()
    for one in held:
        for event in one.events:
            day = event.gazette_date or event.date
            if day and event_kind("CN", event.code) is EventKind.FEE_LAPSE:
                lapsed[_month(day)] += 1
    last = _month(reached) - 1
    history = [lapsed[month] for month in range(last - rule.window, last)]
    finding = wave(history, lapsed[last], rule.threshold, rule.window)
    if lapsed[last] >= rule.least:
        yield from _fired(rule, "", _told(last), finding, reverse("monitoring:outlook"))


def _bursts(rule: AlertRule, held: tuple[Right, ...], snapshot: int | None, reached: date) -> Iterator[Found]:  # noqa: ARG001 - the shape of every detector
    last = _last_complete(reached)
    filed: dict[str, Counter[int]] = defaultdict(Counter)
    for one in held:
        if one.filing_date and _is_body(one):
            filed[one.applicants[0]][_month(one.filing_date)] += 1
    for name in sorted(filed):
        history = [filed[name][month] for month in range(last - rule.window, last)]
        finding = burst(history, filed[name][last], rule.threshold, rule.least, rule.window)
        yield from _fired(rule, name, _told(last), finding, _search(name))


def _leaving(rule: AlertRule, held: tuple[Right, ...], snapshot: int | None, reached: date) -> Iterator[Found]:  # noqa: ARG001 - the shape of every detector
    kept = holdings(snapshot)
    since = reached - timedelta(days=round(rule.window * 30.4))
    gone = [
        one
        for one in (kept.transfers if kept else ())
        if one.kind is EventKind.TRANSFER
        and one.origin == CITY
        and one.destination not in {CITY, None}
        and one.day is not None
        and one.day >= since
    ]
    yield from much_cited_that_left(rule, gone, quality.quality_of([one.patent_id for one in gone], snapshot) or {})


def much_cited_that_left(
    rule: AlertRule, gone: Iterable[Transfer], known: Mapping[str, PatentQuality]
) -> Iterator[Found]:
    """Patents that went and stand high among those of their kind, field and year by citing families within five years,
    the measure of the indicators of quality. Where it is not known (the five years are not over, or the indicators of
    the snapshot are not made yet) nothing is told: the next check looks again.
    """
    for one in gone:
        told = known.get(one.patent_id)
        if told is None or one.day is None or told.cit5_percentile is None or (told.cit5 or 0) < rule.least:
            continue
        place = 100 * told.cit5_percentile
        if place >= rule.threshold:
            url = reverse("register:patent-page", args=(one.patent_id,))
            yield Found(rule.key, one.patent_id, one.day.isoformat(), place, None, rule.threshold, url)


def _is_body(right: Right) -> bool:
    """Whether a firm or an institution applied first: nothing is told of single persons."""
    return bool(right.applicants) and holder_kind(right.applicants[0]) not in {HolderKind.PERSON, HolderKind.UNKNOWN}


def _search(name: str) -> str:
    quoted = name.replace('"', " ")
    return f'/search?q=PA%3D%3D"{quoted}"'
