"""Who may see and keep accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.commons.accounts.types import ACTS_FOR_NOBODY, Role
from qiantang.kernel.actor import Channel
from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_REFUSED = "accounts.keeping_refused"


def may_keep_accounts(actor: Actor) -> Decision:
    """Creating accounts and granting roles: operators, and the platform itself."""
    if actor.has_role(Role.OPERATOR) or actor.has_role("system"):
        return Decision.allow()
    return Decision.refuse(_REFUSED)


def may_change_password(actor: Actor, account_id: int) -> Decision:
    """One's own, or anybody's for those who keep accounts."""
    return Decision.allow() if actor.person_id == account_id else may_keep_accounts(actor)


def may_hold_tokens(actor: Actor) -> Decision:
    """Making, seeing and revoking tokens of one's own: who is signed in. A program may not make itself more tokens."""
    if actor.person_id is None or actor.channel is Channel.API:
        return Decision.refuse("accounts.token_sign_in_first")
    return Decision.allow()


_SETTLING = frozenset({Role.OPERATOR, Role.WINDOW_OFFICER, Role.SUPERVISOR, "system"})


def may_see_every_mandate(actor: Actor) -> Decision:
    """The office, which settles mandates, and who audits it."""
    if actor.roles & (_SETTLING | {Role.AUDITOR}):
        return Decision.allow()
    return Decision.refuse("accounts.mandate_unknown")


def may_settle_mandate(actor: Actor, *, asked_by: int, manages: bool) -> Decision:
    """Grant, refuse or revoke a mandate: the office, or who manages the organisation here; never who asked for it.

    manages     whether the actor holds a mandate in force to let others in for the organisation
    """
    office = bool(actor.roles & _SETTLING)
    if actor.person_id == asked_by or not (office or manages):
        return Decision.refuse("accounts.mandate_not_yours_to_settle")
    return Decision.allow()


def may_have_mandates(actor: Actor) -> Decision:
    """Ask for a mandate: every person who is signed in, but for those who act for nobody."""
    if actor.roles & ACTS_FOR_NOBODY:
        return Decision.refuse("accounts.mandate_barred")
    return Decision.allow() if actor.person_id is not None else Decision.refuse("accounts.mandate_sign_in_first")


def visible_to(actor: Actor) -> Q:
    """The accounts ``actor`` may see: all for those who keep them, else one's own."""
    return Q() if may_keep_accounts(actor) else Q(pk=actor.person_id)
