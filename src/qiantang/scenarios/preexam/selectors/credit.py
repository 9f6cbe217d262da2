"""Reads: the ledger of credit, how somebody stands by it, and what the rules propose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.rulebook import api as rules_api
from qiantang.commons.rulebook.types import Fact, Judgement
from qiantang.kernel.calendar import add_months
from qiantang.kernel.errors import NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.limits import limits_on
from qiantang.scenarios.preexam.models import Conclusion, CreditEntry
from qiantang.scenarios.preexam.rules import BREACHES, CREDIT, MEASURES, Measure
from qiantang.scenarios.preexam.types.drafts import Outcome

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor

_YEAR = 12
_ORDER = tuple(Measure)
BREACH = "breach"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an organisation stands on a day: the gravest measure in force, its end (None: none or not limited), its points."""

    measure: str
    until: date | None
    points: int

    @property
    def barred(self) -> bool:
        """Whether it hands in nothing now."""
        return self.measure in (Measure.SUSPENSION, Measure.CANCELLATION)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the rules of credit say of a year, and the gravest measure that follows; empty: none."""

    judged: Judgement
    measure: str
    rule: str
    months: int
    facts: Mapping[str, int]


def counting(organisation_id: int) -> QuerySet[CreditEntry]:
    """Lines of an organisation that count: those whose appeal was not upheld."""
    return CreditEntry.objects.filter(organisation_id=organisation_id).exclude(appeal__upheld=True)


def standing(organisation_id: int, day: date) -> Standing:
    """How an organisation stands on a day."""
    rows = list(counting(organisation_id).filter(since__lte=day))
    points = sum(row.points for row in rows if row.since > add_months(day, -_YEAR))
    barring = [row for row in rows if row.measure != BREACH and row.until is not None and row.until >= day]
    found = max(barring, key=lambda row: (_ORDER.index(Measure(row.measure)), row.until), default=None)
    return Standing(found.measure if found else "", found.until if found else None, points)


def proposed(actor: Actor, organisation_id: int, day: date | None = None) -> Proposed:
    """What the rules propose on a day for the year before it: for supervisors.

    errors  NotPermitted ``preexam.supervisor_only``
    """
    if not policies.may_keep_ledgers(actor):
        raise NotPermitted("preexam.supervisor_only")
    on = day or timezone.localdate()
    counts = year_counts(organisation_id, on)
    facts = {name: Fact(value, "ledger", on) for name, value in counts.items()}
    judged = rules_api.judgement(actor, CREDIT.key, facts, on)
    broken = [one.rule.code for one in judged.broken]
    rule = max(broken, key=lambda code: (_ORDER.index(MEASURES[code][0]), code), default="")
    measure, setting = MEASURES[rule] if rule else ("", "")
    months = rules_api.values_on(CREDIT, on)[setting] if setting else 0
    return Proposed(judged, str(measure), rule, months, counts)


def year_counts(organisation_id: int, day: date) -> dict[str, int]:
    """What the rules look at: breaches, confirmed abnormal filings, failed and closed cases, points, of the year before a day."""
    since = add_months(day, -_YEAR)
    lines = list(counting(organisation_id).filter(measure=BREACH, since__gt=since, since__lte=day))
    closed = Conclusion.objects.filter(
        Q(request__applicant_id=organisation_id) | Q(request__agency_id=organisation_id),
        request__concluded_on__gt=since,
        request__concluded_on__lte=day,
        confirmed_at__isnull=False,
    )
    failed = closed.exclude(outcome=Outcome.QUALIFIED)
    return {
        "breaches": len(lines),
        "abnormal": sum(BREACHES[row.rule].abnormal for row in lines if row.rule in BREACHES),
        "failed": failed.count(),
        "closed": closed.count(),
        "agency_points": sum(row.points for row in lines),
    }


def ledger(actor: Actor, organisation_id: int) -> tuple[CreditEntry, ...]:
    """Every line of an organisation, newest first: for the office and for who acts for it."""
    if not (policies.may_look_in(actor) or organisation_id in organisations.organisation_ids(actor, policies.SCOPE)):
        return ()
    rows = CreditEntry.objects.filter(organisation_id=organisation_id).select_related("appeal", "case")
    return tuple(rows.order_by("-since", "-pk"))


def appeal_ends(entry: CreditEntry) -> date:
    """The last day on which an appeal is taken."""
    return entry.since + timedelta(days=limits_on(entry.since).appeal_days)
