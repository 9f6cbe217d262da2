"""Labelled samples: how well a node finds what belongs to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qiantang.scenarios.navigation.types import SampleKind, Verdict


class Sample(models.Model):
    """Patents drawn to be looked at one by one, always the same ones for the same seed and snapshot."""

    project = models.ForeignKey("navigation.Project", models.CASCADE, related_name="samples")
    node = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=[(one.value, one.name) for one in SampleKind])
    query = models.TextField(help_text="what it was drawn from")
    strategy = models.TextField(help_text="of the node when it was drawn")
    seed = models.CharField(max_length=40)
    snapshot = models.PositiveIntegerField()
    population = models.PositiveIntegerField(help_text="patents it was drawn from")
    found = models.PositiveIntegerField(help_text="patents the node found then")
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sample {self.pk}"


class SampleItem(models.Model):
    """One patent of a sample: whether the node finds it, what was said of it, and what a reviewer said without seeing that."""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    patent_id = models.CharField(max_length=80)
    found = models.BooleanField(help_text="whether the node finds it")
    verdict = models.CharField(max_length=16, blank=True, choices=[(one.value, one.name) for one in Verdict])
    labelled_by = models.ForeignKey("accounts.Account", models.SET_NULL, null=True, related_name="+")
    labelled_at = models.DateTimeField(null=True)
    second = models.CharField(max_length=16, blank=True, choices=[(one.value, one.name) for one in Verdict])
    second_by = models.ForeignKey("accounts.Account", models.SET_NULL, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    review_place = models.PositiveIntegerField(null=True, help_text="place in the review; null: not drawn for it")

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "position"], name="navigation_item_place_once"),
            models.UniqueConstraint(fields=["sample", "patent_id"], name="navigation_item_once"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"
