"""Rows that speak of one patent, and what the register holds of it, to one record: portion by portion.

Memory holds one portion: its rows are read from the staged files and its known patents from the register as it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from qiantang.corpus.register.methods.derive import derive
from qiantang.corpus.register.methods.identity import Member, patents_of
from qiantang.corpus.register.methods.links import links_of
from qiantang.corpus.register.methods.merge import Statement, merge, slots_of
from qiantang.corpus.register.methods.regions import PlaceOf, region_of
from qiantang.corpus.register.services.families import FamilyDesk
from qiantang.corpus.register.services.layer import LayerWriter
from qiantang.corpus.register.services.resolve import Cluster, Known, known_patents, staged_statements
from qiantang.corpus.register.services.staging import StagedSource, Staging
from qiantang.corpus.register.types import RECORD_SCHEMA
from qiantang.engines.lake.port import LakeView

_PORTION_CLUSTERS, _PORTION_BYTES = 2_000, 16 * 2**20

Told = tuple[StagedSource, Statement]


class Merging:
    """Writes the patents of clusters.

    gone    the ids of known patents that are no longer used
    growth  by how many patents the register grew
    """

    def __init__(
        self,
        staging: Staging,
        writer: LayerWriter,
        desk: FamilyDesk,
        view: LakeView | None,
        *,
        day: date,
        place_of: PlaceOf,
    ) -> None:
        self._staging, self._writer, self._desk, self._view = staging, writer, desk, view
        self._day, self._place_of = day, place_of
        self.gone: set[str] = set()
        self.growth = 0

    def write(self, clusters: Sequence[Cluster], progress: Callable[[str, int, int], None]) -> None:
        done = 0
        for portion in self._portions(clusters):
            self._write_portion(portion)
            done += len(portion)
            progress("merging", done, len(clusters))
        self._writer.retire(self.gone)

    def _portions(self, clusters: Sequence[Cluster]) -> Iterator[list[Cluster]]:
        """As many clusters at once as their rows stay small; known patents are taken to be as large as their rows."""
        portion: list[Cluster] = []
        size = 0
        for cluster in clusters:
            heaviest = max(map(self._staging.weight, cluster.ordinals))
            size += heaviest * (len(cluster.ordinals) + len(cluster.patent_ids))
            portion.append(cluster)
            if len(portion) >= _PORTION_CLUSTERS or size >= _PORTION_BYTES:
                yield portion
                portion, size = [], 0
        if portion:
            yield portion

    def _write_portion(self, clusters: Sequence[Cluster]) -> None:
        rows = self._rows(clusters)
        ids = {patent_id for cluster in clusters for patent_id in cluster.patent_ids}
        known = {one.patent_id: one for one in known_patents(self._view, ids)} if self._view is not None else {}
        records: list[dict[str, Any]] = []
        said: list[dict[str, Any]] = []
        disputed: list[tuple[str, str]] = []
        for cluster in clusters:
            told = [rows[ordinal] for ordinal in sorted(cluster.ordinals)]
            held = [known[patent_id] for patent_id in sorted(cluster.patent_ids)]
            if not account(told, held):
                continue
            self._desk.replaces(patent.patent_id for patent in held)
            for patent_id, member in self._members(told, held).items():
                records.append(self._record(patent_id, member))
                said += _kept_statements(patent_id, member)
                disputed += [(key, patent_id) for key in sorted(member.disputed_keys)]
        if records:
            self._desk.take(pa.RecordBatch.from_pylist(records, schema=RECORD_SCHEMA))
        self._writer.write_observations(said)
        self._writer.write_disputed_aliases(disputed)

    def _rows(self, clusters: Sequence[Cluster]) -> Mapping[int, Told]:
        rows: dict[int, Told] = {}
        for source, ordinals, batch in self._staging.take(sorted(o for one in clusters for o in one.ordinals)):
            told = staged_statements(batch, source.digest, source.format, source.rank)
            rows.update((ordinal, (source, one)) for ordinal, one in zip(ordinals, told, strict=True))
        return rows

    def _members(self, told: Sequence[Told], held: Sequence[Known]) -> dict[str, Member]:
        members = patents_of([one for patent in held for one in patent.statements] + [one for _, one in told])
        self.gone |= {patent.patent_id for patent in held} - set(members)
        self.growth += len(members) - len(held)
        return members

    def _record(self, patent_id: str, member: Member) -> dict[str, Any]:
        record = merge(member.statements, member.disputed_keys)
        derived = derive(record, self._day)
        region = region_of(record, derived, self._place_of)
        return {"patent_id": patent_id, **record, "links": links_of(record), **region, **derived}


def account(told: Sequence[Told], held: Sequence[Known]) -> bool:
    """Count each row as kept or merged; True where anything new was said, be it only that another source says it too."""
    before = [statement for patent in held for statement in patent.statements]
    slots = {slot for statement in before for slot in slots_of(statement.said)}
    rows = {row for statement in before for row in statement.sources}
    best = min((statement.credibility()[:2] for statement in before), default=None)
    changed = False
    for source, statement in told:
        own, credibility = slots_of(statement.said), statement.credibility()[:2]
        adds = not own <= slots
        better = best is not None and credibility < best
        source.kept += adds or better
        source.merged += not (adds or better)
        changed = changed or adds or not rows.issuperset(statement.sources)
        slots |= own
        best = min(best, credibility) if best else credibility
    return changed


def _kept_statements(patent_id: str, member: Member) -> list[dict[str, Any]]:
    """Where the record alone would not tell what each source said: the statements, to be kept beside it."""
    distinct = {statement.digest: statement for statement in member.statements}
    if len(distinct) <= 1 and not member.disputed_keys:
        return []
    return [
        {"patent_id": patent_id, "digest": digest, "keys": s.keys, "notes": s.notes, **s.said}
        for digest, s in sorted(distinct.items())
    ]
