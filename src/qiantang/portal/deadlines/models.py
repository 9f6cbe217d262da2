"""Calendar addresses, and notices of grant that people noted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PatentFeed(models.Model):
    """The secret address at which a person reads the deadlines of an organisation; only its digest is kept."""

    person = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "organisation"], name="deadlines_one_feed_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} for {self.person_id}"


class GrantNotice(models.Model):
    """A notice of grant that came in for an application of an organisation: no source of the register has these."""

    organisation = models.ForeignKey("accounts.Organisation", models.CASCADE, related_name="+")
    patent_id = models.CharField(max_length=80)
    received_date = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "patent_id"], name="deadlines_one_notice_a_patent"),
        ]

    def __str__(self) -> str:
        return f"{self.patent_id} {self.received_date}"
