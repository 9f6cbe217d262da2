"""Small layers become one, old snapshots go, orphans are swept: what readers see stays the same.

A new layer stands complete before the manifest that names it replaces the old one by one rename. Whoever has the old
layers open reads on in them; whoever opens the register next reads the new ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from qiantang.corpus.register.methods.compaction import layers_to_merge, snapshots_to_prune
from qiantang.corpus.register.services.load import load_lock, sweep
from qiantang.corpus.register.services.rewriting import replace_layers, rewritten_layer
from qiantang.corpus.register.types import Compacted, Pruned
from qiantang.disk import write_atomically
from qiantang.kernel.errors import NotFound

if TYPE_CHECKING:
    from qiantang.corpus.register.selectors.manifests import RegisterPlace
    from qiantang.corpus.register.selectors.view import Register


def compact(register: Register, *, everything: bool = False) -> Compacted:
    """Write the newest small layers of the newest snapshot as one, where that is worth it.

    everything  all layers as one, whatever their sizes
    errors      Conflict ``register.load_running``
    """
    place = register.place
    with load_lock(place):
        sweep(place)
        manifest = place.latest()
        if manifest is None:
            return Compacted(None, 0, 0, 0)
        before = len(manifest.layers)
        sizes = [pq.read_metadata(place.layers / name / "records.parquet").num_rows for name in manifest.layers]
        count = before if everything else layers_to_merge(sizes)
        if count < 2:  # noqa: PLR2004 one layer is as compact as can be
            return Compacted(manifest.snapshot, before, before, 0)
        old = manifest.layers[-count:]
        name, files = rewritten_layer(place, register.lake, old)
        replace_layers(place, manifest, old, name, files)
        register.forget_frames()
        return Compacted(manifest.snapshot, before, before - count + 1, sum(sizes[-count:]))


def prune(register: Register, *, keep: int) -> Pruned:
    """Let all snapshots go but the newest ``keep`` and those that are pinned, and sweep what nobody names any more.

    errors  Conflict ``register.load_running``
    """
    place = register.place
    with load_lock(place):
        before = _size(place)
        gone = snapshots_to_prune(place.snapshots(), keep=keep, pinned=frozenset(place.pins()))
        for number in gone:
            place.manifest_path(number).unlink()
        sweep(place)
        register.forget_frames()
        return Pruned(tuple(gone), tuple(place.snapshots()), max(0, before - _size(place)))


def _size(place: RegisterPlace) -> int:
    return sum(path.stat().st_size for path in place.layers.rglob("*") if path.is_file())


def pin(register: Register, snapshot: int, reason: str) -> None:
    """Keep a snapshot whatever the policy says; the reason is shown. Pinning again changes the reason.

    errors  NotFound ``register.snapshot_unknown`` · Conflict ``register.load_running``
    """
    place = register.place
    with load_lock(place):
        if snapshot not in place.snapshots():
            raise NotFound("register.snapshot_unknown", snapshot=snapshot)
        write_atomically(place.pin_path(snapshot), reason.encode())


def unpin(register: Register, snapshot: int) -> None:
    """Let policy decide over a snapshot again; one that is not pinned is no error."""
    with load_lock(register.place):
        register.place.pin_path(snapshot).unlink(missing_ok=True)
