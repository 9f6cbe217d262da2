"""Notices, addresses, wishes, and the messages that go out: what is to be sent and what was tried."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class SharedNotice(models.Model):
    """One notice to an organisation, read by everyone whose mandate covers its scope. Each of them has a copy of their own,
    made when it is sent or when they first look into the organisation's inbox: there stands who read it and when.
    """

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    scope = models.CharField(max_length=80, blank=True, help_text="of the mandate; empty: any mandate")
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    subject = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=500)
    due_date = models.DateField(null=True)
    created_at = models.DateTimeField()
    language = models.CharField(max_length=16)
    text_sha256 = models.CharField(max_length=64, help_text="of the text as it lay in the inbox")
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="notices_shared_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-created_at", "-id"], name="notices_shared_inbox"),
            models.Index(fields=["subject"], name="notices_shared_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} to organisation {self.organisation_id}"


class Notice(models.Model):
    """One notice to one person; its sentences come from its kind when it is read."""

    shared = models.ForeignKey(SharedNotice, models.CASCADE, null=True, related_name="copies")
    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    subject = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=500)
    due_date = models.DateField(null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0, help_text="how often it was sent again unread")
    escalated_at = models.DateTimeField(null=True)

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


class TextNumber(models.Model):
    """The telephone to which a person wants text messages. ``confirmed_at`` None: nobody has shown yet that it is theirs."""

    person = models.OneToOneField("accounts.Account", models.CASCADE, related_name="+")
    number = models.CharField(max_length=16, help_text="as in E.164: +8613800138000")
    language = models.CharField(max_length=16)
    entered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="wrong codes since it was entered")

    def __str__(self) -> str:
        return f"number of {self.person_id}"


class Habits(models.Model):
    """When a person wants to be written to: quiet hours, and whether notices come one by one."""

    person = models.OneToOneField("accounts.Account", models.CASCADE, related_name="+")
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    digest = models.CharField(max_length=10, default="none")
    digest_at = models.TimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="notices_quiet_from_until",
            ),
        ]

    def __str__(self) -> str:
        return f"habits of {self.person_id}"


class MailWish(models.Model):
    """Whether a person wants notices of a kind by a channel; where there is no row: by mail yes, by text message where it is
    a legal notice.
    """

    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    way = models.CharField(max_length=10, default="mail")
    wanted = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "way"], name="notices_one_wish_a_way"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.wanted}"


class Dispatch(models.Model):
    """One message to be sent by a channel: of a notice, of a digest, or to confirm where a person is reached. Its text is made
    when it is sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        FOLDED = "folded"  # goes with a digest
        TAKEN = "taken"  # by the mail server or the gateway
        REFUSED = "refused"
        IN_DOUBT = "in_doubt"  # may have arrived; not repeated any more
        GIVEN_UP = "given_up"
        DROPPED = "dropped"  # nobody wants it any more

    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, default="mail", help_text="mail or text")
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="dispatches")
    round = models.PositiveSmallIntegerField(default=0, help_text="0: the first time; n: the n-th reminder")
    folded_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="folded")
    is_digest = models.BooleanField(default=False)
    confirms = models.CharField(max_length=254, blank=True, help_text="the address or number to be confirmed")
    mark = models.UUIDField(unique=True, help_text="the same at each repeat: the Message-ID")
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    replayed_at = models.DateTimeField(null=True, help_text="since when attempts count again")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(notice__isnull=False, confirms="", is_digest=False)
                | Q(notice__isnull=True, is_digest=False) & ~Q(confirms="")
                | Q(notice__isnull=True, confirms="", is_digest=True),
                name="notices_dispatch_one_matter",
            ),
            models.UniqueConstraint(
                fields=["notice", "way", "round"], condition=Q(notice__isnull=False), name="notices_sent_once_a_way"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="notices_due", condition=Q(state="waiting")),
            models.Index(fields=["state", "created_at"], name="notices_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.pk} ({self.state})"


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
