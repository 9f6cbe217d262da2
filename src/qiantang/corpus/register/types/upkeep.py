"""What the care of the register answers: compaction, pruning, removal, export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Compacted:
    """One compaction: layers of the snapshot before and after, and how many packed records were written anew."""

    snapshot: int | None
    layers_before: int
    layers_after: int
    records_written: int


@dataclass(frozen=True, slots=True)
class Pruned:
    """The snapshots that went, those that stay, and the bytes that this freed."""

    pruned: tuple[int, ...]
    kept: tuple[int, ...]
    freed_bytes: int


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One table of an export: rows, size and SHA-256 of its Parquet file."""

    name: str
    rows: int
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Exported:
    """An export of one snapshot: its files, and how many of them an earlier, interrupted run had finished."""

    snapshot: int
    folder: str
    files: tuple[ExportedFile, ...]
    resumed: int


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of a dump: rows (None for what is no table), size, SHA-256 (None where it is not kept)."""

    name: str
    rows: int | None
    size_bytes: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class OpenDump:
    """A finished export of a snapshot that is handed out; ``name`` is its folder, ``created_at`` that of the snapshot.

    current     whether nothing was removed on lawful request since it was made; where something was, it is not given out
    """

    name: str
    snapshot: int
    created_at: str
    synthetic: bool
    files: tuple[OpenFile, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class Erased:
    """A removal on lawful request, without what was removed.

    patents     patents from which something went; ``removed`` those that went whole
    layers      layers written anew; ``snapshots`` those that named one of them
    refused     refused rows of loads whose raw text was cleared
    sources     digest -> name of the source files that still say it: they must be dealt with where they are kept
    """

    patents: int
    removed: int
    layers: int
    snapshots: tuple[int, ...]
    refused: int
    sources: Mapping[str, str]
