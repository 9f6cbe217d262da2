"""Versions of industry chains. Version 1 of a pack that is shipped is its file; what is here came after, or from a city."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ChainVersion(models.Model):
    """A chain as it was published, or the one draft of it that is being worked on."""

    key = models.CharField(max_length=60, help_text="of the industry")
    number = models.PositiveIntegerField(null=True, help_text="null: the draft")
    body = models.JSONField(help_text="the chain as plain values")
    note = models.TextField(blank=True, help_text="what is new in it")
    author_name = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "number"], name="navigation_chain_version_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(number=None), name="navigation_one_draft"),
        ]

    def __str__(self) -> str:
        return f"chain {self.key} {self.number or 'draft'}"
