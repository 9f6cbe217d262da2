"""The journal, its head, and consents. Rows of the journal are added and never changed: the methods refuse it, and so does the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.db import models

from qiantang.kernel.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable


def _refuse() -> NoReturn:
    raise Conflict("audit.append_only")


class AppendOnly(models.QuerySet["AuditEntry"]):
    """Reads and inserts only."""

    def update(self, **kwargs: Any) -> int:  # noqa: ARG002 - Django's signature
        _refuse()

    def delete(self) -> tuple[int, dict[str, int]]:
        _refuse()

    def bulk_update(self, objs: Iterable[AuditEntry], fields: Iterable[str], batch_size: int | None = None) -> int:  # noqa: ARG002 - Django's signature
        _refuse()


class AuditEntry(models.Model):
    """One act; the fields are explained at ``types.Entry``."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    channel = models.CharField(max_length=20)
    correlation_id = models.CharField(max_length=64)
    verb = models.CharField(max_length=100)
    subject = models.CharField(max_length=300)
    facts = models.JSONField()
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    objects: ClassVar[models.Manager[AuditEntry]] = AppendOnly.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "sequence"], name="audit_by_subject"),
            models.Index(fields=["verb", "sequence"], name="audit_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ARG002 - Django's signature
        _refuse()


class AuditHead(models.Model):
    """The newest link, in one row (key 1): whoever writes the next entry locks it first."""

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest}"


class DataConsent(models.Model):
    """A person's consent to one purpose; a row stays when it ends. ``person_id`` is the account's key, as in the journal."""

    purpose = models.CharField(max_length=100)
    person_id = models.BigIntegerField()
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["purpose", "person_id", "given_at"], name="audit_consent_lookup"),
            models.Index(fields=["person_id"], name="audit_consent_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose} until {self.until:%Y-%m-%d}"
