"""Exports that are made as jobs. Their files are in the folder ``exports`` of the home."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qiantang.scenarios.query.methods.exporting.asked import ExportState, FileFormat, Stage


class Export(models.Model):
    """One export, from the queue until its file's time is over."""

    owner = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=16, choices=[(one.value, one.name) for one in ExportState])
    stage = models.CharField(max_length=16, blank=True, choices=[(one.value, one.name) for one in Stage])
    query = models.TextField(blank=True, help_text="in the query language, refinements included")
    sort = models.CharField(max_length=16)
    format = models.CharField(max_length=8, choices=[(one.value, one.name) for one in FileFormat])
    columns = models.JSONField(default=list)
    spelling = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=16)
    requested_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, help_text="when the first row was about to be written")
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, help_text="until when the file is kept")
    leased_until = models.DateTimeField(null=True, help_text="until when one worker has it")
    snapshot = models.PositiveIntegerField(null=True)
    synthetic = models.BooleanField(null=True)
    done = models.PositiveIntegerField(default=0, help_text="rows of the stage that are finished")
    total = models.PositiveIntegerField(null=True, help_text="hits; null: not yet counted")
    stand_ins = models.PositiveIntegerField(default=0, help_text="rows with a number of another kind")
    gone = models.PositiveIntegerField(default=0, help_text="hits that were removed on request meanwhile")
    size_bytes = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    error_code = models.CharField(max_length=100, blank=True)
    error_facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["-requested_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "leased_until"], name="query_export_due"),
            models.Index(fields=["owner", "-requested_at"], name="query_export_own"),
        ]

    def __str__(self) -> str:
        return f"export {self.pk} ({self.state})"
