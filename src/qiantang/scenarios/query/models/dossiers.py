"""Dossiers: folders of patents with what people say of them, for whom they are open, and who did what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

LEAST_RATING, MOST_RATING = 1, 5


class Dossier(models.Model):
    """A folder of patents. ``set_name`` is its name in a query; it changes when somebody is shut out."""

    owner = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    set_name = models.CharField(max_length=40, unique=True, help_text="SET==… in a query; hard to guess")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    watch_status = models.BooleanField(default=False)
    watch_owner = models.BooleanField(default=False)
    checked_snapshot = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "name"], name="query_dossier_name_once")]

    def __str__(self) -> str:
        return f"dossier {self.pk}"


class DossierEntry(models.Model):
    """One patent in a dossier, in its place, with how it stood when it was last told of or put in."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="entries")
    patent_id = models.CharField(max_length=80)
    place = models.PositiveIntegerField()
    rating = models.PositiveSmallIntegerField(null=True, help_text="1 to 5; null: not rated")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150, help_text="name of the actor, as in the audit journal")
    status = models.CharField(max_length=40, help_text="key of the legal status last told")
    owner_digest = models.BinaryField(max_length=8, help_text="of who owned it then")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "patent_id"], name="query_patent_once_a_dossier"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=LEAST_RATING, rating__lte=MOST_RATING),
                name="query_rating_in_range",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["dossier", "place"], name="query_entries_in_order")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.patent_id}"


class DossierTag(models.Model):
    """A word on a patent of a dossier."""

    entry = models.ForeignKey(DossierEntry, models.CASCADE, related_name="tags")
    word = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "word"], name="query_tag_once")]

    def __str__(self) -> str:
        return self.word


class DossierComment(models.Model):
    """What somebody says of a patent in a dossier."""

    entry = models.ForeignKey(DossierEntry, models.CASCADE, related_name="comments")
    author = models.ForeignKey("accounts.Account", models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=150)
    text = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"comment {self.pk}"


class DossierShare(models.Model):
    """An account for which a dossier is open."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="shares")
    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    may_write = models.BooleanField(default=False)
    shared_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "person"], name="query_shared_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id} for {self.person_id}"


class DossierLink(models.Model):
    """A link by which whoever has it may read a dossier, until its day or until it is revoked. The address is signed."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="links")
    key = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link {self.pk} of {self.dossier_id}"


class DossierAct(models.Model):
    """Who did what in a dossier; no text of a comment stands here."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="acts")
    at = models.DateTimeField()
    person = models.CharField(max_length=150)
    verb = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier", "-id"], name="query_acts_newest")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.verb}"


class DossierChange(models.Model):
    """One change of one patent of a dossier that was told on a snapshot."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="changes")
    snapshot = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    patent_id = models.CharField(max_length=80)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "snapshot", "kind", "patent_id"], name="query_change_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.snapshot} {self.kind} {self.patent_id}"
