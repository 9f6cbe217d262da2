"""Registers of repeat infringers and of bad-faith claimants: entries, each with the final decisions on which it rests."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class RegisterEntry(models.Model):
    """Somebody who is proposed for a register, stands in it, or stood in it. State and story stand in the case."""

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="+")
    register = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    identity = models.CharField(max_length=40, blank=True, help_text="unified social credit code, where it has one")
    rules_since = models.DateField(help_text="the dated rule of methods/registers.toml by which it was proposed")
    proposed_on = models.DateField()
    noticed_on = models.DateField(null=True)
    notice_how = models.CharField(max_length=200, blank=True, help_text="how the notice was served")
    notice_document = models.CharField(max_length=40, blank=True)
    object_until = models.DateField(null=True)
    entered_on = models.DateField(null=True)
    appeal_until = models.DateField(null=True)
    appealed_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(entered_on__isnull=True) | Q(expires_on__isnull=False, object_until__isnull=False),
                name="protection_entry_ends",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_on"],
                name="protection_entries_to_end",
                condition=Q(entered_on__isnull=False, removed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"entry in case {self.case_id}"


class RegisterGround(models.Model):
    """A final decision on which an entry rests."""

    entry = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="grounds")
    kind = models.CharField(max_length=16)
    authority = models.CharField(max_length=200)
    reference = models.CharField(max_length=80)
    decided_on = models.DateField()
    final_on = models.DateField(help_text="the day from which no ordinary remedy is open any more")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "authority", "reference"], name="protection_ground_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} for {self.entry_id}"
