"""Reads: both ledgers of an organisation as one page shows them, and the classes of examiners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.accounts.api import organisations, people
from qiantang.commons.accounts.types import Organisation
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.models import CreditEntry, ExaminerField, QuotaEntry
from qiantang.scenarios.preexam.selectors.agencies import is_agency
from qiantang.scenarios.preexam.selectors.credit import Proposed, Standing, appeal_ends, ledger, proposed, standing
from qiantang.scenarios.preexam.selectors.quotas import Quota, quota, quota_lines

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A line of the ledger of credit with its appeal. ``appeal``: empty, ``open``, ``upheld`` or ``dismissed``."""

    entry: CreditEntry
    case: str
    appeal: str
    said: str
    answer: str
    appeal_until: date


@dataclass(frozen=True, slots=True)
class Ledgers:
    """Quota and credit of an organisation this year. ``proposed`` None: not for the reader."""

    organisation: Organisation
    agency: bool
    quota: Quota
    quota_lines: tuple[QuotaEntry, ...]
    standing: Standing
    credit: tuple[CreditLine, ...]
    proposed: Proposed | None
    ours: bool


def ledgers(actor: Actor, organisation_id: int) -> Ledgers:
    """For the office and auditors, and for who acts for the organisation. errors: NotFound ``preexam.ledger_unknown``"""
    ours = organisation_id in organisations.organisation_ids(actor, policies.SCOPE)
    named = organisations.organisations_named([organisation_id])
    if organisation_id not in named or not (ours or policies.may_look_in(actor)):
        raise NotFound("preexam.ledger_unknown")
    today = timezone.localdate()
    return Ledgers(
        organisation=named[organisation_id],
        agency=is_agency(organisation_id),
        quota=quota(organisation_id, today.year),
        quota_lines=quota_lines(actor, organisation_id, today.year),
        standing=standing(organisation_id, today),
        credit=_lines(ledger(actor, organisation_id)),
        proposed=proposed(actor, organisation_id) if policies.may_keep_ledgers(actor) else None,
        ours=ours,
    )


def _lines(rows: Sequence[CreditEntry]) -> tuple[CreditLine, ...]:
    found = []
    for one in rows:
        appeal = getattr(one, "appeal", None)
        word = "" if appeal is None else {None: "open", True: "upheld", False: "dismissed"}[appeal.upheld]
        case = str(parse_case_number(one.case.number)) if one.case is not None else ""
        said, answer = (appeal.said, appeal.answer) if appeal is not None else ("", "")
        found.append(CreditLine(one, case, word, said, answer, appeal_ends(one)))
    return tuple(found)


def examiners(actor: Actor) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """(key, name, classes) of everybody who examines. errors: NotPermitted ``preexam.supervisor_only``"""
    if not policies.may_see_examiners(actor):
        raise NotPermitted("preexam.supervisor_only")
    classes = dict(ExaminerField.objects.values_list("person_id", "classes"))
    able = [one for one in people(Actor.system("classes of examiners")) if one.active and "examiner" in one.roles]
    return tuple((one.id, one.display_name, tuple(classes.get(one.id, ()))) for one in able)
