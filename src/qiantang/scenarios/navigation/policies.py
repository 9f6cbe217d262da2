"""Who may what: chains are kept by analysts, projects by their team, published editions are everybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qiantang.kernel.decision import Decision
from qiantang.scenarios.navigation.types import Duty, EditionState

if TYPE_CHECKING:
    from collections.abc import Collection

    from qiantang.kernel.actor import Actor

_KEEPERS = ("analyst", "operator", "system")


def may_keep_chains(actor: Actor) -> Decision:
    """Change, publish, import a chain; begin a project: analysts and operators."""
    if any(actor.has_role(role) for role in _KEEPERS):
        return Decision.allow()
    return Decision.refuse("navigation.analysts_only")


def may_work(actor: Actor, duties: Collection[str]) -> Decision:
    """Work in a project: its lead and its analysts. ``duties``: those of the one who asks in that project."""
    if actor.has_role("system") or Duty.LEAD in duties or Duty.ANALYST in duties:
        return Decision.allow()
    return Decision.refuse("navigation.team_only")


def may_sign(actor: Actor, duties: Collection[str]) -> Decision:
    """Close a stage, publish an edition, name the team: the lead."""
    if actor.has_role("system") or Duty.LEAD in duties:
        return Decision.allow()
    return Decision.refuse("navigation.lead_only")


def may_review(actor: Actor, duties: Collection[str]) -> Decision:
    """Label a sample again, give an opinion: reviewers, who do nothing else in the project."""
    if actor.person_id is not None and Duty.REVIEWER in duties:
        return Decision.allow()
    return Decision.refuse("navigation.reviewer_only")


def may_review_labels(actor: Actor, duties: Collection[str], *, own: bool) -> Decision:
    """Label a sample again: a reviewer who gave none of its first labels. ``own``: whether any of them is the actor's."""
    decision = may_review(actor, duties)
    if decision and own:
        return Decision.refuse("navigation.review_own")
    return decision


def may_read_drafts(actor: Actor, duties: Collection[str]) -> Decision:
    """See editions and texts of a project before they are published: its team."""
    return Decision.allow() if actor.has_role("system") or duties else Decision.refuse("navigation.team_only")


def may_read_inside(actor: Actor, duties: Collection[str]) -> Decision:
    """Read what is not published: the team, and auditors."""
    return Decision.allow() if actor.has_role("auditor") else may_read_drafts(actor, duties)


def may_read_marks(actor: Actor) -> Decision:
    """See the lists of standards and court cases: those who keep them, and auditors."""
    return Decision.allow() if actor.has_role("auditor") else may_keep_chains(actor)


def may_compute(actor: Actor) -> Decision:
    """Work off what was asked for: the platform's own jobs."""
    return Decision.allow() if actor.has_role("system") else Decision.refuse("navigation.platform_only")


def open_to(actor: Actor) -> Q:
    """Projects: those with a published edition to everybody, the others to their team; auditors and the platform's jobs see all."""
    if actor.roles & {"auditor", "system"}:
        return Q()
    published = Q(editions__state=EditionState.PUBLISHED)
    return published | Q(members__person_id=actor.person_id) if actor.person_id is not None else published
