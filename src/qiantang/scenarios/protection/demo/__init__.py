"""Disputes of the demo city, through the services: one at each stage, closed ones for the figures. All invented, and marked so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import new, sha256
from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.accounts import api as accounts
from qiantang.commons.evidence import api as evidence
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.protection.demo.marks import furnish_marks
from qiantang.scenarios.protection.demo.origin import furnish_origin
from qiantang.scenarios.protection.methods.registers import Ground, GroundKind
from qiantang.scenarios.protection.models import Dispute, Expert, Mediator, Proceeding
from qiantang.scenarios.protection.services import (
    access,
    agreements,
    assistance,
    clues,
    connectors,
    disputes,
    library,
    mediators,
    papers,
    registers,
    room,
    serving,
    steps,
)
from qiantang.scenarios.protection.types import Intake

if TYPE_CHECKING:
    from collections.abc import Mapping

_PEOPLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "party": ("演示申请人", ()),
    "respondent": ("演示被申请人", ()),
    "mediator": ("演示调解员", ("mediator",)),
    "officer": ("演示办案人员", ("case_officer",)),
    "supervisor": ("演示负责人", ("supervisor",)),
    "enforcer": ("演示执法人员", ()),
    "expert": ("演示专家", ("expert",)),
}
_REGISTER = (
    "body,kind,name,fields,languages,most_open,username,ties,source\n"
    "演示市知识产权人民调解委员会,people,演示调解员,invention;infringement;utility_model,zh;en,50,mediator,,演示数据\n"
    "演示市知识产权人民调解委员会,people,演示调解员乙,trade_mark;counterfeit,zh,5,,,演示数据\n"
    "演示商会调解中心,industry,演示调解员丙,design,zh,5,,演示被申请公司,演示数据\n"
)
_TOLD = Intake(
    right_kind="invention",
    right_number="ZL209910000001.X",
    right_title="一种演示用电池热管理装置",
    right_in_force=True,
    matter="infringement",
    respondent="演示被申请公司",
    place="演示市",
    goods="电池包",
    description="在演示展会上展出并销售落入权利要求1的产品。（虚构）",
    wanted="停止侵权并赔偿损失",
    stop_wanted=True,
    damages_yuan=200_000,
    clear=True,
    online=True,
    arbitration_agreement=False,
    urgent=False,
    foreign=False,
    validity_doubt=False,
    nationwide=False,
    organised=False,
)
_EXPERTS = (
    "body,name,fields,languages,countries,most_open,username,ties,term_until,source\n"
    "演示大学知识产权研究院,演示专家,invention;infringement,zh;en,Germany,20,expert,,,演示数据\n"
    "演示知识产权事务所,演示专家乙,trade_mark,zh,,5,,演示被申请公司,,演示数据\n"
)
_OPINION = {
    "basis": "以权利要求1为比对基础。（虚构）",
    "comparison": "控制单元一项特征以等同方式体现，其余特征相同。（虚构）",
    "conclusion": "落入保护范围的可能性较大。（虚构）",
    "open": "温度传感器的安装位置尚待核实。（虚构）",
}
_CLUE = Intake(
    right_kind="trade_mark",
    right_title="演示商标",
    respondent="演示茶叶商行",
    place="演示市某仓库",
    description="日常巡查中发现成批假冒包装盒，数量较大。（虚构）",
    counterfeit_yuan=80_000,
)
_CLOSED = 6  # enough for the figures of a route


def furnish(password: str) -> None:
    """People and disputes. Doing it again changes nothing."""
    people = {name: _person(name, password) for name in _PEOPLE}
    furnish_marks(people, Actor.system("demo", Channel.COMMAND))
    if not Dispute.objects.exists():
        _disputes(people)
    furnish_origin(people)


def _disputes(people: Mapping[str, Actor]) -> None:
    mediators.import_mediators(actor=people["supervisor"], table=_REGISTER)
    for place in range(_CLOSED):
        number = _mediation(people, f"closed-{place}")
        if place < _CLOSED - 1:
            _settled(people, number, 30_000 + 10_000 * place)
        else:
            steps.take_step(actor=people["respondent"], number=number, action="fail", note="（虚构）双方分歧过大")
    _talked(people, _mediation(people, "open"))
    _adjudicated(people)
    _assisted(people)
    _clued(people)
    _told_on(people)
    _registered(people)
    court = disputes.choose_route(actor=people["party"], number=_filed(people, "court"), route="court")
    connectors.send_over(actor=people["party"], number=court)
    disputes.open_dispute(actor=people["party"])
    _filed(people, "fresh")


def _person(name: str, password: str) -> Actor:
    system = Actor.system("demo", Channel.COMMAND)
    there = {one.username: one for one in accounts.people(system)}
    shown, roles = _PEOPLE[name]
    found = there.get(name) or accounts.create_account(
        actor=system, username=name, display_name=shown, password=password, roles=roles
    )
    return Actor(person_id=found.id, name=shown, roles=frozenset(roles), channel=Channel.COMMAND)


def _filed(people: Mapping[str, Actor], mark: str) -> str:
    party, content = people["party"], f"演示证据 {mark}".encode()
    digests = {"sha256": sha256(content).hexdigest(), "sm3": new("sm3", content).hexdigest()}
    deposit = evidence.deposit(
        actor=party, asked=evidence.Asked(name=f"演示照片-{mark}.jpg", digests=digests, size_bytes=len(content))
    )
    number = disputes.open_dispute(actor=party).number
    today = timezone.localdate()
    told = replace(_TOLD, happened_on=today - timedelta(days=40), known_on=today - timedelta(days=30))
    disputes.save_intake(actor=party, number=number, told=told)
    disputes.add_exhibit(actor=party, number=number, deposit=deposit, shows="被控产品外观（虚构）")
    disputes.file_dispute(actor=party, number=number)
    Dispute.objects.filter(synthetic=False).update(synthetic=True)
    return number


def _mediation(people: Mapping[str, Actor], mark: str) -> str:
    """A mediation in which both sides and the mediator have come together."""
    number = disputes.choose_route(actor=people["party"], number=_filed(people, mark), route="mediation")
    steps.take_step(actor=people["officer"], number=number, action="invite")
    _join(people, number)
    steps.take_step(actor=people["respondent"], number=number, action="agree")
    chosen = Mediator.objects.get(name=_PEOPLE["mediator"][0]).pk
    for side in ("party", "respondent"):
        mediators.name_mediator(actor=people[side], number=number, mediator_id=chosen)
    mediators.accept_appointment(actor=people["mediator"], number=number)
    disputes.open_evidence(actor=people["party"], number=number)
    return number


def _join(people: Mapping[str, Actor], number: str) -> None:
    code = access.issue_code(actor=people["officer"], number=number, side="respondent")
    access.join_by_code(actor=people["respondent"], number=number, code=code)


def _settled(people: Mapping[str, Actor], number: str, amount: int) -> None:
    by = timezone.localdate() + timedelta(days=30)
    room.propose(
        actor=people["mediator"], number=number, terms="停止销售并支付补偿（虚构）", amount_yuan=amount, perform_by=by
    )
    for side in ("party", "respondent"):
        room.answer_proposal(actor=people[side], number=number, version=1, agreed=True)
    steps.take_step(actor=people["party"], number=number, action="settle")


def _talked(people: Mapping[str, Actor], number: str) -> None:
    """Up to the agreement that waits to be signed."""
    by = timezone.localdate() + timedelta(days=20)
    room.say(actor=people["mediator"], number=number, channel="joint", text="双方好，请各自说明诉求。（虚构）")
    room.say(actor=people["party"], number=number, channel="applicant", text="我们可以接受分期。（虚构）")
    room.call_session(actor=people["mediator"], number=number, starts_at=timezone.now(), place="第二调解室")
    room.propose(actor=people["party"], number=number, terms="一次付清（虚构）", amount_yuan=200_000, perform_by=by)
    room.propose(
        actor=people["respondent"],
        number=number,
        terms="停止销售，分两期付清（虚构）",
        amount_yuan=90_000,
        perform_by=by,
    )
    room.bid_blind(actor=people["party"], number=number, amount_yuan=80_000)
    room.bid_blind(actor=people["respondent"], number=number, amount_yuan=95_000)
    room.answer_proposal(actor=people["party"], number=number, version=2, agreed=True)
    agreements.lay_out(actor=people["mediator"], number=number)


def _adjudicated(people: Mapping[str, Actor]) -> None:
    """Up to the exchange of evidence."""
    number = disputes.choose_route(actor=people["party"], number=_filed(people, "adjudication"), route="adjudication")
    request = papers.draw_up_request(actor=people["party"], number=number)
    steps.take_step(actor=people["officer"], number=number, action="file")
    _join(people, number)
    serving.serve_paper(actor=people["officer"], number=number, paper=request, side="respondent", method="electronic")
    papers.go_on_when_served(actor=people["officer"], number=number)
    papers.hand_in(actor=people["respondent"], number=number, text="被控产品缺少权利要求1的控制单元。（虚构）")


def _assisted(people: Mapping[str, Actor]) -> None:
    """Up to the expert's opinion, which waits for the advice of the centre; another one waits for its expert."""
    assistance.import_experts(actor=people["supervisor"], table=_EXPERTS)
    expert = Expert.objects.get(name=_PEOPLE["expert"][0]).pk
    for mark, parts in (("opinion", _OPINION), ("asked", None)):
        number = disputes.choose_route(actor=people["party"], number=_filed(people, mark), route="assistance")
        assistance.ask_for_help(
            actor=people["party"], number=number, kind="small", services=["opinion"], seat_in_city=True, country=""
        )
        steps.take_step(actor=people["officer"], number=number, action="check_identity")
        assistance.accept_help(actor=people["officer"], number=number)
        opinion = assistance.ask_expert(
            actor=people["officer"],
            number=number,
            expert_id=expert,
            kind="infringement",
            question="被控产品是否落入权利要求1的保护范围？（虚构）",
        )
        if parts is not None:
            assistance.hand_in_opinion(actor=people["expert"], opinion_id=opinion, parts=parts)


def _clued(people: Mapping[str, Actor]) -> None:
    """A clue that waits for the approval of a second person."""
    number = clues.note_clue(actor=people["officer"], told=_CLUE)
    Dispute.objects.filter(synthetic=False, told__respondent=_CLUE.respondent).update(synthetic=True)
    for kind, text in (("investigation", "现场检查记录。（虚构）"), ("goods_list", "包装盒 1200 个。（虚构）")):
        clues.add_clue_paper(actor=people["officer"], number=number, kind=kind, text=text)
    clues.take_clue_step(actor=people["officer"], number=number, action="propose", note="数额达到移送标准。（虚构）")


def _told_on(people: Mapping[str, Actor]) -> None:
    """A closed mediation in the library, and one that waits to be read by a second person."""
    closed = Proceeding.objects.filter(outcome="settled").select_related("case").order_by("pk")[:2]
    for place, row in enumerate(closed):
        key = library.write_library_case(
            actor=people["officer"],
            number=str(parse_case_number(row.case.number)),
            title="电池热管理装置发明专利侵权调解案（虚构）",
            facts="权利人在展会上发现一企业展出的电池包具有其专利的全部部件。（虚构）",
            points="等同特征如何比对；一次性补偿与停止销售如何安排。（虚构）",
            result="双方达成协议：停止销售并支付补偿。（虚构）",
        )
        if place == 0:
            library.publish_library_case(actor=people["supervisor"], key=key)


def _registered(people: Mapping[str, Actor]) -> None:
    """A proposal, and one of which notice was given; an entry waits for the time to object."""
    today = timezone.localdate()
    for name, mark in (("演示重复侵权商行", "1"), ("演示重复侵权工厂", "2")):
        grounds = [
            Ground(
                kind=GroundKind.PENALTY,
                authority="演示市市场监督管理局",
                reference=f"演市监罚〔虚构〕{mark}{place}号",
                decided_on=today - timedelta(days=300 - place),
                final_on=today - timedelta(days=120 - place),
            )
            for place in (1, 2)
        ]
        number = registers.propose_entry(
            actor=people["officer"], register="infringer", name=name, grounds=grounds, synthetic=True
        )
        if mark == "2":
            registers.give_notice(actor=people["officer"], number=number, how="演示送达（虚构）")
