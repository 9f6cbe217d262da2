"""Removal on lawful request: a name in certain patents, or whole patents, out of every retained snapshot.

First a note of what is being removed, then the list of what must not come back, then layer after layer, then the refused
rows of loads. Doing it again after a crash in the middle ends where one run would have ended, by the same numbers although
they lead nowhere by then. The search index is made anew by the caller, who also settles the removal (``removals``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.corpus.register.methods.erasure import Suppressed, Suppressions
from qiantang.corpus.register.services.load import load_lock, sweep
from qiantang.corpus.register.services.meaning import forget_meaning
from qiantang.corpus.register.services.removals import Removal, begun_removal, note_removal
from qiantang.corpus.register.services.resuming import forget
from qiantang.corpus.register.services.rewriting import replace_layers, rewritten_layer
from qiantang.corpus.register.services.suppression import read_suppressions, suppressions_bytes
from qiantang.corpus.register.types import Erased
from qiantang.disk import write_atomically
from qiantang.engines.lake.port import OWNER
from qiantang.kernel.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from qiantang.corpus.register.selectors.manifests import Manifest, RegisterPlace
    from qiantang.corpus.register.selectors.view import Register


@dataclass(frozen=True, slots=True)
class _Concerned:
    """The patents of a request in all retained layers: ids they have or had, their identity keys, their source files."""

    owners: pa.Array[pa.StringScalar]
    keys: frozenset[str]
    sources: frozenset[str]


def erase(register: Register, patent_ids: Sequence[str], *, name: str | None) -> Erased:
    """Remove a name from these patents, or the patents themselves where no name is given.

    errors  NotFound ``register.empty`` · Conflict ``register.load_running``
    """
    place = register.place
    with load_lock(place):
        sweep(place)
        forget(place.root)
        newest = place.latest()
        if newest is None:
            raise NotFound("register.empty")
        layers = sorted({layer for number in place.snapshots() for layer in place.manifest(number).layers})
        concerned, sources = _meant(place, newest, layers, patent_ids, whole=name is None)
        suppressions = read_suppressions(place)
        what = Suppressed(whole=True) if name is None else Suppressed(names={suppressions.name(name)})
        suppressions.suppress(concerned.keys, what)
        write_atomically(place.root / "suppressed.json", suppressions_bytes(suppressions))
        edit = _Edit(suppressions, concerned.owners, what)
        rewritten = [layer for layer in layers if _holds(place.layers / layer, concerned.owners)]
        snapshots: set[int] = set()
        for layer in rewritten:
            snapshots |= _rewrite(register, layer, edit)
        sweep(place)
        forget_meaning(register)
        register.forget_frames()
        words = [name] if name else [key.partition(":")[2][2:] for key in concerned.keys]
        return Erased(
            patents=len(set(patent_ids)),
            removed=len(set(patent_ids)) if name is None else 0,
            layers=len(rewritten),
            snapshots=tuple(sorted(snapshots)),
            refused=sum(_clear_refused(path, words) for path in sorted(place.loads.glob("*/refused.parquet"))),
            sources=sources,
        )


def _meant(
    place: RegisterPlace, newest: Manifest, layers: Sequence[str], patent_ids: Sequence[str], *, whole: bool
) -> tuple[_Concerned, dict[str, str]]:
    """The patents of the request, and the files that say something of them, digest to name.

    Of a whole removal both are noted first: one that broke off may have taken away what they would be found by.
    """
    begun = begun_removal(place, patent_ids) if whole else Removal(frozenset(), frozenset(), {})
    concerned = _concerned(place, layers, {*patent_ids, *begun.patent_ids}, begun.keys)
    sources = {one.digest: one.name for one in newest.sources if one.digest in concerned.sources}
    if not whole:
        return concerned, sources
    noted = begun.joined(Removal(frozenset(map(str, concerned.owners.to_pylist())), concerned.keys, sources))
    note_removal(place, noted)
    return concerned, dict(noted.sources)


def _concerned(
    place: RegisterPlace, layers: Sequence[str], patent_ids: Collection[str], known: Collection[str]
) -> _Concerned:
    """Follow ids to keys and keys to ids through all layers, until nothing new turns up; ``known`` keys are followed too."""
    owners, keys = set(patent_ids), set(known)
    tables = [pq.read_table(place.layers / layer / "aliases.parquet", columns=["key", OWNER]) for layer in layers]
    while True:
        before = len(owners), len(keys)
        for table in tables:
            own = table.filter(pc.is_in(table[OWNER], value_set=pa.array(sorted(owners), pa.string())))
            keys |= {str(key) for key in own["key"].to_pylist() if not str(key).startswith(("id:", "x:"))}
            same = table.filter(pc.is_in(table["key"], value_set=pa.array(sorted(keys), pa.string())))
            owners |= {str(one) for one in same[OWNER].to_pylist()}
        if (len(owners), len(keys)) == before:
            break
    ids = pa.array(sorted(owners), pa.string())
    found: set[str] = set()
    for layer in layers:
        told = pq.read_table(place.layers / layer / "provenance.parquet", columns=[OWNER, "source"])
        found |= {str(one) for one in told.filter(pc.is_in(told[OWNER], value_set=ids))["source"].to_pylist()}
    return _Concerned(ids, frozenset(keys), frozenset(found))


def _holds(layer: Path, owners: pa.Array[pa.StringScalar]) -> bool:
    told = pq.read_table(layer / "aliases.parquet", columns=[OWNER])
    return bool(pc.any(pc.is_in(told[OWNER], value_set=owners)).as_py())


def _rewrite(register: Register, layer: str, edit: _Edit) -> set[int]:
    """Put a cleaned layer in the place of one, in every snapshot that names it."""
    place = register.place
    new, files = rewritten_layer(place, register.lake, [layer], edit=edit)
    naming = {number for number in place.snapshots() if layer in place.manifest(number).layers}
    for number in naming:
        manifest = place.manifest(number)
        others = [new if one == layer else one for one in manifest.layers]
        view = register.lake.open([place.layers / one for one in others])
        try:
            patents = view.count("patents")
        finally:
            view.close()
        replace_layers(place, replace(manifest, patents=patents), [layer], new, files)
    return naming


class _Edit:
    """Changes the rows of the patents concerned, table by table."""

    def __init__(self, suppressions: Suppressions, owners: pa.Array[pa.StringScalar], what: Suppressed) -> None:
        self._suppressions, self._owners, self._what = suppressions, owners, what

    def __call__(self, _table: str, batch: pa.RecordBatch) -> pa.RecordBatch:
        concerned = pc.is_in(batch.column(OWNER), value_set=self._owners)
        if not pc.any(concerned).as_py():
            return batch
        if self._what.whole:
            return batch.filter(pc.invert(concerned))
        rows = []
        for mine, row in zip(concerned.to_pylist(), batch.to_pylist(), strict=True):
            if mine and "role" in row and self._suppressions.is_name(row["name"], self._what.names):
                continue
            rows.append(self._suppressions.without(row, self._what.names) if mine else row)
        return pa.RecordBatch.from_pylist(rows, schema=batch.schema)


def _clear_refused(path: Path, words: Sequence[str]) -> int:
    """Take the raw text and facts out of refused rows that hold one of the words; how many."""
    table = pq.read_table(path)
    rows = table.to_pylist()
    held = [row for row in rows if any(word in row["raw"] or word in row["facts"] for word in words)]
    for row in held:
        row["raw"], row["facts"] = "", orjson.dumps({"removed": True}).decode()
    if held:
        draft = path.with_suffix(".draft")
        pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), draft, compression="zstd", store_schema=False)
        draft.rename(path)
    return len(held)
