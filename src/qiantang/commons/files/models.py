"""Sealed objects and who read them. The ciphertexts lie in the home, the keys of the house beside it, never in a table."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SealedObject(models.Model):
    """One confidential object. ``belongs`` is what it belongs to, authenticated with it: ``case:HZYS20260001235``."""

    token = models.CharField(max_length=32, unique=True, help_text="name of the ciphertext in the home")
    belongs = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    name = models.TextField(help_text="the name it came with, sealed")
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, help_text="of the content")
    key_id = models.CharField(max_length=16)
    wrapped_key = models.CharField(max_length=200)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["belongs"], name="files_sealed_belongs")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.belongs}"


class HeldMatter(models.Model):
    """Nothing that belongs to this may be erased: a room has placed a hold on it."""

    belongs = models.CharField(max_length=80, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"hold on {self.belongs}"


class SealedReading(models.Model):
    """Somebody read a sealed object. Lines are added and never changed."""

    sealed = models.ForeignKey(SealedObject, models.PROTECT, related_name="readings")
    belongs = models.CharField(max_length=80)
    at = models.DateTimeField()
    person = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    read_as = models.CharField(max_length=40)
    why = models.CharField(max_length=80)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["belongs", "at"], name="files_readings_of")]

    def __str__(self) -> str:
        return f"{self.name} read {self.sealed_id}"
