"""Projects: begun, planned, staffed, signed stage by stage; opinions and recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts import api as accounts
from qiantang.commons.audit import api as audit
from qiantang.corpus.register import api as register
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.navigation import workflow
from qiantang.scenarios.navigation.models import AnalystText, Member, Opinion, Project, Recommendation, StageRecord
from qiantang.scenarios.navigation.selectors import chains
from qiantang.scenarios.navigation.selectors import projects as reads
from qiantang.scenarios.navigation.types import Decision, Duty, ProjectType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def _note(actor: Actor, project: Project, verb: str, **facts: object) -> None:
    audit.record(actor=actor, verb=f"navigation.project.{verb}", subject=f"project:{project.pk}", facts=facts)


@transaction.atomic
def begin_project(*, actor: Actor, title: str, kind: ProjectType, question: str, scope: str, industry: str) -> int:
    """A new project in its first stage, with the actor as its lead; returns its key.

    errors  NotPermitted ``navigation.analysts_only`` · Invalid ``navigation.project_words`` · NotFound
    """
    chains.ensure_may_keep(actor)
    if not (title.strip() and question.strip() and scope.strip()):
        raise Invalid("navigation.project_words")
    chain = chains.chain(actor, industry)
    now = timezone.now()
    row = Project.objects.create(
        title=title.strip()[:200],
        type=kind,
        question=question.strip(),
        scope=scope.strip(),
        industry=chain.key,
        chain_version=chain.version,
        stage=workflow.FIRST,
        region=settings.CITY_CODE,
        created_at=now,
    )
    for stage in workflow.STAGES:
        StageRecord.objects.create(project=row, stage=stage.key, opened_at=now if stage.key == row.stage else None)
    if actor.person_id is not None:
        Member.objects.create(project=row, person_id=actor.person_id, duty=Duty.LEAD)
    _note(actor, row, "begin", industry=chain.key, chain_version=chain.version)
    return row.pk


@transaction.atomic
def change_project(
    *, actor: Actor, key: int, title: str, question: str, scope: str, newest_chain: bool = False
) -> None:
    """Other words; with ``newest_chain`` the newest version of the chain, for editions to come.

    errors  NotFound · NotPermitted ``navigation.team_only`` · Invalid ``navigation.project_words``
    """
    row = reads.project_row(actor, key)
    reads.ensure_may_work(actor, row)
    if not (title.strip() and question.strip() and scope.strip()):
        raise Invalid("navigation.project_words")
    row.title, row.question, row.scope = title.strip()[:200], question.strip(), scope.strip()
    if newest_chain:
        row.chain_version = chains.chain(actor, row.industry).version
    row.save()
    _note(actor, row, "change", chain_version=row.chain_version)


@transaction.atomic
def name_member(*, actor: Actor, key: int, username: str, duty: Duty | None) -> None:
    """Take somebody into the team, give another duty, or take out of it (None).

    errors  NotPermitted ``navigation.lead_only`` · NotFound ``navigation.person_unknown``
            Conflict ``navigation.last_lead`` · ``navigation.reviewer_works``
    """
    row = reads.project_row(actor, key)
    reads.ensure_may_sign(actor, row)
    try:
        person = accounts.person_by_username(Actor.system("name a member"), username)
    except NotFound as error:
        raise NotFound("navigation.person_unknown", username=username[:150]) from error
    others = row.members.filter(duty=Duty.LEAD).exclude(person_id=person.id)
    if duty is not Duty.LEAD and not others.exists():
        raise Conflict("navigation.last_lead")
    if duty is Duty.REVIEWER and row.samples.filter(items__labelled_by_id=person.id).exists():
        raise Conflict("navigation.reviewer_works")
    row.members.filter(person_id=person.id).delete()
    if duty is not None:
        Member.objects.create(project=row, person_id=person.id, duty=duty)
    _note(actor, row, "member", person=person.id, duty=str(duty or ""))


@transaction.atomic
def plan_stages(*, actor: Actor, key: int, days: Mapping[str, date | None]) -> None:
    """By when each stage is to be closed.

    errors  NotPermitted ``navigation.lead_only``
    """
    row = reads.project_row(actor, key)
    reads.ensure_may_sign(actor, row)
    for record in row.stages.all():
        if record.stage in days:
            record.due_date = days[record.stage]
            record.save(update_fields=["due_date"])
    _note(actor, row, "plan")


@transaction.atomic
def set_cutoff(*, actor: Actor, key: int) -> int:
    """The newest snapshot as the project's data cut-off, kept from pruning; returns its number.

    errors  NotPermitted ``navigation.team_only`` · NotFound ``register.empty``
    """
    row = reads.project_row(actor, key)
    reads.ensure_may_work(actor, row)
    snapshot = register.current_snapshot()
    if snapshot is None:
        raise NotFound("register.empty")
    register.upkeep.pin(register.register(), snapshot.number, f"navigation project {row.pk}")
    row.cutoff_snapshot, row.cutoff_at = snapshot.number, timezone.now()
    row.save(update_fields=["cutoff_snapshot", "cutoff_at"])
    _note(actor, row, "cutoff", snapshot=snapshot.number)
    return snapshot.number


@transaction.atomic
def close_stage(*, actor: Actor, key: int, note: str = "") -> str:
    """Sign the current stage; returns the one that follows. It closes only when its outputs exist.

    errors  NotPermitted ``navigation.lead_only`` · Conflict ``navigation.stage_incomplete`` · ``navigation.stage_over``
    """
    row = reads.project_row(actor, key)
    reads.ensure_may_sign(actor, row)
    if row.stage == workflow.DONE:
        raise Conflict("navigation.stage_over")
    lacking = workflow.missing(row.stage, reads.facts(actor, row))
    if lacking:
        told = ", ".join(str(one.label) for one in lacking)
        raise Conflict("navigation.stage_incomplete", missing=told)
    now = timezone.now()
    row.stages.filter(stage=row.stage).update(closed_at=now, closed_by=actor.name, note=note.strip())
    closed, row.stage = row.stage, workflow.after(row.stage)
    if row.stage == workflow.DONE:
        row.closed_at = now
    row.stages.filter(stage=row.stage).update(opened_at=now)
    row.save(update_fields=["stage", "closed_at"])
    _note(actor, row, "close_stage", stage=closed)
    return row.stage


@transaction.atomic
def write_text(*, actor: Actor, key: int, section: str, text: str) -> None:
    """What the team says of a part of the edition, in place of what it said before.

    errors  NotPermitted ``navigation.team_only`` · Invalid ``navigation.text_missing``
    """
    row = reads.project_row(actor, key)
    reads.ensure_may_work(actor, row)
    if not text.strip():
        raise Invalid("navigation.text_missing")
    AnalystText.objects.update_or_create(
        project=row,
        section=section,
        defaults={"text": text.strip(), "author_name": actor.name, "at": timezone.now()},
    )
    _note(actor, row, "text", section=section)


@transaction.atomic
def give_opinion(*, actor: Actor, key: int, agrees: bool, text: str) -> None:
    """A reviewer's opinion of the newest edition, in place of that person's earlier one of it.

    errors  NotPermitted ``navigation.reviewer_only`` · Invalid ``navigation.opinion_missing``
            NotFound ``navigation.edition_unknown``
    """
    row = reads.project_row(actor, key)
    reads.ensure_may_review(actor, row)
    edition = reads.newest_edition(row)
    if edition is None:
        raise NotFound("navigation.edition_unknown")
    if not text.strip():
        raise Invalid("navigation.opinion_missing")
    Opinion.objects.filter(edition=edition, person_id=actor.person_id).delete()
    Opinion.objects.create(
        project=row,
        edition=edition,
        person_id=actor.person_id,
        person_name=actor.name,
        agrees=agrees,
        text=text.strip(),
        at=timezone.now(),
    )
    _note(actor, row, "opinion", agrees=agrees, edition=edition.number)


# --- recommendations -------------------------------------------------------------------------------------------------


@transaction.atomic
def recommend(*, actor: Actor, key: int, text: str, owner: str, due: date | None, node: str = "") -> int:
    """A new recommendation; returns its key.

    errors  NotPermitted ``navigation.team_only`` · Invalid ``navigation.recommendation_words``
    """
    row = reads.project_row(actor, key)
    reads.ensure_may_work(actor, row)
    if not text.strip() or not owner.strip() or due is None:
        raise Invalid("navigation.recommendation_words")
    made = Recommendation.objects.create(
        project=row,
        text=text.strip(),
        owner_name=owner.strip()[:200],
        due_date=due,
        node=node if reads.chain_of(actor, row).node(node) else "",
        written_at=timezone.now(),
    )
    _note(actor, row, "recommend", recommendation=made.pk)
    return made.pk


def _recommendation(actor: Actor, key: int, recommendation: int) -> Recommendation:
    row = reads.project_row(actor, key)
    reads.ensure_may_work(actor, row)
    found = row.recommendations.filter(pk=recommendation).first()
    if found is None:
        raise NotFound("navigation.recommendation_unknown")
    return found


@transaction.atomic
def decide(*, actor: Actor, key: int, recommendation: int, decision: Decision, reason: str) -> None:
    """Note what was decided about a recommendation, and why. Errors as for ``recommend`` · NotFound."""
    found = _recommendation(actor, key, recommendation)
    found.decision, found.reason = decision, reason.strip()
    found.decided_at = None if decision is Decision.OPEN else timezone.now()
    found.save()
    _note(actor, found.project, "decide", recommendation=found.pk, decision=str(decision))


@transaction.atomic
def note_outcome(*, actor: Actor, key: int, recommendation: int, outcome: str) -> None:
    """Note what came of a recommendation that was decided upon.

    errors  as ``decide`` · Conflict ``navigation.outcome_needs_decision`` · Invalid ``navigation.text_missing``
    """
    found = _recommendation(actor, key, recommendation)
    if found.decision == Decision.OPEN:
        raise Conflict("navigation.outcome_needs_decision")
    if not outcome.strip():
        raise Invalid("navigation.text_missing")
    found.outcome, found.outcome_at = outcome.strip(), timezone.now()
    found.save()
    _note(actor, found.project, "outcome", recommendation=found.pk)
