"""What authorities looked at and seized against a right, and what was said of it to the right holder and back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Inspection(models.Model):
    """One inspection or seizure. None: not known; 0: looked, and there was none."""

    authority = models.ForeignKey("protection.Authority", models.PROTECT, related_name="inspections")
    sheet = models.ForeignKey("protection.ProductSheet", models.PROTECT, null=True, related_name="inspections")
    right_kind = models.CharField(max_length=20)
    right_number = models.CharField(max_length=80)
    right_title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12)
    district = models.CharField(max_length=6, blank=True, help_text="empty: not known")
    place = models.CharField(max_length=200, blank=True)
    happened_on = models.DateField()
    goods = models.CharField(max_length=200)
    quantity = models.PositiveBigIntegerField(null=True)
    unit = models.CharField(max_length=20)
    value_yuan = models.PositiveBigIntegerField(null=True)
    outcome = models.CharField(max_length=20)
    outcome_on = models.DateField(null=True)
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="open", outcome_on__isnull=True)
                | (~Q(outcome="open") & Q(outcome_on__gte=models.F("happened_on"))),
                name="protection_inspection_outcome",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["happened_on"], name="protection_inspected_on")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.happened_on}"


class InspectionWord(models.Model):
    """A word of the authority to the right holder, or of the right holder back. None is changed."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="words")
    holder = models.BooleanField(help_text="said by the right holder, else by the authority")
    verdict = models.CharField(max_length=12, blank=True, help_text="of the right holder on the goods")
    text = models.CharField(max_length=4000)
    author = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"word on {self.inspection_id}"
