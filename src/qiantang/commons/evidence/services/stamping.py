"""Having checkpoints stamped: by the worker, never in a request; a silent authority is asked again, for ever."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from qiantang.commons.events import api as events
from qiantang.commons.evidence.events import CheckpointStamped
from qiantang.commons.evidence.methods.records import checkpoint_document
from qiantang.commons.evidence.methods.verifier.stamps import renewal_document
from qiantang.commons.evidence.models import Checkpoint, Stamp
from qiantang.commons.evidence.rules import AGEING, LEASE, PAUSES, RENEWED_BEFORE, algorithm_of
from qiantang.commons.evidence.services import authorities
from qiantang.kernel.errors import DomainError

if TYPE_CHECKING:
    from qiantang.engines.notary.port import Authority, Token
    from qiantang.kernel.actor import Actor

_log = logging.getLogger(__name__)


def stamp_due(*, actor: Actor) -> int:
    """Ask for every stamp whose time has come; returns how many were got. One that fails does not stop the others."""
    got = 0
    now = timezone.now()
    due = Stamp.objects.filter(stamped_at__isnull=True, next_at__lte=now).order_by("pk").values_list("pk", flat=True)
    for key in list(due):
        got += _stamp(actor, key)
    return got


def _stamp(actor: Actor, key: int) -> bool:
    now = timezone.now()
    waiting = Stamp.objects.filter(pk=key, stamped_at__isnull=True, next_at__lte=now)
    if not waiting.exclude(leased_until__gt=now).update(leased_until=now + LEASE):
        return False  # somebody else is at it
    row = Stamp.objects.select_related("checkpoint").get(pk=key)
    authority = authorities.all_of_them().get(row.authority)
    if authority is None:  # no longer configured; it may be again
        Stamp.objects.filter(pk=key).update(leased_until=None, next_at=now + PAUSES[-1], said="not configured any more")
        return False
    try:
        token = authority.stamp(document_of(row), algorithm=row.algorithm)
    except DomainError as error:
        _log.warning("authority %s did not stamp checkpoint %s: %s", row.authority, row.checkpoint.size, error.code)
        _ask_again(row, f"{error.code}: {error.facts.get('reason', '')} {error.facts.get('said', '')}")
        return False
    _keep(actor, row, authority, token)
    return True


def document_of(row: Stamp) -> bytes:
    """What a stamp is over: the checkpoint, or, renewing, the checkpoint and the stamp before."""
    checkpoint = checkpoint_document(row.checkpoint.body, row.checkpoint.signature)
    if not row.round:
        return checkpoint
    before = Stamp.objects.get(checkpoint=row.checkpoint, authority=row.authority, round=row.round - 1)
    return renewal_document(checkpoint, bytes(before.response or b""))


def _ask_again(row: Stamp, said: str) -> None:
    pause = PAUSES[min(row.tried, len(PAUSES) - 1)]
    Stamp.objects.filter(pk=row.pk, stamped_at__isnull=True).update(
        tried=F("tried") + 1, next_at=timezone.now() + pause, leased_until=None, said=said.strip()[:300]
    )


@transaction.atomic
def _keep(actor: Actor, row: Stamp, authority: Authority, token: Token) -> None:  # noqa: ARG001 - every write knows who acts
    """Keep the answer once: of two that come for the same stamp the first stays."""
    kept = Stamp.objects.filter(pk=row.pk, stamped_at__isnull=True).update(
        query=token.query,
        response=token.response,
        roots=authority.roots().decode(),
        legal=authority.legal,
        stamped_at=token.stamped_at,
        serial=token.serial,
        policy=token.policy,
        signer=token.authority[:500],
        certificate_ends_at=token.certificate_ends_at,
        drift_seconds=token.drift_seconds,
        tried=F("tried") + 1,
        leased_until=None,
        said="",
    )
    checkpoint = Checkpoint.objects.select_for_update().get(pk=row.checkpoint_id)
    missing = checkpoint.stamps.filter(round=0, stamped_at__isnull=True).exists()
    if kept and not missing and checkpoint.stamped_at is None:
        Checkpoint.objects.filter(pk=checkpoint.pk).update(stamped_at=timezone.now())
        events.publish(CheckpointStamped(size=checkpoint.size))


@transaction.atomic
def plan_renewals(*, actor: Actor) -> int:  # noqa: ARG001 - every service knows who acts
    """Queue a new stamp wherever the last one's certificate or algorithm ages out; returns how many."""
    now = timezone.now()
    ageing = [one.algorithm for one in AGEING if one.since <= timezone.localdate(now)]
    held = Stamp.objects.filter(stamped_at__isnull=False).order_by("checkpoint", "authority", "round")
    newest = {(one.checkpoint_id, one.authority): one for one in held.defer("query", "response", "roots")}
    old = [
        one
        for one in newest.values()
        if one.algorithm in ageing
        or (one.certificate_ends_at is not None and one.certificate_ends_at - now < RENEWED_BEFORE)
    ]
    planned = 0
    for one in old:
        _, new = Stamp.objects.get_or_create(
            checkpoint_id=one.checkpoint_id,
            authority=one.authority,
            round=one.round + 1,
            defaults={"algorithm": algorithm_of(timezone.localdate(now)), "legal": one.legal, "next_at": now},
        )
        planned += new
    return planned
