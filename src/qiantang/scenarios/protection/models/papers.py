"""Papers of a proceeding, their service with proof, and messages to other bodies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Paper(models.Model):
    """A paper in a file: request, answer, list of evidence, record of a hearing, decision. None is changed."""

    proceeding = models.ForeignKey("protection.Proceeding", models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=24)
    side = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    deposits = models.JSONField(default=list, help_text="numbers of the evidence it names")
    author = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    open_to_sides = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.kind} in {self.proceeding_id}"


class Service(models.Model):
    """A paper brought to a side: how, when it was delivered, when it was read, and by what that is proved."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="services")
    side = models.CharField(max_length=12)
    method = models.CharField(max_length=20)
    sent_at = models.DateTimeField()
    counts_on = models.DateField(null=True, help_text="day from which it counts as served")
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    proof = models.CharField(max_length=500, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    failed = models.CharField(max_length=300, blank=True)
    instead_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    def __str__(self) -> str:
        return f"{self.method} of {self.paper_id} to {self.side}"


class ConnectorMessage(models.Model):
    """One signed message to or from another body; sent until it is acknowledged, taken in once."""

    proceeding = models.ForeignKey("protection.Proceeding", models.PROTECT, related_name="connector_messages")
    connector = models.CharField(max_length=40)
    outgoing = models.BooleanField()
    message_id = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=24)
    envelope = models.JSONField()
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, help_text="none: acknowledged, or given up")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledgement = models.JSONField(null=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_try_at"], name="protection_to_send")]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"
