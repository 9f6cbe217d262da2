"""Mediators, and what happens in a room of mediation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class MediationBody(models.Model):
    """A committee or institution whose mediators may be asked."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, help_text="people, industry, commercial, administrative")
    fee_told = models.CharField(max_length=300, blank=True, help_text="what it charges, told before")
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Mediator(models.Model):
    """Somebody who mediates. Without an account they are in the register, but not asked by the platform."""

    body = models.ForeignKey(MediationBody, models.PROTECT, related_name="mediators")
    account = models.OneToOneField("accounts.Account", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100)
    fields = models.JSONField(default=list, help_text="kinds of rights and matters")
    languages = models.JSONField(default=list)
    most_open = models.PositiveSmallIntegerField(default=10, help_text="mediations at once")
    active = models.BooleanField(default=True)
    source = models.CharField(max_length=200)
    imported_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "name"], name="protection_mediator_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Tie(models.Model):
    """A relation of a mediator to somebody: where it stands in a dispute, the mediator is not asked."""

    mediator = models.ForeignKey(Mediator, models.CASCADE, related_name="ties")
    name = models.CharField(max_length=200)
    why = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.mediator_id}: {self.name}"


class Appointment(models.Model):
    """A mediator asked to mediate. ``ended_at`` None: this one stands."""

    proceeding = models.ForeignKey("protection.Proceeding", models.PROTECT, related_name="appointments")
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="appointments")
    named_by = models.CharField(max_length=12, help_text="side, or office")
    reasons = models.JSONField(default=dict, help_text="field, load, and what was looked at for conflicts")
    named_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    disclosed = models.CharField(max_length=500, blank=True, help_text="relations that the mediator told")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proceeding"], condition=models.Q(ended_at__isnull=True), name="protection_one_mediator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mediator_id} in {self.proceeding_id}"


class Objection(models.Model):
    """A side did not want a mediator. Each side may, once in a proceeding."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="objections")
    proceeding = models.ForeignKey("protection.Proceeding", models.PROTECT, related_name="objections")
    side = models.CharField(max_length=12)
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proceeding", "side"], name="protection_one_objection_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.side} in {self.proceeding_id}"


class RoomMessage(models.Model):
    """What was said, in the joint channel or in a caucus of one side with the mediator."""

    proceeding = models.ForeignKey("protection.Proceeding", models.PROTECT, related_name="messages")
    channel = models.CharField(max_length=12, help_text="joint, applicant, respondent")
    side = models.CharField(max_length=12)
    author_name = models.CharField(max_length=200)
    text = models.TextField()
    said_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["proceeding", "channel", "said_at"], name="protection_room")]

    def __str__(self) -> str:
        return f"{self.channel} {self.said_at}"


class Proposal(models.Model):
    """A version of how the dispute might end. A counter-proposal is the next version; none is changed."""

    proceeding = models.ForeignKey("protection.Proceeding", models.PROTECT, related_name="proposals")
    version = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=12)
    terms = models.TextField()
    amount_yuan = models.PositiveBigIntegerField(null=True)
    perform_by = models.DateField(null=True)
    answers = models.JSONField(default=dict, help_text="side -> yes or no")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proceeding", "version"], name="protection_versions_in_order"),
        ]

    def __str__(self) -> str:
        return f"version {self.version} in {self.proceeding_id}"


class Session(models.Model):
    """A meeting, and its minutes once they are written; each side says that they are right."""

    proceeding = models.ForeignKey("protection.Proceeding", models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    present = models.CharField(max_length=500, blank=True)
    minutes = models.TextField(blank=True)
    undisputed = models.TextField(blank=True, help_text="facts that both sides agreed to be undisputed")
    confirmed_by = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.starts_at} in {self.proceeding_id}"


class BlindBid(models.Model):
    """One side's limit in a round, sealed until the other has bid; then it is wiped, and only whether they meet is kept."""

    proceeding = models.ForeignKey("protection.Proceeding", models.PROTECT, related_name="bids")
    round = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=12)
    sealed = models.TextField(blank=True)
    bid_at = models.DateTimeField()
    meets = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proceeding", "round", "side"], name="protection_one_bid_a_round"),
        ]

    def __str__(self) -> str:
        return f"round {self.round} in {self.proceeding_id}"
