"""Watch lists: a shop page captured on schedule, and the offers that were found there under the words watched for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Watch(models.Model):
    """A page and words that somebody watches. When it is captured stands with the schedule in evidence."""

    owner = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    schedule = models.CharField(max_length=32, unique=True, help_text="number of the schedule in evidence")
    address = models.TextField()
    words = models.JSONField(default=list)
    right_kind = models.CharField(max_length=20, blank=True)
    right_number = models.CharField(max_length=80, blank=True)
    right_title = models.CharField(max_length=200, blank=True)
    first_known = models.BooleanField(help_text="what stands there at the first capture is known and makes no draft")
    first_capture = models.CharField(max_length=32, blank=True)
    looked_at = models.DateTimeField(null=True, help_text="when the newest capture that was looked through had ended")
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "-id"], name="protection_my_watches")]

    def __str__(self) -> str:
        return f"{self.schedule} {self.address}"


class Suspect(models.Model):
    """An offer that was found once. It stays known, whether it is still there or not; a draft is made of it once."""

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="suspects")
    key = models.CharField(max_length=64, help_text="of methods.watching.Offer")
    address = models.TextField()
    text = models.CharField(max_length=300)
    words = models.JSONField(default=list)
    first_capture = models.CharField(max_length=32)
    first_seen_at = models.DateTimeField()
    last_capture = models.CharField(max_length=32)
    last_seen_at = models.DateTimeField()
    known = models.BooleanField(default=False, help_text="stood there when the watch began")
    dispute = models.ForeignKey("protection.Dispute", models.PROTECT, null=True, related_name="suspects")
    cleared_at = models.DateTimeField(null=True, help_text="when its owner said that it hurts no right")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["watch", "key"], name="protection_suspect_once")]

    def __str__(self) -> str:
        return f"{self.text} of {self.watch_id}"
