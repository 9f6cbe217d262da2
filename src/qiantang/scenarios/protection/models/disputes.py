"""A dispute, its evidence, and the proceedings in which it is carried."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Dispute(models.Model):
    """What was told at the intake, once, for every route. ``told`` by the names of ``types.Intake``."""

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    respondent_person = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    respondent_organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    told = models.JSONField(default=dict)
    right_kind = models.CharField(max_length=20, blank=True)
    matter = models.CharField(max_length=20, blank=True)
    saved_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    synthetic = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"dispute in case {self.case_id}"


class Exhibit(models.Model):
    """A deposit that is evidence in a dispute. It goes along whichever way the dispute goes."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="exhibits")
    number = models.CharField(max_length=40, help_text="of the deposit")
    side = models.CharField(max_length=12)
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    shows = models.CharField(max_length=500, blank=True, help_text="what it is to show")
    added_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, help_text="to the other side, by who brought it")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dispute", "number"], name="protection_exhibit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} in {self.dispute_id}"


class Proceeding(models.Model):
    """One route of a dispute, from its beginning to its end. A dispute may have several, also beside each other."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="proceedings")
    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="+")
    route = models.CharField(max_length=20)
    body = models.CharField(max_length=200, blank=True, help_text="who conducts it")
    chosen_on_rules = models.CharField(max_length=120, blank=True, help_text="version of the rules that offered it")
    reasons = models.JSONField(default=list, help_text="codes of the rules")
    reference = models.CharField(max_length=80, blank=True, help_text="of the other body")
    delegated_by = models.CharField(max_length=200, blank=True, help_text="court that delegated it")
    opened_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    amount_yuan = models.PositiveBigIntegerField(null=True, help_text="agreed or awarded")
    cost_yuan = models.PositiveBigIntegerField(null=True, help_text="paid by who brought it")
    choices = models.JSONField(default=dict, help_text="side -> key of the mediator it wants")
    extension_agreed = models.JSONField(default=list, help_text="sides that agreed to go on after the term")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True, outcome="") | (Q(concluded_at__isnull=False) & ~Q(outcome="")),
                name="protection_concluded_with_outcome",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["route", "concluded_at"], name="protection_by_route"),
            models.Index(fields=["opened_at"], name="protection_by_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.route} of {self.dispute_id}"


class ImportedOutcome(models.Model):
    """A closed proceeding that is known from elsewhere, such as a judgment: figures alone, no party, no text."""

    route = models.CharField(max_length=20)
    success = models.BooleanField(null=True)
    days = models.PositiveIntegerField(null=True)
    amount_yuan = models.PositiveBigIntegerField(null=True)
    cost_yuan = models.PositiveBigIntegerField(null=True)
    source = models.CharField(max_length=200)
    reference_digest = models.CharField(max_length=64, unique=True, help_text="of the number of the judgment")
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.route} from {self.source}"


class PartyAccess(models.Model):
    """A one-time code by which a party without an account sees a proceeding. Only its digest is kept."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="accesses")
    side = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.side} of {self.proceeding_id}"
