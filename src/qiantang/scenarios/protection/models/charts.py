"""Claim charts of a dispute."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ClaimChart(models.Model):
    """One claim held against one product."""

    dispute = models.ForeignKey("protection.Dispute", models.PROTECT, related_name="charts")
    claim_number = models.PositiveSmallIntegerField()
    claim_text = models.TextField()
    product = models.CharField(max_length=200)
    made_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"claim {self.claim_number} against {self.product}"


class ChartElement(models.Model):
    """An element of the claim, what the product has of it, and the evidence for that by the numbers of deposits."""

    chart = models.ForeignKey(ClaimChart, models.PROTECT, related_name="elements")
    place = models.PositiveSmallIntegerField()
    text = models.TextField()
    feature = models.TextField(blank=True)
    verdict = models.CharField(max_length=12, default="undecided")
    deposits = models.JSONField(default=list)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chart", "place"], name="protection_elements_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.chart_id}"
