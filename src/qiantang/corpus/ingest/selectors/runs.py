"""Reads of import runs and of the rows they refused: for operators and auditors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow.parquet as pq
from django.conf import settings

from qiantang.corpus.ingest import policies
from qiantang.corpus.ingest.models import ImportRun
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.paging import Page, PageRequest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One refused row as kept for inspection; ``row`` 0 means the whole file."""

    source: str
    file: str
    row: int
    code: str
    column: str
    facts: dict[str, Any]
    raw: str


def ensure_may_look(actor: Actor) -> None:
    """errors: NotPermitted ``ingest.operators_only``"""
    decision = policies.may_look(actor)
    if not decision:
        raise NotPermitted(decision.code)


def import_runs(actor: Actor, page: PageRequest) -> Page[ImportRun]:
    """Runs, newest first."""
    ensure_may_look(actor)
    runs = ImportRun.objects.all()
    total = runs.count()
    items = list(runs[page.offset : page.offset + page.size])
    return Page(items=items, total=total, next=page.cursor_after(subject="import-runs", total=total))


def import_run(actor: Actor, run_id: int) -> ImportRun:
    """errors: NotFound ``ingest.run_unknown``"""
    ensure_may_look(actor)
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        raise NotFound("ingest.run_unknown", run=run_id)
    return run


def demo_build() -> ImportRun | None:
    """The build of the demo city while it is under way or has failed; None otherwise. Anybody may see it."""
    run = ImportRun.objects.filter(kind=ImportRun.Kind.DEMO).first()
    return run if run is not None and run.state != ImportRun.State.DONE else None


def _kept(load: int) -> tuple[Path, dict[str, str]]:
    """The file with the refused rows of a load, and the names of its files by digest.

    errors  NotFound ``ingest.load_unknown``
    """
    folder = Path(settings.QIANTANG_HOME) / "register" / "loads" / f"{load:06d}"
    try:
        names = {s["digest"]: s["name"] for s in orjson.loads((folder / "report.json").read_bytes())}
    except FileNotFoundError:
        raise NotFound("ingest.load_unknown", load=load) from None
    return folder / "refused.parquet", names


def _refused(row: Mapping[str, Any], names: Mapping[str, str]) -> RefusedRow:
    return RefusedRow(
        source=row["source"],
        file=names.get(row["source"], ""),
        row=row["row"],
        code=row["code"],
        column=row["column"],
        facts=orjson.loads(row["facts"]),
        raw=row["raw"],
    )


def refused_rows(actor: Actor, load: int, page: PageRequest) -> Page[RefusedRow]:
    """The rows a load refused, in the order of the files and of their rows.

    errors  NotFound ``ingest.load_unknown``
    """
    ensure_may_look(actor)
    path, names = _kept(load)
    table = pq.read_table(path)
    rows = [_refused(row, names) for row in table.slice(page.offset, page.size).to_pylist()]
    subject = f"refused-{load}"
    return Page(items=rows, total=table.num_rows, next=page.cursor_after(subject=subject, total=table.num_rows))


def every_refused_row(actor: Actor, load: int) -> Iterator[RefusedRow]:
    """All the rows a load refused, read from disk as they are used; the errors of ``refused_rows``, at once."""
    ensure_may_look(actor)
    path, names = _kept(load)
    batches = pq.ParquetFile(path).iter_batches()
    return (_refused(row, names) for batch in batches for row in batch.to_pylist())
