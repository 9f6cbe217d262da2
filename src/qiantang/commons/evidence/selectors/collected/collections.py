"""Reads of guided collections: one's own, and all for operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.evidence import policies
from qiantang.commons.evidence.methods.records import spelt_number
from qiantang.commons.evidence.models import Collection
from qiantang.commons.evidence.types import COLLECTIONS, CollectionTold, ItemTold
from qiantang.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.kernel.actor import Actor

_SHOWN = 100


def collection_row(actor: Actor, number: str) -> Collection:
    """Errors  NotFound ``evidence.collection_unknown``, also where it is somebody else's"""
    mine = Collection.objects.filter(policies.visible_to(actor), number=spelt_number(number))
    row = mine.select_related("capture", "deposit").first()
    if row is None:
        raise NotFound("evidence.collection_unknown", number=number[:40])
    return row


def collections(actor: Actor) -> list[CollectionTold]:
    """The newest of one's collections."""
    rows = Collection.objects.filter(policies.visible_to(actor)).select_related("capture", "deposit")
    return [_told(row) for row in rows.order_by("-opened_at", "-id")[:_SHOWN]]


def collection_told(actor: Actor, number: str) -> CollectionTold:
    """One collection; errors as ``collection_row``."""
    return _told(collection_row(actor, number))


def missing_steps(kind: str, done: Iterable[str]) -> list[str]:
    """What a collection of a kind still needs."""
    there = set(done)
    return [one.key for one in COLLECTIONS[kind] if not one.optional and one.key not in there]


def _told(row: Collection) -> CollectionTold:
    items = list(row.items.select_related("deposit").order_by("pk"))
    return CollectionTold(
        number=row.number,
        kind=row.kind,
        title=row.title,
        capture=row.capture.number if row.capture else None,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        deposit=row.deposit.number if row.deposit else None,
        items=[
            ItemTold(
                step=one.step,
                note=one.note,
                deposit=one.deposit.number if one.deposit else None,
                name=one.deposit.name if one.deposit else "",
                added_at=one.added_at,
            )
            for one in items
        ],
        missing=missing_steps(row.kind, (one.step for one in items)),
    )
