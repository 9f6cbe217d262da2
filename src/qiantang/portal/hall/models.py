"""What a matter of the hall is about. State, parties, limits and story stand in its case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class FormEdition(models.Model):
    """A form that was brought in, in a version. Shipped forms stand in ``forms.toml``; the newest published one is used."""

    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    told = models.JSONField()
    brought_in_at = models.DateTimeField()
    brought_in_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "version"], name="hall_form_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Matter(models.Model):
    """A matter: which service, the answers in the version of the form in which they were given, where papers stand.

    service     code of the catalogue, or of a bundle
    papers      paper -> ``bring``, ``later``: what is not uploaded, and what was said of it
    """

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="+")
    service = models.CharField(max_length=8)
    form = models.CharField(max_length=40)
    form_version = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    papers = models.JSONField(default=dict)
    channel = models.CharField(max_length=10, default="online")
    saved_at = models.DateTimeField()
    bundle = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    stage = models.PositiveSmallIntegerField(default=0)
    missing = models.JSONField(default=list, help_text="tolerated papers that were missing when it was taken in")
    missing_by = models.DateField(null=True)
    receipt = models.CharField(max_length=24, blank=True, help_text="number of the document")
    result = models.CharField(max_length=24, blank=True, help_text="number of the document that says the result")
    prefilled = models.JSONField(
        default=dict, help_text="question -> source, value, day, as it was filled in beforehand"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service"], name="hall_matter_service")]

    def __str__(self) -> str:
        return f"{self.service} in case {self.case_id}"


class MatterFile(models.Model):
    """A file that was handed in for a paper or a question. The bytes lie in the home under their digest."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="files")
    about = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64, blank=True)
    size_bytes = models.PositiveBigIntegerField()
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.matter_id} {self.about} {self.name}"


class ContestedValue(models.Model):
    """A value filled in beforehand that is said to be wrong. ``owner``: who keeps the data, and answers."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="contested")
    question = models.CharField(max_length=60)
    owner = models.CharField(max_length=30)
    value = models.CharField(max_length=500)
    said = models.CharField(max_length=500)
    why = models.CharField(max_length=500)
    receipt = models.CharField(max_length=60, blank=True, help_text="of the owner, where it is another house")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    reply = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "question"], condition=Q(settled_at__isnull=True), name="hall_contested_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.question}"


class CoSignature(models.Model):
    """Somebody besides who fills in has to sign: a joint owner, a legal representative, or the one who is represented."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=20)
    person = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="of the answers and files that were signed")
    until = models.DateField(null=True, help_text="last day of the authority given to an agent")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(removed_at__isnull=True), name="hall_signs_once"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(refused_at__isnull=True), name="hall_signed_or_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.role}"


class Supplement(models.Model):
    """One notice of all gaps. A second one says why, to the supervision."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="supplements")
    round = models.PositiveSmallIntegerField()
    gaps = models.JSONField(help_text="list of what it is about, and what is missing")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, help_text="of the supervisor, for every round after the first")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "round"], name="hall_one_supplement_a_round"),
            models.CheckConstraint(condition=Q(round=1) | ~Q(reason=""), name="hall_second_round_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} round {self.round}"


class Visit(models.Model):
    """Somebody came to the window for a matter. ``forced``: the office asked them to."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="visits")
    at = models.DateTimeField()
    why = models.CharField(max_length=200)
    forced = models.BooleanField(default=False)
    noted_by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.matter_id} {self.at}"


class Rating(models.Model):
    """What somebody says of how a matter was handled: 5 very satisfied to 1 very dissatisfied. One a matter and channel."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="ratings")
    channel = models.CharField(max_length=10)
    grade = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    verify_by = models.DateField(null=True)
    rectify_by = models.DateField(null=True)
    contacted_at = models.DateTimeField(null=True)
    contacted_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    contact_note = models.TextField(blank=True, help_text="for the office")
    reply = models.TextField(blank=True, help_text="published")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "channel"], name="hall_one_rating_a_channel"),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=5), name="hall_five_grades"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(grade__gte=3) | Q(contacted_at__isnull=False),
                name="hall_bad_rating_contacted_first",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["rectify_by"], name="hall_open_bad", condition=Q(settled_at__isnull=True, grade__lte=2)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.grade}"


class TiscService(models.Model):
    """A service of the TISC that was given: for a matter, or to somebody who asked at the desk."""

    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    served_on = models.DateField()
    kind = models.CharField(max_length=20)
    user_type = models.CharField(max_length=20)
    user = models.CharField(max_length=200, help_text="who it was for; not published")
    people = models.PositiveIntegerField(default=1, help_text="person-times, of a training more than one")
    minutes = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(people__gte=1), name="hall_tisc_people")]
        indexes: ClassVar = [models.Index(fields=["served_on"], name="hall_tisc_day")]

    def __str__(self) -> str:
        return f"{self.served_on} {self.kind}"
