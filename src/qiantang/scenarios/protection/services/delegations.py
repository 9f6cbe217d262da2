"""Cases which a court delegates: entered by the office with the court's reference, and told back when they have ended."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import NewParty, PartyRole
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Dispute, Proceeding
from qiantang.scenarios.protection.selectors.disputes import casework_number, told_as_json
from qiantang.scenarios.protection.services.disputes import open_proceeding
from qiantang.scenarios.protection.services.steps import ensure, step_taken
from qiantang.scenarios.protection.types import Intake, Route
from qiantang.scenarios.protection.workflow import DISPUTE


@transaction.atomic
def take_delegation(*, actor: Actor, court: str, reference: str, applicant: str, told: Intake, agreed: bool) -> str:
    """Take in a mediation that a court delegated; returns its number. The sides join later by one-time code.

    agreed  both sides told the court that they agree to mediate
    errors  NotPermitted ``protection.office_only`` · Invalid ``protection.facts_missing``
            Conflict ``protection.delegated_already``
    """
    ensure(policies.may_keep(actor))
    named = {"court": court.strip(), "reference": reference.strip(), "applicant": applicant.strip()}
    empty = [name for name, value in named.items() if not value] + [n for n in ("respondent",) if not told.respondent]
    if empty:
        raise Invalid("protection.facts_missing", missing=", ".join(empty))
    if Proceeding.objects.filter(delegated_by=named["court"], reference=named["reference"]).exists():
        raise Conflict("protection.delegated_already", reference=named["reference"])
    opened = casework.open_case(
        actor=actor,
        kind=DISPUTE.key,
        title=told.right_title or named["reference"],
        parties=[NewParty(PartyRole.APPLICANT, name=named["applicant"])],
    )
    now = timezone.now()
    row = Dispute.objects.create(
        case_id=opened.id,
        told={**told_as_json(told), "applicant": named["applicant"]},
        right_kind=told.right_kind,
        matter=told.matter,
        saved_at=now,
        filed_at=now,
    )
    platform = Actor.system("delegations of courts")
    for action in ("file", "choose"):
        casework.advance(actor=platform, number=opened.number, action=action, facts={"on_page": 1})
    proceeding = open_proceeding(actor, row, Route.MEDIATION, court=named["court"])
    proceeding.reference = named["reference"]
    proceeding.save(update_fields=["reference"])
    step_taken(platform, proceeding, "agree" if agreed else "invite")
    return casework_number(proceeding.case.number)
