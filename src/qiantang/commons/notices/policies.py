"""A person's notices and addresses are that person's own; nobody else reads them, whatever their role. The office sees how
kinds of notices read, and operators what became of messages, without their text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.commons.accounts.api import Role
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


_OFFICE = frozenset(
    {Role.OPERATOR, Role.EXAMINER, Role.WINDOW_OFFICER, Role.CASE_OFFICER, Role.SUPERVISOR, Role.AUDITOR}
)


def may_see_templates(actor: Actor) -> Decision:
    """How notices read, with places instead of facts: the office, and who audits it."""
    return Decision.allow() if actor.roles & _OFFICE else Decision.refuse("notices.office_only")


def may_see_dispatches(actor: Actor) -> Decision:
    """What became of messages, without text and address: operators, auditors, the platform."""
    if actor.has_role(Role.AUDITOR):
        return Decision.allow()
    decision = may_replay(actor)
    return decision or Decision.refuse("notices.office_only")


def may_replay(actor: Actor) -> Decision:
    """Send messages again: operators, and the platform."""
    if actor.has_role(Role.OPERATOR) or actor.has_role("system"):
        return Decision.allow()
    return Decision.refuse("notices.operator_only")
