"""From the acceptance to the grant: assignment, items and answers, changes nobody asked for, conclusions, the filing."""

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from qiantang.commons.casework import api as casework
from qiantang.commons.documents import api as documents
from qiantang.commons.events.api import Delivered
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.scenarios.preexam.handlers import issue_the_notice
from qiantang.scenarios.preexam.models import DefectItem, FilingAttempt, SecondReading
from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.selectors.desk import second_reading_agreement
from qiantang.scenarios.preexam.services import answering, concluding, examining, following, intake, noticing, reading
from qiantang.scenarios.preexam.types.drafts import NewItem

from .drafts import FIXTURE, REPAIRED
from .people import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NUMBER = "202610123456.X"


@pytest.fixture
def nobody_drawn(monkeypatch):
    monkeypatch.setattr(concluding, "is_drawn", lambda *_: False)


def submitted(house, text=FIXTURE):
    number = house.filled(text=text)
    intake.submit_draft(actor=house.lin, number=number)
    return number


def examining_by_gu(house, text=FIXTURE):
    number = submitted(house, text)
    examining.accept_draft(actor=house.gu, number=number)
    examining.assign_draft(actor=house.shen, number=number, person_id=house.gu.person_id)
    return number


def ask(house, number, *items):
    for part, claim in items:
        examining.add_item(actor=house.gu, number=number, item=NewItem(part, claim, None, "CL-14", "请写明数值"))
    return examining.request_amendment(actor=house.gu, number=number)


def passed(house, text=REPAIRED):
    number = examining_by_gu(house, text)
    concluding.propose_conclusion(actor=house.gu, number=number, outcome="qualified", reasons=[], said="")
    concluding.confirm_conclusion(actor=house.shen, number=number, outcome="qualified")
    return number


def state(house, number):
    return reads.draft(house.lin, number).sheet.card.state


@pytest.mark.feature("S1-12")
def test_a_case_goes_to_who_knows_the_class_has_least_in_hand_and_no_interest(house):
    number = submitted(house)
    examining.accept_draft(actor=house.gu, number=number)
    with pytest.raises(NotPermitted, match="supervisor_only"):
        examining.set_examiner_classes(actor=house.gu, person_id=house.he.person_id, classes=["F04D"])
    examining.set_examiner_classes(actor=house.shen, person_id=house.he.person_id, classes=["F04D", "A61B"])
    examining.set_examiner_classes(actor=house.shen, person_id=house.gu.person_id, classes=["F04"])
    order = [(one.candidate.name, one.fit) for one in examining.candidates_for(house.shen, number)]
    assert order == [("He", 4), ("Gu", 3)]
    assert examining.assign_draft(actor=house.shen, number=number) == house.he.person_id
    assert state(house, number) == "examining"
    casework.parties.declare_interest(actor=house.shen, number=number, person_id=house.he.person_id, why="brother")
    assert examining.assign_draft(actor=house.shen, number=number) == house.gu.person_id
    told = [line.sentence for line in reads.draft(house.gu, number).sheet.story if "gave the case" in line.sentence]
    assert told == ["Shen gave the case to He", "Shen gave the case to Gu"]
    again = submitted(house)
    examining.accept_draft(actor=house.gu, number=again)
    examining.set_examiner_classes(actor=house.shen, person_id=house.gu.person_id, classes=["F04D"])
    loads = [(one.candidate.name, one.candidate.load) for one in examining.candidates_for(house.shen, again)]
    assert loads == [("He", 0), ("Gu", 1)]


@pytest.mark.feature("S1-13")
def test_items_are_answered_one_by_one_and_a_change_nobody_asked_for_is_flagged(house):
    number = examining_by_gu(house)
    with pytest.raises(Invalid, match="items_missing"):
        examining.request_amendment(actor=house.gu, number=number)
    assert ask(house, number, ("claims", 2), ("claims", 5)) == "amendment_requested"
    assert "请写明" not in str(list(DefectItem.objects.values()))
    row, _card = reads.draft_row(house.lin, number)
    assert [one.said for one in reading.items_of(house.lin, row, sent_only=True)] == ["请写明数值"] * 2
    amended = FIXTURE.replace("厚度约为3 mm", "厚度为3 mm").replace("权利要求6所述的", "权利要求1所述的")
    sneaked = amended.replace("壳体(1)最好为铸铁", "壳体(1)为铸铁").replace(
        "其轴承磨损大。\n发明内容", "其轴承磨损很大。\n发明内容"
    )
    assert upload(house.lin, number, sneaked) == 2
    answering.answer_items(actor=house.lin, number=number, answers={1: "已改", 9: "nobody asked"})
    with pytest.raises(Conflict) as refused:
        answering.resubmit_draft(actor=house.lin, number=number)
    assert (refused.value.code, refused.value.facts["items"]) == ("preexam.answers_missing", "2")
    found = answering.compare_versions(actor=house.lin, number=number)
    assert [(one.part, one.claims, one.items) for one in found] == [
        ("claims", (2,), (1,)),
        ("claims", (3,), ()),
        ("claims", (5,), (2,)),
        ("description", (), ()),
    ]
    with pytest.raises(Invalid, match="note_missing"):
        answering.declare_changes(actor=house.lin, number=number, places=[3], why=" ")
    answering.declare_changes(actor=house.lin, number=number, places=[3], why="笔误")
    answering.answer_items(actor=house.lin, number=number, answers={2: "已改"})
    assert answering.resubmit_draft(actor=house.lin, number=number) == "examining"
    version = reads.draft(house.gu, number).versions[1]
    assert [(one.claims, one.undeclared) for one in version.changes if not one.items] == [((3,), True), ((), False)]
    assert version.undeclared == 1
    examining.settle_items(actor=house.gu, number=number, settled=[1])
    assert list(DefectItem.objects.order_by("number").values_list("settled", flat=True)) == [True, False]


@pytest.mark.feature("S1-14")
def test_rounds_are_bounded_and_the_days_of_the_office_stand_still_while_it_waits(house):
    number = examining_by_gu(house)
    for round_ in (1, 2):
        ask(house, number, ("claims", 2))
        clocks = {one.key: one for one in reads.draft(house.gu, number).sheet.clocks}
        assert (clocks["decision"].reading.due, clocks["reply"].reading.due is not None) == (None, True)
        answering.answer_items(actor=house.lin, number=number, answers={round_: "不改"})
        answering.resubmit_draft(actor=house.lin, number=number)
    with pytest.raises(Conflict) as refused:
        ask(house, number, ("claims", 2))
    assert (refused.value.code, refused.value.facts["most"]) == ("preexam.rounds_used", 2)


@pytest.mark.feature("S1-14")
def test_a_case_lapses_by_time_and_a_person_decides_it(house):
    number = examining_by_gu(house)
    ask(house, number, ("claims", 2))
    with pytest.raises(Conflict, match="not_yet_late"):
        examining.close_late(actor=house.gu, number=number)
    long_ago = date(2026, 3, 2)  # a year whose holidays are known, whenever this runs
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_caseclock SET started_on = %s WHERE key = 'reply'", [long_ago])
    assert examining.close_late(actor=house.gu, number=number) == "lapsed"


def test_a_conclusion_needs_two_people_and_reasons_and_gets_a_number(house, nobody_drawn):
    number = examining_by_gu(house)
    with pytest.raises(Invalid, match="reasons_missing"):
        concluding.propose_conclusion(actor=house.gu, number=number, outcome="unqualified", reasons=[], said="x")
    with pytest.raises(NotPermitted, match="draft_closed_to_you"):
        concluding.propose_conclusion(actor=house.he, number=number, outcome="qualified", reasons=[], said="")
    concluding.propose_conclusion(
        actor=house.gu, number=number, outcome="unqualified", reasons=["unclear"], said="权利要求3的轴承没有出处"
    )
    with pytest.raises(Conflict, match="conclusion_differs"):
        concluding.confirm_conclusion(actor=house.shen, number=number, outcome="qualified")
    with pytest.raises(NotPermitted, match="four_eyes"):
        concluding.confirm_conclusion(actor=house.gu, number=number, outcome="unqualified")
    concluding.send_back(actor=house.shen, number=number, note="look again")
    concluding.propose_conclusion(actor=house.gu, number=number, outcome="terminated", reasons=["abnormal"], said="x")
    assert reading.open_version(actor=house.shen, number=number).number == 1  # a supervisor reads what waits for them
    told = concluding.confirm_conclusion(actor=house.shen, number=number, outcome="terminated")
    assert told == f"{number}/02"
    shown = reads.draft(house.lin, number)
    assert (shown.sheet.card.state, shown.conclusion.reasons) == ("terminated", ("abnormal",))
    assert reads.draft_row(house.lin, number)[0].office_days == 0
    with pytest.raises(Conflict, match="closed"):
        casework.parties.assign(actor=house.gu, number=number, person_id=house.gu.person_id)


@pytest.mark.feature("S1-23")
def test_a_drawn_pass_is_read_again_blind_before_it_is_confirmed(house, monkeypatch):
    monkeypatch.setattr(concluding, "is_drawn", lambda *_: True)
    number = examining_by_gu(house, REPAIRED)
    concluding.propose_conclusion(actor=house.gu, number=number, outcome="qualified", reasons=[], said="")
    with pytest.raises(Conflict, match="second_reading_open"):
        concluding.confirm_conclusion(actor=house.shen, number=number, outcome="qualified")
    with pytest.raises(NotPermitted, match="second_reader_unfit"):
        concluding.take_second_reading(actor=house.gu, number=number)
    concluding.take_second_reading(actor=house.he, number=number)
    assert reading.open_version(actor=house.he, number=number).report.findings == ()
    assert concluding.deliver_second_reading(actor=house.he, number=number, outcome="unqualified", said="x") is False
    with pytest.raises(NotPermitted, match="draft_closed_to_you"):
        reading.open_version(actor=house.he, number=number)  # it is read: the door closes again
    concluding.confirm_conclusion(actor=house.shen, number=number, outcome="qualified")
    assert second_reading_agreement(house.shen) == (0, 1)
    assert SecondReading.objects.count() == 1


@pytest.mark.feature("S1-16")
def test_the_filed_text_has_to_be_the_text_that_passed(house, nobody_drawn):
    number = passed(house)
    today = timezone.localdate()

    def file(text=REPAIRED, given=NUMBER, day=today):
        stream = io.BytesIO(text.encode())
        return following.record_filing(
            actor=house.lin, number=number, application_number=given, filed_on=day, stream=stream, name="泵.txt"
        )

    for given in ("202610123456.3", "202620123456.1", "CN101234567A", "1"):
        with pytest.raises(Invalid, match="application_number"):
            file(given=given)
    with pytest.raises(Invalid, match="filed_day"):
        file(day=today + timedelta(days=1))
    with pytest.raises(Conflict) as refused:
        file(REPAIRED.replace("厚度为2.5~3.5 mm", "厚度为2.5~4.5 mm"))
    assert refused.value.facts["parts"] == "Claims、Description"
    assert (FilingAttempt.objects.get().differing, state(house, number)) == (["claims", "description"], "qualified")
    assert [one.title for one in reads.draft(house.gu, number).sheet.tasks] != []
    moved = REPAIRED.replace("，", "， ").replace("请求书\n", "请求书\n案卷号：1\n")  # blanks, and what an office adds
    assert file(moved) == "formally_filed"
    assert following.set_mark(actor=house.gu, number=number) == "flagged"
    shown = reads.draft(house.lin, number)
    assert (shown.application_number, shown.filed_on) == ("202610123456X", today)


@pytest.mark.feature("S1-17")
def test_events_of_the_national_office_are_followed_to_the_grant(house, nobody_drawn):
    number = passed(house)
    today = timezone.localdate()
    with pytest.raises(Invalid, match="event_unknown"):
        following.note_event(actor=house.lin, number=number, stage="granted", day=today, source="")
    following.record_filing(
        actor=house.lin,
        number=number,
        application_number=NUMBER,
        filed_on=today,
        stream=io.BytesIO(REPAIRED.encode()),
        name="泵.txt",
    )
    following.set_mark(actor=house.gu, number=number)
    with pytest.raises(Invalid, match="event_day"):
        following.note_event(actor=house.lin, number=number, stage="accepted", day=today - timedelta(days=1), source="")
    following.note_event(actor=house.lin, number=number, stage="accepted", day=today, source="受理通知书")
    following.note_event(actor=house.gu, number=number, stage="granted", day=today, source="授权公告")
    assert state(house, number) == "granted"
    assert [one.stage for one in reads.events_of(reads.draft_row(house.lin, number)[0])] == ["accepted", "granted"]


def test_a_mark_is_taken_away_by_another_person_than_who_set_it(house, nobody_drawn):
    number = passed(house)
    following.record_filing(
        actor=house.lin,
        number=number,
        application_number=NUMBER,
        filed_on=timezone.localdate(),
        stream=io.BytesIO(REPAIRED.encode()),
        name="泵.txt",
    )
    following.set_mark(actor=house.shen, number=number)
    with pytest.raises(NotPermitted, match="four_eyes"):
        following.cancel_mark(actor=house.shen, number=number, breach="BR-2", note="late")
    assert following.cancel_mark(actor=house.wu, number=number, breach="BR-2", note="late") == "mark_cancelled"


@pytest.mark.parametrize(
    ("action", "at"), [("submit", "qualified"), ("record_filing", "unqualified"), ("flag", "qualified")]
)
def test_what_must_not_happen_has_no_way(action, at):
    from qiantang.scenarios.preexam.workflow.drafts import STATES, TRANSITIONS

    assert at in {one.key for one in STATES}
    assert [one for one in TRANSITIONS if (one.action, one.source) == (action, at)] == []
    assert [one for one in TRANSITIONS if one.source == "unqualified"] == []


@pytest.mark.feature("S1-15")
def test_the_notice_is_issued_once_with_number_reasons_and_seal_and_without_what_is_invented(house, nobody_drawn):
    number = examining_by_gu(house)
    concluding.propose_conclusion(
        actor=house.gu, number=number, outcome="unqualified", reasons=["unclear"], said="权利要求3的轴承没有出处"
    )
    case = reads.draft_row(house.gu, number)[0].case_id
    office = Actor.system("test")
    assert noticing.issue_notice(actor=office, case_id=case) == ""  # nothing is confirmed yet
    concluding.confirm_conclusion(actor=house.shen, number=number, outcome="unqualified")
    told = {"kind": "preexam.invention", "action": "confirm_fail", "case_id": case}
    issue_the_notice(Delivered(uuid4(), "casework.case.advanced", told, timezone.now()))
    given = reads.draft(house.lin, number).conclusion.notice
    assert noticing.issue_notice(actor=office, case_id=case) == given
    assert documents.public_by_number(given) is not None
    told = documents.document_told(house.lin, given)
    assert (told.facts["outcome"], told.facts["reasons"]) == (
        "不合格",
        ["权利要求不清楚或得不到支持（专利法第26条(4)）"],
    )
    assert {one.format for one in told.files} == {"pdf", "docx"}
    pdf, _file = documents.document_file(actor=house.lin, number=given, language="zh-hans")
    assert pdf.startswith(b"%PDF")
    assert not any("轴承" in str(value) for value in told.facts.values())
