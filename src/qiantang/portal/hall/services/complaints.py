"""The desk "Could not get it done": a complaint opens a case that supervisors handle, and none of those who handled the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import LinkKind, NewParty, PartyRole
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.selectors.matters import matter_row
from qiantang.portal.hall.workflow import COMPLAINT

if TYPE_CHECKING:
    from qiantang.commons.casework.types import OpenedCase

_TITLE, _LONGEST = 60, 4000


@transaction.atomic
def complain(*, actor: Actor, text: str, number: str = "") -> OpenedCase:
    """Say what could not be done, and why one thinks it could.

    number  of the matter it is about, which the actor sees; empty: about none
    errors  NotPermitted ``hall.sign_in_first`` · NotFound ``casework.unknown`` · Invalid ``hall.complaint_empty``
    """
    decision = policies.may_begin(actor)
    if not decision:
        raise NotPermitted(decision.code)
    told = text.strip()[:_LONGEST]
    if not told:
        raise Invalid("hall.complaint_empty")
    matter = matter_row(actor, number) if number else None
    own = actor.organisation_id is None
    party = NewParty(
        PartyRole.APPLICANT,
        person_id=actor.person_id if own else None,
        organisation_id=actor.organisation_id,
    )
    opened = casework.open_case(actor=actor, kind=COMPLAINT.key, title=" ".join(told.split())[:_TITLE], parties=[party])
    job = Actor.system("could not get it done")
    casework.note(actor=job, number=opened.number, text=told, internal=False)
    if matter is not None:
        casework.timing.link_cases(actor=job, first=opened.number, second=number, kind=LinkKind.ARISES_FROM)
        handled = matter.case.story.filter(side="office", actor_id__isnull=False).values_list("actor_id", flat=True)
        for person_id in sorted({one for one in handled if one is not None}):
            why = gettext("took part in the matter that the complaint is about")
            casework.parties.declare_interest(actor=job, number=opened.number, person_id=person_id, why=why)
    return opened
