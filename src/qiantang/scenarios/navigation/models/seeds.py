"""Expansions: candidates found from examples."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qiantang.scenarios.navigation.types import EditionState


class Expansion(models.Model):
    """Examples that somebody named for a node, and what was found from them on one snapshot."""

    project = models.ForeignKey("navigation.Project", models.CASCADE, related_name="expansions")
    node = models.CharField(max_length=40)
    strategy = models.TextField(help_text="of the node when it was asked for")
    seed = models.JSONField(help_text="ids of the examples")
    state = models.CharField(max_length=16, choices=[(one.value, one.name) for one in EditionState])
    done = models.PositiveIntegerField(default=0, help_text="steps that are finished")
    snapshot = models.PositiveIntegerField(null=True)
    found = models.JSONField(default=list, help_text="[id, probability, how it was reached, whether the node finds it]")
    told = models.JSONField(
        default=dict, help_text="how many were reached by each way, drawn against, and hit in the folds"
    )
    author_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"expansion {self.pk}"
