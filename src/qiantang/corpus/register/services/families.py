"""Families while a load goes on: who may have one waits until all of this load is known, and old members follow.

Costs what the load touches: relatives are found by key, and an old member is written again only where its family
changed its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.register.methods.families import FamilyIds, Kin, family_ids
from qiantang.corpus.register.methods.links import APPLICATION
from qiantang.corpus.register.services.layer import LayerWriter
from qiantang.corpus.register.services.resolve import places_of
from qiantang.corpus.register.types import RECORD_SCHEMA
from qiantang.engines.lake.port import LakeView

_KIN_COLUMNS = ["patent_id", "keys", "links", "simple_family_id", "extended_family_id"]
_AT_ONCE = 2_000
_FAMILY_COLUMNS = ("simple_family_id", "extended_family_id")


class FamilyDesk:
    """Takes the records of a load on their way to the layer.

    claimed     hashes of application keys that rows of this load claim; one too many costs time and no more
    """

    def __init__(self, folder: Path, writer: LayerWriter, view: LakeView | None, claimed: Any) -> None:
        self._writer, self._view, self._claimed = writer, view, claimed
        self._spool = folder / "families.arrow"
        self._waiting: pa.ipc.RecordBatchFileWriter | None = None
        self._kin: dict[str, Kin] = {}
        self._left: set[str] = set()  # known patents that this load replaces

    def take(self, records: pa.RecordBatch) -> None:
        """Write what has no family; keep the rest."""
        waits = self._may_have_family(records)
        if not waits.any():
            self._writer.write(records)
            return
        mask = pa.array(waits)
        self._writer.write(records.filter(pc.invert(mask)))
        kept = records.filter(mask)
        if self._waiting is None:
            self._waiting = pa.ipc.new_file(str(self._spool), RECORD_SCHEMA)
        self._waiting.write_batch(kept)
        self._kin |= {one.patent_id: one for one in map(_kin, kept.select(_KIN_COLUMNS[:3]).to_pylist())}

    def replaces(self, patent_ids: Iterable[str]) -> None:
        """These known patents are written anew, or go: their old relatives may change."""
        self._left.update(patent_ids)

    def _may_have_family(self, records: pa.RecordBatch) -> Any:
        links: Any = records.column("links")
        lengths: Any = pc.list_value_length(links)
        waits = lengths.fill_null(0).to_numpy() > 0
        if not len(self._claimed) and self._view is None:
            return waits
        own = [_applications(keys) for keys in records.column("keys").to_pylist()]
        if len(self._claimed):
            first = np.fromiter((hash(keys[0]) if keys else 0 for keys in own), np.int64, len(own))
            waits |= np.isin(first, self._claimed)
        if self._view is not None:
            asked = [key for keys in own for key in keys]
            found = set(self._view.lookup("family_links", asked, ["key"])["key"].to_pylist()) if asked else set()
            if found:
                waits |= np.fromiter((bool(found.intersection(keys)) for keys in own), bool, len(own))
        return waits

    def finish(self) -> None:
        """Name the families, and write everybody who waited and every known patent whose family has another name now."""
        known, before = self._relatives()
        ids = family_ids([*self._kin.values(), *known.values()])
        if self._waiting is not None:
            self._waiting.close()
            with pa.OSFile(str(self._spool), "rb") as file:
                reader = pa.ipc.open_file(file)
                for index in range(reader.num_record_batches):
                    self._writer.write(_named(reader.get_batch(index), ids))
        changed = sorted(patent_id for patent_id in known if ids[patent_id] != before[patent_id])
        for start in range(0, len(changed), _AT_ONCE):
            self._carry(changed[start : start + _AT_ONCE], ids)

    def _relatives(self) -> tuple[dict[str, Kin], dict[str, FamilyIds]]:
        """Known patents, not of this load, that share an extended family with one of it or did before."""
        known: dict[str, Kin] = {}
        before: dict[str, FamilyIds] = {}
        if self._view is None:
            return known, before
        asked: set[str] = set()
        ask = {key for kin in self._kin.values() for key in (*kin.own, *kin.links)}
        for row in _rows(self._view, sorted(self._left), _KIN_COLUMNS):
            if row["extended_family_id"] is not None:
                ask.update(row["links"], _applications(row["keys"]))
        while ask:
            asked |= ask
            fresh = _holders(self._view, sorted(ask)) - known.keys() - self._kin.keys() - self._left
            ask = set()
            for row in _rows(self._view, sorted(fresh), _KIN_COLUMNS):
                kin = known[row["patent_id"]] = _kin(row)
                before[kin.patent_id] = row["simple_family_id"], row["extended_family_id"]
                ask.update(kin.own, kin.links)
            ask -= asked
        return known, before

    def _carry(self, patent_ids: Sequence[str], ids: dict[str, FamilyIds]) -> None:
        """Write known patents again as they are, but for the names of their families."""
        assert self._view is not None, "only known patents are carried"
        records = self._view.lookup("records", places_of(self._view, patent_ids), RECORD_SCHEMA.names)
        keys: list[Any] = records["keys"].to_pylist()
        held = dict(zip(records["patent_id"].to_pylist(), keys, strict=True))
        for batch in records.cast(RECORD_SCHEMA).combine_chunks().to_batches():
            self._writer.write(_named(batch, ids))
        said = self._view.lookup("observations", patent_ids).to_pylist()
        self._writer.write_observations(said)
        disputed = {(key, one["patent_id"]) for one in said for key in set(one["keys"]) - set(held[one["patent_id"]])}
        self._writer.write_disputed_aliases(sorted(disputed))


def _applications(keys: Iterable[str] | None) -> list[str]:
    return [key for key in keys or () if key.startswith(APPLICATION)]


def _kin(row: dict[str, Any]) -> Kin:
    return Kin(row["patent_id"], frozenset(_applications(row["keys"])), frozenset(row["links"] or ()))


def _rows(view: LakeView, patent_ids: Sequence[str], columns: Sequence[str]) -> list[dict[str, Any]]:
    return view.lookup("records", places_of(view, patent_ids), columns).to_pylist() if patent_ids else []


def _holders(view: LakeView, keys: Sequence[str]) -> set[str]:
    """Known patents that carry one of these links, or are the application that one names."""
    linked = view.lookup("family_links", keys, ["patent_id"])["patent_id"].to_pylist()
    applications = [key for key in keys if key.startswith(APPLICATION)]
    own = view.lookup("aliases", applications, ["patent_id"])["patent_id"].to_pylist() if applications else []
    return {str(one) for one in (*linked, *own)}


def _named(records: pa.RecordBatch, ids: dict[str, FamilyIds]) -> pa.RecordBatch:
    """The records with the names of their families."""
    told = [ids.get(str(one), (None, None)) for one in records.column("patent_id").to_pylist()]
    columns = dict(zip(records.schema.names, records.columns, strict=True))
    for place, name in enumerate(_FAMILY_COLUMNS):
        columns[name] = pa.array([one[place] for one in told], pa.string())
    return pa.RecordBatch.from_arrays([columns[name] for name in RECORD_SCHEMA.names], schema=RECORD_SCHEMA)
