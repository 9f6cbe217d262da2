"""The feed as it is read, and for whom an event is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qiantang.commons.accounts.api import access
from qiantang.kernel.errors import NotPermitted
from qiantang.portal.exchange import policies
from qiantang.portal.exchange.models import FeedEvent, FeedHead, FeedKey, Platform, PlatformConsent
from qiantang.portal.exchange.types import FeedItem, FeedPage, PlatformKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor


def events_after(actor: Actor, after: int, limit: int) -> FeedPage:
    """The events after an offset that the actor's platform may hear of, oldest first; operators and auditors read all.

    errors  NotPermitted ``exchange.not_a_platform``
    """
    reader = None if policies.may_see(actor) else _platform_of(actor)
    rows = list(FeedEvent.objects.filter(offset__gt=after).order_by("offset")[:limit])
    shown = tuple(FeedItem(one.offset, one.envelope) for one in rows if reader is None or is_for(reader, one))
    head = FeedHead.objects.filter(pk=1).values_list("last", flat=True).first() or 0
    return FeedPage(shown, rows[-1].offset if rows else min(after, head), head)


def _platform_of(actor: Actor) -> Platform:
    found = Platform.objects.filter(account_id=actor.person_id, active=True).first() if actor.person_id else None
    if found is None:
        raise NotPermitted("exchange.not_a_platform")
    return found


def is_for(platform: Platform, event: FeedEvent) -> bool:
    """Whether a platform hears of an event: of a type it wants, and where it needs consent, of somebody who has given it."""
    if platform.types and event.type not in platform.types:
        return False
    return platform.kind != PlatformKind.ENTERPRISE or bool(_agreed(platform, event))


def _agreed(platform: Platform, event: FeedEvent) -> Sequence[int]:
    if not event.people:
        return ()
    rows = PlatformConsent.objects.filter(platform=platform, person_id__in=event.people, ended_at__isnull=True)
    return list(rows.values_list("person_id", flat=True))


def recipients_of(platform: Platform, event: FeedEvent) -> tuple[str, ...]:
    """By which names the platform knows the people whom an event concerns and who have agreed."""
    if platform.kind != PlatformKind.ENTERPRISE or not platform.issuer:
        return ()
    return access.subjects_at(platform.issuer, _agreed(platform, event))


def key_set() -> list[dict[str, Any]]:
    """Every key that ever signed, newest first, as JSON Web Keys with their time and who introduced them."""
    return [
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "alg": "EdDSA",
            "use": "sig",
            "kid": row.kid,
            "x": row.public,
            "since": row.since,
            "until": row.until,
            "introduced_by": row.introduced_by or None,
            "introduction": row.introduction or None,
        }
        for row in FeedKey.objects.order_by("-pk")
    ]
