"""One whole navigation project of the demo city, through the services: measured, computed, reviewed, published."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django_tasks import task

from qiantang.commons.accounts import api as accounts
from qiantang.corpus.register import api as register
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.navigation import workflow
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.models import Project
from qiantang.scenarios.navigation.rules import MOST_SAMPLE
from qiantang.scenarios.navigation.selectors import projects as reads
from qiantang.scenarios.navigation.services import editions, marks, projects, sampling
from qiantang.scenarios.navigation.types import Decision, Duty, MarkKind, ProjectType, SampleKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.scenarios.navigation.models import SampleItem

_INDUSTRY = "biomedicine"
_TITLE = "生物医药产业专利导航"
_QUESTION = "本市生物医药产业应强化哪些环节、补齐哪些环节，三年内向哪里延伸？"
_SCOPE = "检索截止日前公开的国内外发明与实用新型；不含外观设计，不评价单个企业的经营。"
_SAYS = {
    "summary": "上游检测与原料基础较好，制剂环节参与者多而分散。以下判断均以所列数字为依据，数字之外不作推断。",
    "position": "优势环节宜围绕龙头延伸配套；偏弱环节先查明是缺人才还是缺平台，再定扶持方式。",
}
_PROPOSES = (
    ("对“基因检测与测序”环节的本地企业开展专利布局辅导，年内形成组合方案。", "1.1.1", "市知识产权保护中心"),
    ("为“制剂与递送”环节引进一家中试平台，签约前完成自由实施分析。", "2.2.2", "市经济和信息化局"),
)
_SAMPLE = 6
_OPENS_WITH = ("question", "reviewer", "plan")


def furnish(analyst: str, reviewer: str) -> None:
    """Leave the project to the worker, behind the building of the city. Doing it again changes nothing."""
    furnish_project.enqueue(analyst, reviewer)


@task()
def furnish_project(analyst: str, reviewer: str) -> None:
    """Once the city is there: a project from its question to its first published edition."""
    if register.current_snapshot() is None or Project.objects.exists():
        return
    lead, other = _actor(analyst), _actor(reviewer)
    lead = replace(lead, roles=lead.roles | {"analyst"})
    key = projects.begin_project(
        actor=lead, title=_TITLE, kind=ProjectType.INDUSTRY, question=_QUESTION, scope=_SCOPE, industry=_INDUSTRY
    )
    projects.name_member(actor=lead, key=key, username=reviewer, duty=Duty.REVIEWER)
    today = timezone.localdate()
    days = {one.key: today + timedelta(days=30 * at) for at, one in enumerate(workflow.STAGES, 1)}
    projects.plan_stages(actor=lead, key=key, days=days)
    projects.close_stage(actor=lead, key=key, note="立项会议通过。")
    projects.set_cutoff(actor=lead, key=key)
    projects.close_stage(actor=lead, key=key)
    _look_up(lead, key)
    _measure(lead, other, key)
    projects.close_stage(actor=lead, key=key, note="各环节查准率达到要求。")
    edition = editions.request_edition(actor=lead, key=key)
    editions.compute_edition(actor=Actor.system("demo", Channel.COMMAND), key=edition)
    for section, text in _SAYS.items():
        projects.write_text(actor=lead, key=key, section=section, text=text)
    projects.close_stage(actor=lead, key=key)
    projects.give_opinion(actor=other, key=key, agrees=True, text="数据口径清楚，结论与数字相符，同意发布。")
    editions.publish_edition(actor=lead, key=edition)
    projects.close_stage(actor=lead, key=key, note="评审通过。")
    _propose(lead, key)


def _look_up(lead: Actor, key: int) -> None:
    """Two invented lists, so that standards and court cases have something to show."""
    chain = reads.chain_of(lead, reads.project_row(lead, key))
    ids = register.desk.result_ids(strategy_of(chain, "1"))[1]
    for kind, reference, source, some in (
        (MarkKind.STANDARD, "T/DEMO 001", "演示用标准声明清单", ids[:2]),
        (MarkKind.LITIGATION, "（演示）民初1号", "演示用裁判清单", ids[2:3]),
    ):
        numbers = [one.number_shown for one in register.get_many(some).values()]
        if numbers:
            text = "\n".join(f"{number}\t{reference}" for number in numbers)
            marks.bring_marks(actor=lead, kind=kind, text=text, source=source)


def _measure(lead: Actor, other: Actor, key: int) -> None:
    """A small labelled sample at each lowest node; invented labels for invented patents, as every page says."""
    project = reads.project_row(lead, key)
    leaves = [one.code for one in reads.chain_of(lead, project).leaves()]
    first = None
    for code in leaves:
        try:
            sample = sampling.draw_sample(
                actor=lead, key=key, node=code, kind=SampleKind.PRECISION, size=_SAMPLE, seed=f"demo-{code}"
            )
        except Invalid:  # a node that finds nothing here cannot be measured
            continue
        first = first or sample
        sampling.label(actor=lead, sample=sample, verdicts=_said(project.samples.get(pk=sample).items.all(), 11))
    recalled = sampling.draw_sample(
        actor=lead, key=key, node="1.1", kind=SampleKind.RECALL, size=MOST_SAMPLE, query="CC=CN", seed="demo-recall"
    )
    verdicts = {
        one.patent_id: Verdict.RELEVANT if one.found or sum(map(ord, one.patent_id)) % 397 == 0 else Verdict.FOREIGN
        for one in project.samples.get(pk=recalled).items.all()
    }
    sampling.label(actor=lead, sample=recalled, verdicts=verdicts)
    if first is not None:
        sampling.begin_review(actor=other, sample=first)
        sampling.label_again(actor=other, sample=first, verdicts=_said(project.samples.get(pk=first).items.all(), 13))


def _said(items: Iterable[SampleItem], every: int) -> dict[str, Verdict]:
    """Verdicts by a rule that has nothing to do with what the patents say: one in so many is foreign."""
    return {
        one.patent_id: Verdict.FOREIGN if sum(map(ord, one.patent_id)) % every == 0 else Verdict.RELEVANT
        for one in items
    }


def _propose(lead: Actor, key: int) -> None:
    due = timezone.localdate() + timedelta(days=180)
    made = [
        projects.recommend(actor=lead, key=key, text=text, owner=owner, due=due, node=node)
        for text, node, owner in _PROPOSES
    ]
    projects.decide(actor=lead, key=key, recommendation=made[0], decision=Decision.ADOPTED, reason="列入年度计划。")


def _actor(username: str) -> Actor:
    person = accounts.person_by_username(Actor.system("demo", Channel.COMMAND), username)
    return Actor(person_id=person.id, name=person.display_name, roles=person.roles, channel=Channel.COMMAND)
