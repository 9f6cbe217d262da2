"""Who may put tables and published numbers on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_WRITERS = ("operator", "system")


def may_write(actor: Actor) -> Decision:
    """Import tables, freeze numbers: operators."""
    if any(actor.has_role(role) for role in _WRITERS):
        return Decision.allow()
    return Decision.refuse("metrics.operators_only")
