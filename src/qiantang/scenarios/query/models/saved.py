"""Saved queries, what they watch for, and what was told. The states compared are files: ``selectors/states.py``."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class SavedQuery(models.Model):
    """A query under a name, as typed and as understood; with an alert where any of the three is watched for.

    What was last told is kept whole, so that a difference is exact: the state of ``told_snapshot`` in ``told_file``.
    """

    owner = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    text = models.TextField(blank=True, help_text="as typed")
    refinements = models.JSONField(default=list, help_text='["FIELD==value"]')
    sort = models.CharField(max_length=32)
    columns = models.JSONField(default=list, help_text="keys of the columns shown; empty: those of the desk")
    canonical = models.TextField(blank=True, help_text="the whole query as understood when it was saved")
    saved_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    watch_new = models.BooleanField(default=False, help_text="tell of new hits")
    watch_status = models.BooleanField(default=False, help_text="tell where the legal status of a hit changes")
    watch_owner = models.BooleanField(default=False, help_text="tell where a hit changes hands")
    told_snapshot = models.PositiveIntegerField(null=True, help_text="null: the watch has not begun")
    told_file = models.CharField(max_length=80, blank=True, help_text="empty: a state without hits")
    checked_snapshot = models.PositiveIntegerField(null=True)
    hits = models.PositiveIntegerField(null=True, help_text="when it was last checked")
    fault = models.CharField(max_length=100, blank=True, help_text="why it could not be checked: the code of a refusal")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="query_saved_name_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["checked_snapshot"],
                name="query_watched",
                condition=Q(watch_new=True) | Q(watch_status=True) | Q(watch_owner=True),
            ),
        ]

    def __str__(self) -> str:
        return f"saved query {self.pk}"

    @property
    def is_watched(self) -> bool:
        """Whether anything of it is watched for."""
        return self.watch_new or self.watch_status or self.watch_owner


class ChangeReport(models.Model):
    """What a check found and told: counts here, the patents in files. One a saved query and snapshot."""

    saved_query = models.ForeignKey(SavedQuery, models.CASCADE, related_name="reports")
    snapshot = models.PositiveIntegerField()
    since_snapshot = models.PositiveIntegerField(help_text="the state last told before")
    made_at = models.DateTimeField()
    new_hits = models.PositiveIntegerField()
    status_changes = models.PositiveIntegerField()
    owner_changes = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["saved_query", "snapshot"], name="query_one_report_a_snapshot"),
        ]

    def __str__(self) -> str:
        return f"report {self.saved_query_id} at {self.snapshot}"
