"""Samples of a project: what is to be labelled, and what the labels tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Part
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.navigation import rules
from qiantang.scenarios.navigation.methods import chains as order
from qiantang.scenarios.navigation.methods import quality
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.models import Sample
from qiantang.scenarios.navigation.selectors import projects
from qiantang.scenarios.navigation.types import SampleKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.models import Project, SampleItem
    from qiantang.scenarios.navigation.types import Chain


@dataclass(frozen=True, slots=True)
class SampleShown:
    """A sample with what its labels tell. ``stale``: the node's strategy is another by now."""

    row: Sample
    name: tuple[str, str]
    measured: quality.Measured
    headline: quality.Headline | None
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
    rows = sorted(project.samples.all(), key=lambda one: (order.order_of(one.node), one.kind, one.pk))
    return tuple(shown(one, chain) for one in rows)


def shown(row: Sample, chain: Chain) -> SampleShown:
    items = list(row.items.all())
    labels = [quality.Label(one.found, Verdict(one.verdict) if one.verdict else None) for one in items]
    headline = None
    if row.kind == SampleKind.PRECISION:
        measured = quality.precision(labels, rules.PRECISION_ACCEPTED)
        headline = quality.headline(row.found, measured)
    else:
        measured = quality.recall(labels, rules.RECALL_OF_BRANCH_ACCEPTED)
    twice = [(Verdict(one.verdict), Verdict(one.second)) for one in items if one.verdict and one.second]
    drawn = [one for one in items if one.review_place is not None]
    node = chain.node(row.node)
    return SampleShown(
        row,
        (node.zh, node.en) if node else (row.node, row.node),
        measured,
        headline,
        quality.reviewed(twice, rules.PRECISION_ACCEPTED) if twice and row.kind == SampleKind.PRECISION else None,
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
