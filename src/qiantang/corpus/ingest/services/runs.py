"""Import runs: asked for by an operator, done by the worker, watched while they go."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from qiantang.commons.audit import api as audit
from qiantang.commons.events import api as events
from qiantang.corpus.ingest import policies
from qiantang.corpus.ingest.events import SnapshotPublished
from qiantang.corpus.ingest.methods.synthetic import DEFAULT_PATENTS, generate
from qiantang.corpus.ingest.models import ImportRun
from qiantang.corpus.ingest.selectors.mappings import saved_readers
from qiantang.corpus.ingest.services.loading import load_paths, mapping_reader, reader_named
from qiantang.corpus.ingest.services.uploads import accept_uploads
from qiantang.corpus.ingest.types import NO_TERMS, Terms
from qiantang.kernel.errors import DomainError, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.corpus.ingest.types import ImportReport, Reader
    from qiantang.kernel.actor import Actor

Progress: TypeAlias = Callable[[str, int, int], None]  # stage, units done, units in all (0: not known)
_JOB = "qiantang.corpus.ingest.tasks.import_files"  # by name: jobs stand above services and call them
_TELL_EVERY = 0.5  # seconds between two writes of the progress


def request_import(
    *,
    actor: Actor,
    kind: str,
    uploads: Sequence[tuple[str, BinaryIO]] = (),
    mapping: str = "",
    terms: Terms = NO_TERMS,
    patents: int | None = None,
) -> ImportRun:
    """Take the uploads in and queue their import for the worker.

    uploads     (name, stream) pairs; all are accepted or none
    mapping     TOML text for tables no reader knows, or empty
    terms       what the operator says of the files
    patents     size of the demo city, for that kind only
    errors      NotPermitted ``ingest.operators_only`` · Invalid ``mapping.*`` · ``ingest.upload_refused``
    """
    decision = policies.may_import(actor)
    if not decision:
        raise NotPermitted(decision.code)
    if mapping:
        mapping_reader(mapping)
    paths = accept_uploads(uploads)
    return queue_run(actor=actor, kind=kind, paths=paths, mapping=mapping, terms=terms, patents=patents)


@transaction.atomic
def queue_run(
    *,
    actor: Actor,
    kind: str,
    paths: Sequence[dict[str, str]],
    mapping: str = "",
    terms: Terms = NO_TERMS,
    patents: int | None = None,
    enqueue: bool = True,
) -> ImportRun:
    """A run over files that are in their places; whoever calls has asked whether the actor may.

    enqueue     leave it to the worker; else whoever calls performs it
    """
    run = ImportRun.objects.create(
        kind=kind,
        requested_at=timezone.now(),
        requested_by=actor.name,
        paths=list(paths),
        mapping=mapping,
        licence=terms.licence,
        published=terms.published,
        patents=patents,
    )
    facts = {"kind": kind, "files": [one["name"] for one in paths], **asdict(terms)}
    audit.record(actor=actor, verb="ingest.import.request", subject=f"import:{run.pk}", facts=facts)
    if enqueue:
        transaction.on_commit(lambda: import_string(_JOB).enqueue(run.pk))
    return run


class _Progress:
    """Writes the stage and its count to the run, often enough to watch and seldom enough not to matter."""

    def __init__(self, run_id: int) -> None:
        self._run_id, self._told_at, self._stage = run_id, 0.0, ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = monotonic()
        if stage == self._stage and now - self._told_at < _TELL_EVERY:
            return
        self._told_at, self._stage = now, stage
        ImportRun.objects.filter(pk=self._run_id).update(stage=stage, done=done, total=total)


def perform_import(*, actor: Actor, run_id: int) -> ImportRun:
    """Do a queued import. A run that fails keeps its reason; the register is then as it was before."""
    run = ImportRun.objects.get(pk=run_id)
    with suppress(DomainError):  # the run tells it
        _perform(actor, run, partial(_loaded, run))
    return run


def import_at_once(
    *,
    actor: Actor,
    paths: Sequence[Path],
    format_name: str = "",
    mapping: str = "",
    terms: Terms = NO_TERMS,
    told: Progress | None = None,
) -> ImportReport:
    """Load files and folders now, as the command does; the run stands in the list with the others.

    format_name     read every file as this format instead of recognising it; mapping: the same by TOML text
    terms           what whoever gives the command says of the files
    told            hears the stages beside the run
    errors          NotPermitted ``ingest.operators_only`` · Invalid ``ingest.format_unknown`` · ``mapping.*``; those of
                    ``load_paths``: the run keeps the reason, too
    """
    decision = policies.may_import(actor)
    if not decision:
        raise NotPermitted(decision.code)
    reader = reader_named(format_name) if format_name else None
    if mapping:
        reader = mapping_reader(mapping)
    named = [{"name": path.name, "path": str(path.absolute())} for path in paths]
    run = queue_run(actor=actor, kind=ImportRun.Kind.COMMAND, paths=named, mapping=mapping, terms=terms, enqueue=False)

    def loaded(progress: Progress) -> ImportReport:
        def both(stage: str, done: int, total: int) -> None:
            progress(stage, done, total)
            if told:
                told(stage, done, total)

        return load_paths(paths, reader=reader, saved=saved_readers(), terms=terms, progress=both)

    return _perform(actor, run, loaded)


def _perform(actor: Actor, run: ImportRun, loaded: Callable[[Progress], ImportReport]) -> ImportReport:
    """Carry a run out; whatever ends it, the run tells it."""
    run.state, run.started_at = ImportRun.State.RUNNING, timezone.now()
    run.save(update_fields=["state", "started_at"])
    try:
        report = loaded(_Progress(run.pk))
    except BaseException as error:  # a person who interrupts the command ends the run, too
        fail_run(run, error)
        raise
    _close(run, state=ImportRun.State.DONE, load=report.load, snapshot=report.snapshot, report=report.to_json())
    announce(actor=actor, report=report)
    return report


def fail_run(run: ImportRun, error: BaseException) -> ImportRun:
    """End a run that took nothing, with the reason."""
    code, facts = (error.code, dict(error.facts)) if isinstance(error, DomainError) else ("ingest.broke_off", {})
    _close(run, state=ImportRun.State.FAILED, error_code=code, error_facts=_plain(facts))
    return run


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as JSON keeps them: numbers and lists as they are, anything else as text."""
    return {key: _plain_value(value) for key, value in facts.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_plain_value(one) for one in value]
    return value if value is None or isinstance(value, int | float | bool) else str(value)


def _close(run: ImportRun, **told: Any) -> None:
    for name, value in {**told, "finished_at": timezone.now(), "stage": ""}.items():
        setattr(run, name, value)
    run.save()


def _loaded(run: ImportRun, progress: Progress) -> ImportReport:
    if run.kind == ImportRun.Kind.DEMO:
        folder = Path(settings.QIANTANG_HOME) / "synthetic"
        truth = generate(
            folder,
            patents=run.patents or DEFAULT_PATENTS,
            progress=lambda done, total: progress("generating", done, total),
        )
        return load_paths([folder / part.name for part in truth.parts], progress=progress)
    reader: Reader | None = mapping_reader(run.mapping) if run.mapping else None
    paths = [Path(one["path"]) for one in run.paths]
    terms = Terms(licence=run.licence, published=run.published)
    return load_paths(paths, reader=reader, saved=saved_readers(), terms=terms, progress=progress)


@transaction.atomic
def announce(*, actor: Actor, report: ImportReport) -> None:
    """Tell the journal what a load did, and the house that there is a new snapshot."""
    facts = {"load": report.load, "snapshot": report.snapshot, **report.totals}
    audit.record(actor=actor, verb="ingest.snapshot.publish", subject=f"snapshot:{report.snapshot}", facts=facts)
    if report.published and report.snapshot is not None:
        events.publish(SnapshotPublished(snapshot=report.snapshot, parent=report.snapshot - 1))
