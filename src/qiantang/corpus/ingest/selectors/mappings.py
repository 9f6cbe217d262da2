"""Reads of saved mappings, and of the tables for which one is made. Operators only, but for the loader itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.mapping import load_mapping
from qiantang.corpus.ingest.methods.mapping.draft import rows_of
from qiantang.corpus.ingest.methods.readers.mapped_table import MappingReader
from qiantang.corpus.ingest.methods.streams import HEAD_BYTES, Source, sources
from qiantang.corpus.ingest.methods.tableheads import table_head
from qiantang.corpus.ingest.models import SavedMapping
from qiantang.corpus.ingest.selectors.runs import ensure_may_look, import_run
from qiantang.corpus.ingest.types import FileRefused
from qiantang.kernel.errors import Invalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.corpus.ingest.methods.tableheads import TableHead
    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class SavedReader:
    """A saved mapping as the loader uses it: for tables whose header row is exactly this one."""

    header: tuple[str, ...]
    reader: MappingReader

    def fits(self, head: TableHead) -> bool:
        mapping = self.reader.mapping
        rows = head.rows(mapping.delimiter, mapping.header_row)
        return len(rows) >= mapping.header_row and tuple(rows[mapping.header_row - 1]) == self.header


@dataclass(frozen=True, slots=True)
class UnknownTable:
    """A file of an import run as a table: where it is, its first bytes, its first rows (at least one)."""

    source: Source
    head: bytes
    rows: list[list[str]]


def saved_mappings(actor: Actor) -> list[SavedMapping]:
    """Every version of every saved mapping, the newest first."""
    ensure_may_look(actor)
    return list(SavedMapping.objects.all())


def saved_mapping(actor: Actor, name: str, version: int) -> SavedMapping:
    """errors: NotFound ``ingest.mapping_unknown``"""
    ensure_may_look(actor)
    found = SavedMapping.objects.filter(name=name, version=version).first()
    if found is None:
        raise NotFound("ingest.mapping_unknown", name=name, version=version)
    return found


def saved_readers() -> tuple[SavedReader, ...]:
    """The saved mappings as readers, the newest first; of one header row the newest alone."""
    newest: dict[tuple[str, ...], SavedReader] = {}
    for one in SavedMapping.objects.all():
        header = tuple(one.header)
        newest.setdefault(header, SavedReader(header, MappingReader(load_mapping(one.text))))
    return tuple(newest.values())


def reader_saved_for(head: TableHead, saved: Sequence[SavedReader]) -> MappingReader | None:
    """The saved mapping made for a table with this header row."""
    return next((one.reader for one in saved if one.fits(head)), None)


def unknown_table(actor: Actor, run_id: int, file: str) -> UnknownTable:
    """A file of a run, to make a mapping for it.

    file    its name in the run's report
    errors  NotFound ``ingest.run_unknown`` · ``ingest.file_unknown`` · Invalid ``ingest.no_table``
    """
    run = import_run(actor, run_id)
    kept = [Path(one["path"]) for one in run.paths if Path(one["path"]).exists()]
    source = next((one for path in kept for one in sources(path) if one.name == file), None)
    if source is None:
        raise NotFound("ingest.file_unknown", file=file)
    try:
        with source.open() as stream:
            head = stream.read(HEAD_BYTES)
        rows = rows_of(table_head(head, source.open))
    except FileRefused:
        rows = []
    if not rows:
        raise Invalid("ingest.no_table", file=file)
    return UnknownTable(source, head, rows)
