"""The outbox."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q


class OutboxEvent(models.Model):
    """An event as published. ``settled_at`` is None until every handler has run."""

    event_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    payload = models.JSONField()
    published_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    failed_rounds = models.PositiveIntegerField(default=0)
    next_round_at = models.DateTimeField()
    last_error = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_round_at", "id"], name="events_waiting", condition=Q(settled_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.name}"


class Delivery(models.Model):
    """A handler has run for an event; committed together with what the handler wrote, so a repeat changes nothing."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=200)
    delivered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "handler"], name="events_delivered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.handler}"
