"""Expansions: asked for with examples, worked off by the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from qiantang.commons.audit import api as audit
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import DomainError, Invalid
from qiantang.scenarios.navigation import policies, rules
from qiantang.scenarios.navigation.methods import seeding as method
from qiantang.scenarios.navigation.methods.contrast import seed_number
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.models import Expansion
from qiantang.scenarios.navigation.selectors import chains, projects
from qiantang.scenarios.navigation.selectors import seeding as reads
from qiantang.scenarios.navigation.types import EditionState, Reach

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_JOB = "qiantang.scenarios.navigation.tasks.expand_seed"  # by name: jobs stand above services and call them
STEPS = 4  # examples read, candidates reached, counter-examples drawn, learned
UNDER_WAY = (EditionState.QUEUED, EditionState.RUNNING)


@transaction.atomic
def request_expansion(*, actor: Actor, key: int, node: str, numbers: str) -> int:
    """Queue the search for more patents like those named; returns the key of the expansion.

    numbers  of the examples, one a line
    errors   NotPermitted ``navigation.team_only`` · NotFound (the node) · Invalid ``navigation.seed_*``
    """
    project = projects.project_row(actor, key)
    projects.ensure_may_work(actor, project)
    chain = projects.chain_of(actor, project)
    chains.node_of(chain, node)
    row = Expansion.objects.create(
        project=project,
        node=node,
        strategy=strategy_of(chain, node),
        seed=list(reads.seed_of(numbers)),
        state=EditionState.QUEUED,
        author_name=actor.name,
        asked_at=timezone.now(),
    )
    _note(actor, row, "request", patents=len(row.seed))
    transaction.on_commit(lambda: import_string(_JOB).enqueue(row.pk))
    return row.pk


def expand(*, actor: Actor, key: int) -> bool:
    """Work an expansion off; False where another worker has it or it is over. The same examples give the same candidates.

    errors  NotPermitted for anybody but the platform
    """
    projects.ensure(policies.may_compute(actor))
    now = timezone.now()
    free = Expansion.objects.filter(pk=key, state__in=UNDER_WAY).exclude(leased_until__gt=now)
    if not free.update(state=EditionState.RUNNING, leased_until=now + rules.LEASE):
        return False
    row = Expansion.objects.get(pk=key)
    try:
        _expanded(row)
    except DatabaseError:  # its own fault in nothing: the heartbeat hands it on
        raise
    except DomainError as error:
        told = {"state": EditionState.FAILED, "error_code": error.code, "leased_until": None}
        Expansion.objects.filter(pk=key).update(**told)
        _note(actor, row, "fail", code=error.code)
        return True
    _note(actor, row, "finish", snapshot=row.snapshot or 0, patents=len(row.found))
    return True


def tend_expansions(*, actor: Actor) -> int:
    """The heartbeat: hand on what a dead worker left; returns how many.

    errors  NotPermitted for anybody but the platform
    """
    projects.ensure(policies.may_compute(actor))
    now = timezone.now()
    silent = Q(state=EditionState.RUNNING, leased_until__lte=now)
    lost = Q(state=EditionState.QUEUED, asked_at__lte=now - rules.LEASE)
    left = list(Expansion.objects.filter(silent | lost).values_list("pk", flat=True))
    for key in left:
        import_string(_JOB).enqueue(key)
    return len(left)


def _expanded(row: Expansion) -> None:
    snapshot, by_node = register.desk.result_ids(row.strategy) if row.strategy else (None, ())
    known = register.current_snapshot()
    row.snapshot = snapshot if snapshot is not None else known.number if known else None
    seed = reads.docs(row.seed)
    _renew(row, 1)
    reached = reads.reached(row.seed, seed)
    _renew(row, 2)
    drawn, others = reads.contrast(seed, seed_number(row.seed), row.snapshot)
    free = method.outside(drawn, [*reached, *row.seed])
    against = reads.docs(free[: max(rules.LEAST_AGAINST, rules.AGAINST_TIMES * len(seed))])
    if len(against) < rules.LEAST_SEED:
        raise Invalid("navigation.seed_no_contrast")
    _renew(row, 3)
    candidates = reads.docs(reached)
    ids = [one.patent_id for one in candidates]
    learned = method.learned(seed, against, candidates)
    inside = frozenset(by_node)
    row.found = [[one, score, str(reached[one]), one in inside] for one, score in learned.kept(ids)]
    row.told = {
        "reached": {str(way): sum(one is way for one in reached.values()) for way in Reach},
        "against": len(against),
        "others": others,
        "seed": seed_number(row.seed),
        "precision": [*learned.precision],
        "recall": [*learned.recall],
        "seed_by_node": sum(one in inside for one in row.seed),
    }
    row.state, row.done, row.made_at, row.leased_until = EditionState.READY, STEPS, timezone.now(), None
    row.save()


def _renew(row: Expansion, done: int) -> None:
    Expansion.objects.filter(pk=row.pk).update(done=done, leased_until=timezone.now() + rules.LEASE)


def _note(actor: Actor, row: Expansion, verb: str, **facts: object) -> None:
    told = {"node": row.node, **facts}
    audit.record(actor=actor, verb=f"navigation.expansion.{verb}", subject=f"expansion:{row.pk}", facts=told)
