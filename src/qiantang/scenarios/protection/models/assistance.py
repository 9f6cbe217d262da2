"""Assistance: what was asked for, the pool of experts, their opinions, and closed cases told without names; takedown letters."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AidRequest(models.Model):
    """What is asked of the centre, and what the rules of eligibility said to it when it was asked."""

    proceeding = models.OneToOneField("protection.Proceeding", models.PROTECT, related_name="aid")
    told = models.JSONField(default=dict)
    rules = models.CharField(max_length=120, help_text="version by which it was judged")
    broken = models.JSONField(default=list, help_text="codes of rules that are not met")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"asked in {self.proceeding_id}"


class Expert(models.Model):
    """Somebody who may be asked for an opinion, until the end of the term."""

    name = models.CharField(max_length=100)
    body = models.CharField(max_length=200)
    fields = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    countries = models.JSONField(default=list, help_text="of which the law is known to the expert")
    ties = models.JSONField(default=list, help_text="names to which there is a relation")
    most_open = models.PositiveSmallIntegerField(default=5)
    account = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    term_until = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)
    imported_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["body", "name"], name="protection_expert_once")]

    def __str__(self) -> str:
        return self.name


class Opinion(models.Model):
    """An opinion asked of an expert. ``parts``: texts by the keys of its kind, once it is handed in."""

    proceeding = models.ForeignKey("protection.Proceeding", models.PROTECT, related_name="opinions")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="opinions")
    kind = models.CharField(max_length=20)
    question = models.CharField(max_length=2000)
    asked_at = models.DateTimeField()
    parts = models.JSONField(default=dict)
    handed_in_at = models.DateTimeField(null=True)
    declined = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    document = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proceeding", "expert"], name="protection_expert_asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.proceeding_id}"


class LibraryCase(models.Model):
    """A closed proceeding told without names: written by one person of the office, published by another."""

    proceeding = models.OneToOneField("protection.Proceeding", models.PROTECT, related_name="told_on")
    title = models.CharField(max_length=200)
    facts = models.TextField()
    points = models.TextField()
    result = models.TextField()
    written_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class Takedown(models.Model):
    """A letter to a platform about offers that hurt a right, and what the platform did."""

    dispute = models.ForeignKey("protection.Dispute", models.PROTECT, related_name="takedowns")
    platform = models.CharField(max_length=200)
    addresses = models.JSONField(default=list)
    document = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    sent_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    outcome_on = models.DateField(null=True)
    act_until = models.DateField(null=True, help_text="after a counter-statement: to complain or to sue")
    remark = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.platform} for {self.dispute_id}"
