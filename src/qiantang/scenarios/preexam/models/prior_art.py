"""Searches for prior art, and the documents that were found and marked. The words of a draft stand in neither."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qiantang.scenarios.preexam.models.drafts import DraftRequest, DraftVersion


class PriorArtSearch(models.Model):
    """One search for a draft. What was searched with is the claim of a version, and is kept nowhere.

    database  ``register``, or the name of another that was searched elsewhere
    asked     what was asked there, sealed; empty for the register
    snapshot  of the register; null elsewhere
    found     hits; null: not told
    """

    request = models.ForeignKey(DraftRequest, models.PROTECT, related_name="prior_art_searches")
    version = models.ForeignKey(DraftVersion, models.PROTECT, related_name="+")
    claim = models.PositiveIntegerField(null=True)
    database = models.CharField(max_length=60)
    asked = models.TextField(blank=True)
    snapshot = models.PositiveIntegerField(null=True)
    found = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.request_id} {self.database}"


class CitedDocument(models.Model):
    """A document that was held against claims of a version: X, Y or A, with the passage.

    patent_id  where it is on the register; empty: a document from elsewhere
    passage    where in the document, and what it says there; sealed
    told_at    when the applicant came to know of it; null: not yet
    """

    request = models.ForeignKey(DraftRequest, models.PROTECT, related_name="cited_documents")
    version = models.ForeignKey(DraftVersion, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=120)
    patent_id = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=1)
    claims = models.JSONField(default=list)
    passage = models.TextField()
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "version", "reference"], name="preexam_cited_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.category} {self.reference}"
