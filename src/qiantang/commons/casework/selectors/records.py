"""Cases as the keepers of records see them: how long they are kept, what stands against letting them go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.casework import policies
from qiantang.commons.casework.methods.retention import ends_on, rule_for
from qiantang.commons.casework.models import ArchivePackage, Case, Disposal, LegalHold
from qiantang.commons.casework.selectors.cases import shown_number
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.commons.casework.types.keeping import (
    DisposalState,
    HoldTold,
    PackageTold,
    RecordTold,
    keeping_of,
)
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.identifiers import parse_case_number
from qiantang.kernel.paging import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from qiantang.commons.casework.types.keeping import KeptTable, RetentionRule
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest

VIEWS = ("open", "held", "done")


def records_in(actor: Actor) -> QuerySet[Case]:
    """The cases whose records the actor keeps, or looks over.

    errors  NotPermitted ``casework.records_refused``
    """
    decision = policies.may_see_records(actor)
    if not decision:
        raise NotPermitted(decision.code)
    return Case.objects.filter(policies.records_of(actor))


def record_row(actor: Actor, number: str, *, lock: bool = False) -> Case:
    """errors: NotPermitted · Invalid ``identifiers.case_*`` · NotFound ``casework.unknown``"""
    rows = records_in(actor)
    compact = parse_case_number(number).compact
    found = (rows.select_for_update() if lock else rows).filter(number=compact).first()
    if found is None:
        raise NotFound("casework.unknown", number=shown_number(compact))
    return found


def record_told(actor: Actor, number: str) -> RecordTold:
    """One case. errors: as ``record_row``"""
    return _told([record_row(actor, number)])[0]


def subject_of(view: str) -> str:
    """What a cursor of the list belongs to."""
    return f"records|{view}"


def records(actor: Actor, page: PageRequest, *, view: str = "open") -> Page[RecordTold]:
    """Cases with a disposal that waits (``open``), under a hold (``held``), or disposed of (``done``); oldest end first.

    errors  NotPermitted ``casework.records_refused``
    """
    chosen = {
        "open": Q(pk__in=Disposal.objects.filter(settled_at__isnull=True).values("case")),
        "held": Q(pk__in=holds_in_force(timezone.localdate()).values("case")),
        "done": Q(disposed_at__isnull=False),
    }[view]
    rows = records_in(actor).filter(chosen).order_by("closed_at", "pk")
    total = rows.count()
    items = _told(list(rows[page.offset : page.offset + page.size]))
    return Page(items, total, page.cursor_after(subject=subject_of(view), total=total))


def record_counts(actor: Actor) -> dict[str, int]:
    """How many stand in each view. errors: NotPermitted ``casework.records_refused``"""
    rows = records_in(actor)
    return {
        "open": rows.filter(disposals__settled_at__isnull=True, disposals__isnull=False).distinct().count(),
        "held": rows.filter(pk__in=holds_in_force(timezone.localdate()).values("case")).count(),
        "done": rows.filter(disposed_at__isnull=False).count(),
    }


def holds_in_force(day: date) -> QuerySet[LegalHold]:
    """Holds that stand on a day."""
    return LegalHold.objects.filter(Q(until__isnull=True) | Q(until__gte=day), lifted_at__isnull=True)


def is_held(case: Case) -> bool:
    return holds_in_force(timezone.localdate()).filter(case=case).exists()


def rule_of(case: Case) -> tuple[RetentionRule | None, date | None]:
    """The rule of a closed case and the day from which it may go; None where there is none."""
    if case.closed_at is None:
        return None, None
    closed = timezone.localdate(case.closed_at)
    rule = rule_for(case.kind, closed)
    return rule, ends_on(rule, closed) if rule else None


def blocked(case: Case) -> str:
    """Code of what stands against the disposal of a case today; empty where nothing does."""
    if case.disposed_at is not None:
        return "casework.disposed_already"
    rule, day = rule_of(case)
    if rule is None or day is None:
        return "casework.kept_for_good" if rule else "casework.no_retention"
    return next((code for code, stands in _against(case, rule, day) if stands), "")


def _against(case: Case, rule: RetentionRule, day: date) -> Iterator[tuple[str, bool]]:
    yield "casework.not_due", day > timezone.localdate()
    yield "casework.on_hold", is_held(case)
    yield "casework.no_keeping", keeping_of(case.kind) is None
    made = ArchivePackage.objects.filter(case=case, made_at__gte=case.closed_at)
    yield "casework.no_package", rule.transfer and not made.exists()


def belongings(case: Case) -> list[str]:
    """Under which names the objects and files of a case lie in the storage: its own, and those of its room's rows."""
    keeping = keeping_of(case.kind)
    found = [f"case:{case.number}"]
    for table in keeping.tables if keeping else ():
        if table.belongs:
            keys = rows_of(table).filter(**{table.case: case.pk}).order_by("pk").values_list("pk", flat=True)
            found += [table.belongs.format(pk=key) for key in keys]
    return found


def rows_of(table: KeptTable) -> Any:
    """All rows of a table that its room has declared; the one place that finds a model by its name (ADR 0015)."""
    return apps.get_model(table.model)._default_manager.all()  # noqa: SLF001 - Django's own name for it


def _told(cases: Sequence[Case]) -> list[RecordTold]:
    today = timezone.localdate()
    holds = LegalHold.objects.filter(case__in=cases).select_related("placed_by", "lifted_by").order_by("-placed_at")
    packages = ArchivePackage.objects.filter(case__in=cases).select_related("made_by").order_by("-made_at")
    disposals = Disposal.objects.filter(case__in=cases).select_related("agreed_by").order_by("proposed_at", "pk")
    newest = {one.case_id: one for one in disposals}
    return [
        _record(
            case,
            [_hold(one, today) for one in holds if one.case_id == case.pk],
            [_package(one) for one in packages if one.case_id == case.pk],
            newest.get(case.pk),
        )
        for case in cases
    ]


def _record(
    case: Case, holds: Sequence[HoldTold], packages: Sequence[PackageTold], disposal: Disposal | None
) -> RecordTold:
    rule, day = rule_of(case)
    declined = disposal is not None and disposal.state == DisposalState.DECLINED
    return RecordTold(
        number=shown_number(case.number),
        kind=case.kind,
        kind_title=gettext(CASE_TYPES[case.kind].title),
        title=case.title,
        closed_on=timezone.localdate(case.closed_at) if case.closed_at else None,
        rule=rule,
        ends_on=day,
        state=disposal.state if disposal else "",
        agreed_by=disposal.agreed_by.display_name if disposal and disposal.agreed_by else "",
        agreed_by_id=disposal.agreed_by_id if disposal else None,
        disposed_at=case.disposed_at,
        holds=tuple(holds),
        packages=tuple(packages),
        blocked=blocked(case),
        declined_until=disposal.not_before if disposal and declined else None,
        reason=disposal.reason if disposal else "",
    )


def _hold(row: LegalHold, today: date) -> HoldTold:
    return HoldTold(
        id=row.pk,
        why=row.why,
        placed_by=row.placed_by.display_name if row.placed_by else "",
        placed_at=row.placed_at,
        until=row.until,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by.display_name if row.lifted_by else "",
        in_force=row.lifted_at is None and (row.until is None or row.until >= today),
    )


def _package(row: ArchivePackage) -> PackageTold:
    made_by = row.made_by.display_name if row.made_by else gettext("The platform")
    return PackageTold(row.sha256, row.size_bytes, row.pieces, row.made_at, made_by)
