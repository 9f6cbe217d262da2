"""Platforms and what waits for them, for operators; whom one's own matters are told to, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min, Q

from qiantang.kernel.errors import NotPermitted
from qiantang.portal.exchange import policies
from qiantang.portal.exchange.models import Platform, PlatformConsent, Push
from qiantang.portal.exchange.types import DeadLetter, PlatformKind, PlatformTold, PushState

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_MOST = 100


def platforms(actor: Actor) -> list[PlatformTold]:
    """Every platform with what waits and what was given up. errors: NotPermitted ``exchange.operator_only``"""
    ensure_seer(actor)
    waiting, dead = Q(pushes__state=PushState.WAITING), Q(pushes__state=PushState.DEAD)
    rows = Platform.objects.select_related("account").annotate(
        waiting=Count("pushes", filter=waiting),
        dead=Count("pushes", filter=dead),
        since=Min("pushes__event__at", filter=waiting),
        last_taken_at=Max("pushes__settled_at", filter=Q(pushes__state=PushState.TAKEN)),
    )
    return [
        PlatformTold(
            id=row.pk,
            key=row.key,
            title=row.title,
            kind=row.kind,
            account=row.account.username if row.account else "",
            url=row.url,
            types=tuple(row.types),
            active=row.active,
            waiting=row.waiting,
            dead=row.dead,
            since=row.since,
            last_taken_at=row.last_taken_at,
        )
        for row in rows.order_by("key")
    ]


def dead_letters(actor: Actor) -> list[DeadLetter]:
    """Messages that were given up, newest first, at most a hundred. errors: NotPermitted ``exchange.operator_only``"""
    ensure_seer(actor)
    rows = Push.objects.filter(state=PushState.DEAD).select_related("platform", "event").order_by("-settled_at", "-pk")
    return [
        DeadLetter(
            id=row.pk,
            platform=row.platform.title,
            offset=row.event.offset,
            type=row.event.type,
            subject=row.event.subject,
            attempts=row.attempts,
            said=row.said,
            at=row.settled_at or row.next_try_at,
        )
        for row in rows[:_MOST]
    ]


def ensure_seer(actor: Actor) -> None:
    decision = policies.may_see(actor)
    if not decision:
        raise NotPermitted(decision.code)


def my_platforms(actor: Actor) -> list[dict[str, object]]:
    """The platforms that hear of a person's matters where that person agrees. errors: NotPermitted ``exchange.sign_in_first``"""
    decision = policies.may_agree(actor)
    if not decision:
        raise NotPermitted(decision.code)
    agreed = dict(
        PlatformConsent.objects.filter(person_id=actor.person_id, ended_at__isnull=True).values_list(
            "platform_id", "given_at"
        )
    )
    rows = Platform.objects.filter(kind=PlatformKind.ENTERPRISE, active=True).order_by("title")
    return [{"id": row.pk, "title": row.title, "since": agreed.get(row.pk)} for row in rows]


def embedding_origins() -> list[str]:
    """Whose pages may show our services in a frame."""
    return sorted(set(Platform.objects.filter(active=True).exclude(origin="").values_list("origin", flat=True)))
