"""Requests, their versions, papers, items, readings and conclusions. What is confidential lies in the vault, or sealed in a column."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class DraftRequest(models.Model):
    """The subject matter of a pre-examination, one to one with its case.

    statements  by name of ``STATEMENTS``; absent: not said
    """

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    applicant = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    main_class = models.CharField(max_length=30, blank=True)
    statements = models.JSONField(default=dict)
    synthetic = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    submitted_on = models.DateField(null=True)
    open_until = models.DateField(
        null=True, help_text="the owner lets the centre look until then, before handing it in"
    )
    accepted_on = models.DateField(null=True)
    concluded_on = models.DateField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    office_days = models.PositiveIntegerField(
        null=True, help_text="working days from acceptance without the applicant's"
    )
    rounds = models.PositiveSmallIntegerField(default=0)
    application_number = models.CharField(max_length=20, blank=True, help_text="with check digit, without punctuation")
    filed_on = models.DateField(null=True)
    mark_cancelled = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["applicant", "accepted_on"], name="preexam_by_applicant"),
            models.Index(fields=["agency", "accepted_on"], name="preexam_by_agency"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application_number"], condition=~Q(application_number=""), name="preexam_filed_once"
            ),
            models.CheckConstraint(
                condition=Q(application_number="") | Q(filed_on__isnull=False), name="preexam_filed_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.applicant_id}"


class DraftVersion(models.Model):
    """One version of a draft, with what the engine of that day said. What was handed in and the report lie in the vault, as one.

    counts        findings by rule, without their text
    fingerprints  keyed digests by part: whether two texts are the same, and nothing else
    signature     keyed MinHash of the claims
    changes       against the version before: places, items answered, whether declared; no text
    """

    request = models.ForeignKey(DraftRequest, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sealed = models.ForeignKey("files.SealedObject", models.PROTECT, related_name="+")
    rules_version = models.CharField(max_length=24)
    as_of = models.DateField()
    counts = models.JSONField(default=dict)
    severities = models.JSONField(default=dict)
    fingerprints = models.JSONField(default=dict)
    signature = models.JSONField(default=list)
    inventors = models.JSONField(default=list, help_text="keyed digests of their names")
    changes = models.JSONField(default=list)
    declared = models.TextField(blank=True, help_text="why there are changes of one's own, sealed")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "number"], name="preexam_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} v{self.number}"


class DraftPaper(models.Model):
    """A document beside the draft; of a kind the newest counts."""

    request = models.ForeignKey(DraftRequest, models.PROTECT, related_name="papers")
    slot = models.CharField(max_length=24)
    sealed = models.ForeignKey("files.SealedObject", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.slot} of {self.request_id}"


class DefectItem(models.Model):
    """One thing that the applicant is asked to put right, at a place; what is said and answered is sealed."""

    request = models.ForeignKey(DraftRequest, models.PROTECT, related_name="items")
    round = models.PositiveSmallIntegerField(help_text="0: not sent yet")
    number = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=16)
    claim = models.PositiveIntegerField(null=True)
    paragraph = models.PositiveIntegerField(null=True)
    rule = models.CharField(max_length=12, blank=True)
    said = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    settled = models.BooleanField(null=True, help_text="by the examiner after the answer; null: not yet")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "number"], name="preexam_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}#{self.number}"


class ExaminerField(models.Model):
    """The classes which a person examines, as beginnings of symbols."""

    person = models.OneToOneField("accounts.Account", models.PROTECT, related_name="+")
    classes = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.person_id}: {', '.join(self.classes)}"


class SecondReading(models.Model):
    """A proposed pass that was drawn to be read again, blind."""

    request = models.ForeignKey(DraftRequest, models.PROTECT, related_name="second_readings")
    drawn_at = models.DateTimeField()
    reader = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    ordered = models.BooleanField(default=False, help_text="by a supervisor, not drawn: it counts in no rate")
    outcome = models.CharField(max_length=16, blank=True)
    said = models.TextField(blank=True, help_text="sealed")
    agrees = models.BooleanField(null=True)
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"


class Conclusion(models.Model):
    """What was proposed and what became of it. The decision itself stands in the case, the words are sealed here."""

    request = models.ForeignKey(DraftRequest, models.PROTECT, related_name="conclusions")
    number = models.CharField(max_length=40, blank=True, help_text="of the decision, given when it is confirmed")
    notice = models.CharField(max_length=24, blank=True, help_text="number of the document, once it is issued")
    outcome = models.CharField(max_length=16)
    reasons = models.JSONField(default=list)
    said = models.TextField(blank=True, help_text="sealed")
    version = models.ForeignKey(DraftVersion, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    sent_back = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="preexam_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"


class LookAlike(models.Model):
    """Two drafts whose claims are alike; a person judges. ``why``: of the subject, its agency or an inventor."""

    newer = models.ForeignKey(DraftRequest, models.PROTECT, related_name="look_alikes")
    older = models.ForeignKey(DraftRequest, models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=40)
    harmless = models.BooleanField(null=True, help_text="null: not judged")
    judged_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["newer", "older"], name="preexam_alike_once"),
        ]

    def __str__(self) -> str:
        return f"{self.newer_id} ~ {self.older_id} {self.percent}"


class FilingAttempt(models.Model):
    """A filed text that was compared with the passed one; parts that differ."""

    request = models.ForeignKey(DraftRequest, models.PROTECT, related_name="filing_attempts")
    at = models.DateTimeField()
    application_number = models.CharField(max_length=20)
    differing = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.request_id} {self.differing}"


class NationalEvent(models.Model):
    """Something that the national office did with a filed application."""

    request = models.ForeignKey(DraftRequest, models.PROTECT, related_name="national_events")
    stage = models.CharField(max_length=16)
    day = models.DateField()
    source = models.CharField(max_length=200)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.request_id} {self.stage} {self.day}"
