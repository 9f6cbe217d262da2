"""From staged rows to patents: which rows and which known patents belong together.

Works on identity keys alone. Rows whose keys nobody else has are *singles* and go straight into the layer; the rest come
as *clusters* with everything the register already holds about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from qiantang.corpus.register.methods.identity import Groups
from qiantang.corpus.register.methods.merge import Statement
from qiantang.corpus.register.services.staging import Staging
from qiantang.corpus.register.types import OBSERVED, SourceRow
from qiantang.engines.lake.port import LakeView

_OBSERVED_NAMES = [name for name, _ in OBSERVED]


@dataclass(slots=True)
class Cluster:
    """Rows of this load (their ordinals) and known patents that share keys."""

    ordinals: list[int] = field(default_factory=list)
    patent_ids: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Known:
    """A patent as the register holds it now: its statements and the publication keys it disputes."""

    patent_id: str
    statements: tuple[Statement, ...]


Owned = tuple[str, str]  # a key and the id of a known patent that has or disputes it


def _owners_of(view: LakeView, keys: Iterable[str]) -> list[Owned]:
    """(key, patent id) for each key that is known, disputed claims included."""
    asked = [variant for key in keys for variant in (key, f"x:{key}")]
    found = view.lookup("aliases", asked, ["key", "patent_id"])
    pairs = zip(found["key"].to_pylist(), found["patent_id"].to_pylist(), strict=True)
    return [(str(key).removeprefix("x:"), str(owner)) for key, owner in pairs]


def clusters_of(staging: Staging, view: LakeView | None) -> tuple[Any, list[Cluster]]:
    """Split the rows of a load into singles (a mask of all rows) and clusters, in the order of their first rows.

    view    the register as it is, None where it is empty

    Keys of texts are held only for rows that may share one; for all others their hashes have told that nobody does.
    """
    joined, owned = _joined_rows(staging, view)
    groups = Groups()
    first: dict[str, int] = {}
    for ordinal, own in joined.items():
        for key in own:
            earlier = first.setdefault(key, ordinal)
            if earlier != ordinal:
                groups.join(earlier, ordinal)
    known = _join_known(groups, first, owned, view) if view is not None else set()
    members: dict[Any, Cluster] = defaultdict(Cluster)
    for ordinal in joined:
        members[groups.find(ordinal)].ordinals.append(ordinal)
    for patent_id in known:
        members[groups.find(("id", patent_id))].patent_ids.add(patent_id)
    clusters = [one for one in members.values() if len(one.ordinals) > 1 or one.patent_ids]
    is_single = np.ones(staging.rows, bool)
    is_single[[ordinal for one in clusters for ordinal in one.ordinals]] = False
    return is_single, clusters


def _joined_rows(staging: Staging, view: LakeView | None) -> tuple[dict[int, list[str]], list[Owned]]:
    """The keys of rows that may share one with another row or with a known patent; and who is known by such keys."""
    shares = staging.shares_a_key()
    joined: dict[int, list[str]] = {}
    owned: list[Owned] = []
    if view is None and not shares.any():
        return joined, owned
    for _, start, rows in staging.batches():
        told = [own or [] for own in rows.column("keys").to_pylist()]
        mask = shares[start : start + rows.num_rows]
        if view is not None:
            found = _owners_of(view, dict.fromkeys(key for own in told for key in own))
            owned += found
            known = {key for key, _ in found}
            mask = mask | np.fromiter((not known.isdisjoint(own) for own in told), bool, len(told))
        joined.update({start + place: told[place] for place in np.flatnonzero(mask).tolist()})
    return joined, owned


def _join_known(groups: Groups, first: dict[str, int], owned: Iterable[Owned], view: LakeView) -> set[str]:
    """Join rows with the known patents that share their keys, and those with each other, until nothing new turns up."""
    known: set[str] = set()
    asked: set[str] = set(first)
    while owned:
        fresh: set[str] = set()
        for key, patent_id in owned:
            groups.join(first.get(key, ("key", key)), ("id", patent_id))
            if patent_id not in known:
                known.add(patent_id)
                fresh.add(patent_id)
        ask = _keys_of(view, fresh) - asked
        asked |= ask
        owned = _owners_of(view, sorted(ask)) if ask else []
    return known


def places_of(view: LakeView, patent_ids: Sequence[str]) -> list[int]:
    found = view.lookup("aliases", [f"id:{patent_id}" for patent_id in patent_ids], ["n"])
    return [int(place) for place in found["n"].to_pylist() if place is not None]


def _keys_of(view: LakeView, patent_ids: Iterable[str]) -> set[str]:
    """Every key that any statement about these patents carries."""
    wanted = sorted(patent_ids)
    if not wanted:
        return set()
    records = view.lookup("records", places_of(view, wanted), ["keys"])
    observations = view.lookup("observations", wanted, ["keys"])
    return {key for table in (records, observations) for keys in table["keys"].to_pylist() for key in keys or ()}


def known_patents(view: LakeView, patent_ids: Iterable[str]) -> list[Known]:
    """What the register holds of these patents, statement by statement."""
    wanted = sorted(patent_ids)
    if not wanted:
        return []
    columns = ["patent_id", "keys", "notes", "sources", *_OBSERVED_NAMES]
    records = view.lookup("records", places_of(view, wanted), columns).combine_chunks().to_pylist()
    kept = defaultdict(list)
    for row in view.lookup("observations", wanted).combine_chunks().to_pylist():
        kept[row["patent_id"]].append(row)
    return [_known(record, kept.get(record["patent_id"], [])) for record in records]


def _known(record: dict[str, Any], kept: list[dict[str, Any]]) -> Known:
    sources = [SourceRow(**source) for source in record["sources"]]
    if not kept:
        return Known(record["patent_id"], (_statement(record, tuple(sources)),))
    statements = tuple(_statement(row, tuple(s for s in sources if s.digest == row["digest"])) for row in kept)
    return Known(record["patent_id"], statements)


def _statement(row: dict[str, Any], sources: tuple[SourceRow, ...]) -> Statement:
    said = {name: row[name] for name in _OBSERVED_NAMES}
    return Statement(said, tuple(sorted(row["keys"])), tuple(sorted(row["notes"] or ())), sources)


def staged_statements(batch: pa.RecordBatch, source: str, reader: str, rank: int) -> list[Statement]:
    """Statements from rows of a staged batch (OBSERVATION_SCHEMA)."""
    return [
        _statement(row, (SourceRow(source, row["row"], reader, rank, row["as_of"], row["digest"]),))
        for row in batch.to_pylist()
    ]
