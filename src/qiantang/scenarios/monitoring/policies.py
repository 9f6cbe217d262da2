"""Who may do what here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def may_read(actor: Actor) -> Decision:  # noqa: ARG001 - the shape of every policy
    """Look at the figures: everybody, as of everything that is published."""
    return Decision.allow()


def may_import(actor: Actor) -> Decision:
    """Keep an input sheet: operators; ``commons.metrics`` asks again when it is kept."""
    return Decision.allow() if actor.has_role("operator") else Decision.refuse("monitoring.operators_only")
