"""Who may do what in the hall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.accounts.api import Role, organisations
from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_KEEPERS = frozenset({Role.OPERATOR, Role.SUPERVISOR})


def may_keep_catalogue(actor: Actor) -> Decision:
    """Try a draft of the catalogue, import a form: operators and supervisors."""
    return Decision.allow() if actor.roles & _KEEPERS else Decision.refuse("hall.keepers_only")


def may_see_catalogue_desk(actor: Actor) -> Decision:
    """Read forms that are not published, ask what keeps a draft of the catalogue back: who keeps it, and auditors."""
    return Decision.allow() if actor.has_role(Role.AUDITOR) else may_keep_catalogue(actor)


def may_begin(actor: Actor) -> Decision:
    """Begin a matter: everybody who is signed in; for an organisation under a mandate for this."""
    if actor.person_id is None:
        return Decision.refuse("hall.sign_in_first")
    if actor.organisation_id is not None:
        return organisations.may_act_for(actor, actor.organisation_id, "hall.file")
    return Decision.allow()


def may_receive(actor: Actor) -> Decision:
    """Receive at the window, note visits."""
    return Decision.allow() if actor.has_role(Role.WINDOW_OFFICER) else Decision.refuse("hall.window_only")


def is_filer(actor: Actor, opened_by: int | None) -> bool:
    """Whether the actor began the matter: they know what was filled in for them."""
    return actor.person_id is not None and actor.person_id == opened_by


def is_office(actor: Actor) -> bool:
    """Whether the actor is of the office that handles matters."""
    return bool(actor.roles & {Role.WINDOW_OFFICER, Role.CASE_OFFICER, Role.SUPERVISOR})


def may_follow_up(actor: Actor) -> Decision:
    """Contact and settle after a bad grade: supervisors."""
    return Decision.allow() if actor.has_role(Role.SUPERVISOR) else Decision.refuse("hall.supervisors_only")


def may_see_bad_ratings(actor: Actor) -> Decision:
    """Read open bad grades: who follows them up, and auditors."""
    return Decision.allow() if actor.has_role(Role.AUDITOR) else may_follow_up(actor)


def may_keep_tisc(actor: Actor) -> Decision:
    """Note services of the TISC: officers and supervisors."""
    allowed = bool(actor.roles & {Role.CASE_OFFICER, Role.SUPERVISOR})
    return Decision.allow() if allowed else Decision.refuse("hall.tisc_only")
