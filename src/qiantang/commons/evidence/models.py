"""Deposits, the log they stand in, its checkpoints with their stamps, keys, witnesses, and the chains of custody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class LogKey(models.Model):
    """A key with which the log signs. Its secret half lies in the home; the row stays for ever, so that old proofs hold."""

    key_id = models.CharField(max_length=16, unique=True)
    public = models.CharField(max_length=64)
    follows = models.CharField(max_length=16, blank=True)
    since = models.CharField(max_length=32, help_text="as signed")
    endorsement = models.CharField(max_length=128)
    revoked_at = models.CharField(max_length=32, null=True)  # noqa: DJ001 - not revoked is None, as in the proofs

    def __str__(self) -> str:
        return self.key_id


class LogState(models.Model):
    """The tree in one row (key 1): who appends locks it first."""

    size = models.BigIntegerField(default=0)
    peaks = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"log of {self.size}"


class LogNode(models.Model):
    """A complete node of the tree; the key is its level and number."""

    id = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.id} {self.digest}"


class Deposit(models.Model):
    """One piece of evidence, as it was received; only its place in the log is added later. A correction is another one."""

    number = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, db_index=True)
    sm3 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    statement = models.TextField(blank=True)
    environment = models.JSONField(default=dict)
    stored = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    collected_at = models.DateTimeField(null=True)
    deposited_at = models.DateTimeField()
    leaf = models.TextField(help_text="canonical JSON")
    leaf_digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key = models.ForeignKey(LogKey, models.PROTECT, related_name="+")
    leaf_index = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "-deposited_at", "-id"], name="evidence_mine"),
            models.Index(fields=["id"], name="evidence_waiting", condition=Q(leaf_index__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.number


class BatchFile(models.Model):
    """One file of a batch: the deposit's leaf holds the root over all of them."""

    batch = models.ForeignKey(Deposit, models.PROTECT, related_name="files")
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64, db_index=True)
    sm3 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    stored = models.BooleanField(default=False, help_text="the platform keeps the file itself")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "place"], name="evidence_one_place_in_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.place} {self.name}"


class Checkpoint(models.Model):
    """A signed head of the log."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    body = models.TextField(help_text="canonical JSON, which is signed")
    signature = models.CharField(max_length=128)
    stamped_at = models.DateTimeField(null=True, help_text="when the last authority had stamped it")

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Stamp(models.Model):
    """What one authority is to stamp, and what it answered. Round 0 is over the checkpoint, later ones renew."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="stamps")
    authority = models.CharField(max_length=40)
    round = models.PositiveIntegerField(default=0)
    algorithm = models.CharField(max_length=16)
    legal = models.BooleanField(default=False)
    query = models.BinaryField(null=True)
    response = models.BinaryField(null=True)
    roots = models.TextField(blank=True)
    stamped_at = models.DateTimeField(null=True)
    serial = models.CharField(max_length=64, blank=True)
    policy = models.CharField(max_length=120, blank=True)
    signer = models.CharField(max_length=500, blank=True)
    certificate_ends_at = models.DateTimeField(null=True)
    drift_seconds = models.IntegerField(null=True)
    tried = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checkpoint", "authority", "round"], name="evidence_stamped_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="evidence_to_stamp", condition=Q(stamped_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.authority} {self.round}"


class Anchor(models.Model):
    """A checkpoint anchored in a public chain through one calendar (OpenTimestamps): asked, promised, then in a block."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="anchors")
    calendar = models.CharField(max_length=200)
    proof = models.BinaryField(null=True, help_text="a file .ots over the signed checkpoint")
    planned_at = models.DateTimeField()
    promised_at = models.DateTimeField(null=True)
    upgraded_at = models.DateTimeField(null=True, help_text="since when no calendar is needed")
    height = models.PositiveIntegerField(
        null=True, help_text="of the block that the proof names; its header is the proof"
    )
    tried = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checkpoint", "calendar"], name="evidence_anchored_once"),
            models.CheckConstraint(
                condition=Q(upgraded_at__isnull=True) | Q(proof__isnull=False, height__isnull=False),
                name="evidence_anchor_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="evidence_to_anchor", condition=Q(upgraded_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.calendar}"


class CustodyLine(models.Model):
    """One line of a deposit's chain of custody."""

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="custody")
    seq = models.PositiveIntegerField()
    text = models.TextField(help_text="canonical JSON")
    link = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deposit", "seq"], name="evidence_custody_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.deposit_id}.{self.seq}"


class Witness(models.Model):
    """Somebody outside who signs checkpoints they have seen to extend those before."""

    name = models.CharField(max_length=80, unique=True)
    public = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class Cosignature(models.Model):
    """A witness's signature of one checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="+")
    signature = models.CharField(max_length=128)
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="evidence_witnessed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.witness_id} {self.checkpoint_id}"


class CaptureSchedule(models.Model):
    """A page that is captured again every so many days."""

    number = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    url = models.TextField()
    purpose = models.CharField(max_length=300)
    pages = models.PositiveSmallIntegerField(default=1)
    shop = models.BooleanField(default=False)
    every_days = models.PositiveSmallIntegerField()
    next_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="evidence_to_capture", condition=Q(stopped_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.url}"


class WebCapture(models.Model):
    """One visit of a page by the platform; what it brought is a deposit, where it brought the page."""

    number = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    schedule = models.ForeignKey(CaptureSchedule, models.PROTECT, null=True, related_name="captures")
    url = models.TextField()
    purpose = models.CharField(max_length=300)
    pages = models.PositiveSmallIntegerField(default=1)
    shop = models.BooleanField(default=False)
    state = models.CharField(max_length=12)
    step = models.CharField(max_length=24, blank=True)
    reasons = models.JSONField(default=list)
    title = models.CharField(max_length=300, blank=True)
    final_url = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    record = models.JSONField(default=dict, help_text="without the single exchanges, which stand in capture.json")
    difference = models.JSONField(null=True, help_text="against the capture before it on the same schedule")
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    tried = models.PositiveSmallIntegerField(default=0)
    deposit = models.OneToOneField(Deposit, models.PROTECT, null=True, related_name="capture")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "-asked_at", "-id"], name="evidence_my_captures"),
            models.Index(fields=["id"], name="evidence_capturing", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.url}"


class Collection(models.Model):
    """Evidence that a person takes by photo, by video or by a purchase, step by step."""

    number = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=300)
    capture = models.ForeignKey(WebCapture, models.PROTECT, null=True, related_name="recordings")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    deposit = models.OneToOneField(Deposit, models.PROTECT, null=True, related_name="collection")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "-opened_at", "-id"], name="evidence_my_collections"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class CollectionItem(models.Model):
    """What was put to a step of a collection: a deposit of its own, or a note."""

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="items")
    step = models.CharField(max_length=24)
    deposit = models.ForeignKey(Deposit, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.collection_id} {self.step}"


class OpeningGrant(models.Model):
    """Leave of the owner of a sealed container for one account to take it, until a day, for a reason."""

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="grants")
    person = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    granted_at = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.deposit_id} {self.person_id}"
