"""Open data: one snapshot as Parquet, a file for each canonical table, with a data package that describes them.

Addresses stay behind: of a place an export knows the district. Rows stream from layer to file; an export that was
interrupted goes on with the tables it had not finished.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.corpus.register.methods.descriptions import LEFT_OUT, field_of
from qiantang.corpus.register.methods.tables import CANONICAL_TABLES
from qiantang.corpus.register.selectors.dumps import PACKAGE, STATE, removals_digest
from qiantang.corpus.register.services.rewriting import write_visible
from qiantang.corpus.register.types import Exported, ExportedFile
from qiantang.disk import write_atomically
from qiantang.kernel.errors import Conflict, NotFound

if TYPE_CHECKING:
    from qiantang.corpus.register.selectors.manifests import Manifest
    from qiantang.corpus.register.selectors.view import Register
    from qiantang.corpus.register.types import SourceInfo

Progress = Callable[[str, int, int], None]
_ADDRESS = "地址|住址|address|Adresse"  # an event that tells of a move tells where to


def export_register(
    register: Register, folder: Path, *, snapshot: int | None = None, progress: Progress | None = None
) -> Exported:
    """Write a snapshot (the newest unless named) into an empty folder, or go on where an earlier run stopped.

    What was removed on lawful request meanwhile, or since the earlier run, is not in it: then all is written anew.

    errors  NotFound ``register.empty`` · ``register.snapshot_unknown``
            Conflict ``register.export_folder`` (the folder holds something else, or an export of another snapshot)
    """
    while True:
        removals = removals_digest(register.place)
        done = _exported(register, folder, snapshot, progress or (lambda _stage, _done, _total: None))
        if removals_digest(register.place) == removals:
            return done


def _exported(register: Register, folder: Path, snapshot: int | None, progress: Progress) -> Exported:
    newest = register.place.latest()
    if newest is None:
        raise NotFound("register.empty")
    state = _state_of(folder, snapshot)
    number = snapshot or (state["snapshot"] if state else newest.snapshot)
    manifest = register.place.manifest(number)
    folder.mkdir(parents=True, exist_ok=True)
    removals = removals_digest(register.place)
    same = state is not None and state.get("removals", "") == removals
    done = [ExportedFile(**one) for one in state["files"]] if state and same else []
    sound = {one.name: one for one in done if _is_sound(folder, one)}
    if len(sound) < len(CANONICAL_TABLES):
        (folder / PACKAGE).unlink(missing_ok=True)  # without it the folder is no finished dump
    files: list[ExportedFile] = []
    for place, table in enumerate(CANONICAL_TABLES):
        progress("exporting", place, len(CANONICAL_TABLES))
        files.append(sound.get(table) or _table(register, number, table, folder))
        told = {"snapshot": number, "removals": removals, "files": [asdict(one) for one in files]}
        write_atomically(folder / STATE, orjson.dumps(told))
    package = _package(manifest, files, folder)
    write_atomically(folder / PACKAGE, orjson.dumps(package, option=orjson.OPT_INDENT_2))
    return Exported(number, str(folder), tuple(files), len(sound))


def _state_of(folder: Path, snapshot: int | None) -> dict[str, Any] | None:
    if not folder.exists() or not any(folder.iterdir()):
        return None
    try:
        told: dict[str, Any] = orjson.loads((folder / STATE).read_bytes())
    except FileNotFoundError:
        raise Conflict("register.export_folder", folder=str(folder)) from None
    if snapshot not in (None, told["snapshot"]):
        raise Conflict("register.export_folder", folder=str(folder), snapshot=told["snapshot"])
    return told


def _is_sound(folder: Path, one: ExportedFile) -> bool:
    path = folder / f"{one.name}.parquet"
    return path.exists() and path.stat().st_size == one.size_bytes and _sha256(path) == one.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _table(register: Register, snapshot: int, table: str, folder: Path) -> ExportedFile:
    path = folder / f"{table}.parquet"
    path.unlink(missing_ok=True)
    while True:
        layers = register.place.manifest(snapshot).layers
        try:
            write_visible(table, [register.place.layers / name for name in layers], folder, public)
            break
        except FileNotFoundError:
            # Compaction may have put another layer in the place of these meanwhile.
            if register.place.manifest(snapshot).layers == layers:
                raise
    return ExportedFile(table, pq.read_metadata(path).num_rows, path.stat().st_size, _sha256(path))


def public(table: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Rows of a canonical table as everybody may have them."""
    names: Sequence[str] = [name for name in batch.schema.names if name not in LEFT_OUT]
    if table == "aliases":  # claims to a number that belongs to another patent are for the joining of sources
        batch = batch.filter(pc.invert(pc.starts_with(batch.column("key"), "x:")))
    if table == "legal_events":
        where = batch.schema.get_field_index("text")
        texts: Any = batch.column(where)
        told = pc.match_substring_regex(texts, _ADDRESS, ignore_case=True)
        hidden = pc.if_else(told, pa.scalar(None, pa.string()), texts)
        batch = batch.set_column(where, batch.schema.field(where), hidden)
    return batch.select(list(names))


def _source(one: SourceInfo) -> dict[str, object]:
    """A source file; its licence is None where nobody told it."""
    return {
        "title": one.name,
        "sha256": one.digest,
        "format": one.format,
        "rank": one.rank,
        "loaded": one.loaded_at,
        "licence": one.licence or None,
    }


def _package(manifest: Manifest, files: Sequence[ExportedFile], folder: Path) -> Mapping[str, object]:
    """Source: Data Package standard (Frictionless)."""
    synthetic = any(source.synthetic for source in manifest.sources)
    return {
        "name": "qiantang-register",
        "title": "Patent register" + (" of a synthetic city: nothing in it is real" if synthetic else ""),
        "version": str(manifest.snapshot),
        "created": manifest.published_at,
        "synthetic": synthetic,
        "licenses": [],
        "licenseNote": "The rights in each record are those of the source it came from; see sources and provenance.",
        "privacy": "Street addresses and postcodes are left out; of a place the district is told (region_code).",
        "sources": [_source(one) for one in manifest.sources],
        "resources": [
            {
                "name": one.name.replace("_", "-"),
                "path": f"{one.name}.parquet",
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                "bytes": one.size_bytes,
                "hash": f"sha256:{one.sha256}",
                "rowCount": one.rows,
                "schema": {"fields": [field_of(one.name, f) for f in pq.read_schema(folder / f"{one.name}.parquet")]},
            }
            for one in files
        ],
    }
