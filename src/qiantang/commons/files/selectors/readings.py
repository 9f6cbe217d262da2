"""Who read what lies sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.files.models import SealedReading
from qiantang.commons.files.types import Reading

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def readings_of(actor: Actor, belongs: str, *, most: int = 200) -> tuple[Reading, ...]:
    """Every reading of what belongs to one thing, newest first; the room has asked its policy whether the actor may see."""
    del actor
    rows = SealedReading.objects.filter(belongs=belongs).select_related("sealed").order_by("-at", "-pk")[:most]
    return tuple(
        Reading(row.at, row.person_id, row.name, row.read_as, row.why, row.sealed.kind, row.sealed_id) for row in rows
    )
