"""Public versions: which original, what was marked, who confirmed. Texts lie sealed; files lie in the vault."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qiantang.commons.casework.models.cases import Case


class Redaction(models.Model):
    """A public version of a paper of a case, in the making or made."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="redactions")
    original_id = models.BigIntegerField(help_text="in the vault")
    original_sha256 = models.CharField(max_length=64)
    told = models.TextField(help_text="sealed: title, name of the file, passages with their reasons")
    marked_by = models.JSONField(default=list, help_text="everybody who marked or took back")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    public_id = models.BigIntegerField(null=True, help_text="in the vault")
    public_sha256 = models.CharField(max_length=64, blank=True)
    bars = models.JSONField(default=dict, help_text="label of a bar -> how many")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, public_id__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, public_id__isnull=False)
                & ~Q(confirmed_by=F("begun_by")),
                name="casework_public_version_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"public version {self.pk} of {self.case_id}"
