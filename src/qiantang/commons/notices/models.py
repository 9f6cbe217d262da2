"""Notices, addresses, wishes, and the mails that go out: what is to be sent and what was tried."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Notice(models.Model):
    """One notice to one person; its sentences come from its kind when it is read."""

    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    subject = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=500)
    due_date = models.DateField(null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key"], name="notices_told_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at", "-id"], name="notices_inbox"),
            models.Index(fields=["person"], name="notices_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["subject"], name="notices_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class MailAddress(models.Model):
    """Where a person wants to be written to. ``confirmed_at`` None: nobody has shown yet that it is theirs."""

    person = models.OneToOneField("accounts.Account", models.CASCADE, related_name="+")
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=16)
    entered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"address of {self.person_id}"


class MailWish(models.Model):
    """Whether a person wants notices of a kind by e-mail; where there is no row, they come."""

    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    wanted = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="notices_one_wish_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.wanted}"


class Dispatch(models.Model):
    """One mail to be sent: of a notice, or to confirm an address. Its text is made when it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"  # by the mail server
        REFUSED = "refused"
        IN_DOUBT = "in_doubt"  # may have arrived; not repeated any more
        GIVEN_UP = "given_up"
        DROPPED = "dropped"  # nobody wants it any more

    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    notice = models.OneToOneField(Notice, models.CASCADE, null=True, related_name="dispatch")
    confirms = models.CharField(max_length=254, blank=True, help_text="the address to be confirmed")
    mark = models.UUIDField(unique=True, help_text="the same at each repeat: the Message-ID")
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(notice__isnull=False, confirms="") | Q(notice__isnull=True) & ~Q(confirms=""),
                name="notices_dispatch_has_one_matter",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="notices_due", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} ({self.state})"


class Attempt(models.Model):
    """One try to send a mail. Written before it begins, again before the message is handed over, and after its end.

    ``handed_over_at`` None: the message was surely not taken. ``ended_at`` None: it goes on, or its process died.
    """

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="attempts")
    began_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    said = models.CharField(max_length=300, blank=True, help_text="what the mail server said, or what broke off")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True) | Q(handed_over_at__gte=F("began_at")),
                name="notices_attempt_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk} {self.outcome}"


class NoticeProof(models.Model):
    """When a notice reached a step on its way to its reader, and the digest of the text as it was then. Never changed.

    The first time counts: of each step and channel there is one.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="proofs")
    step = models.CharField(max_length=10, help_text="sent, delivered, shown or opened")
    channel = models.CharField(max_length=10, help_text="inbox or mail")
    at = models.DateTimeField()
    language = models.CharField(max_length=16)
    text_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "step", "channel"], name="notices_proved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.step} {self.channel}"
