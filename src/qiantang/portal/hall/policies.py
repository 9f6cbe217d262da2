"""Who may do what in the hall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.accounts.api import Role
from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_KEEPERS = frozenset({Role.OPERATOR, Role.SUPERVISOR})


def may_keep_catalogue(actor: Actor) -> Decision:
    """Try a draft of the catalogue, import a form: operators and supervisors."""
    return Decision.allow() if actor.roles & _KEEPERS else Decision.refuse("hall.keepers_only")
