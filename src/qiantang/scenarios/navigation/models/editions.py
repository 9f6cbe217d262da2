"""Editions: a chain counted on one snapshot, kept with every number and the patents behind it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qiantang.scenarios.navigation.types import EditionState


class Edition(models.Model):
    """One computing of a project. A published one never changes."""

    project = models.ForeignKey("navigation.Project", models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(help_text="1, 2, 3 within the project")
    token = models.CharField(max_length=20, unique=True, help_text="in the names of its sets; hard to guess")
    state = models.CharField(max_length=16, choices=[(one.value, one.name) for one in EditionState])
    chain = models.JSONField(help_text="the chain as it was counted")
    snapshot = models.PositiveIntegerField(null=True)
    synthetic = models.BooleanField(null=True)
    as_of = models.DateField(null=True, help_text="day for which legal states were derived")
    done = models.PositiveIntegerField(default=0, help_text="nodes that are finished")
    total = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of all its numbers")
    said = models.JSONField(
        default=dict, help_text="what the analysts said when it was published: section -> text, author, instant"
    )
    parameters = models.JSONField(
        default=dict, help_text="of methods that have a choice: analysis -> name -> value; empty: not kept at that time"
    )
    measured = models.JSONField(
        null=True,
        help_text="samples with their labels when it was published; null: not published, or before they were kept",
    )
    error_code = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="navigation_edition_once"),
        ]

    def __str__(self) -> str:
        return f"edition {self.pk}"


class EditionNode(models.Model):
    """One node of an edition. Figures without their patents stand in ``figures``, the patents packed in ``members``."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="nodes")
    code = models.CharField(max_length=40, blank=True, help_text="empty: the whole industry")
    strategy = models.TextField(blank=True)
    patents = models.PositiveIntegerField()
    figures = models.JSONField(help_text="key -> value, kind, what it is made of, why it is not known")
    tables = models.JSONField(help_text="analysis -> rows")
    members = models.BinaryField(help_text="zlib of JSON: ids and, for each figure, places in them")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "code"], name="navigation_edition_node_once"),
        ]

    def __str__(self) -> str:
        return f"node {self.code} of edition {self.edition_id}"


class AnalystText(models.Model):
    """What a person says of an edition's numbers: marked apart from what was computed."""

    project = models.ForeignKey("navigation.Project", models.CASCADE, related_name="texts")
    section = models.CharField(max_length=80, help_text="analysis, or analysis@node")
    text = models.TextField()
    author_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "section"], name="navigation_text_once"),
        ]

    def __str__(self) -> str:
        return f"text {self.pk}"


class TopicLabel(models.Model):
    """What a person calls a topic; it goes with the topic's own words, so that it survives the next edition."""

    project = models.ForeignKey("navigation.Project", models.CASCADE, related_name="topic_labels")
    node = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=40, help_text="stable id of the topic")
    terms = models.JSONField(help_text="words of the topic when it was labelled")
    label = models.CharField(max_length=120)
    author_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "node", "topic"], name="navigation_topic_label_once"),
        ]

    def __str__(self) -> str:
        return f"topic label {self.pk}"
