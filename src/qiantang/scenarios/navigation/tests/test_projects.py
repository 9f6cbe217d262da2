"""A project after GB/T 39551: a stage closes only when its outputs exist, and the lead signs."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.utils.html import escape

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.navigation import demo, workflow
from qiantang.scenarios.navigation.models import Edition, Project
from qiantang.scenarios.navigation.selectors import projects as reads
from qiantang.scenarios.navigation.services import projects, sampling
from qiantang.scenarios.navigation.types import Decision, Duty, ProjectType, SampleKind, Verdict
from qiantang.scenarios.navigation.workflow import ProjectFacts

from .conftest import PASSWORD, SYSTEM, person

pytestmark = pytest.mark.feature("S4-01")
WHOLE = ProjectFacts(
    has_question=True, leads=1, reviewers=1, has_cutoff=True, chain_bound=True, measured=2, recalled=1,
    edition_ready=True, texts=1, opinions=1, edition_published=True, recommendations=1,
)  # fmt: skip
BROKEN = {
    "question": {"has_question": False},
    "lead": {"leads": 0},
    "reviewer": {"reviewers": 0},
    "plan": {"unplanned": 1},
    "chain": {"chain_bound": False},
    "cutoff": {"has_cutoff": False},
    "precision": {"unmeasured": ("1.1",)},
    "recall": {"recalled": 0},
    "edition": {"edition_ready": False},
    "analyses": {"wanted_analyses": frozenset({"topics"})},
    "texts": {"texts": 0},
    "opinion": {"opinions": 0},
    "agreed": {"objections": 1},
    "published": {"edition_published": False},
    "recommendations": {"recommendations": 0},
    "decisions": {"undecided": 1},
    "outcomes": {"without_outcome": 1},
}


def test_the_stages_are_those_of_the_standard_in_their_order():
    stages = [one.key for one in workflow.STAGES]
    assert stages == [
        "planned",
        "collecting",
        "cleaning",
        "analysing",
        "reviewing",
        "published",
        "applied",
        "evaluated",
    ]
    walked, here = [], workflow.FIRST
    while here != workflow.DONE:
        walked.append(here)
        here = workflow.after(here)
    assert walked == stages
    assert set(BROKEN) == {output.key for stage in workflow.STAGES for output in stage.outputs}


OUTPUTS = [pytest.param(s.key, o, id=f"{s.key}-{o.key}") for s in workflow.STAGES for o in s.outputs]


@pytest.mark.parametrize(("stage", "output"), OUTPUTS)
def test_each_output_is_asked_for_in_its_stage(stage, output):
    assert workflow.missing(stage, WHOLE) == ()
    assert output in workflow.missing(stage, replace(WHOLE, **BROKEN[output.key]))


@pytest.fixture
def begun(lin, land):
    return projects.begin_project(
        actor=lin, title="导航", kind=ProjectType.INDUSTRY, question="问题", scope="范围", industry="biomedicine"
    )


@pytest.mark.django_db
def test_a_stage_stays_open_until_its_outputs_are_there(lin, shen, begun):
    with pytest.raises(Conflict, match="stage_incomplete"):
        projects.close_stage(actor=lin, key=begun)
    projects.name_member(actor=lin, key=begun, username="shen", duty=Duty.REVIEWER)
    with pytest.raises(NotPermitted, match="lead_only"):
        projects.close_stage(actor=shen, key=begun)
    days = dict.fromkeys((one.key for one in workflow.STAGES), land_day())
    projects.plan_stages(actor=lin, key=begun, days=days)
    assert projects.close_stage(actor=lin, key=begun, note="好") == "collecting"
    record = Project.objects.get().stages.get(stage="planned")
    assert (record.closed_by, record.note) == ("Lin", "好")
    assert record.closed_at is not None
    (entry, *_) = audit.entries(SYSTEM, subject=f"project:{begun}")
    assert entry.verb == "navigation.project.close_stage"


def land_day():
    from datetime import date

    return date(2026, 12, 1)


@pytest.mark.django_db
def test_the_rules_of_the_team(lin, shen, begun):
    with pytest.raises(Conflict, match="last_lead"):
        projects.name_member(actor=lin, key=begun, username="lin", duty=None)
    with pytest.raises(NotFound, match="person_unknown"):
        projects.name_member(actor=lin, key=begun, username="nobody", duty=Duty.ANALYST)
    with pytest.raises(NotFound, match="project_unknown"):
        projects.recommend(actor=shen, key=begun, text="x", owner="y", due=land_day())
    for gap in ({"text": " "}, {"owner": ""}, {"due": None}):  # what, who, by when: none of it may be missing
        with pytest.raises(Invalid, match="recommendation_words"):
            projects.recommend(actor=lin, key=begun, **{"text": "x", "owner": "y", "due": land_day()} | gap)
    with pytest.raises(Invalid, match="project_words"):
        projects.change_project(actor=lin, key=begun, title="x", question=" ", scope="z")
    with pytest.raises(NotPermitted, match="analysts_only"):
        projects.begin_project(
            actor=shen, title="x", kind=ProjectType.TALENT, question="x", scope="x", industry="biomedicine"
        )


@pytest.mark.feature("S4-17")
@pytest.mark.django_db
def test_the_demo_project_goes_through_all_stages_and_its_pages_are_whole(land, client):
    person("analyst")
    person("operator", "operator")
    for _ in range(2):  # a second start changes nothing
        demo.furnish_project.call("analyst", "operator")
    project = Project.objects.get()
    assert project.stage == "published"
    edition = Edition.objects.get()
    assert (edition.state, edition.snapshot, edition.synthetic) == ("published", 1, True)
    lead = replace(reads_actor("analyst"), roles=frozenset({"analyst"}))
    assert projects.close_stage(actor=lead, key=project.pk) == "applied"
    with pytest.raises(Conflict, match="stage_incomplete"):
        projects.close_stage(actor=lead, key=project.pk)
    adopted, other = sorted(project.recommendations.all(), key=lambda one: one.decision)
    with pytest.raises(Conflict, match="outcome_needs_decision"):
        projects.note_outcome(actor=lead, key=project.pk, recommendation=other.pk, outcome="x")
    projects.decide(actor=lead, key=project.pk, recommendation=other.pk, decision=Decision.REJECTED, reason="无预算")
    assert projects.close_stage(actor=lead, key=project.pk) == "evaluated"
    projects.note_outcome(actor=lead, key=project.pk, recommendation=adopted.pk, outcome="新增布局三件")
    assert projects.close_stage(actor=lead, key=project.pk) == workflow.DONE
    pages(client, project.pk, edition.pk, "en")
    client.login(username="analyst", password=PASSWORD)
    pages(client, project.pk, edition.pk, "zh-hans")


@pytest.mark.feature("S3-18")
@pytest.mark.django_db
def test_the_result_of_a_search_becomes_the_scope_of_a_project(land, client, lin, shen):
    """An analyst begins from the result page; whoever may not begin one is not shown the way."""
    english = {"accept-language": "en"}
    query = 'CC=CN AND NOT TI=("a<b" OR 泵)'
    client.login(username="lin", password=PASSWORD)
    result = client.get("/search", {"q": query}, headers=english)
    (begin,) = re.findall(r'href="(/navigation/projects/new\?[^"]*)"', result.content.decode())
    page = client.get(unescape(begin), headers=english)
    total = result.context["result"].total
    assert total > 0
    scope = page.context["form"]["scope"].value()
    assert scope == f"Patents that fit the query {result.context['result'].canonical} ({total} of them on snapshot 1)."
    assert str(escape(scope)) in page.content.decode()
    client.login(username="shen", password=PASSWORD)
    assert "/navigation/projects/new" not in client.get("/search", {"q": query}).content.decode()
    assert "/navigation/projects/new" not in client.get("/search", {"q": "ID=nothing"}).content.decode()


def reads_actor(name):
    from qiantang.commons.accounts import api as accounts
    from qiantang.kernel.actor import Actor

    found = accounts.person_by_username(SYSTEM, name)
    return Actor(person_id=found.id, name=found.display_name, roles=found.roles)


def pages(client, project, edition, language):
    """Every page of a published project, for whoever comes."""
    base = f"/navigation/editions/{edition}"
    addresses = [
        *("/navigation", "/navigation/industries/biomedicine", f"/navigation/projects/{project}"),
        *(f"/navigation/projects/{project}/samples", f"/navigation/projects/{project}/recommendations"),
        *(base, f"{base}?node=1.1", f"{base}?view=decision", f"{base}?view=enterprise", f"{base}/key-patents"),
        *(
            f"{base}/figure?node=&key=total",
            f"{base}/figure?node=1&key=city_share",
            f"{base}/changes",
            f"{base}/report",
        ),
    ]
    for address in addresses:
        response = client.get(address, headers={"accept-language": language})
        assert response.status_code == 200, address
        assert "%(" not in response.content.decode()
    assert client.get(f"{base}/figure?node=&key=nothing").status_code == 404
    assert reads.newest_edition(Project.objects.get(), published=True).pk == edition


@pytest.mark.django_db
def test_a_recall_sample_in_which_nothing_belongs_to_the_node_measures_nothing(lin, begun):
    key = sampling.draw_sample(actor=lin, key=begun, node="1.1.1", kind=SampleKind.RECALL, size=6, query="CC=CN")
    row = Project.objects.get()
    ids = list(row.samples.get().items.values_list("patent_id", flat=True))
    sampling.label(actor=lin, sample=key, verdicts=dict.fromkeys(ids, Verdict.FOREIGN))
    assert reads.facts(lin, row).recalled == 0
    sampling.label(actor=lin, sample=key, verdicts={ids[0]: Verdict.RELEVANT})
    assert reads.facts(lin, row).recalled == 1
