"""Who stands on a side: its name, and the people to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qiantang.commons.accounts.api import organisations
from qiantang.scenarios.protection.models import Appointment
from qiantang.scenarios.protection.policies import SCOPE
from qiantang.scenarios.protection.selectors.disputes import intake_of
from qiantang.scenarios.protection.types import Side

if TYPE_CHECKING:
    from qiantang.scenarios.protection.models import Dispute, Proceeding


def _of(row: Proceeding, side: Side) -> tuple[Any, int | None, str]:
    dispute = row.dispute
    if side is Side.APPLICANT:
        return dispute.person, dispute.organisation_id, str(dispute.told.get("applicant") or "")
    return dispute.respondent_person, dispute.respondent_organisation_id, intake_of(dispute).respondent


def name_of_side(row: Proceeding, side: Side) -> str:
    """The name under which a side stands: of the organisation, as told at the intake, or of the person."""
    person, organisation, told = _of(row, side)
    if organisation is not None:
        return organisations.organisations_named([organisation])[organisation].name
    return told or (person.display_name if person else "")


def name_of_applicant(dispute: Dispute) -> str:
    """The name under which a dispute was brought, whatever its routes."""
    if dispute.organisation_id is not None:
        return organisations.organisations_named([dispute.organisation_id])[dispute.organisation_id].name
    return dispute.person.display_name if dispute.person else str(dispute.told.get("applicant") or "—")


def people_of_side(row: Proceeding, side: Side) -> tuple[int, ...]:
    """The accounts to tell: the person, who acts for the organisation, the mediator."""
    if side is Side.MEDIATOR:
        standing = Appointment.objects.filter(proceeding=row, ended_at__isnull=True)
        keys = standing.values_list("mediator__account_id", flat=True)
        return tuple(key for key in keys if key is not None)
    person, organisation, _told = _of(row, side)
    found = () if organisation is None else organisations.persons_acting_for(organisation, SCOPE)
    return (person.pk, *found) if person else found


def organisation_of_side(row: Proceeding, side: Side) -> int | None:
    """The organisation that stands on a side; None for a person or a mediator."""
    return None if side is Side.MEDIATOR else _of(row, side)[1]
