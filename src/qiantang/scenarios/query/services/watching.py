"""Alerts of saved queries: what is new or other since it was last told, exactly, however large the result.

A check reads one snapshot from its first hit to its last, and compares it with the state last told, both as streams. The
state moves on only when a report is told, so nothing is told twice and nothing is forgotten. Files are written first under
names of their own; one transaction then names the new state, keeps the report and sends the notice: of two workers at the
same query one does so, and one that dies leaves files behind that nobody names and the next check sweeps away.
"""

from __future__ import annotations

import logging
from collections import deque
from contextlib import ExitStack
from time import time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.notices import api as notices
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import DomainError, Invalid, Limited, NotFound, NotPermitted, Unavailable
from qiantang.scenarios.query import policies
from qiantang.scenarios.query.methods.differences import Change, Difference, Standing, differences
from qiantang.scenarios.query.models import ChangeReport, SavedQuery
from qiantang.scenarios.query.rules import ALERT, ALERT_FAILED, REPORTS_KEPT
from qiantang.scenarios.query.selectors import desk, saved, states
from qiantang.scenarios.query.selectors.standings import standings
from qiantang.scenarios.query.services.states import state_draft, write_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qiantang.corpus.register.types import ResultScan
    from qiantang.kernel.actor import Actor

_log = logging.getLogger(__name__)
_AT_ONCE = 2_000
_SWEPT_AFTER = 3_600  # seconds


def check_alerts(*, actor: Actor) -> int:
    """Check every watched query that was not checked on the newest snapshot; returns how many notices went out.

    One that cannot be checked does not stop the others.
    """
    told = 0
    for key in saved.due_for_check():
        try:
            told += check_saved_query(actor=actor, key=key)
        except (Unavailable, NotFound) as error:  # the next heartbeat tries again, or the query is gone
            _log.info("saved query %s is checked later: %s", key, error.code)
    return told


def check_saved_query(*, actor: Actor, key: int) -> bool:
    """Compare a watched query with what was last told; the first time, remember what there is. True where a notice went out.

    errors  NotPermitted for anybody but the platform · NotFound ``query.saved_unknown`` · Unavailable ``search.*``
    """
    if not policies.may_check(actor):
        raise NotPermitted("query.platform_only")
    row = saved.saved_row(actor, key)
    if not row.is_watched:
        return False
    try:
        found = register.results.scan(SearchRequest(desk.whole_query(saved.asked_by(row))), size=_AT_ONCE)
        if (
            row.told_snapshot is not None
            and row.checked_snapshot is not None
            and found.snapshot <= row.checked_snapshot
        ):
            return False
        return _compared(actor, row, found)
    except NotFound as error:
        if error.code != "register.empty":
            raise
        return _nothing_loaded(row)
    except (Invalid, Limited) as error:
        return _failed(actor, row, error)


def _compared(actor: Actor, row: SavedQuery, found: ResultScan) -> bool:
    begins = row.told_snapshot is None or _is_state_lost(row)
    with ExitStack() as stack:
        reader = stack.enter_context(register.results.snapshot_reader(found.snapshot))
        draft = stack.enter_context(state_draft(row.pk))
        now = draft.passing(standings(reader, (one.patent_ids for one in found.batches)))
        if begins:
            deque(now, maxlen=0)
            counts: Mapping[Change, int] = {}
        else:
            counts = write_changes(row.pk, found.snapshot, _wanted(row, now, reader))
        told = any(counts.values())
        if begins or told:
            settled = _settle(actor, row, found, counts, told_snapshot=found.snapshot, told_file=draft.keep())
        else:
            settled = _settle(actor, row, found, counts)
    _sweep(row.pk)
    return settled and told


def _is_state_lost(row: SavedQuery) -> bool:
    """Whether the file of the state is gone, as after a restored database; then the watch begins anew rather than end."""
    lost = bool(row.told_file) and not (states.place_of(row.pk) / row.told_file).exists()
    if lost:
        _log.error("the state of saved query %s is gone; its watch begins anew", row.pk)
    return lost


def _wanted(row: SavedQuery, now: Iterable[Standing], reader: register.results.SnapshotReader) -> Iterator[Difference]:
    def standing_of(ids: Sequence[str]) -> dict[str, Standing]:
        return {one.patent_id: one for one in standings(reader, [ids])}

    kinds = {kind for kind in Change if getattr(row, f"watch_{kind}")}
    before = states.state(row.pk, row.told_file)
    return (one for one in differences(before, now, standing_of) if one.kind in kinds)


@transaction.atomic
def _settle(actor: Actor, row: SavedQuery, found: ResultScan, counts: Mapping[Change, int], **moved: int | str) -> bool:
    """Name the state where it moved, keep the report, tell; False where another worker, or the owner, was quicker."""
    unchanged = SavedQuery.objects.filter(
        pk=row.pk,
        changed_at=row.changed_at,
        told_snapshot=row.told_snapshot,
        told_file=row.told_file,
        checked_snapshot=row.checked_snapshot,
    )
    if not unchanged.update(checked_snapshot=found.snapshot, hits=found.total, fault="", **moved):
        return False
    if any(counts.values()):
        _report(actor, row, found.snapshot, counts)
    return True


def _report(actor: Actor, row: SavedQuery, snapshot: int, counts: Mapping[Change, int]) -> None:
    ChangeReport.objects.create(
        saved_query=row,
        snapshot=snapshot,
        since_snapshot=row.told_snapshot or 0,
        made_at=timezone.now(),
        new_hits=counts[Change.NEW],
        status_changes=counts[Change.STATUS],
        owner_changes=counts[Change.OWNER],
    )
    kept = row.reports.order_by("-snapshot").values_list("pk", flat=True)[:REPORTS_KEPT]
    row.reports.exclude(pk__in=list(kept)).delete()
    found = {str(kind): count for kind, count in counts.items() if count}
    facts: dict[str, str | int | None] = {"name": row.name, "snapshot": snapshot, **found}
    notices.send_notice(
        actor=actor,
        draft=notices.Draft(
            person_id=row.owner_id,
            kind=ALERT.code,
            key=f"query.alert:{row.pk}:{snapshot}",
            subject=f"saved-query:{row.pk}",
            facts=facts,
            link=saved.report_url(row.pk, snapshot),
        ),
    )


def _nothing_loaded(row: SavedQuery) -> bool:
    """Before the first load there is nothing to remember: the state is empty, and whatever comes is new."""
    if row.told_snapshot is None:
        begun = SavedQuery.objects.filter(pk=row.pk, changed_at=row.changed_at, told_snapshot__isnull=True)
        begun.update(told_snapshot=0, told_file="", checked_snapshot=0, hits=0, fault="")
    return False


@transaction.atomic
def _failed(actor: Actor, row: SavedQuery, error: DomainError) -> bool:
    """A query that cannot be run any more says so once; an alert that is silent for no reason would be believed."""
    snapshot = saved.indexed_snapshot()
    SavedQuery.objects.filter(pk=row.pk, changed_at=row.changed_at).update(fault=error.code, checked_snapshot=snapshot)
    if row.fault == error.code:
        return False
    return notices.send_notice(
        actor=actor,
        draft=notices.Draft(
            person_id=row.owner_id,
            kind=ALERT_FAILED.code,
            key=f"query.alert_failed:{row.pk}:{error.code}:{snapshot}",
            subject=f"saved-query:{row.pk}",
            facts={"name": row.name},
            link=saved.edit_url(row.pk),
        ),
    )


def _sweep(key: int) -> None:
    """Take away the files of a saved query that no row names any more, but for those another worker may be about to name."""
    row = SavedQuery.objects.filter(pk=key).first()
    if row is None:
        return
    snapshots = row.reports.values_list("snapshot", flat=True)
    kept = {states.changes_file(key, snapshot, kind).name for snapshot in snapshots for kind in Change}
    kept.add(row.told_file)
    for path in states.place_of(key).iterdir():
        if path.name not in kept and path.stat().st_mtime < time() - _SWEPT_AFTER:
            path.unlink(missing_ok=True)
