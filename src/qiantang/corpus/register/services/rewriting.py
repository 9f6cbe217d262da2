"""Layers written anew: several as one, or one without what must go. Knows the rule of owners and no table by name.

What hides a row is said by the lake port: a newer layer that touched its owner. So whatever tables a layer has, the
visible rows of all of them, oldest layer first, are the merged layer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.corpus.register.selectors.manifests import Manifest, RegisterPlace, layer_upto
from qiantang.corpus.register.services.layer import parquet_writer, seal_folder
from qiantang.disk import sync, write_atomically
from qiantang.engines.lake.port import OWNER, TOUCHED, Lake

_AT_ONCE = 4_096
_GROUP_ROWS = 65_536
_GROUP_BYTES = 64 * 2**20

Edit = Callable[[str, pa.RecordBatch], pa.RecordBatch]


def merge_layers(folders: Sequence[Path], target: Path, lake: Lake, *, edit: Edit | None = None) -> dict[str, Any]:
    """Write what is visible of these layers (oldest first) as one sealed layer; rows, SHA-256 and size of its files.

    edit    changes the rows of a table on their way, batch by batch; gets the table's name
    """
    target.mkdir(parents=True)
    touched = [_touched(folder) for folder in folders]
    names = sorted(path.stem for path in folders[-1].glob("*.parquet") if path.stem != TOUCHED)
    for name in names:
        _write_table(name, folders, touched, target, edit)
    owners = pc.unique(pa.concat_arrays(list(touched)))
    table = pa.table({OWNER: owners.take(pc.sort_indices(owners))}, schema=pa.schema([pa.field(OWNER, pa.string())]))
    with parquet_writer(target, TOUCHED, table.schema) as writer:
        writer.write_table(table)
    return seal_folder(target, lake)


def _touched(folder: Path) -> Any:
    return pq.read_table(folder / f"{TOUCHED}.parquet")[OWNER].combine_chunks()


def write_visible(name: str, folders: Sequence[Path], target: Path, edit: Edit | None = None) -> None:
    """Write the visible rows of one table of these layers (oldest first) as a Parquet file of a folder."""
    _write_table(name, folders, [_touched(folder) for folder in folders], target, edit)


def _write_table(name: str, folders: Sequence[Path], touched: Sequence[Any], target: Path, edit: Edit | None) -> None:
    empty = pa.RecordBatch.from_pylist([], schema=pq.read_schema(folders[-1] / f"{name}.parquet"))
    schema = (edit(name, empty) if edit else empty).schema
    with parquet_writer(target, name, schema) as writer:
        held: list[pa.RecordBatch] = []
        rows = size = 0
        for batch in _visible(name, folders, touched):
            kept = edit(name, batch) if edit else batch
            if not kept.num_rows:
                continue
            held.append(kept)
            rows, size = rows + kept.num_rows, size + kept.nbytes
            if rows >= _GROUP_ROWS or size >= _GROUP_BYTES:
                writer.write_table(pa.Table.from_batches(held))
                held, rows, size = [], 0, 0
        if held:
            writer.write_table(pa.Table.from_batches(held))


def _visible(name: str, folders: Sequence[Path], touched: Sequence[Any]) -> Iterator[pa.RecordBatch]:
    for place, folder in enumerate(folders):
        newer = [owners for owners in touched[place + 1 :] if len(owners)]
        hidden = pa.concat_arrays(newer) if newer else None
        with closing(pq.ParquetFile(folder / f"{name}.parquet")) as file:
            for batch in file.iter_batches(_AT_ONCE):
                if hidden is None:
                    yield batch
                else:
                    yield batch.filter(pc.invert(pc.is_in(batch.column(OWNER), value_set=hidden)))


def rewritten_layer(
    place: RegisterPlace, lake: Lake, names: Sequence[str], *, edit: Edit | None = None
) -> tuple[str, Mapping[str, Any]]:
    """The layers (oldest first) written as one new layer, in its place but named by no manifest yet: its name, its files."""
    staging = place.root / "staging-rewritten"
    files = merge_layers([place.layers / name for name in names], staging, lake, edit=edit)
    upto = layer_upto(names[-1])
    taken = [int(path.name.partition(".")[2] or 0) for path in place.layers.glob(f"{upto:06d}*")]
    name = f"{upto:06d}.{max(taken) + 1}"
    staging.rename(place.layers / name)
    sync(place.layers)
    return name, files


def replace_layers(
    place: RegisterPlace, manifest: Manifest, old: Sequence[str], new: str, files: Mapping[str, Any]
) -> None:
    """Let a snapshot name the new layer where it named the old ones, which follow each other."""
    start = manifest.layers.index(old[0])
    layers = (*manifest.layers[:start], new, *manifest.layers[start + len(old) :])
    kept = {name: told for name, told in manifest.files.items() if name in layers}
    changed = replace(manifest, layers=layers, files={**kept, new: files})
    write_atomically(place.manifest_path(manifest.snapshot), changed.to_bytes())
