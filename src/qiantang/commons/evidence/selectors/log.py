"""Reads of the log: its state, checkpoints, proofs, keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qiantang.commons.evidence.methods.records import checkpoint_document
from qiantang.commons.evidence.models import Checkpoint, Cosignature, Deposit, LogKey, LogNode, LogState, Stamp
from qiantang.commons.evidence.rules import PROVED_BACKWARDS
from qiantang.commons.evidence.types import LogTold, StampTold
from qiantang.kernel.errors import NotFound
from qiantang.kernel.merkle import Frontier, Place, consistency_spans, inclusion_spans, places_of, proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qiantang.kernel.merkle import Span

_LEVEL_BITS = 48


def node_key(place: Place) -> int:
    """The key of a node's row."""
    return place.level << _LEVEL_BITS | place.number


def frontier_of(state: LogState) -> Frontier:
    return Frontier(state.size, tuple(bytes.fromhex(one) for one in state.peaks))


def frontier() -> Frontier:
    """The tree as it stands."""
    state = LogState.objects.filter(pk=1).first()
    return frontier_of(state) if state else Frontier()


def log_id() -> str:
    """The log's name: the id of its first key."""
    return LogKey.objects.order_by("pk").values_list("key_id", flat=True)[0]


def nodes(places: Iterable[Place]) -> dict[Place, bytes]:
    """Stored nodes, in one query for each few hundred."""
    wanted = {node_key(place): place for place in places}
    found: dict[Place, bytes] = {}
    keys = list(wanted)
    for begin in range(0, len(keys), 500):
        rows = LogNode.objects.filter(id__in=keys[begin : begin + 500]).values_list("id", "digest")
        found.update((wanted[key], bytes.fromhex(digest)) for key, digest in rows)
    return found


def _proved(spans: Sequence[Span]) -> list[str]:
    there = nodes(place for span in spans for place in places_of(span))
    return [one.hex() for one in proof(spans, there.__getitem__)]


def inclusion_proof(index: int, size: int) -> list[str]:
    """The path from an entry to the root of the log at a size, hexadecimal.

    errors  ValueError where there is no such entry
    """
    return _proved(inclusion_spans(index, size))


def consistency_proof(older: int, newer: int) -> list[str]:
    """The proof that the log of ``newer`` entries only appends to that of ``older``.

    errors  NotFound ``evidence.size_unknown`` where the log never was that large
    """
    if not 0 < older <= newer <= frontier().size:
        raise NotFound("evidence.size_unknown", given=older if newer <= frontier().size else newer)
    return _proved(consistency_spans(older, newer))


def extension_nodes(size: int) -> dict[str, Any]:
    """The nodes which prove that the log of a size extends its newest checkpoints before, and those at powers of two."""
    before = Checkpoint.objects.filter(size__lt=size).order_by("-size").values_list("size", flat=True)
    sizes = set(before[:PROVED_BACKWARDS])
    for power in range(size.bit_length()):
        found = before.filter(size__lte=1 << power).first()
        sizes.update([found] if found else [])
    wanted = {place for one in sizes for span in consistency_spans(one, size) for place in places_of(span)}
    told = {f"{place.level}.{place.number}": digest.hex() for place, digest in nodes(wanted).items()}
    return {"nodes": told, "sizes": sorted(sizes)}


def key_history() -> list[dict[str, Any]]:
    """Every key there ever was, each introduced by the one before, as proofs carry them."""
    return [
        {
            "id": one.key_id,
            "public": one.public,
            "follows": one.follows,
            "since": one.since,
            "endorsement": one.endorsement,
            "revoked_at": one.revoked_at,
        }
        for one in LogKey.objects.order_by("pk")
    ]


def document(checkpoint: Checkpoint) -> dict[str, Any]:
    """A checkpoint as proofs carry it."""
    return dict(json.loads(checkpoint_document(checkpoint.body, checkpoint.signature)))


def covering(deposit: Deposit) -> Checkpoint | None:
    """The first checkpoint that holds a deposit; None while it waits."""
    if deposit.leaf_index is None:
        return None
    return Checkpoint.objects.filter(size__gt=deposit.leaf_index).order_by("size").first()


def newest_checkpoint() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def stamp_told(row: Stamp) -> StampTold:
    return StampTold(
        authority=row.authority,
        round=row.round,
        legal=row.legal,
        stamped_at=row.stamped_at,
        serial=row.serial,
        policy=row.policy,
        signer=row.signer,
        drift_seconds=row.drift_seconds,
        said=row.said,
    )


def stamps_of(checkpoint: Checkpoint) -> list[StampTold]:
    rows = checkpoint.stamps.order_by("authority", "round").defer("query", "response", "roots")
    return [stamp_told(one) for one in rows]


def log() -> LogTold:
    """The log as it stands; anybody may see it, it tells nothing of what was deposited."""
    newest = newest_checkpoint()
    seen = (
        Cosignature.objects.filter(checkpoint=newest).order_by("witness__name")
        if newest
        else Cosignature.objects.none()
    )
    here = frontier()
    return LogTold(
        size=here.size,
        root=here.root().hex(),
        waiting=Deposit.objects.filter(leaf_index__isnull=True).count(),
        checkpoint=document(newest) if newest else None,
        keys=key_history(),
        stamps=stamps_of(newest) if newest else (),
        witnesses=tuple(seen.values_list("witness__name", flat=True)),
    )


def log_document() -> dict[str, Any]:
    """The newest checkpoint with keys and nodes, as a file which the verifier compares with others.

    errors  NotFound ``evidence.size_unknown`` for an empty log
    """
    newest = newest_checkpoint()
    if newest is None:
        raise NotFound("evidence.size_unknown", given=0)
    return {"checkpoint": document(newest), "keys": key_history(), "extends": extension_nodes(newest.size)}
