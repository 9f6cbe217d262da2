"""The agreement of a mediation: its text as signed, the signatures, and what has to be done when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Agreement(models.Model):
    """A text laid out to be signed. Only the newest counts; a signature is good for one digest alone."""

    proceeding = models.ForeignKey("protection.Proceeding", models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="parties, facts, disputes, terms, days: what the law asks for")
    sha256 = models.CharField(max_length=64, help_text="of the content in canonical JSON: what is signed")
    document = models.CharField(max_length=20, blank=True, help_text="number of the issued document")
    made_at = models.DateTimeField()
    effective_at = models.DateTimeField(null=True)
    confirmation_asked = models.JSONField(default=list, help_text="sides that ask for the confirmation")
    application = models.CharField(max_length=20, blank=True, help_text="number of the document to the court")
    court = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    decision_reference = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proceeding", "version"], name="protection_agreement_versions"),
        ]

    def __str__(self) -> str:
        return f"agreement {self.version} in {self.proceeding_id}"


class Signature(models.Model):
    """Somebody signed: by an account that had just said again who it is, over the digest of the text."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=12)
    person = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "side"], name="protection_signed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.side} under {self.agreement_id}"


class Performance(models.Model):
    """One thing that the agreement asks of a side, with its day."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="performances")
    side = models.CharField(max_length=12)
    what = models.CharField(max_length=300)
    amount_yuan = models.PositiveBigIntegerField(null=True)
    due_date = models.DateField()
    done_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_date"], name="protection_to_perform", condition=models.Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.what} by {self.due_date}"
