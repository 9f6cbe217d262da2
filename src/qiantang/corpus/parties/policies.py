"""Who decides which names are one party: operators, and the platform by its rules. Everyone sees the outcome."""

from __future__ import annotations

from qiantang.kernel.actor import Actor
from qiantang.kernel.decision import Decision


def may_decide(actor: Actor) -> Decision:
    """Merge, undo, link."""
    if actor.has_role("operator") or actor.has_role("system"):
        return Decision.allow()
    return Decision.refuse("parties.operators_only")


def may_look(actor: Actor) -> Decision:
    """See the queue of doubtful pairs: who decides, and who audits."""
    return Decision.allow() if actor.has_role("auditor") else may_decide(actor)
