"""Trade secrets: sealed containers whose digest alone is told, and who may take one, when, and for which reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts import api as accounts
from qiantang.commons.audit import api as audit
from qiantang.commons.evidence.methods.containers import NotOpened, read_head
from qiantang.commons.evidence.models import OpeningGrant
from qiantang.commons.evidence.selectors.collected.containers import container_row, may_open
from qiantang.commons.evidence.services import custody
from qiantang.commons.evidence.services.depositing import deposit, deposit_file
from qiantang.commons.evidence.types import GRANT_DAYS_MOST, Act, Asked, Kind
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def deposit_container(
    *,
    actor: Actor,
    name: str,
    statement: str,
    stream: BinaryIO | None = None,
    digests: Mapping[str, str] | None = None,
    size_bytes: int = 0,
) -> str:
    """Deposit a sealed container, by itself or by its digests. Returns the number.

    name    what it may be called; what is in it lies inside, encrypted
    stream  the container, where the platform shall keep it; what is none is refused, so that no secret arrives in the clear
    errors  those of ``deposit`` · Invalid ``evidence.not_sealed_container``
    """
    told = dict(digests or {})
    asked = Asked(
        name=name,
        digests=told,
        size_bytes=size_bytes,
        kind=Kind.TRADE_SECRET,
        statement=statement,
        confidential=True,
        environment={"encrypted": "by the depositor"},
    )
    if stream is None:
        return deposit(actor=actor, asked=asked)
    try:
        read_head(stream)
    except NotOpened as fault:
        raise Invalid("evidence.not_sealed_container") from fault
    stream.seek(0)
    return deposit_file(actor=actor, stream=stream, asked=asked)


@transaction.atomic
def open_container(*, actor: Actor, number: str, reason: str) -> Path | None:
    """Note that a container is opened, by whom and why; its file where the platform keeps it, None where it does not.

    errors  NotFound ``evidence.unknown`` · Invalid ``evidence.reason_missing``, ``evidence.no_container`` ·
            NotPermitted ``evidence.not_granted`` · Conflict ``evidence.object_changed``
    """
    row = container_row(actor, number)
    why = _words(reason)
    if not may_open(actor, row):
        raise NotPermitted("evidence.not_granted", number=row.number)
    audit.record(actor=actor, verb="evidence.container.open", subject=f"deposit:{row.number}", facts={"reason": why})
    told = f"opened: {why}"
    if row.stored:
        return custody.taken_out(actor=actor, deposit=row, act=Act.ACCESS, reason=told)
    custody.note(actor=actor, deposit=row, act=Act.ACCESS, reason=told)
    return None


def _words(reason: str) -> str:
    why = " ".join(reason.split())[:250]
    if not why:
        raise Invalid("evidence.reason_missing")
    return why


@transaction.atomic
def grant_opening(*, actor: Actor, number: str, username: str, days: int, reason: str) -> None:
    """Let one account take the container for some days. The password is handed over elsewhere: the platform never knows it.

    errors  those of ``open_container`` · Invalid ``evidence.grant_days`` · NotFound ``accounts.account_unknown``
    """
    row, why = container_row(actor, number), _words(reason)
    if row.owner_id is None or row.owner_id != actor.person_id:
        raise NotPermitted("evidence.not_granted", number=row.number)
    if not 1 <= days <= GRANT_DAYS_MOST:
        raise Invalid("evidence.grant_days", most=GRANT_DAYS_MOST)
    person = accounts.person_by_username(Actor.system("leave to open"), username.strip())
    now = timezone.now()
    OpeningGrant.objects.create(
        deposit=row, person_id=person.id, reason=why, granted_at=now, until=now + timedelta(days=days)
    )
    custody.note(
        actor=actor, deposit=row, act=Act.TRANSFER, reason=f"leave for {person.display_name}, {days} days: {why}"
    )
    facts = {"person": person.id, "days": days}
    audit.record(actor=actor, verb="evidence.container.grant", subject=f"deposit:{row.number}", facts=facts)


@transaction.atomic
def revoke_opening(*, actor: Actor, number: str, grant: int) -> None:
    """Take leave back. errors: as ``grant_opening``."""
    row = container_row(actor, number)
    if row.owner_id is None or row.owner_id != actor.person_id:
        raise NotPermitted("evidence.not_granted", number=row.number)
    if not OpeningGrant.objects.filter(deposit=row, pk=grant, revoked_at=None).update(revoked_at=timezone.now()):
        raise NotFound("evidence.unknown", number=number[:40])
    custody.note(actor=actor, deposit=row, act=Act.TRANSFER, reason="leave taken back")
    audit.record(actor=actor, verb="evidence.container.revoke", subject=f"deposit:{row.number}", facts={"grant": grant})
