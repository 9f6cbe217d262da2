"""Lists of patents that meet a condition which no register tells: what was pledged for how much, what was awarded."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qiantang.corpus.measures.types import Listed


class ConditionList(models.Model):
    """An input sheet as it was handed in: who says of which patents that they meet a condition.

    sample   invented, to show how pages work
    refused  rows that were not kept: list of {row, reason}
    """

    condition = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Listed])
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=500)
    as_of = models.DateField(help_text="day up to which the list is complete, as its source says")
    sample = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the sheet")
    read = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    refused = models.JSONField(default=list)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["condition", "as_of", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["condition", "digest"], name="measures_condition_list_once"),
        ]

    def __str__(self) -> str:
        return f"{self.condition}: {self.title} ({self.as_of})"


class ListedPatent(models.Model):
    """One row of it."""

    sheet = models.ForeignKey(ConditionList, models.CASCADE, related_name="patents")
    patent_id = models.CharField(max_length=80)
    day = models.DateField(help_text="of the registration, or of the award: from then on the condition is met")
    reference = models.CharField(max_length=200, help_text="number of the registration, or name of the award")
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, help_text="CNY; null: not stated")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "patent_id", "reference"], name="measures_listed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.patent_id} of list {self.sheet_id}"
