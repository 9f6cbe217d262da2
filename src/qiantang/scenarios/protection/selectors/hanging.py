"""What of a dispute hangs on its case, for the matter across lines of work: the evidence, each piece to whom it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from qiantang.commons.casework.types import LinkKind
from qiantang.commons.casework.types.graph import Hung
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Dispute, Exhibit
from qiantang.scenarios.protection.types import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor


def exhibits_hung(actor: Actor, numbers: Sequence[str]) -> list[Hung]:
    """The evidence of disputes that the actor may see: one's own side's, what was opened, all for the office."""
    found = []
    for row in Dispute.objects.filter(case__number__in=numbers).select_related("case").order_by("pk"):
        for one in Exhibit.objects.filter(policies.exhibits_visible_to(_side(actor, row)), dispute=row).order_by("pk"):
            own = one.added_by_id is not None and one.added_by_id == actor.person_id
            url = reverse("protection:deposit-detail", args=[one.number]) if own else ""
            title = f"{one.number} {one.name}"
            found.append(Hung(row.case.number, "exhibit", one.number, title, LinkKind.EVIDENCE_FOR, one.added_at, url))
    return found


def _side(actor: Actor, row: Dispute) -> Side | None:
    """On which side the actor stands; None for who stands on both, who sees what was opened in the proceeding itself."""
    sides = policies.sides_of(actor, row)
    if sides:
        return next(iter(sides)) if len(sides) == 1 else None
    return Side.OFFICE if policies.is_office(actor) else None
