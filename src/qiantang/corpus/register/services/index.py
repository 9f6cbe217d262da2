"""The search index follows the snapshots: advanced by what a load changed, or built again beside the old one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qiantang.corpus.register.methods.documents import documents
from qiantang.corpus.register.selectors.manifests import Manifest
from qiantang.corpus.register.selectors.view import Register, touched_since
from qiantang.corpus.register.types import RECORD_SCHEMA
from qiantang.engines.lake.port import LakeView
from qiantang.engines.search.port import IndexStatus, Writer

Progress = Callable[[str, int, int], None]
_AT_ONCE = 4_096


def advance_index(register: Register, progress: Progress | None = None, *, rebuild: bool = False) -> int | None:
    """Bring the index to the newest snapshot; returns its number, None where there is none.

    rebuild     build it again whatever its state

    A current index takes only what changed since its stamp; a stale or missing one is built again, and searches go on
    with the old one meanwhile. Doing it twice, or after a crash in the middle, gives the same index.
    """
    manifest = register.manifest()
    if manifest is None:
        return None
    state = register.search.state()
    _, view = register.current()
    tell = progress or (lambda _stage, _done, _total: None)
    if rebuild or state.status is not IndexStatus.CURRENT or state.stamp is None or state.stamp > manifest.snapshot:
        _rebuild(register, manifest, view, tell)
    elif state.stamp < manifest.snapshot:
        _advance(register, manifest, view, state.stamp, tell)
    return manifest.snapshot


def _rebuild(register: Register, manifest: Manifest, view: LakeView, tell: Progress) -> None:
    done = 0
    with register.search.writer(fresh=True) as writer:
        for batch in view.scan("records", RECORD_SCHEMA.names):
            writer.add(documents(batch))  # a scan gives each patent once
            done += batch.num_rows
            tell("indexing", done, manifest.patents)
        writer.commit(manifest.snapshot)


def changed_since(register: Register, manifest: Manifest, stamp: int) -> list[str]:
    """Ids of all patents that any layer after the snapshot ``stamp`` wrote or retired."""
    return sorted(touched_since(register.place, manifest.snapshot, stamp))


def _advance(register: Register, manifest: Manifest, view: LakeView, stamp: int, tell: Progress) -> None:
    changed = changed_since(register, manifest, stamp)
    with register.search.writer() as writer:
        for start in range(0, len(changed), _AT_ONCE):
            _replace(writer, view, changed[start : start + _AT_ONCE])
            tell("indexing", min(start + _AT_ONCE, len(changed)), len(changed))
        writer.commit(manifest.snapshot)


def _replace(writer: Writer, view: LakeView, patent_ids: Sequence[str]) -> None:
    found = view.lookup("aliases", [f"id:{patent_id}" for patent_id in patent_ids], ["n"])
    places = [int(place) for place in found["n"].to_pylist() if place is not None]
    present: set[str] = set()
    for batch in view.lookup("records", places, RECORD_SCHEMA.names).to_batches():
        present.update(str(one) for one in batch.column("patent_id").to_pylist())
        writer.put(documents(batch))
    writer.drop(sorted(set(patent_ids) - present))
