"""Who may keep something on the search desk, and who sees it: queries are private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def may_keep(actor: Actor) -> Decision:
    """Save queries, make dossiers, upload number lists: every account, whatever its roles."""
    return Decision.allow() if actor.person_id is not None else Decision.refuse("query.sign_in_first")


def may_check(actor: Actor) -> Decision:
    """Look for what alerts wait for: the platform's own jobs."""
    return Decision.allow() if actor.has_role("system") else Decision.refuse("query.platform_only")


def may_work_off(actor: Actor) -> Decision:
    """Make the files that people asked for: the platform's own jobs."""
    return Decision.allow() if actor.has_role("system") else Decision.refuse("query.platform_only")


def owned_by(actor: Actor) -> Q:
    """What is a person's own; nothing for the public. Operators see no more than anybody else; the platform's jobs see all."""
    if actor.has_role("system"):
        return Q()
    return Q(owner_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])


# --- dossiers --------------------------------------------------------------------------------------------------------


def dossiers_open_to(actor: Actor) -> Q:
    """One's own dossiers and those shared with one; the platform's jobs see all, the public none."""
    if actor.has_role("system"):
        return Q()
    if actor.person_id is None:
        return Q(pk__in=[])
    return Q(owner_id=actor.person_id) | Q(shares__person_id=actor.person_id)


def may_write(actor: Actor, *, owner: int, writers: frozenset[int]) -> Decision:
    """Put patents in and say something of them: the owner, and those with whom it is shared for writing."""
    if actor.person_id is not None and (actor.person_id == owner or actor.person_id in writers):
        return Decision.allow()
    return Decision.refuse("query.dossier_read_only")


def may_manage(actor: Actor, *, owner: int) -> Decision:
    """Rename, share, watch and delete a dossier: its owner."""
    if actor.person_id is not None and actor.person_id == owner:
        return Decision.allow()
    return Decision.refuse("query.dossier_not_yours")
