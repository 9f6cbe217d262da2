"""Reads of anchors: which of them cover a deposit, and how far each is."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from qiantang.commons.evidence.models import Anchor
from qiantang.commons.evidence.selectors.log import document, inclusion_proof
from qiantang.commons.evidence.types import AnchorState, AnchorTold

if TYPE_CHECKING:
    from qiantang.commons.evidence.models import Deposit


def anchors_of(deposit: Deposit) -> list[Anchor]:
    """Of each calendar the first anchor that covers a deposit: one that is in a block before one that is promised."""
    if deposit.leaf_index is None:
        return []
    rows = Anchor.objects.filter(checkpoint__size__gt=deposit.leaf_index).select_related("checkpoint")
    found: dict[str, Anchor] = {}
    for row in rows.order_by("calendar", "checkpoint__size"):
        before = found.get(row.calendar)
        if before is None or (row.upgraded_at is not None and before.upgraded_at is None):
            found[row.calendar] = row
    return list(found.values())


def anchor_told(row: Anchor) -> AnchorTold:
    if row.upgraded_at is not None:
        state, since = AnchorState.UPGRADED, row.upgraded_at
    elif row.promised_at is not None:
        state, since = AnchorState.PENDING, row.promised_at
    else:
        state, since = AnchorState.ASKED, row.planned_at
    return AnchorTold(calendar=row.calendar, state=state, since=since, height=row.height, said=row.said)


def anchor_documents(deposit: Deposit) -> list[dict[str, Any]]:
    """What the verifier reads of the anchors; those that nobody has promised yet prove nothing and are left out."""
    assert deposit.leaf_index is not None
    return [
        {
            "calendar": row.calendar,
            "checkpoint": document(row.checkpoint),
            "path": inclusion_proof(deposit.leaf_index, row.checkpoint.size),
            "proof": base64.b64encode(bytes(row.proof)).decode(),
        }
        for row in anchors_of(deposit)
        if row.proof is not None
    ]
