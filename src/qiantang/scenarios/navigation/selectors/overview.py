"""What the first page and the page of an industry show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from qiantang.scenarios.navigation.methods.strategies import any_of, narrowed, strategy_of
from qiantang.scenarios.navigation.models import Edition, Project
from qiantang.scenarios.navigation.selectors import chains, projects, words
from qiantang.scenarios.navigation.selectors.concordances import rule_shown
from qiantang.scenarios.navigation.types import EditionState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.selectors.concordances import RuleShown
    from qiantang.scenarios.navigation.types import Chain, Node


@dataclass(frozen=True, slots=True)
class IndustryCard:
    """An industry on the first page. ``edition``: the newest published one of any project."""

    chain: Chain
    name: str
    about: str
    nodes: int
    patents: int | None
    edition: Edition | None


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A node of a chain as a line of its tree. ``agreement``: how its strategy and the official rules agree."""

    node: Node
    name: str
    place: str
    depth: int
    strategy: str
    patents: int | None
    search_url: str
    leaf: bool
    rules: tuple[RuleShown, ...]


def search_url(query: str) -> str:
    return f"/search?{urlencode({'q': query})}" if query else ""


def industry_cards(actor: Actor) -> tuple[IndustryCard, ...]:
    newest = {
        one.project.industry: one
        for one in Edition.objects.filter(state=EditionState.PUBLISHED)
        .select_related("project")
        .defer("chain")
        .order_by("published_at")
    }
    return tuple(
        IndustryCard(
            one,
            words.name_of(one),
            one.about(words.language()),
            len(one.nodes),
            chains.count_of(strategy_of(one, "")),
            newest.get(one.key),
        )
        for one in chains.industries(actor)
    )


def own_projects(actor: Actor) -> QuerySet[Project]:
    """The projects in whose team the actor is."""
    if actor.person_id is None:
        return Project.objects.none()
    return projects.visible(actor).filter(members__person_id=actor.person_id)


def published_projects(actor: Actor, industry: str) -> list[tuple[Project, Edition]]:
    """Projects of an industry with their newest published edition."""
    found = []
    for one in projects.visible(actor).filter(industry=industry, editions__state=EditionState.PUBLISHED):
        edition = projects.newest_edition(one, published=True)
        if edition is not None:
            found.append((one, edition))
    return found


def published_editions(_actor: Actor) -> list[dict[str, Any]]:
    """Every published edition as programs see it, the newest first."""
    rows = (
        Edition.objects.filter(state=EditionState.PUBLISHED).select_related("project").order_by("-published_at", "-pk")
    )
    return [edition_told(one) for one in rows]


def edition_told(row: Edition) -> dict[str, Any]:
    """What identifies an edition and says how far to trust it."""
    names = ("number", "snapshot", "as_of", "published_at", "synthetic", "digest")
    told = {name: getattr(row, name) for name in names}
    return told | {"id": row.pk, "industry": row.project.industry, "title": row.project.title}


def tree_rows(actor: Actor, of: Chain) -> tuple[TreeRow, ...]:
    return tuple(
        TreeRow(
            shown.node,
            words.name_of(shown.node),
            str(words.PLACES[shown.node.place]) if shown.node.place else "",
            shown.node.level - 1,
            shown.strategy,
            shown.patents,
            search_url(shown.strategy),
            shown.leaf,
            tuple(rule_shown(one) for one in shown.node.rules),
        )
        for shown in chains.tree(actor, of)
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """A strategy beside the official rules of its node: found by both, by the strategy alone, by the rules alone."""

    both: int | None
    strategy_only: int | None
    rules_only: int | None
    rules_url: str
    note: str


def agreement(strategy: str, shown: tuple[RuleShown, ...]) -> Agreement | None:
    """None where no rule of the node is held here as classes."""
    official = any_of(*(one.query for one in shown))
    if not official or not strategy:
        return None
    both = chains.count_of(narrowed(strategy, official))
    alone, others = chains.count_of(strategy), chains.count_of(official)
    if both is None or alone is None or others is None:
        return None
    note = _(
        "The official tables narrow some rules by keywords that are not applied here; they find more than is meant."
    )
    return Agreement(both, alone - both, others - both, search_url(official), note)
