"""Navigation projects: question, team, stages, opinions, recommendations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qiantang.scenarios.navigation.types import Decision, Duty, ProjectType


class Project(models.Model):
    """One navigation project after GB/T 39551. Its state is the stage it is in."""

    title = models.CharField(max_length=200)
    type = models.CharField(max_length=16, choices=[(one.value, one.name) for one in ProjectType])
    question = models.TextField(help_text="what is to be decided")
    scope = models.TextField(help_text="what is looked at, and what is not")
    industry = models.CharField(max_length=60, help_text="key of the chain")
    chain_version = models.PositiveIntegerField()
    stage = models.CharField(max_length=16)
    cutoff_snapshot = models.PositiveIntegerField(null=True, help_text="data cut-off; null: not yet set")
    cutoff_at = models.DateTimeField(null=True)
    region = models.CharField(max_length=6, help_text="GB/T 2260 code of the city it is made for")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"project {self.pk}"


class Member(models.Model):
    """Somebody of the team."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    duty = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Duty])

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "person"], name="navigation_member_once")]

    def __str__(self) -> str:
        return f"member {self.person_id} of {self.project_id}"


class StageRecord(models.Model):
    """One stage: by when it is planned, who closed it and what that person said."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=16)
    due_date = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True, help_text="name of who signed")
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "stage"], name="navigation_stage_once")]

    def __str__(self) -> str:
        return f"stage {self.stage} of {self.project_id}"


class Opinion(models.Model):
    """What a reviewer says of the project before it is published."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="opinions")
    edition = models.ForeignKey("navigation.Edition", models.CASCADE, related_name="opinions")
    person = models.ForeignKey("accounts.Account", models.SET_NULL, null=True, related_name="+")
    person_name = models.CharField(max_length=200)
    agrees = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"opinion {self.pk}"


class Recommendation(models.Model):
    """What the project proposes, to whom, by when, and what became of it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="recommendations")
    text = models.TextField()
    node = models.CharField(max_length=40, blank=True, help_text="code of the node it is about")
    owner_name = models.CharField(max_length=200, help_text="the office or person who answers for it")
    due_date = models.DateField()
    decision = models.CharField(
        max_length=16, default=Decision.OPEN, choices=[(one.value, one.name) for one in Decision]
    )
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["due_date", "id"]

    def __str__(self) -> str:
        return f"recommendation {self.pk}"
