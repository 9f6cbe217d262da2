"""Who may do what here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def may_check(actor: Actor) -> Decision:  # noqa: ARG001 - the shape of every policy
    """Check a draft, and read the rules in force: everyone, without an account."""
    return Decision.allow()
