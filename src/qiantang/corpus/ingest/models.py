"""Import runs and open-data runs: what was asked for, how far it is, what came of it. The rows live in the register."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qiantang.corpus.ingest.types import LICENCE_LENGTH


class ImportRun(models.Model):
    """One request to load files, from the queue to its report."""

    class Kind(models.TextChoices):
        UPLOAD = "upload"
        FOLDER = "folder"
        COMMAND = "command"
        DEMO = "demo"

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=150, help_text="name of the actor, as in the audit journal")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    paths = models.JSONField(default=list, help_text="[{name, path}] in the order given")
    mapping = models.TextField(blank=True, help_text="TOML mapping for tables, or empty")
    licence = models.CharField(
        max_length=LICENCE_LENGTH, blank=True, help_text="licence or terms of the files, or empty"
    )
    published = models.BooleanField(
        default=False,
        help_text="it was said that the applications whose texts as filed are among the files are published",
    )
    patents = models.PositiveIntegerField(null=True, help_text="size of the demo city asked for")
    stage = models.CharField(max_length=32, blank=True)
    done = models.PositiveIntegerField(default=0, help_text="units of the stage that are finished")
    total = models.PositiveIntegerField(default=0, help_text="units of the stage, 0: not known")
    load = models.PositiveIntegerField(null=True, help_text="number of the load in the register")
    snapshot = models.PositiveIntegerField(null=True)
    report = models.JSONField(null=True)
    error_code = models.CharField(max_length=100, blank=True)
    error_facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["-requested_at", "-id"]

    def __str__(self) -> str:
        return f"import {self.pk} ({self.state})"


class SavedMapping(models.Model):
    """One version of a mapping that an operator made in the browser. Versions are added, never changed."""

    name = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    text = models.TextField(help_text="the mapping as TOML")
    header = models.JSONField(help_text="the header row of the table it was made for")
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=150, help_text="name of the actor, as in the audit journal")

    class Meta:
        ordering: ClassVar[list[str]] = ["-saved_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "version"], name="ingest_mapping_version")
        ]

    def __str__(self) -> str:
        return f"mapping {self.name} {self.version}"


class OpenDataRun(models.Model):
    """One request to write a snapshot as open data."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    snapshot = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=150, help_text="name of the actor, as in the audit journal")
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0, help_text="tables that are written")
    total = models.PositiveIntegerField(default=0, help_text="tables in all, 0: not known")
    error_code = models.CharField(max_length=100, blank=True)
    error_facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["-requested_at", "-id"]

    def __str__(self) -> str:
        return f"open data of snapshot {self.snapshot} ({self.state})"
