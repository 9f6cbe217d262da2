"""Names as filed and what joins them. What was undone keeps its row and its day; only a lawful request deletes.

A party is the tree of names under one root; its number is that of the root. Names of persons are not kept.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

LONGEST_NAME = 400  # characters; an index of PostgreSQL takes 2,700 bytes


class FiledName(models.Model):
    """One name of an organisation exactly as filed, by which everything else points to it."""

    text = models.CharField(max_length=LONGEST_NAME, unique=True)
    whole = models.CharField(
        max_length=2 * LONGEST_NAME, help_text="folded, blanks as one: the value in the search index"
    )
    standard = models.CharField(max_length=2 * LONGEST_NAME)
    also = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="standard spelling of a name in brackets")
    owner = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="standard spelling of what it is part of")
    block = models.CharField(max_length=8, help_text="names of one block are compared")
    near = models.CharField(max_length=8, help_text="a finer block, for those that have grown too large")
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="members", help_text="null: its own root")
    learnt_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=[name], name=f"parties_name_{name}")
            for name in ("whole", "standard", "also", "owner", "block", "near")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def party(self) -> int:
        """The number of its party."""
        return self.root_id or self.pk


class Membership(models.Model):
    """One merge: the party whose root was ``name`` is part of the party of ``into``, until it is undone."""

    name = models.ForeignKey(FiledName, models.PROTECT, related_name="memberships")
    into = models.ForeignKey(FiledName, models.PROTECT, related_name="taken_in")
    rule = models.CharField(max_length=24)
    score = models.FloatField(help_text="likeness, 0 to 1")
    confidence = models.FloatField()
    evidence = models.JSONField(default=dict, help_text="how many inventors, addresses, families were shared")
    pair = models.JSONField(default=list, help_text="the two names as filed that were compared")
    since = models.DateTimeField()
    person = models.CharField(max_length=150, help_text="name of the actor, as in the audit journal")
    reason = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], condition=Q(undone_at=None), name="parties_one_way_up"),
            models.CheckConstraint(condition=~Q(name=F("into")), name="parties_not_into_itself"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["undone_at"], condition=Q(undone_at__isnull=False), name="parties_undone_last"),
        ]

    def __str__(self) -> str:
        return f"{self.name_id} into {self.into_id}"


class NameEvidence(models.Model):
    """What stood beside a name where it stood alone: digests, so that no inventor and no address is kept here."""

    name = models.ForeignKey(FiledName, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=16)
    digest = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "digest", "name"], name="parties_evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.name_id}"


class GroupLink(models.Model):
    """One party belongs to another and stays itself: a sub-unit, a subsidiary, one name that holds several applicants."""

    class Kind(models.TextChoices):
        PART = "part"
        SUBSIDIARY = "subsidiary"
        CO_APPLICANTS = "co_applicants"

    child = models.ForeignKey(FiledName, models.PROTECT, related_name="links_up")
    parent = models.ForeignKey(FiledName, models.PROTECT, related_name="links_down")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    since = models.DateField(null=True, help_text="first day, null: not known")
    until = models.DateField(null=True, help_text="day after the last, null: still so")
    person = models.CharField(max_length=150)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["child", "parent", "kind"], condition=Q(undone_at=None), name="parties_linked_once"
            ),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="parties_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} of {self.parent_id}"


class ReviewItem(models.Model):
    """Two names a person shall look at, or has looked at. ``first`` has the smaller number."""

    class State(models.TextChoices):
        OPEN = "open"
        SAME = "same"
        GROUP = "group"
        APART = "apart"

    first = models.ForeignKey(FiledName, models.PROTECT, related_name="+")
    second = models.ForeignKey(FiledName, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=24)
    score = models.FloatField()
    evidence = models.JSONField(default=dict)
    weight = models.FloatField(help_text="what is shared comes first, then what is alike")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="parties_asked_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-weight", "id"], name="parties_queue")]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {self.state}"


class ForgottenName(models.Model):
    """A name removed on lawful request, as a digest keyed with the salt that all rows share."""

    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        return self.digest


class LearningState(models.Model):
    """Up to which snapshot of the register names were learnt; one row."""

    snapshot = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"learnt up to {self.snapshot}"
