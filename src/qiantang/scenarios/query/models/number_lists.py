"""Number lists: what was given line by line, and what each line is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class NumberList(models.Model):
    """A list of numbers under a name, with how many lines are what."""

    owner = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    set_name = models.CharField(max_length=40, unique=True, help_text="SET==… in a query; hard to guess")
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    snapshot = models.PositiveIntegerField(help_text="on which it was last checked; 0: nothing was loaded")
    counts = models.JSONField(help_text="verdict -> lines")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "-made_at"], name="query_lists_of_owner")]

    def __str__(self) -> str:
        return f"number list {self.pk}"


class NumberLine(models.Model):
    """One number of a list; the fields are explained at ``types.ListLine``. ``place`` counts from 1."""

    number_list = models.ForeignKey(NumberList, models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    given = models.CharField(max_length=200)
    verdict = models.CharField(max_length=16)
    detail = models.CharField(max_length=300, blank=True)
    patent_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number_list", "place"], name="query_line_in_its_place"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["number_list", "verdict", "place"], name="query_lines_by_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.number_list_id}:{self.place} {self.verdict}"
