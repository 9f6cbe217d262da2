"""Reads: searches and cited documents of a draft, in the words of who may open its content; the caller has opened it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from qiantang.commons.files.api import vault
from qiantang.scenarios.preexam.models import CitedDocument, PriorArtSearch
from qiantang.scenarios.preexam.selectors.drafts import belongs

if TYPE_CHECKING:
    from qiantang.scenarios.preexam.models import DraftRequest


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that was held against claims. ``told`` False: the applicant does not know it yet."""

    key: int
    reference: str
    patent_id: str
    category: str
    claims: tuple[int, ...]
    passage: str
    version: int
    told: bool


@dataclass(frozen=True, slots=True)
class Searched:
    """A search that was made. ``claim`` None, ``asked`` not empty: elsewhere."""

    database: str
    claim: int | None
    version: int
    asked: str
    snapshot: int | None
    found: int | None
    at: datetime


def cited_documents(row: DraftRequest, *, reads_as: str) -> tuple[Cited, ...]:
    """For examiners and supervisors all, for the parties what they were told, for a second reader none: blind is blind."""
    rows = CitedDocument.objects.filter(request=row).select_related("version").order_by("category", "pk")
    if reads_as == "party":
        rows = rows.filter(told_at__isnull=False)
    elif reads_as not in ("examiner", "supervisor"):
        return ()
    order = {"X": 0, "Y": 1, "A": 2}
    mark = belongs(row)
    found = [
        Cited(
            one.pk,
            one.reference,
            one.patent_id,
            one.category,
            tuple(one.claims),
            vault.shown(one.passage, mark),
            one.version.number,
            one.told_at is not None,
        )
        for one in rows
    ]
    return tuple(sorted(found, key=lambda one: (order[one.category], one.key)))


def searches(row: DraftRequest, *, reads_as: str) -> tuple[Searched, ...]:
    """For examiners and supervisors, newest first."""
    if reads_as not in ("examiner", "supervisor"):
        return ()
    mark = belongs(row)
    rows = PriorArtSearch.objects.filter(request=row).select_related("version").order_by("-pk")
    return tuple(
        Searched(
            one.database, one.claim, one.version.number, vault.shown(one.asked, mark), one.snapshot, one.found, one.at
        )
        for one in rows
    )
