"""Who may do what here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.accounts.api import organisations
from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def may_check(actor: Actor) -> Decision:  # noqa: ARG001 - the shape of every policy
    """Check a draft, and read the rules in force: everyone, without an account."""
    return Decision.allow()


def may_file(actor: Actor) -> Decision:
    """File a subject: whoever acts for it now, under a mandate for this."""
    if actor.organisation_id is None:
        return Decision.refuse("preexam.act_for_first")
    return organisations.may_act_for(actor, actor.organisation_id, "preexam.file")


def may_find(actor: Actor) -> Decision:
    """Note what the office found about a subject: examiners and supervisors."""
    if actor.roles & {"examiner", "supervisor"}:
        return Decision.allow()
    return Decision.refuse("preexam.office_only")
