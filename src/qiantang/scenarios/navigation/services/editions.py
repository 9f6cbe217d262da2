"""Editions: asked for, computed by the worker, published.

A computing reads everything from one snapshot. Where a load comes in between, or the worker dies, it is begun again: what
it has written so far is thrown away first, so that an edition is whole or not there.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from qiantang.commons.audit import api as audit
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Conflict, DomainError
from qiantang.scenarios.navigation import policies, rules
from qiantang.scenarios.navigation.methods import analysing, packing
from qiantang.scenarios.navigation.methods import chains as method
from qiantang.scenarios.navigation.models import Edition, EditionNode, Project, TopicLabel
from qiantang.scenarios.navigation.selectors import editions as reads
from qiantang.scenarios.navigation.selectors import projects, samples
from qiantang.scenarios.navigation.selectors.counting import Counting
from qiantang.scenarios.navigation.types import EditionState

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_JOB = "qiantang.scenarios.navigation.tasks.compute_edition"  # by name: jobs stand above services and call them
UNDER_WAY = (EditionState.QUEUED, EditionState.RUNNING)


@transaction.atomic
def request_edition(*, actor: Actor, key: int) -> int:
    """Queue the computing of a project's next edition on the newest snapshot; returns its key.

    errors  NotPermitted ``navigation.team_only`` · Conflict ``navigation.edition_running``
            Invalid ``navigation.chain_incomplete``
    """
    project = projects.project_row(actor, key)
    projects.ensure_may_work(actor, project)
    if project.editions.filter(state__in=UNDER_WAY).exists():
        raise Conflict("navigation.edition_running")
    chain = projects.chain_of(actor, project)
    newest = project.editions.order_by("-number").first()
    row = Edition.objects.create(
        project=project,
        number=newest.number + 1 if newest else 1,
        token=secrets.token_hex(8),
        state=EditionState.QUEUED,
        chain=method.to_plain(chain),
        total=len(chain.nodes) + 1,
        asked_at=timezone.now(),
    )
    _note(actor, row, "request", chain_version=chain.version)
    transaction.on_commit(lambda: import_string(_JOB).enqueue(row.pk))
    return row.pk


def compute_edition(*, actor: Actor, key: int) -> bool:
    """Compute an edition; False where another worker has it or it is over.

    errors  NotPermitted for anybody but the platform
    """
    projects.ensure(policies.may_compute(actor))
    row = _taken(key)
    if row is None:
        return False
    try:
        for attempt in range(rules.BEGUN_ANEW):
            try:
                _compute(row)
                break
            except Conflict as error:
                if error.code != "navigation.snapshot_moved" or attempt == rules.BEGUN_ANEW - 1:
                    raise
    except DatabaseError:  # its own fault in nothing: the heartbeat hands it on
        raise
    except Exception as error:  # whatever it was, the edition tells it; what is not ours goes on
        code = error.code if isinstance(error, DomainError) else "navigation.edition_broke_off"
        Edition.objects.filter(pk=row.pk).update(state=EditionState.FAILED, error_code=code, leased_until=None)
        _note(actor, row, "fail", code=code)
        if not isinstance(error, DomainError):
            raise
        return True
    _note(actor, row, "finish", snapshot=row.snapshot or 0)
    return True


def _taken(key: int) -> Edition | None:
    now = timezone.now()
    free = Edition.objects.filter(pk=key, state__in=UNDER_WAY).exclude(leased_until__gt=now)
    if not free.update(state=EditionState.RUNNING, leased_until=now + rules.LEASE):
        return None
    return Edition.objects.select_related("project").get(pk=key)


def _compute(row: Edition) -> None:
    row.nodes.all().delete()
    counting = Counting(method.from_plain(row.chain), row.project.region)
    counting.read(lambda: _renew(row, 0))
    for done, (code, strategy, ids, made) in enumerate(counting.results(), 1):
        figures = packing.values_of(made.figures)
        EditionNode.objects.create(
            edition=row,
            code=code,
            strategy=strategy,
            patents=len(ids),
            figures=figures,
            tables=made.tables,
            members=packing.packed(ids, made.figures),
        )
        _renew(row, done)
    row.snapshot, row.synthetic, row.as_of = counting.snapshot, counting.synthetic, counting.as_of
    row.parameters = analysing.parameters()
    row.state, row.made_at, row.leased_until = EditionState.READY, timezone.now(), None
    row.digest = packing.digest(
        {one.code: {"figures": one.figures, "tables": one.tables} for one in row.nodes.order_by("code")}
    )
    row.save()
    register.upkeep.pin(register.register(), counting.snapshot, f"navigation edition {row.pk}")


def _renew(row: Edition, done: int) -> None:
    Edition.objects.filter(pk=row.pk).update(done=done, leased_until=timezone.now() + rules.LEASE)


@transaction.atomic
def label_topic(*, actor: Actor, key: int, node: str, topic: str, label: str) -> None:
    """Give a topic of an edition a name of one's own; an empty one takes it away.

    errors  NotPermitted ``navigation.team_only`` · NotFound
    """
    row = reads.edition_row(actor, key)
    projects.ensure_may_work(actor, row.project)
    terms = reads.topic_terms(row, node, topic)
    if not label.strip():
        for one in row.project.topic_labels.filter(node=node):
            if topic in (one.topic, reads.nearest_topic(row, node, one.terms)):
                one.delete()
        return
    told = {"terms": terms, "label": label.strip()[:120], "author_name": actor.name, "at": timezone.now()}
    TopicLabel.objects.update_or_create(project=row.project, node=node, topic=topic, defaults=told)
    _note(actor, row, "label_topic", node=node, topic=topic)


@transaction.atomic
def publish_edition(*, actor: Actor, key: int) -> None:
    """Make an edition everybody's; from then on it never changes. Its numbers' digest goes into the journal.

    errors  NotPermitted ``navigation.lead_only`` · Conflict ``navigation.edition_not_ready`` · ``navigation.edition_objected``
    """
    row = reads.edition_row(actor, key)
    projects.ensure_may_sign(actor, row.project)
    if row.state != EditionState.READY:
        raise Conflict("navigation.edition_not_ready")
    if row.opinions.filter(agrees=False).exists():
        raise Conflict("navigation.edition_objected")
    row.state, row.published_at, row.published_by = EditionState.PUBLISHED, timezone.now(), actor.name
    row.said = {
        one.section: {"text": one.text, "author": one.author_name, "at": one.at.isoformat()}
        for one in row.project.texts.all()
    }
    row.measured = samples.kept(row.project)
    row.save(update_fields=["state", "published_at", "published_by", "said", "measured"])
    _note(actor, row, "publish", digest=row.digest, snapshot=row.snapshot or 0, number=row.number)


@transaction.atomic
def delete_edition(*, actor: Actor, key: int) -> None:
    """Throw away an edition that is not published.

    errors  NotPermitted ``navigation.team_only`` · Conflict ``navigation.edition_published``
    """
    row = reads.edition_row(actor, key)
    projects.ensure_may_work(actor, row.project)
    if row.state == EditionState.PUBLISHED:
        raise Conflict("navigation.edition_published")
    _note(actor, row, "delete", number=row.number)
    row.delete()


def tend_editions(*, actor: Actor) -> int:
    """The heartbeat: hand on what a dead worker left, and compute living projects anew after a load; returns how many."""
    projects.ensure(policies.may_compute(actor))
    now = timezone.now()
    silent = Q(state=EditionState.RUNNING, leased_until__lte=now)
    lost = Q(state=EditionState.QUEUED, asked_at__lte=now - rules.LEASE)
    left = list(Edition.objects.filter(silent | lost).values_list("pk", flat=True))
    for key in left:
        import_string(_JOB).enqueue(key)
    return len(left) + _moved_on(actor)


def _moved_on(actor: Actor) -> int:
    """Projects with a published edition of an older snapshot get the next one, ready for the lead to publish; one a day."""
    known = register.current_snapshot()
    if known is None:
        return 0
    rested = timezone.now() - rules.LIVING_REST
    asked = 0
    for project in Project.objects.filter(editions__state=EditionState.PUBLISHED).distinct():
        newest = project.editions.order_by("-number").first()
        if newest is None or newest.state != EditionState.PUBLISHED or newest.asked_at > rested:
            continue
        if (newest.snapshot or 0) < known.number:
            request_edition(actor=actor, key=project.pk)
            asked += 1
    return asked


def _note(actor: Actor, row: Edition, verb: str, **facts: object) -> None:
    audit.record(actor=actor, verb=f"navigation.edition.{verb}", subject=f"edition:{row.pk}", facts=facts)
