"""Samples of a project: what is to be labelled, and what the labels tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Part
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.navigation import rules
from qiantang.scenarios.navigation.methods import chains as order
from qiantang.scenarios.navigation.methods import quality
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.models import Sample, SampleItem
from qiantang.scenarios.navigation.selectors import projects
from qiantang.scenarios.navigation.types import EditionState, SampleKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.models import Edition, Project
    from qiantang.scenarios.navigation.types import Chain


@dataclass(frozen=True, slots=True)
class SampleShown:
    """A sample with what its labels tell. ``stale``: the node's strategy is another by now; ``second_headline``: by
    the labels of the reviewer.
    """

    row: Sample
    name: tuple[str, str]
    measured: quality.Measured
    headline: quality.Headline | None
    second_headline: quality.Headline | None
    review: quality.Reviewed | None
    review_left: int
    stale: bool


@dataclass(frozen=True, slots=True)
class ItemShown:
    """A patent to be labelled: what one decides by."""

    item: SampleItem
    number: str
    title: str
    abstract: str
    verdict: str
    on_record: bool


def sample_row(actor: Actor, sample: int) -> Sample:
    """errors: NotFound ``navigation.sample_unknown`` · NotPermitted for those outside the team"""
    row = Sample.objects.filter(pk=sample).select_related("project").first()
    if row is None or not projects.is_team(actor, row.project):
        raise NotFound("navigation.sample_unknown")
    return row


def samples(actor: Actor, project: Project) -> tuple[SampleShown, ...]:
    """All samples of a project by node. What they tell is open to whoever may see the project."""
    chain = projects.chain_of(actor, project)
    return tuple(shown(one, chain, items) for one, items in _in_order(_live(project)))


def of_edition(row: Edition, chain: Chain) -> tuple[SampleShown, ...]:
    """The samples that an edition tells of: once it is published, as they were labelled then."""
    return tuple(shown(one, chain, items) for one, items in _in_order(_of(row)))


_FIELDS = ("node", "kind", "query", "strategy", "seed", "snapshot", "population", "found")
_ITEM = ("position", "patent_id", "found", "verdict", "second", "review_place")
_Sampled: TypeAlias = "tuple[Sample, list[SampleItem]]"


def kept(project: Project) -> list[dict[str, Any]]:
    """The samples of a project as an edition keeps them: what was drawn and what was said, not who said it."""
    return [
        {
            "pk": one.pk,
            "drawn_at": one.drawn_at.isoformat(),
            **{name: getattr(one, name) for name in _FIELDS},
            "items": [[getattr(item, name) for name in _ITEM] for item in items],
        }
        for one, items in _live(project)
    ]


def _live(project: Project) -> list[_Sampled]:
    return [(one, list(one.items.all())) for one in project.samples.order_by("pk")]


def _of(row: Edition) -> list[_Sampled]:
    if row.state != EditionState.PUBLISHED or row.measured is None:
        return _live(row.project)
    return [_told(one, row.project) for one in row.measured]


def _told(one: dict[str, Any], project: Project) -> _Sampled:
    """A sample as it was kept: values that are never saved."""
    drawn_at = datetime.fromisoformat(one["drawn_at"])
    made = Sample(pk=one["pk"], project=project, drawn_at=drawn_at, **{name: one[name] for name in _FIELDS})
    return made, [SampleItem(sample=made, **dict(zip(_ITEM, item, strict=True))) for item in one["items"]]


def _in_order(rows: list[_Sampled]) -> list[_Sampled]:
    return sorted(rows, key=lambda one: (order.order_of(one[0].node), one[0].kind, one[0].pk))


@dataclass(frozen=True, slots=True)
class NodeQuality:
    """What is measured at a node: the newest labelled sample of each kind; of the whole industry how many lowest nodes
    are measured, and how many reach the bound of precision. ``kept``: as they were when the edition was published.
    """

    samples: tuple[SampleShown, ...]
    leaves: int
    measured: int
    reached: int
    kept: bool


def of_node(edition: Edition, chain: Chain, code: str) -> NodeQuality:
    """Open to whoever may see the edition; ``chain`` as it was counted there."""
    rows = sorted(_of(edition), key=lambda one: -one[0].pk)
    newest: dict[tuple[str, str], SampleShown] = {}
    for row, items in rows:
        if code and row.node != code:
            continue
        told = newest.get((row.node, row.kind)) or shown(row, chain, items)
        if not told.measured.left:
            newest.setdefault((row.node, row.kind), told)
    leaves = {one.code for one in chain.leaves()}
    precise = [one for (node, kind), one in newest.items() if kind == SampleKind.PRECISION and node in leaves]
    frozen = edition.state == EditionState.PUBLISHED and edition.measured is not None
    reached = sum(bool(one.measured.accepted) for one in precise)
    return NodeQuality(tuple(newest[key] for key in sorted(newest)), len(leaves), len(precise), reached, frozen)


def shown(row: Sample, chain: Chain, items: Sequence[SampleItem] | None = None) -> SampleShown:
    """What a sample tells. ``items``: its patents with their labels; None: as they are now"""
    items = list(row.items.all()) if items is None else items
    labels = [quality.Label(one.found, Verdict(one.verdict) if one.verdict else None) for one in items]
    headline = None
    if row.kind == SampleKind.PRECISION:
        measured = quality.precision(labels, rules.PRECISION_ACCEPTED)
        headline = quality.headline(row.found, measured)
    else:
        measured = quality.recall(labels, rules.RECALL_OF_BRANCH_ACCEPTED)
    again = [one for one in items if one.verdict and one.second]
    twice = [(Verdict(one.verdict), Verdict(one.second)) for one in again]
    flags = None if row.kind == SampleKind.PRECISION else [one.found for one in again]
    review = quality.reviewed(twice, measured.bound, flags) if twice else None
    drawn = [one for one in items if one.review_place is not None]
    node = chain.node(row.node)
    return SampleShown(
        row,
        (node.zh, node.en) if node else (row.node, row.node),
        measured,
        headline,
        quality.headline(row.found, review.second) if review and headline else None,
        review,
        sum(not one.second for one in drawn),
        node is None or strategy_of(chain, row.node) != row.strategy,
    )


def items(_actor: Actor, row: Sample, *, review: bool) -> tuple[ItemShown, ...]:
    """The patents of a sample in the order of their draw. For a review: those drawn for it, without the first verdicts."""
    found = [one for one in row.items.all() if not review or one.review_place is not None]
    if review:
        found.sort(key=lambda one: one.review_place or 0)
    return _shown(found, review=review)


def _shown(found: Sequence[SampleItem], *, review: bool) -> tuple[ItemShown, ...]:
    records = register.get_many([one.patent_id for one in found])
    made = []
    for one in found:
        record = records.get(one.patent_id)
        abstract = record.text(Part.ABSTRACT) if record else None
        made.append(
            ItemShown(
                one,
                record.number_shown if record else one.patent_id,
                (record.title or "") if record else "",
                abstract.text if abstract else "",
                one.second if review else one.verdict,
                record is not None,
            )
        )
    return tuple(made)
