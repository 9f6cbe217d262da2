"""Writes: lists of agencies, and the registration of an agency with the centre."""

from __future__ import annotations

import csv
import io
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, DomainError, Invalid, NotPermitted
from qiantang.kernel.identifiers import parse_credit_code
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.models import Agency, AgencyList, AgencyListed
from qiantang.scenarios.preexam.services.intake import ensure_agency
from qiantang.scenarios.preexam.types.drafts import ListedAgency

if TYPE_CHECKING:
    from datetime import date

    from qiantang.kernel.actor import Actor

_COLUMNS = ("uscc", "name", "licence")
_NAME = 200
_LICENCE = 40


@transaction.atomic
def import_list(*, actor: Actor, text: str, effective_date: date, source: str, article: str) -> int:
    """Take an edition of the list of agencies, whole or not at all; returns how many it names. The same day is replaced by none.

    text     CSV with the columns uscc, name, licence
    article  what is cited when an agency is not on it
    errors   NotPermitted ``preexam.supervisor_only`` · Invalid ``preexam.list_damaged``, ``preexam.list_empty``
             Conflict ``preexam.list_known``
    """
    if not policies.may_keep_ledgers(actor):
        raise NotPermitted("preexam.supervisor_only")
    lines = read_list(text)
    if AgencyList.objects.filter(effective_date=effective_date).exists():
        raise Conflict("preexam.list_known", day=effective_date.isoformat())
    edition = AgencyList.objects.create(
        effective_date=effective_date,
        source=source.strip()[:_NAME],
        article=article.strip()[:_NAME],
        sha256=sha256(text.encode()).hexdigest(),
        imported_at=timezone.now(),
        imported_by_id=actor.person_id,
    )
    AgencyListed.objects.bulk_create(
        AgencyListed(edition=edition, uscc=one.uscc, name=one.name, licence=one.licence) for one in lines
    )
    facts = {"effective": effective_date.isoformat(), "lines": len(lines), "sha256": edition.sha256}
    audit.record(actor=actor, verb="preexam.agencies.import", subject=f"agency-list:{edition.pk}", facts=facts)
    return len(lines)


def read_list(text: str) -> tuple[ListedAgency, ...]:
    """The lines of a list. errors: Invalid ``preexam.list_damaged`` with the line, ``preexam.list_empty``"""
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    if not rows.fieldnames or not set(_COLUMNS[:2]) <= set(rows.fieldnames):
        raise Invalid("preexam.list_damaged", line=1, value=", ".join(rows.fieldnames or ())[:80])
    found: dict[str, ListedAgency] = {}
    for line, row in enumerate(rows, 2):
        given = (row.get("uscc") or "").strip()
        try:
            code = parse_credit_code(given).text
        except DomainError as fault:
            raise Invalid("preexam.list_damaged", line=line, value=given[:40]) from fault
        name = " ".join((row.get("name") or "").split())[:_NAME]
        if not name or code in found:
            raise Invalid("preexam.list_damaged", line=line, value=(name or given)[:40])
        found[code] = ListedAgency(code, name, (row.get("licence") or "").strip()[:_LICENCE])
    if not found:
        raise Invalid("preexam.list_empty")
    return tuple(found.values())


@transaction.atomic
def register_agency(*, actor: Actor, attorneys: int, contact: str) -> None:
    """Register the agency for which the actor acts: it has to be on the list in force, and not suspended.

    errors  NotPermitted ``preexam.act_for_first``, ``preexam.agency_unlisted``, ``preexam.agency_suspended``
            Conflict ``preexam.agency_known``
    """
    decision = policies.may_file(actor)
    if not decision:
        raise NotPermitted(decision.code)
    assert actor.organisation_id is not None
    ensure_agency(organisations.organisations_named([actor.organisation_id])[actor.organisation_id])
    row, new = Agency.objects.get_or_create(
        organisation_id=actor.organisation_id,
        defaults={"attorneys": attorneys, "contact": contact.strip()[:80], "registered_at": timezone.now()},
    )
    if not new:
        raise Conflict("preexam.agency_known")
    audit.record(
        actor=actor, verb="preexam.agency.register", subject=f"agency:{row.pk}", facts={"attorneys": attorneys}
    )
