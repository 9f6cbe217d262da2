"""Records: legal holds, packages that were handed out, disposals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qiantang.commons.casework.models.cases import Case


class LegalHold(models.Model):
    """Nothing of the case may be disposed of. ``until`` None: until somebody lifts it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    why = models.CharField(max_length=500)
    placed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    placed_at = models.DateTimeField()
    until = models.DateField(null=True, help_text="last day")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"hold on {self.case_id}"


class ArchivePackage(models.Model):
    """A package of a case that was handed out. It is not kept; its digest is."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="packages")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    pieces = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"package of {self.case_id}"


class Disposal(models.Model):
    """That a case be disposed of, and what became of it: proposed, agreed to by one, done by another; or declined."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="disposals")
    rule = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default="proposed")
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    not_before = models.DateField(null=True, help_text="after it was declined: proposed again from this day")
    emptied = models.JSONField(default=dict, help_text="table -> how many rows")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(settled_at__isnull=True), name="casework_one_open_disposal"
            ),
            models.CheckConstraint(
                condition=~Q(state="disposed")
                | Q(agreed_by__isnull=False, settled_by__isnull=False) & ~Q(agreed_by=F("settled_by")),
                name="casework_disposed_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"
