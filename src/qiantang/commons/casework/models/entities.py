"""What is verified of people and organisations, as digests, and what somebody of the office flagged."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

_ONE = Q(person__isnull=False, organisation__isnull=True) | Q(person__isnull=True, organisation__isnull=False)


class VerifiedKey(models.Model):
    """One verified fact by which entities are compared. Only a keyed digest is kept, and a masked text to show."""

    person = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=24)
    digest = models.CharField(max_length=64)
    masked = models.CharField(max_length=200)
    source = models.CharField(max_length=24, help_text="who verified it")
    evidence = models.CharField(max_length=300, blank=True)
    as_of = models.DateField()
    verified_at = models.DateTimeField()
    verified_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_ONE, name="casework_key_of_one"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "digest"], name="casework_key_match", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.masked}"


class EntityFlag(models.Model):
    """Somebody of the office asks colleagues to look twice: with a reason, for a time. It refuses nothing."""

    person = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=1000)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    raised_in = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    expires_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    upheld = models.BooleanField(null=True)
    review = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_ONE, name="casework_flag_of_one"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, upheld__isnull=True)
                | Q(reviewed_at__isnull=False, upheld__isnull=False),
                name="casework_flag_reviewed",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["expires_on"], name="casework_flag_end")]

    def __str__(self) -> str:
        return f"flag {self.pk}"
