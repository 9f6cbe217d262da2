"""Entering and stopping platforms; what people agree to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils import timezone

from qiantang.commons.accounts.api import person_by_username
from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.portal.exchange import policies
from qiantang.portal.exchange.methods import schemas
from qiantang.portal.exchange.models import Platform, PlatformConsent
from qiantang.portal.exchange.services.pushing import ensure_keeper, ensure_willing, newest_offset
from qiantang.portal.exchange.types import PlatformKind

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformWanted:
    """What an operator says of a platform. ``url`` empty: it fetches; ``account`` empty: it does not."""

    key: str
    title: str
    kind: PlatformKind
    account: str = ""
    url: str = ""
    origin: str = ""
    issuer: str = ""
    types: tuple[str, ...] = ()
    from_start: bool = False


def add_platform(*, actor: Actor, wanted: PlatformWanted) -> int:
    """Enter a platform; an address is asked first whether it wants events from here. Returns its key.

    from_start  it is sent the whole feed; else what comes from now on
    errors      NotPermitted · Invalid ``exchange.key_malformed``, ``exchange.type_unknown``, ``exchange.account_unknown``,
                ``exchange.address_malformed``, ``exchange.not_willing`` · Conflict ``exchange.platform_known``
    """
    ensure_keeper(actor)
    if not _KEY.fullmatch(wanted.key):
        raise Invalid("exchange.key_malformed")
    for one in wanted.types:
        if one not in schemas.types():
            raise Invalid("exchange.type_unknown", given=one[:60], known=", ".join(schemas.types()))
    if wanted.origin and not _is_origin(wanted.origin):
        raise Invalid("exchange.address_malformed", given=wanted.origin[:200])
    account = _account(actor, wanted.account)
    if wanted.url:
        ensure_willing(wanted.url)  # before the transaction: nobody waits for another platform with a lock in hand
    return _entered(actor, wanted, account)


@transaction.atomic
def _entered(actor: Actor, wanted: PlatformWanted, account: int | None) -> int:
    try:
        with transaction.atomic():
            row = Platform.objects.create(
                key=wanted.key,
                title=wanted.title.strip()[:120] or wanted.key,
                kind=wanted.kind,
                account_id=account,
                url=wanted.url,
                origin=wanted.origin.rstrip("/"),
                issuer=wanted.issuer,
                types=list(wanted.types),
                queued_until=0 if wanted.from_start else newest_offset(),
                made_at=timezone.now(),
            )
    except IntegrityError:
        raise Conflict("exchange.platform_known", key=wanted.key) from None
    facts = {"kind": str(wanted.kind), "pushed": bool(wanted.url), "fetches": account is not None}
    audit.record(actor=actor, verb="exchange.platform.add", subject=f"platform:{row.key}", facts=facts)
    return row.pk


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.path in {"", "/"} and not parts.query


def _account(actor: Actor, username: str) -> int | None:
    if not username:
        return None
    try:
        return person_by_username(actor, username).id
    except NotFound:
        raise Invalid("exchange.account_unknown", given=username[:80]) from None


@transaction.atomic
def set_active(*, actor: Actor, platform: int, active: bool) -> None:
    """Stop a platform, or let it go on where it stopped.

    errors  NotPermitted · NotFound ``exchange.platform_unknown``
    """
    ensure_keeper(actor)
    row = Platform.objects.select_for_update().filter(pk=platform).first()
    if row is None:
        raise NotFound("exchange.platform_unknown")
    row.active = active
    row.save(update_fields=["active"])
    audit.record(actor=actor, verb="exchange.platform.set", subject=f"platform:{row.key}", facts={"active": active})


@transaction.atomic
def agree(*, actor: Actor, platform: int, agreed: bool) -> None:
    """Say whether a platform may hear how one's matters go; doing it again changes nothing.

    errors  NotPermitted ``exchange.sign_in_first`` · NotFound ``exchange.platform_unknown``
    """
    decision = policies.may_agree(actor)
    if not decision:
        raise NotPermitted(decision.code)
    row = Platform.objects.select_for_update().filter(pk=platform, kind=PlatformKind.ENTERPRISE, active=True).first()
    if row is None:
        raise NotFound("exchange.platform_unknown")
    standing = PlatformConsent.objects.filter(platform=row, person_id=actor.person_id, ended_at__isnull=True)
    if agreed == standing.exists():
        return
    now = timezone.now()
    if agreed:
        PlatformConsent.objects.create(platform=row, person_id=actor.person_id or 0, given_at=now)
    else:
        standing.update(ended_at=now)
    verb = "exchange.agreement.give" if agreed else "exchange.agreement.end"
    audit.record(actor=actor, verb=verb, subject=f"platform:{row.key}", facts={})
