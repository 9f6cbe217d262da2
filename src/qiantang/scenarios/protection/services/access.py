"""One-time codes: a party without an account sees a proceeding once by number and code, or joins it with an account."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.methods.codes import ALPHABET, folded, keyed_digest
from qiantang.commons.casework.types import NewParty, PartyRole
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import PartyAccess, Proceeding
from qiantang.scenarios.protection.selectors.disputes import proceeding_row
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.types import Side

if TYPE_CHECKING:
    from datetime import datetime

_LENGTH, _TRIES, _GOOD_FOR = 10, 5, timedelta(days=30)
_ROLES = {Side.APPLICANT: PartyRole.APPLICANT, Side.RESPONDENT: PartyRole.OPPONENT}


@transaction.atomic
def issue_code(*, actor: Actor, number: str, side: str) -> str:
    """A new one-time code for a side; those before open nothing any more. It is shown now and kept nowhere.

    errors  NotFound · NotPermitted ``protection.office_only`` · Invalid ``protection.step_unknown``
    """
    ensure(policies.may_keep(actor))
    row = proceeding_row(actor, number)
    if side not in _ROLES:
        raise Invalid("protection.step_unknown", given=side[:40])
    code = "".join(secrets.choice(ALPHABET) for _place in range(_LENGTH))
    now = timezone.now()
    row.accesses.filter(side=side, used_at__isnull=True).update(expires_at=now)
    PartyAccess.objects.create(
        proceeding=row, side=side, digest=_digest(row, code), issued_at=now, expires_at=now + _GOOD_FOR
    )
    audit.record(actor=actor, verb="protection.code.issue", subject=f"proceeding:{row.pk}", facts={"side": side})
    return code


def use_code(*, actor: Actor, number: str, code: str) -> int:
    """Use a one-time code up, to look at a proceeding without an account; returns the key of the access.

    errors  Invalid ``identifiers.case_*`` · NotFound ``protection.code_wrong``
    """
    found = _used(number, code)
    if isinstance(found, DomainError):
        raise found
    facts = {"side": found.side}
    audit.record(actor=actor, verb="protection.code.use", subject=f"proceeding:{found.proceeding_id}", facts=facts)
    return found.pk


def join_by_code(*, actor: Actor, number: str, code: str) -> None:
    """Join a proceeding with one's account, for oneself or the organisation one acts for, by the code of a side.

    errors  as ``use_code`` · NotPermitted ``protection.sign_in_first`` · Conflict ``protection.side_taken``
    """
    if actor.person_id is None:
        raise NotPermitted("protection.sign_in_first")
    refused = _joined(actor, number, code)
    if refused is not None:
        raise refused


@transaction.atomic
def _joined(actor: Actor, number: str, code: str) -> DomainError | None:
    """Join, or say that the code is wrong; any other obstacle is raised, so that the code is not used up by it."""
    found = _used(number, code)
    if isinstance(found, DomainError):
        return found
    side, dispute = Side(found.side), found.proceeding.dispute
    organisation = actor.organisation_id
    if organisation is not None:
        organisations.ensure_acting_for(actor, organisation, policies.SCOPE)
    person = None if organisation else actor.person_id
    names = ("person", "organisation") if side is Side.APPLICANT else ("respondent_person", "respondent_organisation")
    if any(getattr(dispute, f"{name}_id") is not None for name in names):
        raise Conflict("protection.side_taken")
    if Side.APPLICANT in policies.sides_of(actor, dispute) or Side.RESPONDENT in policies.sides_of(actor, dispute):
        raise Conflict("protection.side_taken")
    setattr(dispute, f"{names[0]}_id", person)
    setattr(dispute, f"{names[1]}_id", organisation)
    dispute.save(update_fields=list(names))
    party = NewParty(_ROLES[side], person_id=person, organisation_id=organisation)
    platform = Actor.system("parties of disputes")
    going = Proceeding.objects.filter(dispute=dispute, case__closed_at__isnull=True).select_related("case")
    numbers = [one.case.number for one in going]
    if side is Side.APPLICANT:
        numbers.append(dispute.case.number)
    for one in numbers:
        casework.parties.identify_party(actor=platform, number=one, party=party)
    facts = {"side": str(side)}
    audit.record(actor=actor, verb="protection.party.join", subject=f"dispute:{dispute.pk}", facts=facts)
    return None


@transaction.atomic
def _used(number: str, code: str) -> PartyAccess | DomainError:
    """The access, or why not: handed back rather than raised, since a raised error would undo the count."""
    compact = parse_case_number(number).compact
    row = Proceeding.objects.filter(case__number=compact).first()
    if row is None:
        return NotFound("protection.code_wrong")
    now: datetime = timezone.now()
    open_ones = row.accesses.select_for_update().filter(used_at__isnull=True, expires_at__gt=now, failures__lt=_TRIES)
    digest = _digest(row, code)
    for one in open_ones.select_related("proceeding__dispute"):
        if secrets.compare_digest(one.digest, digest):
            one.used_at = now
            one.save(update_fields=["used_at"])
            return one
    for one in open_ones:
        one.failures += 1
        one.save(update_fields=["failures"])
    return NotFound("protection.code_wrong")


def _digest(row: Proceeding, code: str) -> str:
    return keyed_digest(settings.SECRET_KEY, "code of a party", str(row.pk), folded(code))
