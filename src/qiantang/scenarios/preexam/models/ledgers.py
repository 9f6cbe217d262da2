"""Agencies on lists and in the register of the centre; the ledgers of quota and credit. Lines are added, never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class AgencyList(models.Model):
    """An edition of the list of agencies that may hand in drafts, in force from a day until the next one."""

    effective_date = models.DateField(unique=True)
    source = models.CharField(max_length=200)
    article = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.source} {self.effective_date}"


class AgencyListed(models.Model):
    """A line of an edition."""

    edition = models.ForeignKey(AgencyList, models.PROTECT, related_name="lines")
    uscc = models.CharField(max_length=18)
    name = models.CharField(max_length=200)
    licence = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "uscc"], name="preexam_listed_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An agency registered with the centre. Whether it may act is asked anew each day: list and ledger."""

    organisation = models.OneToOneField("accounts.Organisation", models.PROTECT, related_name="+")
    attorneys = models.PositiveIntegerField()
    contact = models.CharField(max_length=80)
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.organisation_id)


class QuotaEntry(models.Model):
    """A line of the ledger of cases a subject may have accepted in a year.

    kind    ``grant``, ``use``, ``increment`` (asked), ``increment_granted``, ``increment_refused``, ``correction``
    amount  what it adds; a use is -1
    """

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    amount = models.IntegerField()
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "year", "kind"],
                condition=Q(kind__in=["grant", "increment"]),
                name="preexam_quota_once_a_year",
            ),
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(kind="use"), name="preexam_quota_use_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "year"], name="preexam_quota_of")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} {self.kind} {self.amount}"


class CreditEntry(models.Model):
    """A line of the ledger of credit: what happened by which rule, what follows, on which evidence.

    until   end of what follows; None: no end, or nothing follows but the line
    """

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    rule = models.CharField(max_length=16)
    measure = models.CharField(max_length=16)
    points = models.PositiveSmallIntegerField(default=0)
    evidence = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    rules_version = models.CharField(max_length=80, blank=True)
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "since"], name="preexam_credit_of")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.rule} {self.measure}"


class CreditAppeal(models.Model):
    """An appeal against a line of the ledger; upheld, the line counts no more."""

    entry = models.OneToOneField(CreditEntry, models.PROTECT, related_name="appeal")
    said = models.TextField()
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    upheld = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"appeal on {self.entry_id}"
