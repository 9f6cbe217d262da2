"""Cases and what belongs to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class NumberSeries(models.Model):
    """The last serial given out, one row an authority and year: whoever takes the next number locks it."""

    authority = models.CharField(max_length=6)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "year"], name="casework_one_series_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.year}: {self.last}"


class Case(models.Model):
    """One matter. Its subject stands in the table of its room, one to one."""

    number = models.CharField(max_length=20, unique=True, help_text="without punctuation")
    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    assignee = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    steps = models.PositiveIntegerField(default=0, help_text="lines of its story")
    code_digest = models.CharField(max_length=64, help_text="of the query code")
    limits = models.JSONField(default=dict, help_text="clocks of this case that are set otherwise than its kind says")
    code_failures = models.PositiveSmallIntegerField(default=0)
    code_closed_until = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="absorbed")
    disposed_at = models.DateTimeField(null=True, help_text="since when it is counted only")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["closed_at"], name="casework_to_propose", condition=Q(disposed_at__isnull=True)),
            models.Index(fields=["kind", "state"], name="casework_by_state"),
            models.Index(fields=["assignee", "closed_at"], name="casework_by_assignee"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.state}"


class CaseParty(models.Model):
    """Somebody in a case: with an account, an organisation, or by name alone."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    role = models.CharField(max_length=20)
    person = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "role", "name"], condition=Q(until__isnull=True), name="casework_party_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], name="casework_party_person"),
            models.Index(fields=["organisation"], name="casework_party_org"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.name}"


class CaseEvent(models.Model):
    """One line of the story of a case. Lines are added and never changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="story")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    side = models.CharField(max_length=10, help_text="office, party or system")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40, blank=True)
    told = models.CharField(max_length=300, help_text="message id with places for the facts")
    facts = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    internal = models.BooleanField(default=False)
    versions = models.JSONField(default=dict, help_text="of a decision: card of a model or rules -> version used")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sequence"], name="casework_story_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.sequence} {self.action}"


class CaseClock(models.Model):
    """A clock of a case, with the limit as it was when it began."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    key = models.CharField(max_length=40)
    length = models.PositiveIntegerField()
    unit = models.CharField(max_length=10)
    rolls = models.BooleanField()
    extension = models.PositiveIntegerField()
    stopped_by = models.JSONField(default=list)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    extended = models.BooleanField(default=False)
    run_out_told = models.BooleanField(default=False)
    taken_over_on = models.DateField(null=True, help_text="day of a merge from which the pauses of this case count")
    taken_over_pauses = models.JSONField(default=list, help_text="of the merged case: since, until, reason")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "key"], condition=Q(ended_on__isnull=True), name="casework_one_running_clock"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run_out_told"], name="casework_running", condition=Q(ended_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"


class CasePause(models.Model):
    """A time in which clocks of a case stand still. ``until`` None: they do now."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=20)
    note = models.CharField(max_length=500, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="casework_pause_order"
            ),
            models.UniqueConstraint(
                fields=["case", "reason"], condition=Q(until__isnull=True), name="casework_one_open_pause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reason} {self.since}"


class CaseTask(models.Model):
    """Something to be done in a case, by somebody or by whoever takes it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    assignee = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    due_date = models.DateField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["assignee"], name="casework_open_tasks", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title


class CaseDecision(models.Model):
    """A decision as it was made: outcome, reasons by code, the text. Never changed; a new one may follow."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=40)
    reasons = models.JSONField(default=list)
    text = models.TextField(blank=True)
    rules_version = models.CharField(max_length=80, blank=True, help_text="the rule set or model that was used")
    versions = models.JSONField(default=dict, help_text="card of each model or set of rules -> version used")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+", help_text="never the platform")

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


class CaseLink(models.Model):
    """One case belongs to another; read from the first to the second."""

    first = models.ForeignKey(Case, models.PROTECT, related_name="links_from")
    second = models.ForeignKey(Case, models.PROTECT, related_name="links_to")
    kind = models.CharField(max_length=20)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second", "kind"], name="casework_linked_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="casework_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.kind} {self.second_id}"


class CaseObject(models.Model):
    """Something that is no case and belongs to one, by the name its own room knows it by: a deposit, a patent."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="objects_linked")
    noun = models.CharField(max_length=24)
    reference = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "noun", "reference", "kind"], name="casework_object_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["noun", "reference"], name="casework_object_lookup")]

    def __str__(self) -> str:
        return f"{self.noun} {self.reference} {self.kind}"


class CaseInterest(models.Model):
    """A person's interest in a case, declared or found: who has one does not decide it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="interests")
    person = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    declared_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"


class CalendarFeed(models.Model):
    """The secret of a person's calendar address for a case; only its digest is kept."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "person"], name="casework_one_feed_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} for {self.person_id}"


class Absence(models.Model):
    """Somebody of the office is away; the deputy stands in for what lies in their hands."""

    person = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    deputy = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    start_date = models.DateField()
    end_date = models.DateField()
    declared_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="casework_absence_order"),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="casework_deputy_is_another"),
        ]
        indexes: ClassVar = [models.Index(fields=["end_date"], name="casework_absence_end")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.start_date}"


class SignOff(models.Model):
    """Somebody else of the office, for a body, is asked to agree before a case is decided."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="sign_offs")
    body = models.CharField(max_length=100, help_text="department for which it is given")
    person = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_date = models.DateField()
    silence_counts = models.BooleanField(default=False, help_text="no answer by that day is consent")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    agrees = models.BooleanField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(answered_at__isnull=True), name="casework_one_open_sign_off"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, agrees__isnull=True)
                | Q(answered_at__isnull=False, agrees__isnull=False),
                name="casework_sign_off_answered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], name="casework_open_sign_offs", condition=Q(answered_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.body}"


class Meeting(models.Model):
    """A conversation by video in a case: the room is some other system's, its address stands here."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="meetings")
    at = models.DateTimeField()
    link = models.URLField(max_length=500)
    set_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"
