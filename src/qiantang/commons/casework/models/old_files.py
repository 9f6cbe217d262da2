"""Old numbers of cases, and the lists of old files that were brought in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class CaseAlias(models.Model):
    """A number under which a case was known before, in the register that gave it. It finds the case for ever."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="aliases")
    written = models.CharField(max_length=80, help_text="as it stands on the paper")
    folded = models.CharField(max_length=80, help_text="without punctuation, one width, capitals")
    origin = models.CharField(max_length=100, help_text="the old register or office")
    old_date = models.DateField(null=True, help_text="of the old file")
    shelf = models.CharField(max_length=100, blank=True, help_text="where the paper lies")
    digest = models.CharField(max_length=64, blank=True, help_text="of what the old list said of it")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["folded", "origin"], name="casework_old_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.written} ({self.origin})"


class OldFileImport(models.Model):
    """One list of old files that was read: read = kept + merged + refused."""

    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(max_length=100)
    read = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    merged = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(read=models.F("kept") + models.F("merged") + models.F("refused")),
                name="casework_old_files_add_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} from {self.origin}"


class OldFileRow(models.Model):
    """One row of such a list, what became of it, and for a refused one why and what it said."""

    batch = models.ForeignKey(OldFileImport, models.PROTECT, related_name="rows")
    row = models.PositiveIntegerField(help_text="as the file numbers it")
    verdict = models.CharField(max_length=10)
    reason = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    raw = models.JSONField(default=dict, help_text="of refused rows alone")
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "row"], name="casework_old_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.row} {self.verdict}"
