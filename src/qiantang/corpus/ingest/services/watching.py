"""The watched folder: files that are put there are loaded once, moved away, and reported like any other import.

A file is complete when it looks the same in two looks, or at once where ``NAME.done`` stands beside it. Loaded files go
to ``loaded/``, those that were refused whole or failed three times to ``failed/``, with their report beside them. The
first line of a file ``LICENCE`` in the folder says under which licence or terms all its files come.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from django.utils import timezone

from qiantang.corpus.ingest import policies
from qiantang.corpus.ingest.models import ImportRun
from qiantang.corpus.ingest.services.runs import fail_run, perform_import, queue_run
from qiantang.corpus.ingest.services.uploads import free_place
from qiantang.corpus.ingest.types import NO_TERMS, Terms
from qiantang.disk import alone
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_log = logging.getLogger(__name__)
_STATE = "watch.json"
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart")
_DONE = ".done"
_LICENCE = "LICENCE"
_TRIES = 3
_BUSY = "register.load_running"


@dataclass(frozen=True, slots=True)
class Watched:
    """What one look did: names of files loaded, failed, and not yet complete."""

    loaded: tuple[str, ...]
    failed: tuple[str, ...]
    waiting: tuple[str, ...]


def watch_folder(*, actor: Actor, folder: Path) -> Watched:
    """Look once: load every complete file. Does nothing where another look is under way.

    errors  NotPermitted ``ingest.operators_only`` · NotFound ``ingest.folder_missing``
    """
    decision = policies.may_import(actor)
    if not decision:
        raise NotPermitted(decision.code)
    if not folder.is_dir():
        raise NotFound("ingest.folder_missing", folder=str(folder))
    with alone(Path(settings.QIANTANG_HOME) / "watch.lock") as mine:
        return _look(actor, folder) if mine else Watched((), (), ())


def _look(actor: Actor, folder: Path) -> Watched:
    before = _state()
    now: dict[str, dict[str, Any]] = {}
    loaded: list[str] = []
    failed: list[str] = []
    waiting: list[str] = []
    for path in sorted(folder.iterdir()):
        if not _is_candidate(path):
            continue
        seen = before.get(str(path), {})
        looks = {"size": path.stat().st_size, "changed": path.stat().st_mtime_ns, "tries": seen.get("tries", 0)}
        if not (_marker(path).exists() or seen == looks):
            now[str(path)] = {**looks, "tries": 0}
            waiting.append(path.name)
            continue
        looks["tries"] += 1
        now[str(path)] = looks
        _keep(before | now)  # before it is read: a file that ends the process must not do so for ever
        run = _loaded(actor, path) if looks["tries"] <= _TRIES else None
        if run is not None and run.error_code:
            looks["tries"] -= run.error_code == _BUSY
            if looks["tries"] < _TRIES:
                waiting.append(path.name)
                continue
        taken = run is not None and _is_taken(run)
        (loaded if taken else failed).append(path.name)
        _put_away(run, path, folder / ("loaded" if taken else "failed"))
        del now[str(path)]
    _keep(now)
    return Watched(tuple(loaded), tuple(failed), tuple(waiting))


def _is_candidate(path: Path) -> bool:
    hidden = path.name.startswith(".") or path.name.endswith((*_UNFINISHED, _DONE)) or path.name == _LICENCE
    return path.is_file() and not path.is_symlink() and not hidden


def _licence_of(folder: Path) -> str:
    try:
        told = (folder / _LICENCE).read_text("utf-8-sig", errors="replace")
    except (FileNotFoundError, IsADirectoryError):
        return ""
    return next((line.strip() for line in told.splitlines() if line.strip()), "")


def _marker(path: Path) -> Path:
    return path.with_name(path.name + _DONE)


def _state() -> dict[str, dict[str, Any]]:
    try:
        told: dict[str, dict[str, Any]] = orjson.loads((Path(settings.QIANTANG_HOME) / _STATE).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}
    return told


def _keep(state: dict[str, dict[str, Any]]) -> None:
    place = Path(settings.QIANTANG_HOME) / _STATE
    draft = place.with_suffix(".draft")
    draft.write_bytes(orjson.dumps(state))
    draft.rename(place)


def _loaded(actor: Actor, path: Path) -> ImportRun:
    """Load one file as a run of its own, so that one that breaks stops no other."""
    paths = [{"name": path.name, "path": str(path)}]
    try:
        terms = Terms(licence=_licence_of(path.parent))
    except Invalid as error:
        run = queue_run(actor=actor, kind=ImportRun.Kind.FOLDER, paths=paths, terms=NO_TERMS, enqueue=False)
        return fail_run(run, error)
    run = queue_run(actor=actor, kind=ImportRun.Kind.FOLDER, paths=paths, terms=terms, enqueue=False)
    try:
        return perform_import(actor=actor, run_id=run.pk)
    except Exception:  # noqa: BLE001 - the run keeps the reason; the other files of the folder go on
        _log.exception("a file of the watched folder could not be loaded: %s", path.name)
        return ImportRun.objects.get(pk=run.pk)


def _is_taken(run: ImportRun) -> bool:
    """Whether something of the file went in: a format that is known does not help a file that is refused whole."""
    return run.report is not None and any(
        source["format"] and not source["refusal"] for source in run.report["sources"]
    )


def _put_away(run: ImportRun | None, path: Path, folder: Path) -> None:
    """Move a file and write its report beside it; without a run it ended the process each time it was tried."""
    folder.mkdir(exist_ok=True)
    place = free_place(folder, path.name)
    path.rename(place)
    _marker(path).unlink(missing_ok=True)
    if run is None:
        told: dict[str, Any] = {"import": None, "error": {"code": "ingest.broke_off"}}
    else:
        told = {"import": run.pk, **(run.report or {"error": {"code": run.error_code, **run.error_facts}})}
    place.with_name(f"{place.name}.report.json").write_bytes(
        orjson.dumps({"at": timezone.now().isoformat(), **told}, option=orjson.OPT_INDENT_2)
    )
    if run is not None:
        run.paths = [{"name": path.name, "path": str(place)}]  # so that a mapping can still be made for it
        run.save(update_fields=["paths"])
