"""Sheets of right holders, with whom they are shared, alerts to authorities, and applications for action."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Authority(models.Model):
    """A body that enforces: an organisation of which people hold mandates to enforce."""

    organisation = models.OneToOneField("accounts.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    district = models.CharField(max_length=6, blank=True, help_text="code of the region it is in charge of")
    source = models.CharField(max_length=200)
    active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation_id}"


class ProductSheet(models.Model):
    """How goods of a right are told from fakes, as the right holder says. ``parts`` by the keys of ``SHEET_PARTS``."""

    person = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    product = models.CharField(max_length=200)
    right_kind = models.CharField(max_length=20)
    right_number = models.CharField(max_length=80)
    right_title = models.CharField(max_length=200, blank=True)
    right_until = models.DateField(null=True, help_text="last day of the right, where it is known")
    parts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    synthetic = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.product}, version {self.version}"


class SheetShare(models.Model):
    """A sheet open to one authority. It is closed at once when it is withdrawn; the row stays."""

    sheet = models.ForeignKey(ProductSheet, models.PROTECT, related_name="shares")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="shares")
    shared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sheet", "authority"], condition=Q(withdrawn_at__isnull=True), name="protection_shared_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} with {self.authority_id}"


class SheetRead(models.Model):
    """Somebody read a sheet: of an authority, or (none) who audits."""

    sheet = models.ForeignKey(ProductSheet, models.PROTECT, related_name="reads")
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="reads")
    version = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sheet", "read_at"], name="protection_sheet_reads")]

    def __str__(self) -> str:
        return f"{self.sheet_id} at {self.read_at}"


class SheetAlert(models.Model):
    """What a right holder tells authorities of at once: a consignment expected, fakes of a new make, a place."""

    sheet = models.ForeignKey(ProductSheet, models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=20)
    district = models.CharField(max_length=6, blank=True)
    text = models.TextField()
    expected_on = models.DateField(null=True)
    sent_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} for {self.sheet_id}"


class AlertCopy(models.Model):
    """An alert as one authority has it, and what that answered."""

    alert = models.ForeignKey(SheetAlert, models.PROTECT, related_name="copies")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="alert_copies")
    seen_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "authority"], name="protection_alert_copy_once"),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} to {self.authority_id}"


class ActionApplication(models.Model):
    """An application for action: an authority is asked to look out for fakes, for a term that can be renewed."""

    sheet = models.ForeignKey(ProductSheet, models.PROTECT, related_name="applications")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="applications")
    renews = models.OneToOneField("self", models.PROTECT, null=True, related_name="renewed_by")
    state = models.CharField(max_length=12)
    filed_at = models.DateTimeField()
    decided_on = models.DateField(null=True)
    reference = models.CharField(max_length=80, blank=True)
    remark = models.CharField(max_length=1000, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True, help_text="last day")
    rules = models.CharField(max_length=120, blank=True, help_text="version by which the term was counted")
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True, valid_until__isnull=True)
                | Q(valid_from__isnull=False, valid_until__gte=models.F("valid_from")),
                name="protection_application_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} to {self.authority_id}"
