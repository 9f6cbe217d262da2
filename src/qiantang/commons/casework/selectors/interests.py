"""Who has an interest in a case. Whoever has one neither decides nor handles it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.api import organisations
from qiantang.commons.casework.models import CaseInterest, CaseParty
from qiantang.commons.casework.types import PartyRole

if TYPE_CHECKING:
    from qiantang.commons.casework.models import Case


@dataclass(frozen=True, slots=True)
class InterestRule:
    """One reason for which nobody decides a case.

    key     stable
    why     message id, as it is told to the person
    holds   whether the person of that key has this interest in the case
    """

    key: str
    why: str
    holds: Callable[[Case, int], bool]


def interest_in(case: Case, person_id: int) -> str:
    """Why a person has an interest in a case, in the reader's language; empty where none is known."""
    for rule in INTERESTS:
        if rule.holds(case, person_id):
            return gettext(rule.why)
    declared = CaseInterest.objects.filter(case=case, person_id=person_id).first()
    return declared.why if declared else ""


def _is_own(case: Case, person_id: int) -> bool:
    return case.opened_by_id == person_id or CaseParty.objects.filter(case=case, person_id=person_id).exists()


def _is_of_employer(case: Case, person_id: int) -> bool:
    parties = CaseParty.objects.filter(case=case, organisation__isnull=False)
    ours = set(parties.values_list("organisation_id", flat=True))
    return bool(ours) and organisations.acted_for(person_id, ours)


def _is_of_co_inventor(case: Case, person_id: int) -> bool:
    """By accounts, never by names: two people of one name are two people."""
    inventors = CaseParty.objects.filter(role=PartyRole.INVENTOR)
    shared = inventors.filter(person_id=person_id).values("case_id")
    beside = inventors.filter(case_id__in=shared, person__isnull=False).exclude(person_id=person_id).values("person_id")
    return CaseParty.objects.filter(case=case, person_id__in=beside).exists()


INTERESTS = (
    InterestRule("own", _("you are a party or opened it"), _is_own),
    InterestRule("employer", _("you act or acted for a party within the last two years"), _is_of_employer),
    InterestRule("co_inventor", _("you are an inventor together with somebody in this case"), _is_of_co_inventor),
)
