"""What a subject says of itself; state, parties and story stand in its case."""

from __future__ import annotations

from django.db import models


class SubjectFiling(models.Model):
    """The subject matter of a filing. ``facts`` by name: what the subject told and what the office found, with its source."""

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    profile = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisation_id} in case {self.case_id}"
