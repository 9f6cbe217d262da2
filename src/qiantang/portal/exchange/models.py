"""Keys, the feed, platforms and what was sent to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qiantang.portal.exchange.types import PlatformKind, PushState


class FeedKey(models.Model):
    """The public half of a key that signs events, or did. None is ever taken away: old events stay verifiable."""

    kid = models.CharField(max_length=64, unique=True)
    public = models.CharField(max_length=64, help_text="x of the JSON Web Key")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    introduced_by = models.CharField(max_length=64, blank=True)
    introduction = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.kid


class FeedHead(models.Model):
    """The last offset given out: whoever appends locks it, so that offsets become visible in their order, without gaps."""

    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)


class FeedEvent(models.Model):
    """One event as it is handed out. Never changed."""

    offset = models.BigIntegerField(unique=True)
    event_id = models.UUIDField(unique=True)
    type = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    envelope = models.JSONField()
    people = models.JSONField(default=list, help_text="keys of the parties, for those who tell only with consent")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "sequence"], name="exchange_subject_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.offset} {self.type} {self.subject}"


class Platform(models.Model):
    """Another platform that hears of us."""

    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in PlatformKind])
    account = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    url = models.CharField(max_length=500, blank=True, help_text="where events are sent; empty: it fetches them")
    origin = models.CharField(max_length=200, blank=True, help_text="whose pages may show our services")
    issuer = models.CharField(max_length=300, blank=True, help_text="under which it signs people in")
    types = models.JSONField(default=list, help_text="of events; none: all")
    active = models.BooleanField(default=True)
    queued_until = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class PlatformConsent(models.Model):
    """A person agrees that a platform hears how their matters go."""

    platform = models.ForeignKey(Platform, models.CASCADE, related_name="agreements")
    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["platform", "person"], condition=Q(ended_at__isnull=True), name="exchange_agreed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.platform_id}"


class Push(models.Model):
    """One event to be sent to one platform."""

    platform = models.ForeignKey(Platform, models.CASCADE, related_name="pushes")
    event = models.ForeignKey(FeedEvent, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in PushState])
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    said = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["platform", "event"], name="exchange_pushed_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["platform", "event"], name="exchange_waiting", condition=Q(state="waiting")),
            models.Index(fields=["platform", "settled_at"], name="exchange_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.platform_id}: {self.state}"
