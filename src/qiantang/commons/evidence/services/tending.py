"""What the worker does for the log: after a deposit at once, and once a minute for what was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qiantang.commons.evidence.models import Checkpoint, Deposit
from qiantang.commons.evidence.rules import SEALED
from qiantang.commons.evidence.services import anchoring, collecting, depositing, sealing, stamping
from qiantang.commons.notices import api as notices

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def seal_and_stamp(*, actor: Actor) -> tuple[int, int]:
    """Append what waits and have it stamped; returns how many deposits and how many stamps."""
    return sealing.seal_all(actor=actor), stamping.stamp_due(actor=actor)


def tend(*, actor: Actor) -> tuple[int, int]:
    """The heartbeat: the day's journal head, what waits, renewals before anything ages out, and anchors."""
    depositing.deposit_journal_head(actor=actor)
    stamping.plan_renewals(actor=actor)
    collecting.queue_due_captures(actor=actor)
    collecting.tend_captures(actor=actor)
    done = seal_and_stamp(actor=actor)
    anchoring.plan_anchors(actor=actor)  # last: a silent calendar keeps nobody waiting
    anchoring.anchor_due(actor=actor)
    return done


@transaction.atomic
def tell_owners(*, actor: Actor, size: int) -> None:
    """Tell each owner of deposits under a checkpoint, once, that they are stamped."""
    checkpoint = Checkpoint.objects.get(size=size)
    older = Checkpoint.objects.filter(size__lt=size).order_by("-size").first()
    found = Deposit.objects.filter(leaf_index__gte=older.size if older else 0, leaf_index__lt=checkpoint.size)
    by_owner: dict[int, list[str]] = {}
    for owner, number in found.exclude(owner=None).order_by("pk").values_list("owner_id", "number"):
        by_owner.setdefault(owner, []).append(number)
    for owner, (first, *others) in by_owner.items():
        facts: dict[str, str | int | None] = {"number": first, **({"more": len(others)} if others else {})}
        draft = notices.Draft(
            person_id=owner,
            kind=SEALED.code,
            key=f"checkpoint:{size}",
            subject=f"checkpoint:{size}",
            facts=facts,
            link=f"/evidence/{first}",
        )
        notices.send_notice(actor=actor, draft=draft)
