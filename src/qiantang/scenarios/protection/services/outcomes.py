"""Closed proceedings that are known from elsewhere, such as judgments: figures come in, names and texts do not."""

from __future__ import annotations

import csv
import io
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import ImportedOutcome
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.types import Route

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

COLUMNS = ("route", "reference", "success", "days", "amount_yuan", "cost_yuan", "source")
_MOST_ROWS = 100_000
_TRUTHS = {"yes": True, "no": False, "": None}


@transaction.atomic
def import_outcomes(*, actor: Actor, table: str) -> int:
    """Take closed proceedings in: CSV with the columns of ``COLUMNS``; an empty cell is not known. Of the reference only a
    digest is kept, by which the same one is not counted twice. All rows or none; returns how many were new.

    errors  NotPermitted ``protection.office_only`` · Invalid ``protection.outcome_columns``, ``protection.outcome_row``
    """
    ensure(policies.may_keep(actor))
    rows = list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"))))[:_MOST_ROWS]
    if not rows or not {"route", "reference", "source"} <= set(rows[0]):
        raise Invalid("protection.outcome_columns", known=", ".join(COLUMNS))
    made = [_outcome(row, place) for place, row in enumerate(rows, start=2)]
    unique = {one.reference_digest: one for one in made}
    known = set(ImportedOutcome.objects.values_list("reference_digest", flat=True))
    fresh = [one for digest, one in unique.items() if digest not in known]
    ImportedOutcome.objects.bulk_create(fresh)
    facts = {"rows": len(rows), "new": len(fresh)}
    audit.record(actor=actor, verb="protection.outcomes.import", subject="outcomes", facts=facts)
    return len(fresh)


def _outcome(row: dict[str, str], place: int) -> ImportedOutcome:
    told = {name: " ".join((row.get(name) or "").split()) for name in COLUMNS}
    numbers = {name: told[name] for name in ("days", "amount_yuan", "cost_yuan")}
    sound = told["route"] in set(Route) and told["reference"] and told["source"] and told["success"] in _TRUTHS
    if not sound or any(value and not value.isdecimal() for value in numbers.values()):
        raise Invalid("protection.outcome_row", place=place)
    return ImportedOutcome(
        route=told["route"],
        success=_TRUTHS[told["success"]],
        source=told["source"][:200],
        reference_digest=sha256(f"{told['route']}\x00{told['reference']}".encode()).hexdigest(),
        imported_at=timezone.now(),
        **{name: int(value) if value else None for name, value in numbers.items()},
    )
