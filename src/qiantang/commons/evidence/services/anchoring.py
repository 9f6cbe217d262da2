"""Anchoring checkpoints in a public chain: asked by the worker, never in a request; upgraded by itself; off by default."""

from __future__ import annotations

import logging
import secrets
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.evidence.methods import anchoring
from qiantang.commons.evidence.methods.records import checkpoint_document
from qiantang.commons.evidence.models import Anchor, Checkpoint
from qiantang.commons.evidence.rules import ANCHOR_EVERY, ANCHOR_PAUSE, LEASE, PAUSES
from qiantang.engines.courier import port
from qiantang.kernel.errors import DomainError

if TYPE_CHECKING:
    from datetime import timedelta

    from qiantang.kernel.actor import Actor

_log = logging.getLogger(__name__)
_NONCE_BYTES = 16
_DONE, _NOT_YET = 200, 404
_HEADERS = {"Accept": "application/vnd.opentimestamps.v1", "User-Agent": "qiantang"}


def _courier() -> port.Courier:
    """The way out, behind the fence of web captures."""
    return _loaded(settings.COURIER_ADAPTER, tuple(sorted(settings.ANCHOR_OPTIONS.items())))


@lru_cache(maxsize=4)
def _loaded(adapter: str, options: tuple[tuple[str, Any], ...]) -> port.Courier:
    return port.load(adapter, **dict(options))


@transaction.atomic
def plan_anchors(*, actor: Actor) -> int:
    """Queue the newest checkpoint for each calendar of the settings, once in a while; returns how many."""
    newest = Checkpoint.objects.order_by("-size").first()
    now = timezone.now()
    if newest is None:
        return 0
    planned = 0
    for calendar in settings.ANCHOR_CALENDARS:
        if Anchor.objects.filter(calendar=calendar, planned_at__gt=now - ANCHOR_EVERY).exists():
            continue
        _row, new = Anchor.objects.get_or_create(
            checkpoint=newest, calendar=calendar, defaults={"planned_at": now, "next_at": now}
        )
        planned += new
    if planned:
        facts = {"calendars": planned}
        audit.record(actor=actor, verb="evidence.anchor.plan", subject=f"checkpoint:{newest.size}", facts=facts)
    return planned


def anchor_due(*, actor: Actor) -> int:
    """Ask calendars for what is due: a promise for what has none, the rest of the proof for what has; how much was got.

    A calendar that the settings no longer name is still asked for what it promised.
    """
    now, got = timezone.now(), 0
    due = Anchor.objects.filter(upgraded_at__isnull=True, next_at__lte=now).order_by("pk").values_list("pk", flat=True)
    for key in list(due):
        free = Anchor.objects.filter(pk=key, upgraded_at__isnull=True, next_at__lte=now).exclude(leased_until__gt=now)
        if free.update(leased_until=now + LEASE):
            got += _asked(actor, Anchor.objects.select_related("checkpoint").get(pk=key))
    return got


def _asked(actor: Actor, row: Anchor) -> bool:
    try:
        return _upgraded(actor, row) if row.proof else _promised(row)
    except DomainError as error:
        said = f"{error.code}: {error.facts.get('said', '')}"
    except (ValueError, RecursionError) as fault:
        said = f"the answer cannot be read: {fault}"
    _log.warning("calendar %s and checkpoint %s: %s", row.calendar, row.checkpoint.size, said)
    _again(row, PAUSES[min(row.tried, len(PAUSES) - 1)], said)
    return False


def _again(row: Anchor, pause: timedelta, said: str) -> None:
    Anchor.objects.filter(pk=row.pk).update(
        tried=F("tried") + 1, next_at=timezone.now() + pause, leased_until=None, said=said.strip()[:300]
    )


def document_of(row: Anchor) -> bytes:
    """What is anchored: the checkpoint with its signature."""
    return checkpoint_document(row.checkpoint.body, row.checkpoint.signature)


def _promised(row: Anchor) -> bool:
    digest, nonce = sha256(document_of(row)).digest(), secrets.token_bytes(_NONCE_BYTES)
    told = anchoring.commitment(digest, nonce)
    reply = _courier().send("POST", f"{row.calendar}/digest", headers=_HEADERS, body=told)
    if reply.status != _DONE:
        raise ValueError(f"status {reply.status}")
    proof = anchoring.first_proof(digest, nonce, reply.body)
    now = timezone.now()
    Anchor.objects.filter(pk=row.pk).update(
        proof=proof, promised_at=now, next_at=now + ANCHOR_PAUSE, leased_until=None, tried=0, said=""
    )
    return True


def _upgraded(actor: Actor, row: Anchor) -> bool:
    """Ask for each promise at the calendar that made it; its address is fenced like any other."""
    proof, answers = bytes(row.proof or b""), {}
    for message, calendar in anchoring.promises(proof).items():
        address = f"{calendar.rstrip('/')}/timestamp/{message.hex()}"
        reply = _courier().send("GET", address, headers=_HEADERS)
        if reply.status == _DONE:
            answers[message] = reply.body
        elif reply.status != _NOT_YET:
            raise ValueError(f"status {reply.status}")
    grown = anchoring.upgraded(proof, answers)
    blocks = anchoring.heights(grown)
    if not blocks:
        _again(row, ANCHOR_PAUSE, "")
        return False
    _keep(actor, row, grown, min(blocks))
    return True


@transaction.atomic
def _keep(actor: Actor, row: Anchor, proof: bytes, height: int) -> None:
    kept = Anchor.objects.filter(pk=row.pk, upgraded_at__isnull=True).update(
        proof=proof, upgraded_at=timezone.now(), height=height, leased_until=None, tried=0, said=""
    )
    if kept:
        facts = {"calendar": row.calendar, "height": height}
        subject = f"checkpoint:{row.checkpoint.size}"
        audit.record(actor=actor, verb="evidence.anchor.upgrade", subject=subject, facts=facts)
