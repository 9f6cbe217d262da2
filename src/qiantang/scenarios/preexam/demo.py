"""A centre at work for the demonstration: five people, a subject, an agency, and drafts in different stages. All of it made up."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts.api import create_account, mandates, people
from qiantang.commons.casework import api as casework
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.numbers import cn_check_character
from qiantang.scenarios.preexam.models import DraftRequest, NationalEvent, SecondReading
from qiantang.scenarios.preexam.services import agencies, answering, concluding, examining, following, intake, subjects
from qiantang.scenarios.preexam.types import SubjectFacts
from qiantang.scenarios.preexam.types.drafts import STATEMENTS, NewItem

if TYPE_CHECKING:
    from qiantang.commons.accounts.api import Person

_TEXT: Final = (Path(__file__).resolve().parent / "methods" / "samples" / "pump.txt").read_text(encoding="utf-8")
_SCAN: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea735"
    "81e40000000049454e44ae426082"
)
_FIRM: Final = ("913301067996550582", "钱塘泵业有限公司（虚构）")
_AGENCY: Final = ("91330100MA2DEM0A1", "钱江潮专利代理事务所（虚构）")
# user name -> name shown, roles
_PEOPLE: Final = {
    "applicant": ("演示申请人", ()),
    "agent": ("演示代理师", ()),
    "examiner": ("演示审查员甲", ("examiner",)),
    "examiner2": ("演示审查员乙", ("examiner",)),
    "supervisor": ("演示负责人", ("supervisor",)),
}
_STATED: Final = dict.fromkeys(STATEMENTS, False) | {"electronic": True, "waives_amendment": True}
_FACTS: Final = SubjectFacts(
    founded_on=date(2018, 3, 1),
    in_existence=True,
    main_class="F04D 1/00",
    contact_name="演示联系人",
    insured_staff=36,
    granted_inventions=4,
    granted_models_and_designs=11,
    undertaking_signed=True,
    contact_verified=True,
)
# what is wrong with a draft of the demonstration: words of the sample, and what stands there instead
_PLANTED: Final = (
    ("厚度为2.5~3.5 mm", "厚度约为3 mm"),
    ("所述壳体(1)为铸铁", "所述壳体(1)最好为铸铁"),
    ("其特征在于,还包括传感器(6)", "其特征在于,还包括传感器(6),如图1所示"),
)


@dataclass(frozen=True, slots=True)
class _House:
    applicant: Actor
    agent: Actor
    first: Actor
    second: Actor
    lead: Actor


def furnish(password: str) -> None:
    """Once: people who can sign in with the password, and their cases."""
    if DraftRequest.objects.filter(synthetic=True).exists():
        return
    with transaction.atomic():
        house = _house(password)
        _active(house)
        _fresh(house)
        _asked(house)
        _answered(house)
        _waiting(house)
        for place, (days, took) in enumerate(((238, 92), (205, 78), (176, 101))):
            _granted(house, place, timezone.localdate() - timedelta(days=days), took)


def _house(password: str) -> _House:
    keeper = Actor.system("demo", Channel.COMMAND)
    there = {one.username: one for one in people(keeper)}
    made: dict[str, Person] = {}
    for username, (shown, roles) in _PEOPLE.items():
        made[username] = there.get(username) or create_account(
            actor=keeper, username=username, display_name=shown, password=password, roles=roles
        )
    actors = {name: Actor(person_id=one.id, name=one.display_name, roles=one.roles) for name, one in made.items()}
    lead = actors["supervisor"]
    applicant = _acting(actors["applicant"], lead, *_FIRM)
    agent = _acting(actors["agent"], lead, _AGENCY[0] + _check(_AGENCY[0]), _AGENCY[1])
    return _House(applicant, agent, actors["examiner"], actors["examiner2"], lead)


def _check(body: str) -> str:
    """The check character of a credit code (GB 32100-2015)."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(signs.index(sign) * weight for sign, weight in zip(body, weights, strict=True))
    return signs[(31 - total % 31) % 31]


def _acting(actor: Actor, lead: Actor, uscc: str, name: str) -> Actor:
    firm = mandates.register_organisation(actor=actor, uscc=uscc, name=name)
    today = timezone.localdate()
    asked = mandates.request_mandate(
        actor=actor,
        organisation_id=firm.id,
        scopes=["everything"],
        start_date=today,
        end_date=today + timedelta(days=360),
        evidence="演示委托书",
    )
    mandates.settle_mandate(actor=lead, mandate_id=asked.id, grant=True)
    return replace(actor, organisation_id=firm.id)


def _active(house: _House) -> None:
    filing = subjects.open_subject_filing(actor=house.applicant)
    subjects.save_subject(actor=house.applicant, number=filing.number, told=_FACTS)
    subjects.submit_subject(actor=house.applicant, number=filing.number)
    subjects.note_findings(actor=house.first, number=filing.number, abnormal_filings=0, dishonest=False)
    for who, action in (
        (house.first, "pass_review"),
        (house.lead, "send_to_cnipa"),
        (house.first, "record_acceptance"),
    ):
        casework.advance(actor=who, number=filing.number, action=action)
    listed = f"uscc,name,licence\n{_AGENCY[0]}{_check(_AGENCY[0])},{_AGENCY[1]},演示\n"
    agencies.import_list(
        actor=house.lead,
        text=listed,
        effective_date=date(timezone.localdate().year, 1, 1),
        source="演示名单（虚构）",
        article="演示规则第13条",
    )
    agencies.register_agency(actor=house.agent, attorneys=6, contact="演示联系人")
    for person, classes in ((house.first, ["F04D", "F04B", "H02K 7/14"]), (house.second, ["B25J", "G05B"])):
        assert person.person_id is not None
        examining.set_examiner_classes(actor=house.lead, person_id=person.person_id, classes=classes)


def _text(planted: int) -> str:
    text = _TEXT
    for sound, wrong in _PLANTED[:planted]:
        assert sound in text, sound
        text = text.replace(sound, wrong)
    return text


def _filled(house: _House, *, planted: int = 0, by_agency: bool = False, main_class: str = "F04D 1/00") -> str:
    actor = house.agent if by_agency else house.applicant
    opened = intake.open_draft(
        actor=actor, kind="invention", applicant_uscc=_FIRM[0] if by_agency else "", synthetic=True
    )
    intake.save_statements(actor=actor, number=opened.number, main_class=main_class, told=_STATED)
    _upload(actor, opened.number, _text(planted))
    papers = ["self_check", "prior_art", "undertaking", *(["power_of_attorney"] if by_agency else [])]
    for slot in papers:
        intake.hand_in_paper(actor=actor, number=opened.number, slot=slot, stream=io.BytesIO(_SCAN), name=f"{slot}.png")
    return opened.number


def _upload(actor: Actor, number: str, text: str) -> None:
    intake.hand_in_version(actor=actor, number=number, stream=io.BytesIO(text.encode()), name="离心水泵（虚构）.txt")


def _examining(house: _House, number: str, actor: Actor) -> None:
    intake.submit_draft(actor=actor, number=number)
    examining.accept_draft(actor=house.first, number=number)
    examining.assign_draft(actor=house.lead, number=number, person_id=house.first.person_id)


def _ask(house: _House, number: str) -> None:
    for claim, rule, text in (
        (2, "CL-14", "“约”使范围不清楚，请写明数值范围。"),
        (3, "CL-14", "“最好”不得使用，请删除。"),
    ):
        examining.add_item(actor=house.first, number=number, item=NewItem("claims", claim, None, rule, text))
    examining.request_amendment(actor=house.first, number=number)


def _fresh(house: _House) -> None:
    """Begun, with things missing."""
    opened = intake.open_draft(actor=house.applicant, kind="utility_model", synthetic=True)
    told: dict[str, bool | None] = {"international": False, "divisional": False}
    intake.save_statements(actor=house.applicant, number=opened.number, main_class="A61K 8/00", told=told)


def _asked(house: _House) -> None:
    """With the applicant, two items to answer."""
    number = _filled(house, planted=2)
    _examining(house, number, house.applicant)
    _ask(house, number)


def _answered(house: _House) -> None:
    """By the agency, answered, with a change that nobody asked for."""
    number = _filled(house, planted=2, by_agency=True)
    _examining(house, number, house.agent)
    _ask(house, number)
    sneaked = (
        _text(0)
        .replace("所述叶片(4)的厚度", "所述叶片(4)的最大厚度")
        .replace("轴承磨损大。\n发明内容", "轴承磨损快。\n发明内容")
    )
    _upload(house.agent, number, sneaked)
    answering.answer_items(actor=house.agent, number=number, answers={1: "已写明数值范围。", 2: "已删除。"})
    answering.resubmit_draft(actor=house.agent, number=number)


def _waiting(house: _House) -> None:
    """A pass is proposed and drawn for a second reading."""
    number = _filled(house)
    _examining(house, number, house.applicant)
    concluding.propose_conclusion(actor=house.first, number=number, outcome="qualified", reasons=[], said="")
    row = DraftRequest.objects.select_related("case").latest("pk")
    concluding.draw_second_reading(actor=house.first, row=row)


def _granted(house: _House, place: int, began: date, took: int) -> None:
    """Followed to the grant; its days lie in the past, where the steps of the case are of today."""
    number = _filled(house)
    _examining(house, number, house.applicant)
    concluding.propose_conclusion(actor=house.first, number=number, outcome="qualified", reasons=[], said="")
    row = DraftRequest.objects.latest("pk")
    SecondReading.objects.filter(request=row).delete()
    concluding.confirm_conclusion(actor=house.lead, number=number, outcome="qualified")
    serial = f"{began.year}10{990000 + place:06}"
    following.record_filing(
        actor=house.applicant,
        number=number,
        application_number=f"{serial}.{cn_check_character(serial)}",
        filed_on=timezone.localdate(),
        stream=io.BytesIO(_TEXT.encode()),
        name="离心水泵（虚构）.txt",
    )
    following.set_mark(actor=house.first, number=number)
    for stage in ("accepted", "granted"):
        following.note_event(
            actor=house.applicant, number=number, stage=stage, day=timezone.localdate(), source="演示通知书"
        )
    filed = began + timedelta(days=9)
    DraftRequest.objects.filter(pk=row.pk).update(
        submitted_on=began, accepted_on=began + timedelta(days=1), concluded_on=began + timedelta(days=7),
        filed_on=filed, office_days=3 + place,
    )  # fmt: skip
    NationalEvent.objects.filter(request=row, stage="accepted").update(day=filed)
    NationalEvent.objects.filter(request=row, stage="granted").update(day=filed + timedelta(days=took))
