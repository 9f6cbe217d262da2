"""A person's notices and addresses are that person's own; nobody else reads them, whatever their role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def visible_to(actor: Actor) -> Q:
    """One's own; nothing for those who are not signed in."""
    return Q(person_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])


def may_have_inbox(actor: Actor) -> Decision:
    """Read notices, keep an address: every account, whatever its roles."""
    return Decision.allow() if actor.person_id is not None else Decision.refuse("notices.sign_in_first")


def may_post(actor: Actor) -> Decision:
    """Send the mails that wait: the platform's own jobs."""
    return Decision.allow() if actor.has_role("system") else Decision.refuse("notices.sign_in_first")
