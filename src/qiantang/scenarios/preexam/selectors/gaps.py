"""What is missing before a draft can be handed in: all of it at once, each with its rule and its place on the page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import organisations
from qiantang.commons.rulebook import api as rules_api
from qiantang.commons.rulebook.types import Fact, Judgement
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods import field_gate
from qiantang.scenarios.preexam.models import DraftPaper, DraftRequest, LookAlike
from qiantang.scenarios.preexam.rules import ATTENTION, ENTRY
from qiantang.scenarios.preexam.selectors.agencies import listed_on
from qiantang.scenarios.preexam.selectors.credit import standing
from qiantang.scenarios.preexam.selectors.drafts import newest_version, papers_of
from qiantang.scenarios.preexam.selectors.quotas import quota
from qiantang.scenarios.preexam.selectors.subjects import has_active_filing
from qiantang.scenarios.preexam.types.drafts import PAPER_NAMES, STATEMENTS, Gap, Paper

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_FROM_STATEMENTS = frozenset(STATEMENTS)


def gaps(actor: Actor, row: DraftRequest) -> tuple[Gap, ...]:
    """Everything that is missing or wrong today, blocking things first."""
    today = timezone.localdate()
    entry, attention = entry_judgements(actor, row, today)
    found = [*_class_gaps(row, today), *_statement_gaps(row)]
    found += [
        Gap(gettext(PAPER_NAMES[one.slot]), f"#paper-{one.slot}") for one in papers_of(row) if one.sealed_id is None
    ]
    if newest_version(row) is None:
        found.append(Gap(gettext("The draft itself"), "#text"))
    known = {"EL-2"} if found and found[0].rule == "EL-2" else set()
    for one in entry.broken:
        if one.rule.code not in known and not (one.rule.code == "EL-15" and _paper_only(row, today)):
            found.append(Gap(_said(one.rule.refused, one.rule.next_step), "#statements", one.rule.code))
    found += [
        Gap(_said(one.rule.refused, one.rule.next_step), "#statements", one.rule.code, blocking=False)
        for one in attention.broken
    ]
    return tuple(found)


def _said(refused: str, next_step: str) -> str:
    return f"{gettext(refused)}. {gettext(next_step)}."


def _paper_only(row: DraftRequest, today: date) -> bool:
    """Whether EL-15 is broken only by the power of attorney, which its own line tells already."""
    facts = _agency_facts(row, today)
    return bool(facts.get("agency_listed")) and not facts.get("agency_suspended")


def _class_gaps(row: DraftRequest, today: date) -> list[Gap]:
    if not row.main_class:
        return [Gap(gettext("The main class"), "#id_main_class", "EL-2")]
    listed = field_gate.list_of(today)
    if listed is None:
        return [Gap(gettext("No list of classes is in force today."), "#id_main_class", "EL-2")]
    try:
        verdict = field_gate.gate(row.main_class, listed.entries(row.main_class))
    except Invalid:
        return [Gap(gettext("The main class cannot be read."), "#id_main_class", "EL-2")]
    if verdict.is_in:
        return []
    nearest = "、".join(verdict.nearest)
    text = gettext("%(symbol)s lies outside the approved list.") % {"symbol": row.main_class}
    if nearest:
        text += " " + gettext("Nearest in the list: %(nearest)s.") % {"nearest": nearest}
    return [Gap(text, "#id_main_class", "EL-2")]


def _statement_gaps(row: DraftRequest) -> list[Gap]:
    return [Gap(gettext(text), f"#id_{name}") for name, text in STATEMENTS.items() if name not in row.statements]


def entry_judgements(actor: Actor, row: DraftRequest, day: date) -> tuple[Judgement, Judgement]:
    """What keeps a draft back, and what wants an examiner's eye, by the rules of a day."""
    facts = facts_of(row, day)
    return rules_api.judgement(actor, ENTRY.key, facts, day), rules_api.judgement(actor, ATTENTION.key, facts, day)


def facts_of(row: DraftRequest, day: date) -> dict[str, Fact]:
    """What is known of a request on a day, each fact with its source."""
    told: dict[str, bool] = row.statements
    facts = {name: Fact(value, "applicant") for name, value in told.items() if name in _FROM_STATEMENTS}
    facts["subject_active"] = Fact(
        has_active_filing(row.applicant_id) and not standing(row.applicant_id, day).barred, "centre"
    )
    listed = field_gate.list_of(day)
    if row.main_class and listed is not None:
        facts["class_in_field"] = Fact(_in_field(row.main_class, listed), "class table")
    facts |= {name: Fact(value, "list of agencies") for name, value in _agency_facts(row, day).items()}
    facts["quota_left"] = Fact(quota(row.applicant_id, day.year).left, "ledger")
    if newest_version(row) is not None:
        alike = LookAlike.objects.filter(newer=row).exclude(harmless=True)
        facts["look_alikes"] = Fact(alike.count(), "screen")
    return facts


def _agency_facts(row: DraftRequest, day: date) -> dict[str, bool]:
    if row.agency_id is None:
        return {"by_agency": False}
    uscc = organisations.organisations_named([row.agency_id])[row.agency_id].uscc
    return {
        "by_agency": True,
        "agency_listed": listed_on(uscc, day).listed,
        "agency_suspended": standing(row.agency_id, day).barred,
        "power_of_attorney": DraftPaper.objects.filter(request=row, slot=Paper.POWER_OF_ATTORNEY).exists(),
    }


def _in_field(symbol: str, listed: field_gate.ApprovedList) -> bool:
    try:
        return field_gate.gate(symbol, listed.entries(symbol)).is_in
    except Invalid:
        return False
