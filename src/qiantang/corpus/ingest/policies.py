"""Who may load data: operators, and the platform itself."""

from __future__ import annotations

from qiantang.kernel.actor import Actor
from qiantang.kernel.decision import Decision


def may_import(actor: Actor) -> Decision:
    """Load files."""
    if actor.has_role("operator") or actor.has_role("system"):
        return Decision.allow()
    return Decision.refuse("ingest.operators_only")


def may_look(actor: Actor) -> Decision:
    """See reports of loads and refused rows: who loads, and who audits."""
    return Decision.allow() if actor.has_role("auditor") else may_import(actor)


def may_erase(actor: Actor) -> Decision:
    """Remove personal data on lawful request."""
    return may_import(actor)
