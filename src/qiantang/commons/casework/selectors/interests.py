"""Who has an interest in a case. Whoever has one neither decides nor handles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qiantang.commons.accounts.api import organisations
from qiantang.commons.casework.models import CaseInterest, CaseParty

if TYPE_CHECKING:
    from qiantang.commons.casework.models import Case


def interest_in(case: Case, person_id: int) -> str:
    """Why a person has an interest in a case, in the reader's language; empty where none is known.

    A party; who acts, or in the last two years acted, for a party; who opened it; who declared an interest.
    """
    parties = CaseParty.objects.filter(case=case)
    if case.opened_by_id == person_id or parties.filter(person_id=person_id).exists():
        return _("you are a party or opened it")
    ours = set(parties.filter(organisation__isnull=False).values_list("organisation_id", flat=True))
    if ours and organisations.acted_for(person_id, ours):
        return _("you act or acted for a party within the last two years")
    declared = CaseInterest.objects.filter(case=case, person_id=person_id).first()
    return declared.why if declared else ""
