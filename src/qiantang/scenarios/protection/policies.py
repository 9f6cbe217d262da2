"""Who somebody is in a dispute, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.commons.accounts.api import Role, organisations
from qiantang.kernel.decision import Decision
from qiantang.scenarios.protection.models import Appointment, Authority
from qiantang.scenarios.protection.types import Side

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.protection.models import ActionApplication, Dispute, Indication, Proceeding, ProductSheet

SCOPE = "protection.act"
ENFORCE = "protection.enforce"
ORIGIN = "protection.origin"
_OFFICE = frozenset({Role.CASE_OFFICER, Role.SUPERVISOR})
_OFFICE_ONLY = "protection.office_only"


def is_office(actor: Actor) -> bool:
    """Whether the actor handles disputes for the office, or is the platform itself."""
    return bool(actor.roles & _OFFICE) or actor.has_role("system")


def sides_of(actor: Actor, dispute: Dispute) -> frozenset[Side]:
    """On which sides of a dispute the actor stands: by themselves, or for an organisation under a mandate."""
    if actor.person_id is None:
        return frozenset()
    acting = organisations.organisation_ids(actor, SCOPE)
    found = set()
    if dispute.person_id == actor.person_id or dispute.organisation_id in acting:
        found.add(Side.APPLICANT)
    if dispute.respondent_person_id == actor.person_id or dispute.respondent_organisation_id in acting:
        found.add(Side.RESPONDENT)
    return frozenset(found)


def side_in(actor: Actor, proceeding: Proceeding) -> Side | None:
    """Who the actor is in a proceeding: a side first, then the mediator, then the office; None: nobody."""
    sides = sides_of(actor, proceeding.dispute)
    if len(sides) == 1:
        return next(iter(sides))
    if is_mediator(actor, proceeding):
        return Side.MEDIATOR
    return Side.OFFICE if is_office(actor) else None


def is_mediator(actor: Actor, proceeding: Proceeding) -> bool:
    """Whether the actor is the mediator asked or appointed in a proceeding."""
    if actor.person_id is None:
        return False
    standing = Appointment.objects.filter(proceeding=proceeding, ended_at__isnull=True)
    return standing.filter(mediator__account_id=actor.person_id).exists()


def exhibits_visible_to(side: Side | None) -> Q:
    """Evidence is seen by who brought it and by the office; by the others once it was opened to them."""
    if side is Side.OFFICE:
        return Q()
    if side is None:
        return Q(pk__in=[])
    return Q(side=side) | Q(opened_at__isnull=False)


def may_bring(actor: Actor) -> Decision:
    """Bring a dispute: everyone with an account; for an organisation under a mandate for it."""
    if actor.person_id is None:
        return Decision.refuse("protection.sign_in_first")
    if actor.organisation_id is None:
        return Decision.allow()
    return organisations.may_act_for(actor, actor.organisation_id, SCOPE)


def may_conduct(actor: Actor, dispute: Dispute) -> Decision:
    """File, add to, and choose for a dispute: who brought it."""
    if Side.APPLICANT in sides_of(actor, dispute):
        return Decision.allow()
    return Decision.refuse("protection.not_yours")


def may_keep(actor: Actor) -> Decision:
    """Keep registers, note what other bodies say: the office."""
    return Decision.allow() if is_office(actor) else Decision.refuse(_OFFICE_ONLY)


def may_read_registers(actor: Actor) -> Decision:
    """Read who stands in a register: the office, and who audits it; each time for a need."""
    allowed = is_office(actor) or actor.has_role(Role.AUDITOR)
    return Decision.allow() if allowed else Decision.refuse("protection.register_readers")


def authorities_of(actor: Actor) -> tuple[Authority, ...]:
    """The authorities of the register for which the actor enforces under a mandate; the one it acts for now first."""
    keys = organisations.organisation_ids(actor, ENFORCE)
    rows = Authority.objects.filter(active=True, organisation_id__in=keys).order_by("pk") if keys else ()
    return tuple(sorted(rows, key=lambda row: row.organisation_id != actor.organisation_id))


def may_enforce(actor: Actor) -> Decision:
    """Record what was found, answer alerts, decide on applications: who enforces for an authority of the register."""
    return Decision.allow() if authorities_of(actor) else Decision.refuse("protection.enforcers_only")


def holds_sheet(actor: Actor, sheet: ProductSheet) -> bool:
    """Whether a sheet is the actor's: their own, or of an organisation under a mandate for disputes."""
    if actor.person_id is None:
        return False
    if sheet.organisation_id is not None:
        return sheet.organisation_id in organisations.organisation_ids(actor, SCOPE)
    return sheet.person_id == actor.person_id


def may_change_sheet(actor: Actor, sheet: ProductSheet) -> Decision:
    """Write, share, withdraw, alert, apply: the right holder alone, the office neither."""
    return Decision.allow() if holds_sheet(actor, sheet) else Decision.refuse("protection.sheet_unknown")


def sheet_open_to(actor: Actor, sheet: ProductSheet) -> Authority | None:
    """The authority of the actor with which the sheet is shared now; None: with none."""
    shared = set(sheet.shares.filter(withdrawn_at__isnull=True).values_list("authority_id", flat=True))
    return next((one for one in authorities_of(actor) if one.pk in shared), None)


def may_decide_application(actor: Actor, row: ActionApplication) -> Decision:
    """Grant or refuse an application for action: the authority that is asked."""
    if any(one.pk == row.authority_id for one in authorities_of(actor)):
        return Decision.allow()
    return Decision.refuse("protection.application_unknown")


def keeps_indication(actor: Actor, row: Indication) -> bool:
    """Whether the actor keeps an indication: under a mandate of its keeper, or for the office."""
    keeper = row.keeper_id is not None and row.keeper_id in organisations.organisation_ids(actor, ORIGIN)
    return keeper or is_office(actor)


def may_keep_indication(actor: Actor, row: Indication) -> Decision:
    """Enter users, plots and yields, issue codes and void them."""
    return Decision.allow() if keeps_indication(actor, row) else Decision.refuse("protection.keeper_only")
