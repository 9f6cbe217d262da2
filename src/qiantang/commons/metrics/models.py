"""Tables of other bodies that were imported, and numbers that were frozen when they were published."""

from __future__ import annotations

from django.db import models


class ImportedTable(models.Model):
    """A table as it was imported. Figures of a later one for the same place and time go before those of an earlier one.

    sample      invented figures, which show only how pages work
    refused     rows that were not kept: list of {row, reason}
    """

    title = models.CharField(max_length=200)
    source = models.CharField(max_length=500)
    as_of = models.DateField()
    sample = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)
    read = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    refused = models.JSONField(default=list)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("as_of", "pk")

    def __str__(self) -> str:
        return f"{self.title} ({self.as_of})"


class ImportedFigure(models.Model):
    """One figure of an imported table."""

    table = models.ForeignKey(ImportedTable, on_delete=models.CASCADE, related_name="figures")
    series = models.CharField(max_length=60)
    region = models.CharField(max_length=6)
    period = models.CharField(max_length=10)
    value = models.FloatField()
    unit = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("table", "series", "region", "period"), name="one_figure_a_place_and_time"),
        )
        indexes = (models.Index(fields=("series", "region", "period"), name="figure_by_place_and_time"),)

    def __str__(self) -> str:
        return f"{self.series} {self.region} {self.period}: {self.value}"


class FrozenValue(models.Model):
    """A number as it was published: what was asked, what came, and the digest of it all.

    question    as ``telling.question_told`` writes it
    records     ids of the records behind it, packed; empty where it is not made of records
    """

    number = models.PositiveIntegerField(unique=True)
    metric = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    question = models.JSONField()
    snapshot = models.PositiveIntegerField(null=True)
    value = models.FloatField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    at_least = models.BooleanField(default=False)
    unit = models.CharField(max_length=60, blank=True)
    parts = models.JSONField(default=list)
    records = models.BinaryField(default=b"")
    record_count = models.PositiveIntegerField(null=True)
    records_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number}: {self.metric}"
