"""What a party without an account does after its one-time code was used: look, and answer an invitation to mediate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.scenarios.protection.selectors.disputes import intake_of
from qiantang.scenarios.protection.selectors.visits import access_row
from qiantang.scenarios.protection.services.serving import mark_read
from qiantang.scenarios.protection.services.steps import step_taken
from qiantang.scenarios.protection.types import Side
from qiantang.scenarios.protection.workflow import MEDIATION

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor as _Actor


@transaction.atomic
def note_look(*, actor: _Actor, key: int) -> int:
    """What has arrived at the side is read; returns how many papers were new. errors: NotFound ``protection.visit_over``"""
    del actor
    row = access_row(key)
    return mark_read(row.proceeding, Side(row.side))


@transaction.atomic
def answer_invitation(*, actor: _Actor, key: int, agreed: bool) -> str:
    """Agree to mediate or refuse, by the code of the respondent; the story tells that it was by code.

    errors  NotFound ``protection.visit_over`` · NotPermitted ``protection.step_of_another`` · Conflict
    """
    row = access_row(key)
    if row.side != Side.RESPONDENT:
        raise NotPermitted("protection.step_of_another")
    if row.proceeding.case.kind != MEDIATION.key:
        raise Invalid("protection.step_unknown", given="answer")
    if row.proceeding.case.state != "invited":
        raise Conflict("protection.room_closed")
    del actor
    by_code = Actor.system("respondent by one-time code")
    named = intake_of(row.proceeding.dispute).respondent or f"{Side.RESPONDENT} {row.pk}"
    return step_taken(by_code, row.proceeding, "agree" if agreed else "refuse", "凭一次性码答复", decided_by=named)
