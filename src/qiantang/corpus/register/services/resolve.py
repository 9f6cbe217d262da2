"""From staged rows to patents: which rows and which known patents belong together.

Works on identity keys alone. Rows whose keys nobody else has are *singles* and go straight into the layer; the rest come
as *clusters* with everything the register already holds about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from qiantang.corpus.register.methods.identity import Groups
from qiantang.corpus.register.methods.merge import Statement
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


def _owners_of(view: LakeView, keys: Iterable[str]) -> list[tuple[str, str]]:
    """(key, patent id) for each key that is known, disputed claims included."""
    asked = [variant for key in keys for variant in (key, f"x:{key}")]
    found = view.lookup("aliases", asked, ["key", "patent_id"])
    pairs = zip(found["key"].to_pylist(), found["patent_id"].to_pylist(), strict=True)
    return [(str(key).removeprefix("x:"), str(owner)) for key, owner in pairs]


def clusters_of(keys: Sequence[Sequence[str]], view: LakeView | None) -> tuple[list[int], list[Cluster]]:
    """Split the rows of a load into singles and clusters.

    keys    identity keys by ordinal
    view    the register as it is, None where it is empty
    """
    groups = Groups()
    first: dict[str, int] = {}
    for ordinal, own in enumerate(keys):
        for key in own:
            earlier = first.setdefault(key, ordinal)
            if earlier != ordinal:
                groups.join(earlier, ordinal)
    known = _join_known(groups, first, view) if view is not None else {}
    members: dict[Any, Cluster] = defaultdict(Cluster)
    for patent_id in known:
        members[groups.find(("id", patent_id))].patent_ids.add(patent_id)
    for ordinal in range(len(keys)):
        members[groups.find(ordinal)].ordinals.append(ordinal)
    singles = [c.ordinals[0] for c in members.values() if len(c.ordinals) == 1 and not c.patent_ids]
    return singles, [c for c in members.values() if len(c.ordinals) > 1 or c.patent_ids]


def _join_known(groups: Groups, first: dict[str, int], view: LakeView) -> set[str]:
    """Join rows with the known patents that share their keys, and those with each other, until nothing new turns up."""
    known: set[str] = set()
    ask: set[str] = set(first)
    asked: set[str] = set()
    while ask:
        asked |= ask
        fresh: set[str] = set()
        for key, patent_id in _owners_of(view, sorted(ask)):
            groups.join(first.get(key, ("key", key)), ("id", patent_id))
            if patent_id not in known:
                known.add(patent_id)
                fresh.add(patent_id)
        ask = _keys_of(view, fresh) - asked
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
    records = view.lookup("records", places_of(view, wanted), columns).to_pylist()
    kept = defaultdict(list)
    for row in view.lookup("observations", wanted).to_pylist():
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
