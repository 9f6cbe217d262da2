"""Reads: the filings of innovation subjects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.accounts.types import Organisation
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import CaseCard, CaseSheet
from qiantang.commons.rulebook import api as rules_api
from qiantang.commons.rulebook.types import Fact, Judgement
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.kernel.paging import MAX_PAGE_SIZE, PageRequest
from qiantang.scenarios.preexam.methods import field_gate
from qiantang.scenarios.preexam.models import SubjectFiling
from qiantang.scenarios.preexam.workflow import SUBJECT_FILING

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class SubjectShown:
    """A filing as its page shows it: the case, the organisation, what was said, what the rules say to it."""

    sheet: CaseSheet
    organisation: Organisation
    told: Mapping[str, object]
    judged: Judgement
    editable: bool


def subject_row(actor: Actor, number: str) -> SubjectFiling:
    """The filing behind a number. errors: NotFound ``casework.unknown``, also for what the actor may not see"""
    case = casework.case_id_of(actor, number)
    row = SubjectFiling.objects.filter(case_id=case).first()
    if row is None:
        raise NotFound("casework.unknown", number=number[:40])
    return row


def subject(actor: Actor, number: str) -> SubjectShown:
    """A filing with what the rules of its profile say today. errors: NotFound ``casework.unknown``"""
    row = subject_row(actor, number)
    sheet = casework.case_sheet(actor, number)
    organisation = organisations.organisations_named([row.organisation_id])[row.organisation_id]
    state = SUBJECT_FILING.state(sheet.card.state)
    mine = row.organisation_id in organisations.organisation_ids(actor, "preexam.file")
    return SubjectShown(
        sheet=sheet,
        organisation=organisation,
        told=row.facts,
        judged=rules_api.judgement(actor, row.profile, facts_of(row, organisation)),
        editable=mine and bool(state.editable_by),
    )


def facts_of(row: SubjectFiling, organisation: Organisation) -> dict[str, Fact]:
    """What is known of a subject, each fact with its source. What nobody said is absent."""
    told: dict[str, Any] = {name: value for name, value in row.facts.items() if value not in (None, "")}
    facts = {name: Fact(value, "subject") for name, value in told.items() if name in _TOLD}
    facts |= {name: Fact(value, "centre") for name, value in told.items() if name in _FOUND}
    facts["region_code"] = Fact(organisation.region_code, "credit code")
    facts["asked_on"] = Fact(timezone.localdate(row.saved_at), "filing")
    if "founded_on" in told:
        facts["founded_on"] = Fact(date.fromisoformat(told["founded_on"]), "subject")
    if "contact_name" in told:
        facts["contact_named"] = Fact(value=True, source="subject")
    if "main_class" in told:
        facts["classes_in_field"] = Fact(_in_field(str(told["main_class"])), "class table")
    return facts


def _in_field(symbol: str) -> int:
    listed = field_gate.list_of(timezone.localdate())
    try:
        return int(bool(listed and field_gate.gate(symbol, listed.entries(symbol.strip())).is_in))
    except Invalid:
        return 0


_TOLD = frozenset(
    {
        "in_existence",
        "insured_staff",
        "granted_inventions",
        "granted_models_and_designs",
        "undertaking_signed",
        "contact_verified",
    }
)
_FOUND = frozenset({"abnormal_filings", "dishonest"})


def registered_subjects(actor: Actor) -> tuple[tuple[Organisation, CaseCard], ...]:
    """The filings which the actor may see, newest first: all for the centre, one's own for a subject."""
    page = casework.cases(actor, PageRequest(size=MAX_PAGE_SIZE), kinds=[SUBJECT_FILING.key])
    rows = {
        row.case_id: row.organisation_id for row in SubjectFiling.objects.filter(case_id__in=[c.id for c in page.items])
    }
    named = organisations.organisations_named(set(rows.values()))
    return tuple((named[rows[card.id]], card) for card in page.items if card.id in rows)


def active_subjects(actor: Actor) -> tuple[Organisation, ...]:
    """The organisations whose filing is active today, by name: public."""
    del actor
    keys = SubjectFiling.objects.filter(case__state="active").values_list("organisation_id", flat=True)
    return tuple(sorted(organisations.organisations_named(set(keys)).values(), key=lambda one: (one.name, one.id)))


def has_active_filing(organisation_id: int) -> bool:
    """Whether an organisation may hand in drafts: its filing is active today (EL-1)."""
    return SubjectFiling.objects.filter(organisation_id=organisation_id, case__state="active").exists()


def open_filing(organisation_id: int) -> str | None:
    """The number of the filing of an organisation that is under way, active or suspended; None where there is none."""
    row = SubjectFiling.objects.filter(organisation_id=organisation_id, case__closed_at__isnull=True)
    found = row.select_related("case").first()
    return found.case.number if found else None
