"""Documents that were issued: rows are added; only a revocation is written into one later."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class DocumentSeries(models.Model):
    """The last serial given out, one row a year: whoever takes the next number locks it."""

    year = models.PositiveIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class IssuedDocument(models.Model):
    """One document: its template in its version, the facts as printed, who made it, for whom."""

    number = models.CharField(max_length=20, unique=True, help_text="without punctuation")
    template = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    facts = models.JSONField()
    facts_digest = models.CharField(max_length=64)
    case = models.CharField(max_length=24, blank=True, help_text="number of the case, without punctuation")
    recipient = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    agent = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, related_name="+", help_text="acts for the recipient"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    made_by_name = models.CharField(max_length=200)
    legal = models.BooleanField(default=False, help_text="sealed with a key that the law recognises")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    revoked_why = models.CharField(max_length=20, blank=True)
    revoked_note = models.TextField(blank=True, help_text="for the office")
    replaced_by = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_why="") | Q(revoked_at__isnull=False) & ~Q(revoked_why=""),
                name="documents_revoked_with_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case"], name="documents_of_case"),
            models.Index(fields=["person", "-made_at"], name="documents_of_person"),
            models.Index(fields=["organisation", "-made_at"], name="documents_of_org"),
            models.Index(fields=["-revoked_at"], name="documents_revoked", condition=Q(revoked_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.template}"


class IssuedFile(models.Model):
    """One file of a document. The bytes lie in the home under their digest."""

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="files")
    language = models.CharField(max_length=10)
    format = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64, db_index=True)
    core_sha256 = models.CharField(max_length=64, help_text="before the seal: the same facts give the same")
    size_bytes = models.PositiveIntegerField()
    sealed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "language", "format"], name="documents_one_file_each"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language} {self.format}"
