"""Who may load data: operators, and the platform itself."""

from __future__ import annotations

from qiantang.kernel.actor import Actor
from qiantang.kernel.decision import Decision


def may_import(actor: Actor) -> Decision:
    """Load files, see reports and refused rows."""
    if actor.has_role("operator") or actor.has_role("system"):
        return Decision.allow()
    return Decision.refuse("ingest.operators_only")


def may_erase(actor: Actor) -> Decision:
    """Remove personal data on lawful request."""
    return may_import(actor)
