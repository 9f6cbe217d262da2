"""Reads: rates, days and defects over a period; beside the ordinary route after filing. Counts equal their records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from qiantang.commons.accounts.api import organisations
from qiantang.kernel.errors import NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.limits import limits_on
from qiantang.scenarios.preexam.methods.rates import Spread, cycle_reduction, rate, spread
from qiantang.scenarios.preexam.models import DraftRequest, DraftVersion, NationalEvent
from qiantang.scenarios.preexam.selectors.desk import second_reading_agreement
from qiantang.scenarios.preexam.types import DraftType
from qiantang.scenarios.preexam.types.drafts import NationalStage, Outcome

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor

_TOP = 10
_MONTH_DAYS = Fraction(146_097, 4_800)  # of the Gregorian calendar, on average
_CLASS = 4


@dataclass(frozen=True, slots=True)
class Flow:
    """What became of the drafts handed in within a period. A rate is None where nothing of its kind was closed."""

    submitted: int
    accepted: int
    qualified: int
    unqualified: int
    terminated: int
    pending: int

    @property
    def acceptance(self) -> Fraction | None:
        return rate(self.accepted, self.submitted)

    @property
    def qualified_rate(self) -> Fraction | None:
        """Qualified of those that were decided either way."""
        return rate(self.qualified, self.qualified + self.unqualified)


@dataclass(frozen=True, slots=True)
class Cycle:
    """From filing to grant of the granted cases of a type, beside the national average of the ordinary route.

    verified  whether that average was compared with a publication
    """

    kind: DraftType
    days: Spread
    ordinary_months: int
    verified: bool

    @property
    def fast_months(self) -> Fraction:
        return self.days.mean / _MONTH_DAYS

    @property
    def reduction(self) -> Fraction:
        return cycle_reduction(Fraction(self.ordinary_months), self.fast_months)


@dataclass(frozen=True, slots=True)
class FieldCycle:
    """Days from filing to grant in one subclass of the IPC, or class of Locarno."""

    symbol: str
    days: Spread


@dataclass(frozen=True, slots=True)
class Grouped:
    """The flow of one subject, agency or class."""

    name: str
    flow: Flow


@dataclass(frozen=True, slots=True)
class Statistics:
    """A period, from its first day to its last.

    office_days  working days from acceptance to conclusion, without those of the applicant
    defects      findings of first versions by rule: (rule, in how many drafts)
    agreement    second readings that agree, and all
    """

    since: date
    until: date
    flow: Flow
    office_days: Spread | None
    grants: Fraction | None
    marks_cancelled: Fraction | None
    cycles: tuple[Cycle, ...]
    fields: tuple[FieldCycle, ...]
    defects: tuple[tuple[str, int], ...]
    subjects: tuple[Grouped, ...]
    agencies: tuple[Grouped, ...]
    classes: tuple[Grouped, ...]
    agreement: tuple[int, int]
    synthetic: bool


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """What everybody may know: sums and times, nobody by name."""

    flow: Flow
    office_days: Spread | None
    cycles: tuple[Cycle, ...]
    synthetic: bool


def statistics(actor: Actor, since: date, until: date) -> Statistics:
    """Everything about a period, for the office.

    errors  NotPermitted ``preexam.office_only``
    """
    if not policies.may_see_figures(actor):
        raise NotPermitted(policies.OFFICE_ONLY)
    rows = list(_within(since, until))
    named = organisations.organisations_named(
        {one.applicant_id for one in rows} | {one.agency_id for one in rows if one.agency_id is not None}
    )
    filed = [one for one in rows if one.filed_on is not None]
    ends = Counter(one.stage for one in _ends(filed))
    return Statistics(
        since=since,
        until=until,
        flow=flow_of(rows),
        office_days=_days(rows),
        grants=rate(ends[NationalStage.GRANTED], sum(ends.values())),
        marks_cancelled=rate(sum(one.mark_cancelled for one in filed), len(filed)),
        cycles=_cycles(filed),
        fields=_fields(filed),
        defects=_defects(rows),
        subjects=_grouped(rows, lambda one: named[one.applicant_id].name),
        agencies=_grouped(
            [one for one in rows if one.agency_id is not None], lambda one: named[one.agency_id or 0].name
        ),
        classes=_grouped(rows, lambda one: one.main_class.replace(" ", "")[:_CLASS]),
        agreement=second_reading_agreement(actor),
        synthetic=any(one.synthetic for one in rows),
    )


def public_figures(actor: Actor, since: date, until: date) -> PublicFigures:
    """Sums and times of a period: public."""
    del actor
    rows = list(_within(since, until))
    filed = [one for one in rows if one.filed_on is not None]
    return PublicFigures(flow_of(rows), _days(rows), _cycles(filed), any(one.synthetic for one in rows))


def _within(since: date, until: date) -> QuerySet[DraftRequest]:
    return (
        DraftRequest.objects.filter(submitted_on__gte=since, submitted_on__lte=until)
        .select_related("case")
        .order_by("pk")
    )


def flow_of(rows: Sequence[DraftRequest]) -> Flow:
    """The flow of some requests that were handed in."""
    outcomes = Counter(one.outcome for one in rows)
    accepted = [one for one in rows if one.accepted_on is not None]
    return Flow(
        submitted=len(rows),
        accepted=len(accepted),
        qualified=outcomes[Outcome.QUALIFIED],
        unqualified=outcomes[Outcome.UNQUALIFIED],
        terminated=outcomes[Outcome.TERMINATED],
        pending=sum(not one.outcome and one.case.closed_at is None for one in accepted),
    )


def _days(rows: Iterable[DraftRequest]) -> Spread | None:
    return spread([one.office_days for one in rows if one.office_days is not None])


def _ends(filed: Sequence[DraftRequest]) -> list[NationalEvent]:
    stages = (NationalStage.GRANTED, NationalStage.REFUSED, NationalStage.WITHDRAWN)
    found = NationalEvent.objects.filter(request_id__in=[one.pk for one in filed], stage__in=stages)
    return list(found.select_related("request").order_by("pk"))


def _granted_days(filed: Sequence[DraftRequest]) -> list[tuple[DraftRequest, int]]:
    """(request, days from filing to the announcement of the grant)."""
    found = [one for one in _ends(filed) if one.stage == NationalStage.GRANTED]
    return [(one.request, (one.day - one.request.filed_on).days) for one in found if one.request.filed_on is not None]


def _cycles(filed: Sequence[DraftRequest]) -> tuple[Cycle, ...]:
    granted = _granted_days(filed)
    found = []
    for kind in DraftType:
        days = spread([gone for request, gone in granted if request.kind == kind])
        if days is not None:
            limits = limits_on(
                max(request.filed_on for request, _ in granted if request.filed_on and request.kind == kind)
            )
            found.append(Cycle(kind, days, limits.ordinary_months[kind], limits.verified))
    return tuple(found)


def _fields(filed: Sequence[DraftRequest]) -> tuple[FieldCycle, ...]:
    by_class: dict[str, list[int]] = {}
    for request, gone in _granted_days(filed):
        by_class.setdefault(request.main_class.replace(" ", "")[:_CLASS], []).append(gone)
    spreads = [(symbol, spread(days)) for symbol, days in sorted(by_class.items())]
    return tuple(FieldCycle(symbol, days) for symbol, days in spreads if days is not None)


def _defects(rows: Sequence[DraftRequest]) -> tuple[tuple[str, int], ...]:
    first = DraftVersion.objects.filter(request_id__in=[one.pk for one in rows], number=1)
    found = Counter(rule for counts in first.values_list("counts", flat=True) for rule in counts)
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0]))[:_TOP])


def _grouped(rows: Sequence[DraftRequest], name: Callable[[DraftRequest], str]) -> tuple[Grouped, ...]:
    groups: dict[str, list[DraftRequest]] = {}
    for one in rows:
        groups.setdefault(name(one), []).append(one)
    found = [Grouped(key, flow_of(members)) for key, members in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.flow.submitted, one.name)))
