"""The register as open data, asked for on a page and written by the worker.

Whoever writes holds a lock on a file in the home; it goes with the process. A run that says it is running while nobody
holds the lock has broken off, and may be asked for again: it goes on with the tables it had not finished.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from qiantang.commons.audit import api as audit
from qiantang.corpus.ingest import policies
from qiantang.corpus.ingest.models import OpenDataRun
from qiantang.corpus.ingest.selectors.open_data import lock_file, open_data_state
from qiantang.corpus.register import api as register
from qiantang.disk import alone
from qiantang.kernel.errors import Conflict, DomainError, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.kernel.actor import Actor

_JOB = "qiantang.corpus.ingest.tasks.write_open_data"  # by name: jobs stand above services and call them


@transaction.atomic
def request_open_data(*, actor: Actor) -> OpenDataRun:
    """Queue the newest snapshot to be written as open data.

    errors  NotPermitted ``ingest.operators_only`` · NotFound ``register.empty``
            Conflict ``ingest.open_data_under_way``
    """
    decision = policies.may_import(actor)
    if not decision:
        raise NotPermitted(decision.code)
    manifest, _ = register.register().current()
    newest = open_data_state(actor).newest
    if newest is not None and newest.state in (OpenDataRun.State.QUEUED, OpenDataRun.State.RUNNING):
        raise Conflict("ingest.open_data_under_way", snapshot=newest.snapshot)
    run = OpenDataRun.objects.create(snapshot=manifest.snapshot, requested_at=timezone.now(), requested_by=actor.name)
    audit.record(
        actor=actor, verb="ingest.open_data.request", subject=f"snapshot:{run.snapshot}", facts={"run": run.pk}
    )
    transaction.on_commit(lambda: import_string(_JOB).enqueue(run.pk))
    return run


def perform_open_data(*, actor: Actor, run_id: int) -> OpenDataRun:
    """Write what was asked for. A run that fails keeps its reason; files that are finished stay for the next."""
    run = OpenDataRun.objects.get(pk=run_id)
    here = register.register()

    def told(_stage: str, done: int, total: int) -> None:
        OpenDataRun.objects.filter(pk=run_id).update(done=done, total=total)

    try:
        with _writing():
            OpenDataRun.objects.filter(pk=run_id).update(state=OpenDataRun.State.RUNNING)
            register.upkeep.hand_out_open_data(
                actor=actor,
                register=here,
                folder=register.upkeep.dump_folder(here, run.snapshot),
                snapshot=run.snapshot,
                progress=told,
            )
    except BaseException as error:  # a worker that is stopped ends the run, too; what is not ours goes on
        code, facts = (
            (error.code, dict(error.facts)) if isinstance(error, DomainError) else ("ingest.open_data_broke_off", {})
        )
        _close(run, OpenDataRun.State.FAILED, code, {key: str(value) for key, value in facts.items()})
        if not isinstance(error, DomainError):
            raise
        return run
    _close(run, OpenDataRun.State.DONE)
    return run


def _close(run: OpenDataRun, state: str, code: str = "", facts: dict[str, str] | None = None) -> None:
    run.state, run.finished_at, run.error_code, run.error_facts = state, timezone.now(), code, facts or {}
    run.save(update_fields=["state", "finished_at", "error_code", "error_facts"])


@contextmanager
def _writing() -> Iterator[None]:
    with alone(lock_file()) as mine:
        if not mine:
            raise Conflict("ingest.open_data_under_way", snapshot="")
        yield
