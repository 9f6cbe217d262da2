"""Who may freeze a number from its page; the service that does it asks the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def may_import_list(actor: Actor) -> Decision:
    """Hand in a list of patents that meet a condition: operators, and the command line as for tables of figures."""
    if any(actor.has_role(role) for role in ("operator", "system")):
        return Decision.allow()
    return Decision.refuse("metrics.operators_only")


def may_freeze(actor: Actor) -> Decision:
    """Operators."""
    return Decision.allow() if actor.has_role("operator") else Decision.refuse("metrics.operators_only")
