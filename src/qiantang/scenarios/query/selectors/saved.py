"""Reads of saved queries and of what their alerts found. Only the owner sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Role
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.paging import Page
from qiantang.scenarios.query import policies
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.models import ChangeReport, SavedQuery
from qiantang.scenarios.query.selectors import desk, states
from qiantang.scenarios.query.types import ChangedPatent, DeskRequest, Layout, ReportShown, SavedShown

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qiantang.corpus.register.types import PatentRecord
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest

_REPORTS_SHOWN = 5
_WORDS = {
    Change.NEW: _("new hits"),
    Change.STATUS: _("changes of legal status"),
    Change.OWNER: _("changes of owner"),
}
_COUNTS = {Change.NEW: "new_hits", Change.STATUS: "status_changes", Change.OWNER: "owner_changes"}
WATCHED = Q(watch_new=True) | Q(watch_status=True) | Q(watch_owner=True)


def ensure_may_keep(actor: Actor) -> None:
    """errors: NotPermitted ``query.sign_in_first``"""
    decision = policies.may_keep(actor)
    if not decision:
        raise NotPermitted(decision.code)


def visible(actor: Actor) -> QuerySet[SavedQuery]:
    """The saved queries of the person who asks."""
    return SavedQuery.objects.filter(policies.owned_by(actor))


def saved_row(actor: Actor, saved: int) -> SavedQuery:
    """errors: NotFound ``query.saved_unknown``, also for a saved query of somebody else · NotPermitted for the public"""
    if not actor.has_role("system"):
        ensure_may_keep(actor)
    row = visible(actor).filter(pk=saved).first()
    if row is None:
        raise NotFound("query.saved_unknown")
    return row


def asked_by(row: SavedQuery) -> DeskRequest:
    """What stands in the address bar when it is run."""
    layout = Layout(table=True, columns=tuple(row.columns)) if row.columns else None
    return DeskRequest(text=row.text, refinements=tuple(row.refinements), sort=row.sort, layout=layout)


def shown(row: SavedQuery) -> SavedShown:
    """A saved query as its list shows it, with its newest reports."""
    asked = asked_by(row)
    reports = row.reports.order_by("-snapshot")[:_REPORTS_SHOWN]
    watches = tuple(kind for kind in Change if getattr(row, f"watch_{kind}"))
    return SavedShown(
        id=row.pk,
        name=row.name,
        text=row.text,
        refinements=tuple(chip.label for chip in desk.chips(asked)),
        canonical=row.canonical,
        sort=row.sort,
        run_url=desk.address(asked, asked.refinements),
        changed_at=row.changed_at,
        watches=watches,
        watched_words=pgettext("between things in a list", ", ").join(str(_WORDS[kind]) for kind in watches),
        begun_in=row.told_snapshot,
        checked_in=row.checked_snapshot,
        hits=row.hits,
        fault=row.fault,
        reports=tuple((report.snapshot, _counts(report)) for report in reports),
    )


def saved_queries(actor: Actor, page: PageRequest) -> Page[SavedShown]:
    """The saved queries of the person who asks, by name.

    errors  NotPermitted ``query.sign_in_first``
    """
    ensure_may_keep(actor)
    rows = visible(actor).order_by("name", "id")
    total = rows.count()
    items = [shown(row) for row in rows[page.offset : page.offset + page.size]]
    return Page(items=items, total=total, next=page.cursor_after(subject="saved-queries", total=total))


def _counts(report: ChangeReport) -> dict[str, int]:
    return {str(kind): int(getattr(report, name)) for kind, name in _COUNTS.items()}


def report_row(actor: Actor, saved: int, snapshot: int) -> ChangeReport:
    """errors: NotFound ``query.saved_unknown`` · ``query.report_unknown``"""
    row = saved_row(actor, saved).reports.filter(snapshot=snapshot).select_related("saved_query").first()
    if row is None:
        raise NotFound("query.report_unknown", snapshot=snapshot)
    return row


def report(actor: Actor, saved: int, snapshot: int) -> ReportShown:
    """What an alert found on one snapshot.

    errors  those of ``report_row``
    """
    row = report_row(actor, saved, snapshot)
    asked = asked_by(row.saved_query)
    return ReportShown(
        saved=saved,
        name=row.saved_query.name,
        run_url=desk.address(asked, asked.refinements),
        snapshot=snapshot,
        since_snapshot=row.since_snapshot,
        made_at=row.made_at,
        counts=_counts(row),
    )


def changed_patents(actor: Actor, saved: int, snapshot: int, kind: Change, page: PageRequest) -> Page[ChangedPatent]:
    """The patents of one kind of change in a report, by id, as the register holds them now.

    errors  those of ``report_row``
    """
    report = report_row(actor, saved, snapshot)
    total = _counts(report)[kind]
    found = states.changes(saved, snapshot, kind, page.offset, page.size)
    records = register.get_many([one.patent_id for one in found]) if found else {}
    items = [changed_patent(one.patent_id, one.before, one.after, records.get(one.patent_id)) for one in found]
    return Page(
        items=items, total=total, next=page.cursor_after(subject=changes_subject(saved, snapshot, kind), total=total)
    )


def changed_patent(patent_id: str, before: str, after: str, record: PatentRecord | None) -> ChangedPatent:
    """A patent of a report as the register holds it now."""
    return ChangedPatent(
        patent_id=patent_id,
        number=record.number_shown if record else patent_id,
        title=record.title if record else None,
        on_record=record is not None,
        before=before,
        after=after,
        owners=(record.names(Role.HOLDER) or record.names(Role.APPLICANT)) if record else (),
    )


def changes_subject(saved: int, snapshot: int, kind: Change) -> str:
    """What a cursor of a report belongs to."""
    return f"changes|{saved}|{snapshot}|{kind}"


def kept_by(actor: Actor) -> list[dict[str, Any]]:
    """Every saved query of a person as plain values: their copy to take away."""
    ensure_may_keep(actor)
    return [
        {
            "name": row.name,
            "query": row.text,
            "refinements": row.refinements,
            "sort": row.sort,
            "columns": row.columns,
            "understood_as": row.canonical,
            "watched_for": [str(kind) for kind in Change if getattr(row, f"watch_{kind}")],
            "saved_at": row.saved_at.isoformat(),
        }
        for row in visible(actor).order_by("name", "id")
    ]


# --- what the platform's jobs ask ------------------------------------------------------------------------------------


def indexed_snapshot() -> int:
    """The snapshot that a search reads now; 0 before the first load."""
    here = register.register()
    if here.manifest() is None:
        return 0
    here.search.refresh()
    return here.search.state().stamp or 0


def due_for_check() -> list[int]:
    """Keys of the watched queries which have not been checked on the snapshot that a search reads now."""
    waiting = Q(checked_snapshot__isnull=True) | Q(checked_snapshot__lt=indexed_snapshot())
    return list(SavedQuery.objects.filter(WATCHED, waiting).order_by("id").values_list("id", flat=True))


def report_url(saved: int, snapshot: int) -> str:
    return reverse("query:saved-changes", args=[saved, snapshot])


def edit_url(saved: int) -> str:
    return reverse("query:saved-edit", args=[saved])
