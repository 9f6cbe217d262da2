"""Reads of sealed containers: one's own, and those that one has leave to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from qiantang.commons.evidence import policies
from qiantang.commons.evidence.methods.records import spelt_number
from qiantang.commons.evidence.models import Deposit, OpeningGrant
from qiantang.commons.evidence.types import ContainerTold, GrantTold, Kind
from qiantang.kernel.errors import Invalid, NotFound

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def _live(actor: Actor) -> Q:
    return Q(person_id=actor.person_id, revoked_at=None, until__gt=timezone.now())


def container_row(actor: Actor, number: str) -> Deposit:
    """The row of a container that one owns, may see, or has leave to open.

    errors  NotFound ``evidence.unknown`` · Invalid ``evidence.no_container``
    """
    mine = policies.visible_to(actor)
    if actor.person_id is not None and mine:  # an empty Q is everything, and joined to another it would be nothing
        mine |= Q(pk__in=OpeningGrant.objects.filter(_live(actor)).values("deposit"))
    row = Deposit.objects.filter(mine, number=spelt_number(number)).select_related("owner", "key").first()
    if row is None:
        raise NotFound("evidence.unknown", number=number[:40])
    if row.kind != Kind.TRADE_SECRET:
        raise Invalid("evidence.no_container", number=row.number)
    return row


def may_open(actor: Actor, row: Deposit) -> bool:
    """The owner, and who has leave; an operator keeps containers and opens none."""
    if actor.person_id is None:
        return row.owner_id is None and actor.has_role("system")
    return row.owner_id == actor.person_id or OpeningGrant.objects.filter(_live(actor), deposit=row).exists()


def container_told(actor: Actor, number: str) -> ContainerTold:
    """A container with the leaves given for it, which its owner alone sees; errors as ``container_row``."""
    row = container_row(actor, number)
    mine = row.owner_id is not None and row.owner_id == actor.person_id
    now = timezone.now()
    grants = OpeningGrant.objects.filter(deposit=row).select_related("person").order_by("-pk") if mine else ()
    return ContainerTold(
        number=row.number,
        name=row.name,
        stored=row.stored,
        mine=mine,
        may_open=may_open(actor, row),
        grants=[
            GrantTold(
                key=one.pk,
                person=one.person.display_name,
                reason=one.reason,
                until=one.until,
                live=one.revoked_at is None and one.until > now,
            )
            for one in grants
        ],
    )
