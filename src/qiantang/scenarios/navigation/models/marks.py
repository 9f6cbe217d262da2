"""What no register tells of a patent and somebody looked up: that it is declared for a standard, that a court decided about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qiantang.scenarios.navigation.types import MarkKind


class PatentMark(models.Model):
    """One line of an input list: the patent, what is said of it, where that is written."""

    patent_id = models.CharField(max_length=60)
    kind = models.CharField(max_length=16, choices=[(one.value, one.name) for one in MarkKind])
    reference = models.CharField(max_length=200, help_text="number of the standard, or of the case")
    source = models.CharField(max_length=200, help_text="where it is written: declaration list, court")
    author_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "patent_id", "reference"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["patent_id", "kind", "reference"], name="navigation_mark_once"),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"
