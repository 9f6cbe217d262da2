"""All hits of a query, not a page of them: for exports, statistics, alerts and whoever goes on where a page ends.

What is guaranteed. A scan reads one snapshot from its first hit to its last: whatever is loaded meanwhile, each hit comes
once, none is left out, and their number is ``total``. A scan that goes on from a place does so in the newest snapshot. If
that is the one in which the place was handed out, both parts together are the whole. If something was loaded between the
two, nothing comes twice and nothing that is a hit in both snapshots is left out, as long as its value in the field of the
order has not changed; in the order of ids, which never change, that holds without condition. ``begun_in`` and ``snapshot``
tell the cases apart. Who needs all of one snapshot and may be stopped in between keeps the ids: they are some bytes each.
"""

from __future__ import annotations

import base64
import binascii
import json
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any

from qiantang.corpus.register.methods import query_language as language
from qiantang.corpus.register.methods.privacy import public_event, public_party
from qiantang.corpus.register.selectors.records import places_by_key, record_from
from qiantang.corpus.register.selectors.searching import compiled, indexed, parse, sort_of
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import RECORD_SCHEMA, ResultScan, ScanBatch, SearchRequest
from qiantang.engines.search.port import ScanHit
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qiantang.corpus.register.types import PatentRecord
    from qiantang.engines.lake.port import LakeView

__all__ = ["SnapshotReader", "scan", "snapshot_reader"]

_SEAL_LENGTH = 8
_BY_ID = "id"


def scan(request: SearchRequest | str, *, after: str | None = None, size: int = 1_000) -> ResultScan:
    """All hits of a query by their ids; memory does not grow with them, time grows as they do.

    request   a query, or what ``search`` takes: its query and its order count. Relevance, which moves with each load, is
              no order for all hits: they come by ascending id then
    after     the place of a batch of an earlier scan of the same query in the same order: goes on behind it
    size      ids in a batch, at most
    errors    as ``search``; Invalid ``paging.cursor`` where the place is damaged or of another query
    """
    asked = SearchRequest(request) if isinstance(request, str) else request
    node = parse(asked.query)
    canonical, query = language.canonical(node), compiled(node)
    sort = sort_of(asked.sort)
    order = asked.sort if sort else _BY_ID
    subject = f"{canonical}|{order}"
    place, begun_in = _place(after, subject) if after else (None, None)
    here = register()
    indexed(here)
    found = here.search.scan(query, sort=sort, after=place)
    batches = _batches(found.hits, size, found.stamp, subject)
    return ResultScan(asked.query, canonical, order, found.total, found.stamp, begun_in, batches)


def _batches(hits: Iterator[ScanHit], size: int, snapshot: int, subject: str) -> Iterator[ScanBatch]:
    while batch := list(islice(hits, size)):
        yield ScanBatch(tuple(one.id for one in batch), _told(batch[-1], snapshot, subject))


def _seal(hit: ScanHit, snapshot: int, subject: str) -> str:
    return sha256(f"{hit.value}\x00{hit.id}\x00{snapshot}\x00{subject}".encode()).hexdigest()[:_SEAL_LENGTH]


def _told(hit: ScanHit, snapshot: int, subject: str) -> str:
    packed = json.dumps([hit.id, hit.value, snapshot, _seal(hit, snapshot, subject)], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _place(after: str, subject: str) -> tuple[ScanHit, int]:
    try:
        padded = after + "=" * (-len(after) % 4)
        patent_id, value, snapshot, seal = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        hit = ScanHit(patent_id, value)
        if seal == _seal(hit, snapshot, subject):
            return hit, snapshot
    except (binascii.Error, ValueError, TypeError):
        pass
    raise Invalid("paging.cursor", given=after[:80])


# --- the records of hits ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SnapshotReader:
    """Patents of one snapshot by id. Streets of private persons are left out, as everywhere."""

    snapshot: int
    _view: LakeView

    def rows(self, patent_ids: Sequence[str], columns: Sequence[str]) -> list[dict[str, Any] | None]:
        """For each id its values in columns of RECORD_SCHEMA, as plain values; None where the snapshot has no such patent.

        Many ids together cost much less than one by one: a thousand or more.
        """
        places = places_by_key(self._view, [f"id:{patent_id}" for patent_id in patent_ids])
        if not places:
            return [None] * len(patent_ids)
        wanted = list(dict.fromkeys(["patent_id", *columns]))
        found = self._view.lookup("records", list(places.values()), wanted).to_pylist()
        by_id = {row["patent_id"]: _public(row) for row in found}
        return [by_id.get(patent_id) for patent_id in patent_ids]

    def records(self, patent_ids: Sequence[str]) -> list[PatentRecord | None]:
        """For each id the whole record; None where the snapshot has no such patent."""
        rows = self.rows(patent_ids, RECORD_SCHEMA.names)
        return [None if row is None else record_from(row) for row in rows]


def _public(row: dict[str, Any]) -> dict[str, Any]:
    if row.get("parties"):
        row["parties"] = [public_party(one) for one in row["parties"]]
    if row.get("events"):
        row["events"] = [public_event(one) for one in row["events"]]
    return row


@contextmanager
def snapshot_reader(snapshot: int) -> Iterator[SnapshotReader]:
    """Reads patents as one snapshot has them, whatever is loaded, compacted or pruned meanwhile.

    errors  NotFound ``register.snapshot_unknown`` (pruned before)
    """
    view = register().open_snapshot(snapshot)
    try:
        yield SnapshotReader(snapshot, view)
    finally:
        view.close()
