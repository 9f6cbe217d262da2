"""Geographical indications: who may use one, plots with their yearly ceilings, codes issued against these, reports of fakes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Indication(models.Model):
    """A geographical indication, and the organisation that keeps its users and plots."""

    name = models.CharField(max_length=100, unique=True)
    name_en = models.CharField(max_length=100, blank=True)
    product = models.CharField(max_length=100)
    number = models.CharField(max_length=80, blank=True, help_text="of its registration, as the keeper says")
    keeper = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=200)
    synthetic = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class YieldRate(models.Model):
    """The most that a unit of area yields in a year, in force from 1 January of a year until the next one."""

    indication = models.ForeignKey(Indication, models.PROTECT, related_name="rates")
    from_year = models.PositiveSmallIntegerField()
    grams_per_mu = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indication", "from_year"], name="protection_rate_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.grams_per_mu} g from {self.from_year}"


class OriginUser(models.Model):
    """Somebody authorised to use an indication, for a term."""

    indication = models.ForeignKey(Indication, models.PROTECT, related_name="users")
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=80, help_text="of the authorisation")
    valid_from = models.DateField()
    valid_until = models.DateField(help_text="last day")
    revoked_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indication", "number"], name="protection_origin_user_once"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="protection_origin_user_term"),
        ]

    def __str__(self) -> str:
        return self.name


class OriginPlot(models.Model):
    """An area, not an outline: its number, where it is and how large."""

    indication = models.ForeignKey(Indication, models.PROTECT, related_name="plots")
    number = models.CharField(max_length=40)
    district = models.CharField(max_length=6)
    village = models.CharField(max_length=100)
    area_mu = models.DecimalField(max_digits=9, decimal_places=2)
    source = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indication", "number"], name="protection_plot_once"),
            models.CheckConstraint(condition=Q(area_mu__gt=0), name="protection_plot_area"),
        ]

    def __str__(self) -> str:
        return self.number


class PlotHolding(models.Model):
    """In whose hands a plot is. ``until`` none: still."""

    plot = models.ForeignKey(OriginPlot, models.PROTECT, related_name="holdings")
    user = models.ForeignKey(OriginUser, models.PROTECT, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True, help_text="last day")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plot"], condition=Q(until__isnull=True), name="protection_one_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.plot_id} of {self.user_id}"


class PlotYear(models.Model):
    """The ceiling of a plot for one harvest, and how much codes were issued for. The database holds the one below the other."""

    plot = models.ForeignKey(OriginPlot, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    grams_per_mu = models.PositiveIntegerField(help_text="the rate by which it was counted")
    ceiling_grams = models.PositiveBigIntegerField()
    issued_grams = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plot", "year"], name="protection_plot_year_once"),
            models.CheckConstraint(condition=Q(issued_grams__lte=F("ceiling_grams")), name="protection_below_ceiling"),
        ]

    def __str__(self) -> str:
        return f"{self.plot_id} in {self.year}"


class OriginBatch(models.Model):
    """Codes issued together, each for one package of so many grams."""

    plot_year = models.ForeignKey(PlotYear, models.PROTECT, related_name="batches")
    user = models.ForeignKey(OriginUser, models.PROTECT, related_name="batches")
    package_grams = models.PositiveIntegerField()
    packages = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.packages} of {self.package_grams} g"


class OriginCode(models.Model):
    """A code of a package. Only its keyed digest is kept: what was issued can be verified, and not be read out here."""

    batch = models.ForeignKey(OriginBatch, models.PROTECT, related_name="codes")
    place = models.PositiveIntegerField(help_text="within the batch, from 1")
    digest = models.CharField(max_length=64, unique=True)
    scans = models.PositiveIntegerField(default=0)
    first_scan_at = models.DateTimeField(null=True)
    last_scan_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["scans"], name="protection_much_scanned")]

    def __str__(self) -> str:
        return f"{self.place} of {self.batch_id}"


class FakeReport(models.Model):
    """What somebody without an account reports of a fake. It becomes a clue, or is closed with a reason."""

    indication = models.ForeignKey(Indication, models.PROTECT, related_name="reports")
    code = models.ForeignKey(OriginCode, models.PROTECT, null=True, related_name="reports")
    seller = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200)
    district = models.CharField(max_length=6, blank=True)
    seen_on = models.DateField(null=True)
    description = models.CharField(max_length=4000)
    contact = models.CharField(max_length=200, blank=True, help_text="wiped when the report is settled")
    made_at = models.DateTimeField()
    clue = models.CharField(max_length=20, blank=True, help_text="number of the case it became")
    closed_reason = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"report of {self.made_at}"
