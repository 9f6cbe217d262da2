"""What a subject says of itself (state, parties and story stand in its case), and what people say of findings."""

from __future__ import annotations

from typing import ClassVar

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


class WrongFinding(models.Model):
    """A finding that somebody holds to be wrong. Nobody is named; the draft is not here."""

    rule = models.CharField(max_length=12)
    rule_version = models.CharField(max_length=24)
    rules_version = models.CharField(max_length=24)
    part = models.CharField(max_length=16)
    claim = models.PositiveIntegerField(null=True)
    paragraph = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    publication_number = models.CharField(max_length=40, blank=True, help_text="where the draft is published")
    excerpt = models.CharField(max_length=40, blank=True, help_text="only where the person agreed")
    told_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["rule", "rule_version"], name="preexam_wrong_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.part} {self.start}-{self.end}"
