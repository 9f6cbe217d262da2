"""Samples: drawn, labelled, looked at again."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.navigation import policies, rules
from qiantang.scenarios.navigation.methods.chains import ensure_readable, fields_of
from qiantang.scenarios.navigation.methods.drawing import drawn
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.models import Sample, SampleItem
from qiantang.scenarios.navigation.selectors import chains, projects
from qiantang.scenarios.navigation.selectors.samples import sample_row
from qiantang.scenarios.navigation.types import SampleKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.models import Project


@transaction.atomic
def draw_sample(
    *, actor: Actor, key: int, node: str, kind: SampleKind, size: int, query: str = "", seed: str = ""
) -> int:
    """Draw a sample at a node of a project; returns its key.

    query   for recall: patents named independently of the node, as those of known applicants
    seed    empty: a new one; the same seed on the same snapshot gives the same sample
    errors  NotPermitted ``navigation.team_only`` · Invalid ``navigation.sample_*`` · ``navigation.strategy_unreadable``
    """
    project = projects.project_row(actor, key)
    projects.ensure_may_work(actor, project)
    chain = projects.chain_of(actor, project)
    chains.node_of(chain, node)
    if not rules.LEAST_SAMPLE <= size <= rules.MOST_SAMPLE:
        raise Invalid("navigation.sample_size", least=rules.LEAST_SAMPLE, most=rules.MOST_SAMPLE)
    strategy = strategy_of(chain, node)
    snapshot, found = register.desk.result_ids(strategy)
    population, source = found, strategy
    if kind is SampleKind.RECALL:
        source = _independent(query, node)
        snapshot, population = register.desk.result_ids(source)
    word = seed or secrets.token_hex(8)
    chosen = drawn(population, size, word)
    if not chosen:
        raise Invalid("navigation.sample_empty")
    row = Sample.objects.create(
        project=project, node=node, kind=kind, query=source, strategy=strategy, seed=word, snapshot=snapshot,
        population=len(population), found=len(found), drawn_at=timezone.now(),
    )  # fmt: skip
    inside = frozenset(found)
    SampleItem.objects.bulk_create(
        SampleItem(sample=row, position=at, patent_id=one, found=one in inside) for at, one in enumerate(chosen, 1)
    )
    facts = {"node": node, "kind": str(kind), "patents": len(chosen)}
    audit.record(actor=actor, verb="navigation.sample.draw", subject=f"sample:{row.pk}", facts=facts)
    return row.pk


def _independent(query: str, node: str) -> str:
    ensure_readable_set(query, node)
    if not query.strip() or not set(fields_of(register.parse(query))) <= rules.INDEPENDENT_FIELDS:
        raise Invalid("navigation.sample_independent")
    return query


def ensure_readable_set(query: str, node: str) -> None:
    """As ``ensure_readable``, but a list of somebody's is fine here: a sample belongs to a project."""
    try:
        ensure_readable(query, node)
    except Invalid as error:
        if error.code != "navigation.strategy_set":
            raise


@transaction.atomic
def label(*, actor: Actor, sample: int, verdicts: Mapping[str, Verdict]) -> int:
    """Say of patents of a sample whether they belong to the node; returns how many are left.

    errors  NotPermitted ``navigation.team_only`` · NotFound ``navigation.label_unknown``
    """
    row = sample_row(actor, sample)
    projects.ensure_may_work(actor, row.project)
    now = timezone.now()
    for patent_id, verdict in verdicts.items():
        told = {"verdict": verdict, "labelled_by_id": actor.person_id, "labelled_at": now}
        if not row.items.filter(patent_id=patent_id).update(**told):
            raise NotFound("navigation.label_unknown")
    if verdicts:
        _note(actor, row, "label", len(verdicts))
    return row.items.filter(verdict="").count()


@transaction.atomic
def begin_review(*, actor: Actor, sample: int) -> int:
    """Draw up to 50 labelled patents of a sample for a reviewer, who does not see the first labels; returns how many.

    errors  NotPermitted ``navigation.reviewer_only`` · ``navigation.review_own`` · Conflict ``navigation.sample_unlabelled``
    """
    row = _for_review(actor, sample)
    left = row.items.filter(verdict="").count()
    if left:
        raise Conflict("navigation.sample_unlabelled", left=left)
    chosen = drawn(row.items.values_list("patent_id", flat=True), rules.REVIEWED, f"review:{row.seed}")
    for at, patent_id in enumerate(chosen, 1):
        row.items.filter(patent_id=patent_id).update(review_place=at)
    _note(actor, row, "review", len(chosen))
    return len(chosen)


@transaction.atomic
def label_again(*, actor: Actor, sample: int, verdicts: Mapping[str, Verdict]) -> int:
    """A reviewer's labels; returns how many are left. Errors as for ``begin_review`` · NotFound ``navigation.label_unknown``."""
    row = _for_review(actor, sample)
    now = timezone.now()
    drawn_ones = row.items.exclude(review_place=None)
    for patent_id, verdict in verdicts.items():
        told = {"second": verdict, "second_by_id": actor.person_id, "second_at": now}
        if not drawn_ones.filter(patent_id=patent_id).update(**told):
            raise NotFound("navigation.label_unknown")
    if verdicts:
        _note(actor, row, "label_again", len(verdicts))
    return row.items.exclude(review_place=None).filter(second="").count()


def _for_review(actor: Actor, sample: int) -> Sample:
    row = sample_row(actor, sample)
    duties = projects.duties_of(actor, row.project)
    own = row.items.filter(labelled_by_id=actor.person_id).exists()
    projects.ensure(policies.may_review_labels(actor, duties, own=own))
    return row


def _note(actor: Actor, row: Sample, verb: str, patents: int) -> None:
    facts = {"patents": patents}
    audit.record(actor=actor, verb=f"navigation.sample.{verb}", subject=f"sample:{row.pk}", facts=facts)


def project_of(actor: Actor, sample: int) -> Project:
    """The project a sample belongs to. Errors as ``sample_row``."""
    return sample_row(actor, sample).project
