"""Exports as jobs: asked for, made in turns, given up, deleted when their time is over.

The folder of an export (``folder``) is the truth of how far it is; the row tells people. A worker takes an export for the
length of a lease and renews it with every batch; where it dies, the heartbeat hands the export to the next one, which
goes on from the folder. After a turn of some seconds the export goes back into the queue, so that one long file does not
hold up imports, mails and the exports of others.
"""

from __future__ import annotations

import shutil
from hashlib import file_digest
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from qiantang.commons.audit import api as audit
from qiantang.commons.notices import api as notices
from qiantang.kernel.errors import Conflict, DomainError, Limited, NotPermitted, Unavailable
from qiantang.scenarios.query import policies, rules
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, ExportState, Stage
from qiantang.scenarios.query.models import Export
from qiantang.scenarios.query.selectors import exports as reads
from qiantang.scenarios.query.services.exporting.folder import ExportFolder

if TYPE_CHECKING:
    from pathlib import Path

    from qiantang.kernel.actor import Actor

_JOB = "qiantang.scenarios.query.tasks.make_export"  # by name: jobs stand above services and call them


class _Stopped(Exception):
    """The export was cancelled or deleted, or another worker has it."""


@transaction.atomic
def request_export(*, actor: Actor, asked: ExportAsked, total: int) -> Export:
    """Queue an export of all hits of a query for its person.

    total   hits as the person saw them; what is exported is counted anew
    errors  NotPermitted ``query.export_sign_in`` · Limited ``query.export_at_once``
    """
    owner = reads.ensure_account(actor, total=total, most=rules.ROWS_AT_ONCE)
    running = reads.running_exports(owner).count()
    if running >= rules.RUNNING_AT_ONCE:
        raise Limited("query.export_at_once", running=running, most=rules.RUNNING_AT_ONCE)
    row = Export.objects.create(
        owner_id=owner,
        state=ExportState.QUEUED,
        query=asked.query,
        sort=asked.sort,
        format=asked.format,
        columns=list(asked.columns),
        spelling=asked.spelling,
        language=asked.language,
        requested_at=timezone.now(),
        total=total,
    )
    _note(actor, row, "request", format=asked.format.value, rows=total)
    _queue(row.pk)
    return row


def _queue(key: int) -> None:
    transaction.on_commit(lambda: import_string(_JOB).enqueue(key))


def _note(actor: Actor, row: Export, verb: str, **facts: object) -> None:
    """A journal entry without the query: what people look for is nobody's business."""
    audit.record(actor=actor, verb=f"query.export.{verb}", subject=f"export:{row.pk}", facts=facts)


# --- making ---


def make_export(*, actor: Actor, key: int) -> bool:
    """One turn at an export; whether it is over. One that is another's, or over, is left alone.

    errors  NotPermitted for anybody but the platform
    """
    if not policies.may_work_off(actor):
        raise NotPermitted("query.platform_only")
    row = _taken(key)
    if row is None:
        return True
    folder = folder_of_row(row)
    try:
        finished = folder.make(_Teller(row), seconds=rules.TURN_SECONDS)
    except _Stopped:
        _sweep_stopped(row.pk)
        return True
    except DatabaseError:  # its own fault in nothing: the heartbeat hands it on
        raise
    except Exception as error:  # whatever it was, the export tells it; what is not ours goes on
        _fail(actor, row, folder, error)
        if not isinstance(error, DomainError):
            raise
        return True
    if finished:
        _finish(actor, row, folder)
        return True
    if Export.objects.filter(pk=row.pk, state=ExportState.RUNNING).update(leased_until=None):
        _queue(row.pk)
    return False


def folder_of_row(row: Export) -> ExportFolder:
    return ExportFolder(reads.folder_of(row.pk), reads.asked_for(row), settings.PUBLIC_URL.rstrip("/"))


def _taken(key: int) -> Export | None:
    """The export, taken for ourselves for the length of a lease: of two workers one gets it."""
    now = timezone.now()
    free = Export.objects.filter(pk=key, state__in=reads.UNDER_WAY).exclude(leased_until__gt=now)
    if not free.update(state=ExportState.RUNNING, leased_until=now + rules.LEASE):
        return None
    return Export.objects.get(pk=key)


class _Teller:
    """Writes how far an export is to its row, renews the lease, and stops the work where the row is no longer ours."""

    def __init__(self, row: Export) -> None:
        self._row = row

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        now = timezone.now()
        told: dict[str, Any] = {"stage": stage, "done": done, "total": total, "leased_until": now + rules.LEASE}
        if stage != self._row.stage:
            told["began_at"] = now
            self._row.stage = stage
        mine = Export.objects.filter(pk=self._row.pk, state=ExportState.RUNNING)
        if not mine.update(**told):
            raise _Stopped


def _finish(actor: Actor, row: Export, folder: ExportFolder) -> None:
    about, point, now = folder.about(), folder.point(), timezone.now()
    told = {
        "state": ExportState.DONE,
        "stage": "",
        "leased_until": None,
        "finished_at": now,
        "expires_at": now + rules.FILE_KEPT,
        "snapshot": about.snapshot if about else None,
        "synthetic": about.synthetic if about else None,
        "total": about.total if about else 0,
        "done": point.rows,
        "stand_ins": point.stand_ins,
        "gone": point.gone,
        "size_bytes": folder.file.stat().st_size,
        "sha256": _digest(folder.file),
    }
    with transaction.atomic():
        if not Export.objects.filter(pk=row.pk, state=ExportState.RUNNING).update(**told):
            _sweep_stopped(row.pk)
            return
        row.refresh_from_db()
        _note(actor, row, "finish", rows=point.rows, size_bytes=row.size_bytes or 0, snapshot=row.snapshot or 0)
        facts: dict[str, str | int | None] = {"rows": point.rows, "snapshot": row.snapshot}
        _notify(actor, row, rules.EXPORT_READY.code, facts)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _fail(actor: Actor, row: Export, folder: ExportFolder, error: Exception) -> None:
    refusal = error if isinstance(error, DomainError) else Unavailable("query.export_broke_off")
    folder.remove()
    with transaction.atomic():
        mine = Export.objects.filter(pk=row.pk, state=ExportState.RUNNING)
        plain = {name: value if isinstance(value, int) else str(value) for name, value in refusal.facts.items()}
        told = {"state": ExportState.FAILED, "stage": "", "leased_until": None, "finished_at": timezone.now()}
        if mine.update(error_code=refusal.code, error_facts=plain, **told):
            _note(actor, row, "fail", code=refusal.code)
            _notify(actor, row, rules.EXPORT_FAILED.code, {})


def _notify(actor: Actor, row: Export, kind: str, facts: dict[str, str | int | None]) -> None:
    key = subject = f"export:{row.pk}"
    due = timezone.localdate(row.expires_at) if row.expires_at else None
    link = f"/exports/{row.pk}"
    draft = notices.Draft(person_id=row.owner_id, kind=kind, key=key, subject=subject, facts=facts, link=link, due=due)
    notices.send_notice(actor=actor, draft=draft)


# --- giving up, deleting ---


@transaction.atomic
def cancel_export(*, actor: Actor, key: int) -> None:
    """Stop an export that is under way; what was written of it goes.

    errors  NotFound ``query.export_unknown`` · Conflict ``query.export_over``
    """
    row = reads.export(actor, key)
    mine = Export.objects.filter(pk=row.pk, state__in=reads.UNDER_WAY)
    if not mine.update(state=ExportState.CANCELLED, stage="", finished_at=timezone.now()):
        raise Conflict("query.export_over")
    _note(actor, row, "cancel")
    transaction.on_commit(lambda: _sweep_stopped(row.pk))


@transaction.atomic
def delete_export(*, actor: Actor, key: int) -> None:
    """Delete one's export, file and entry; one that is under way is stopped.

    errors  NotFound ``query.export_unknown``
    """
    row = reads.export(actor, key)
    _note(actor, row, "delete")
    _forget(actor, row)


def _forget(actor: Actor, row: Export) -> None:
    key = row.pk
    notices.forget_notices(actor=actor, subject=f"export:{key}")
    row.delete()
    transaction.on_commit(lambda: shutil.rmtree(reads.folder_of(key), ignore_errors=True))


def _sweep_stopped(key: int) -> None:
    """Remove the folder of an export that was stopped. Whoever still writes into it finds that out at the next batch."""
    shutil.rmtree(reads.folder_of(key), ignore_errors=True)


def open_export(*, actor: Actor, key: int) -> tuple[Export, Path]:
    """The file of one's export, noted as a use of personal data.

    errors  NotFound ``query.export_unknown`` · Conflict ``query.export_no_file``
    """
    row = reads.export(actor, key)
    path = reads.folder_of(row.pk) / f"patents.{row.format}"
    if row.state != ExportState.DONE or not path.exists():
        raise Conflict("query.export_no_file")
    audit.use_data(
        actor=actor,
        purpose=rules.EXPORT.code,
        for_whom="the person who asked for it",
        scope=f"export:{row.pk}",
        counts={"patents": row.done},
        snapshot=row.snapshot,
    )
    return row, path


def tend_exports(*, actor: Actor) -> int:
    """The heartbeat: hand on what a dead worker left, delete files and entries whose time is over; returns how many."""
    if not policies.may_work_off(actor):
        raise NotPermitted("query.platform_only")
    left = reads.waiting_exports()
    for key in left:
        import_string(_JOB).enqueue(key)
    return len(left) + _expire(actor) + _sweep_orphans()


def _expire(actor: Actor) -> int:
    now, count = timezone.now(), 0
    for row in Export.objects.filter(state=ExportState.DONE, expires_at__lte=now):
        with transaction.atomic():
            Export.objects.filter(pk=row.pk).update(state=ExportState.EXPIRED)
            notices.forget_notices(actor=actor, subject=f"export:{row.pk}")
        _sweep_stopped(row.pk)
        count += 1
    for row in Export.objects.filter(finished_at__lte=now - rules.ENTRY_KEPT):
        with transaction.atomic():
            _forget(actor, row)
        count += 1
    return count


def _sweep_orphans() -> int:
    """Folders that belong to no export with a file, made now or to come: of one stopped or deleted while it was written."""
    home = reads.exports_home()
    if not home.exists():
        return 0
    held = set(Export.objects.filter(state__in=[*reads.UNDER_WAY, ExportState.DONE]).values_list("pk", flat=True))
    gone = [one for one in home.iterdir() if one.is_dir() and one.name.isdigit() and int(one.name) not in held]
    for one in gone:
        shutil.rmtree(one, ignore_errors=True)
    return len(gone)
