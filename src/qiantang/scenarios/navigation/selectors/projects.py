"""Projects as their team and the public see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import cached_property

from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.scenarios.navigation import policies, workflow
from qiantang.scenarios.navigation.methods import chains as method
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.models import Edition, Member, Project, SampleItem
from qiantang.scenarios.navigation.selectors import chains
from qiantang.scenarios.navigation.types import Decision, Duty, EditionState, ProjectType, SampleKind, Verdict

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor
    from qiantang.kernel.decision import Decision as Allowed
    from qiantang.scenarios.navigation.models import StageRecord
    from qiantang.scenarios.navigation.types import Chain

_READY = (EditionState.READY, EditionState.PUBLISHED)


def visible(actor: Actor) -> QuerySet[Project]:
    return Project.objects.filter(policies.open_to(actor)).distinct()


def project_row(actor: Actor, key: int) -> Project:
    """errors: NotFound ``navigation.project_unknown``, also for one that is not open to the actor"""
    row = visible(actor).filter(pk=key).first()
    if row is None:
        raise NotFound("navigation.project_unknown")
    return row


def duties_of(actor: Actor, project: Project) -> frozenset[str]:
    """What the actor does in a project; nothing for those outside."""
    if actor.person_id is None:
        return frozenset()
    return frozenset(Member.objects.filter(project=project, person_id=actor.person_id).values_list("duty", flat=True))


def ensure(decision: Allowed) -> None:
    """errors: NotPermitted with the code of the refusal"""
    if not decision:
        raise NotPermitted(decision.code)


def ensure_may_work(actor: Actor, project: Project) -> None:
    ensure(policies.may_work(actor, duties_of(actor, project)))


def ensure_may_sign(actor: Actor, project: Project) -> None:
    ensure(policies.may_sign(actor, duties_of(actor, project)))


def ensure_may_review(actor: Actor, project: Project) -> None:
    ensure(policies.may_review(actor, duties_of(actor, project)))


def is_team(actor: Actor, project: Project) -> bool:
    return bool(policies.may_read_drafts(actor, duties_of(actor, project)))


def reads_inside(actor: Actor, project: Project) -> bool:
    """Whether the actor reads what is not published: the team, and auditors."""
    return bool(policies.may_read_inside(actor, duties_of(actor, project)))


def ensure_reads_inside(actor: Actor, project: Project) -> None:
    """errors: NotPermitted ``navigation.team_only`` for those who have no duty in the project and do not audit"""
    ensure(policies.may_read_inside(actor, duties_of(actor, project)))


def chain_of(actor: Actor, project: Project) -> Chain:
    return chains.chain(actor, project.industry, project.chain_version)


def newest_edition(project: Project, *, published: bool = False) -> Edition | None:
    states = (EditionState.PUBLISHED,) if published else _READY
    return project.editions.filter(state__in=states).order_by("-number").first()


def facts(actor: Actor, project: Project) -> workflow.ProjectFacts:
    """What there is of a project, for the rules of its stages."""
    duties = list(project.members.values_list("duty", flat=True))
    chain = chain_of(actor, project)
    leaves = {one.code for one in chain.leaves()}
    measured, recalled = _labelled(project, SampleKind.PRECISION), _labelled(project, SampleKind.RECALL)
    edition = newest_edition(project)
    opinions = list(edition.opinions.values_list("agrees", flat=True)) if edition else []
    kept = list(project.recommendations.all())
    return workflow.ProjectFacts(
        has_question=bool(project.question.strip() and project.scope.strip()),
        leads=duties.count(Duty.LEAD),
        reviewers=duties.count(Duty.REVIEWER),
        unplanned=project.stages.filter(due_date=None).count(),
        has_cutoff=project.cutoff_snapshot is not None,
        chain_bound=not method.missing(chain),
        measured=len(measured),
        unmeasured=tuple(
            code
            for code in sorted(leaves - measured, key=method.order_of)
            if chains.count_of(strategy_of(chain, code)) != 0  # what finds nothing cannot be sampled
        ),
        recalled=len(recalled),
        edition_ready=edition is not None,
        analyses=_analyses(edition),
        wanted_analyses=workflow.WANTED[ProjectType(project.type)],
        texts=project.texts.count(),
        opinions=len(opinions),
        objections=opinions.count(False),
        edition_published=project.editions.filter(state=EditionState.PUBLISHED).exists(),
        recommendations=len(kept),
        undecided=sum(one.decision == Decision.OPEN for one in kept),
        without_outcome=sum(one.decision == Decision.ADOPTED and not one.outcome.strip() for one in kept),
    )


def _labelled(project: Project, kind: SampleKind) -> set[str]:
    """Codes of the nodes with a sample of this kind that is labelled to its end and tells something: of recall, one in which
    a patent belongs to the node; of precision, one in which something was decided.
    """
    open_ones = SampleItem.objects.filter(sample__project=project, verdict="").values_list("sample_id", flat=True)
    telling = [Verdict.RELEVANT] if kind is SampleKind.RECALL else [Verdict.RELEVANT, Verdict.FOREIGN]
    decided = SampleItem.objects.filter(sample__project=project, verdict__in=telling).values_list(
        "sample_id", flat=True
    )
    done = project.samples.filter(kind=kind, pk__in=set(decided)).exclude(pk__in=set(open_ones))
    return set(done.values_list("node", flat=True))


def _analyses(edition: Edition | None) -> frozenset[str]:
    whole = edition.nodes.filter(code="").only("tables").first() if edition else None
    return frozenset(whole.tables) if whole else frozenset()


@dataclass(frozen=True)
class StageShown:
    """A stage as the page of a project shows it: done, current or to come, and what it lacks."""

    stage: workflow.Stage
    record: StageRecord | None
    current: bool
    outputs: tuple[tuple[workflow.Output, bool], ...]

    @cached_property
    def done(self) -> bool:
        return self.record is not None and self.record.closed_at is not None


def stages(actor: Actor, project: Project) -> tuple[StageShown, ...]:
    """All stages in order, with each output and whether it is there."""
    told = facts(actor, project)
    records = {one.stage: one for one in project.stages.all()}
    return tuple(
        StageShown(
            stage,
            records.get(stage.key),
            project.stage == stage.key,
            tuple((output, output.is_there(told)) for output in stage.outputs),
        )
        for stage in workflow.STAGES
    )
