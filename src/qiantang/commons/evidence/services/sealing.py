"""Deposits become leaves; the log's new head is signed and given to every authority to stamp. All or nothing, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.evidence.methods.records import checkpoint_body
from qiantang.commons.evidence.models import Checkpoint, Deposit, LogNode, LogState, Stamp
from qiantang.commons.evidence.rules import SEALED_AT_ONCE, algorithm_of
from qiantang.commons.evidence.selectors.log import frontier_of, log_id, node_key
from qiantang.commons.evidence.services import authorities, custody, keys
from qiantang.commons.evidence.types import Act

if TYPE_CHECKING:
    from datetime import datetime

    from qiantang.kernel.actor import Actor


def seal_all(*, actor: Actor) -> int:
    """Append everything that waits; returns how many deposits. Where nothing does, nobody is kept from writing."""
    sealed = 0
    while Deposit.objects.filter(leaf_index__isnull=True).exists():
        sealed += seal_waiting(actor=actor)
    return sealed


@transaction.atomic
def seal_waiting(*, actor: Actor) -> int:
    """Append what waits, at most so many at once, under one signed checkpoint; returns how many deposits.

    A process that dies leaves nothing half done: the next one finds the same deposits waiting.
    """
    LogState.objects.get_or_create(pk=1)
    state = LogState.objects.select_for_update().get(pk=1)
    waiting = list(Deposit.objects.filter(leaf_index__isnull=True).order_by("pk")[:SEALED_AT_ONCE])
    if not waiting:
        return 0
    grown, risen = frontier_of(state).extended([bytes.fromhex(one.leaf_digest) for one in waiting])
    LogNode.objects.bulk_create(LogNode(id=node_key(place), digest=digest.hex()) for place, digest in risen.items())
    for index, one in enumerate(waiting, start=state.size):
        one.leaf_index = index
    Deposit.objects.bulk_update(waiting, ["leaf_index"], batch_size=500)
    state.size, state.peaks = grown.size, [peak.hex() for peak in grown.peaks]
    state.save()
    _signed_head(actor, grown.size, grown.root().hex(), timezone.now())
    custody.add_lines(actor=actor, deposits=waiting, act=Act.SEAL, reason=f"in the log of {grown.size} entries")
    return len(waiting)


def _signed_head(actor: Actor, size: int, root: str, now: datetime) -> None:
    key = keys.current_key()
    body = checkpoint_body(log=log_id(), size=size, root=root, at=now, key=key.key_id)
    made = Checkpoint.objects.create(
        size=size, root=root, made_at=now, body=body.decode(), signature=keys.sign(key, body)
    )
    algorithm = algorithm_of(timezone.localdate(now))
    Stamp.objects.bulk_create(
        Stamp(checkpoint=made, authority=one.name, legal=one.legal, algorithm=algorithm, next_at=now)
        for one in authorities.all_of_them().values()
    )
    facts = {"size": size, "root": root, "key": key.key_id}
    audit.record(actor=actor, verb="evidence.checkpoint.sign", subject=f"checkpoint:{size}", facts=facts)
