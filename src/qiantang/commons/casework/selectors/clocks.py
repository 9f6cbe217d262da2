"""Clocks as they stand on a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from qiantang.commons.casework.models import CaseClock, CasePause
from qiantang.commons.casework.types import CASE_TYPES, ClockKind, ClockShown
from qiantang.commons.refdata.api import work_calendar
from qiantang.kernel.calendar import Lamp, Limit, Pause, Unit, read_clock

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from qiantang.kernel.calendar import ClockReading


def clocks_of(case_ids: Collection[int], on: date) -> Mapping[int, tuple[ClockShown, ...]]:
    """The clocks of cases on a day, in the order they began. Two queries."""
    pauses: defaultdict[int, list[CasePause]] = defaultdict(list)
    for pause in CasePause.objects.filter(case_id__in=case_ids):
        pauses[pause.case_id].append(pause)
    found: defaultdict[int, list[ClockShown]] = defaultdict(list)
    for row in CaseClock.objects.filter(case_id__in=case_ids).select_related("case").order_by("pk"):
        found[row.case_id].append(_shown(row, pauses[row.case_id], on))
    return {case: tuple(clocks) for case, clocks in found.items()}


def reading_of(row: CaseClock, pauses: Iterable[CasePause], on: date) -> ClockReading:
    """One clock on a day. A clock taken over at a merge counts the pauses of both cases, each for its own time."""
    counting = pauses_counted(row, pauses)
    counted = [Pause(one.since, one.until, one.reason) for one in counting if one.reason in row.stopped_by]
    limit = Limit(row.length, Unit(row.unit), row.rolls, row.extension)
    return read_clock(row.started_on, limit, counted, on, work_calendar(), ended=row.ended_on, extended=row.extended)


def pauses_counted(row: CaseClock, pauses: Iterable[CasePause]) -> list[CasePause]:
    """The pauses that a clock knows: of its case; where it was taken over, those it brought, and of its case from that day."""
    if row.taken_over_on is None:
        return list(pauses)
    return [*_taken_over(row), *_since(pauses, row.taken_over_on)]


def _taken_over(row: CaseClock) -> list[CasePause]:
    day = date.fromisoformat
    return [
        CasePause(reason=reason, since=day(since), until=day(until)) for since, until, reason in row.taken_over_pauses
    ]


def _since(pauses: Iterable[CasePause], day: date) -> list[CasePause]:
    """The part of each pause from a day on."""
    return [
        CasePause(reason=one.reason, since=max(one.since, day), until=one.until)
        for one in pauses
        if one.until is None or one.until > day
    ]


def first_due(clocks: Sequence[ClockShown]) -> ClockShown | None:
    """The running clock that ends first; a stopped one where none runs; None where there is none."""
    alive = [one for one in clocks if one.reading.lamp is not Lamp.DONE]
    running = [one for one in alive if one.reading.due is not None]
    if running:
        return min(running, key=lambda one: one.reading.due.day if one.reading.due else one.started_on)
    return alive[0] if alive else None


def _shown(row: CaseClock, pauses: Iterable[CasePause], on: date) -> ClockShown:
    rule = next((one for one in CASE_TYPES[row.case.kind].clocks if one.key == row.key), None)
    return ClockShown(
        id=row.pk,
        key=row.key,
        title=gettext(rule.title) if rule else row.key,
        kind=rule.kind if rule else ClockKind.PROMISE,
        reading=reading_of(row, pauses, on),
        started_on=row.started_on,
        unit=row.unit,
        source=gettext(rule.source) if rule else "",
        extended=row.extended,
        extendable=bool(row.extension) and not row.extended and row.ended_on is None,
    )
