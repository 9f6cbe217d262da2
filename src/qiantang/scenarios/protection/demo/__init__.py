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
from qiantang.scenarios.protection.demo.marks import furnish_marks
from qiantang.scenarios.protection.models import Dispute, Mediator
from qiantang.scenarios.protection.services import (
    access,
    agreements,
    connectors,
    disputes,
    mediators,
    papers,
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
_CLOSED = 6  # enough for the figures of a route


def furnish(password: str) -> None:
    """People and disputes. Doing it again changes nothing."""
    people = {name: _person(name, password) for name in _PEOPLE}
    furnish_marks(people, Actor.system("demo", Channel.COMMAND))
    if Dispute.objects.exists():
        return
    mediators.import_mediators(actor=people["supervisor"], table=_REGISTER)
    for place in range(_CLOSED):
        number = _mediation(people, f"closed-{place}")
        if place < _CLOSED - 1:
            _settled(people, number, 30_000 + 10_000 * place)
        else:
            steps.take_step(actor=people["respondent"], number=number, action="fail", note="（虚构）双方分歧过大")
    _talked(people, _mediation(people, "open"))
    _adjudicated(people)
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
