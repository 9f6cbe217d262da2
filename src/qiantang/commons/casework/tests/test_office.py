"""The office among itself: hand over, deputies, joint sign-off, notes apart, what is due first, who has how much in hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from qiantang.commons.casework.models import CaseClock, CaseTask, SignOff
from qiantang.commons.casework.selectors.cases import cases
from qiantang.commons.casework.selectors.desk import desk
from qiantang.commons.casework.selectors.sheet import case_sheet
from qiantang.commons.casework.selectors.signoffs import asked_of
from qiantang.commons.casework.services import office, parties
from qiantang.commons.casework.services.stepping import advance, note
from qiantang.commons.notices import api as notices
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest

from .permits import PASSWORD, brought_to, opened, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S10-17")]
TODAY = timezone.localdate


def days(count):
    return TODAY() + timedelta(days=count)


@pytest.fixture
def ma(db):
    return person("ma", "examiner")


@pytest.fixture
def number(lin, gu):
    found = opened(lin).number
    brought_to("examining", lin, gu, found)
    return found


def proposed(lin, gu):
    found = opened(lin).number
    brought_to("proposed", lin, gu, found)
    return found


def browser_of(actor):
    browser = Client(headers={"accept-language": "en"})
    assert browser.login(username=actor.name.casefold(), password=PASSWORD)
    return browser


def hands(actor, number):
    return case_sheet(actor, number).card.assignee


def test_out_of_the_pool_and_on_to_another_with_a_word(number, gu, ma, lin):
    assert [card.number for card in desk(gu, "free").rows] == [number]
    parties.assign(actor=gu, number=number, person_id=gu.person_id)
    assert desk(gu, "free").rows == ()
    with pytest.raises(NotPermitted):
        parties.assign(actor=ma, number=number, person_id=ma.person_id)
    parties.assign(actor=gu, number=number, person_id=ma.person_id, note="claim 3 is open")
    assert hands(ma, number) == "Ma"
    told = case_sheet(ma, number).story[-1]
    assert (told.internal, told.note) == (True, "claim 3 is open")
    assert all(line.note != "claim 3 is open" for line in case_sheet(lin, number).story)


def test_a_deputy_has_in_hand_what_the_absent_has(number, gu, ma, shen):
    parties.assign(actor=gu, number=number, person_id=gu.person_id)
    office.declare_absence(actor=gu, deputy_id=ma.person_id, start_date=TODAY(), end_date=days(5))
    assert [card.number for card in cases(ma, PageRequest(size=20), pool="mine").items] == [number]
    assert [card.number for card in desk(ma, "mine").rows] == [number]
    parties.release(actor=ma, number=number, note="nobody is there")
    assert hands(ma, number) == ""
    parties.assign(actor=shen, number=number, person_id=gu.person_id)  # is away: it goes to the deputy
    assert hands(shen, number) == "Ma"
    (load,) = [one for one in desk(shen, "all").loads if one.name == "Gu"]
    assert load.deputy == "Ma"


def test_where_the_deputy_may_not_have_it_nobody_gets_it(number, gu, ma, shen):
    office.declare_absence(actor=gu, deputy_id=ma.person_id, start_date=TODAY(), end_date=days(1))
    parties.declare_interest(actor=shen, number=number, person_id=ma.person_id, why="cousin")
    with pytest.raises(Conflict, match="absent"):
        parties.assign(actor=shen, number=number, person_id=gu.person_id)


@pytest.mark.parametrize(("start", "end"), [(3, 1), (-9, -1), (0, 500)])
def test_days_that_make_no_absence(start, end, gu, ma):
    with pytest.raises(Invalid, match="absence_dates"):
        office.declare_absence(actor=gu, deputy_id=ma.person_id, start_date=days(start), end_date=days(end))


def test_absences_do_not_overlap_and_end_early(gu, ma, lin, shen):
    key = office.declare_absence(actor=gu, deputy_id=ma.person_id, start_date=TODAY(), end_date=days(5))
    with pytest.raises(Conflict, match="overlaps"):
        office.declare_absence(actor=gu, deputy_id=shen.person_id, start_date=days(5), end_date=days(6))
    with pytest.raises(Invalid, match="deputy_unfit"):  # gu is away then
        office.declare_absence(actor=ma, deputy_id=gu.person_id, start_date=days(2), end_date=days(3))
    with pytest.raises(Invalid, match="deputy_unfit"):  # lin is not of the office
        office.declare_absence(actor=ma, deputy_id=lin.person_id, start_date=days(2), end_date=days(3))
    with pytest.raises(NotPermitted):
        office.declare_absence(actor=lin, deputy_id=gu.person_id, start_date=TODAY(), end_date=days(1))
    with pytest.raises(NotPermitted):  # for another only a lead
        office.declare_absence(
            actor=ma, person_id=shen.person_id, deputy_id=gu.person_id, start_date=days(9), end_date=days(9)
        )
    with pytest.raises(NotFound):
        office.end_absence(actor=ma, absence_id=key)
    office.end_absence(actor=gu, absence_id=key)
    assert not desk(shen, "all").loads[0].deputy


def test_nothing_is_decided_before_all_have_signed_off(lin, gu, ma, shen):
    number = proposed(lin, gu)
    for body, who in (("Market regulation", ma), ("Customs", gu)):
        office.ask_sign_off(actor=shen, number=number, body=body, person_id=who.person_id, due_date=days(3))
    blocked = {step.action: step.blocked for step in case_sheet(shen, number).steps}
    assert "Market regulation、Customs" in blocked["confirm"]
    with pytest.raises(NotPermitted, match="sign_off_open"):
        advance(actor=shen, number=number, action="confirm")
    assert [row["body"] for row in asked_of(ma)] == ["Market regulation"]
    for who in (ma, gu):
        (mine,) = [one for one in case_sheet(who, number).sign_offs if one.yours]
        office.answer_sign_off(actor=who, number=number, sign_off_id=mine.id, agrees=who is ma, note="no stock")
    assert asked_of(ma) == []
    with pytest.raises(Invalid, match="sign_off_against"):
        advance(actor=shen, number=number, action="confirm")
    assert advance(actor=shen, number=number, action="confirm", note="customs is heard and not followed") == "granted"


@pytest.mark.feature("S10-18")
def test_the_rule_of_silence_stands_in_the_file_and_holds_after_the_day(lin, gu, ma, shen):
    number = proposed(lin, gu)
    for body, silent, who in (("Tax", True, ma), ("Customs", False, gu)):
        office.ask_sign_off(
            actor=shen, number=number, body=body, person_id=who.person_id, due_date=days(2), silence_counts=silent
        )
    told = [line.sentence for line in case_sheet(lin, number).story]
    assert any("Tax" in one and "no answer by then counts as consent" in one for one in told)
    shown = case_sheet(lin, number).sign_offs
    assert [(one.body, one.who, one.silence_counts, one.state) for one in shown] == [
        ("Tax", "", True, "open"),
        ("Customs", "", False, "open"),
    ]
    SignOff.objects.update(due_date=days(-1))
    assert [one.state for one in case_sheet(lin, number).sign_offs] == ["silent", "late"]
    with pytest.raises(NotPermitted) as refused:  # who must answer is waited for
        advance(actor=shen, number=number, action="confirm")
    assert refused.value.facts["waiting"] == "Customs"
    (mine,) = [one for one in case_sheet(gu, number).sign_offs if one.yours]
    office.answer_sign_off(actor=gu, number=number, sign_off_id=mine.id, agrees=True)
    assert advance(actor=shen, number=number, action="confirm") == "granted"


def test_who_signs_off(lin, gu, ma, shen):
    number = proposed(lin, gu)
    ask = {"actor": shen, "number": number, "body": "Tax", "due_date": days(3)}
    with pytest.raises(Invalid, match="unfit"):
        office.ask_sign_off(**ask, person_id=lin.person_id)
    with pytest.raises(Invalid, match="unfit"):  # not oneself
        office.ask_sign_off(**ask, person_id=shen.person_id)
    with pytest.raises(Invalid, match="day_past"):
        office.ask_sign_off(**{**ask, "due_date": TODAY()}, person_id=ma.person_id)
    key = office.ask_sign_off(**ask, person_id=ma.person_id)
    with pytest.raises(Conflict, match="asked"):
        office.ask_sign_off(**ask, person_id=ma.person_id)
    with pytest.raises(NotFound, match="sign_off_unknown"):
        office.answer_sign_off(actor=gu, number=number, sign_off_id=key, agrees=True)
    with pytest.raises(Invalid, match="note_missing"):
        office.answer_sign_off(actor=ma, number=number, sign_off_id=key, agrees=False)
    office.declare_absence(actor=ma, deputy_id=gu.person_id, start_date=TODAY(), end_date=days(2))
    office.answer_sign_off(actor=gu, number=number, sign_off_id=key, agrees=True)  # stands in
    assert SignOff.objects.get().answered_by_id == gu.person_id
    asked = [one for one in notices.inbox(ma, PageRequest()).items if one.kind == "casework.sign_off_asked"]
    assert len(asked) == 1


def test_notes_of_the_office_stand_apart_from_the_file(number, gu, lin):
    note(actor=gu, number=number, text="ask the archive")
    page = browser_of(gu).get(f"/cases/{number}").content.decode()
    file, _, office_only = page.partition('id="office-story"')
    assert "ask the archive" in office_only
    assert "ask the archive" not in file
    assert "ask the archive" not in browser_of(lin).get(f"/cases/{number}").content.decode()


def test_late_is_red_soon_is_yellow_and_comes_first(lin, gu, shen):
    numbers = [opened(lin, title=f"pump {at}").number for at in range(3)]
    for number in numbers:
        brought_to("examining", lin, gu, number)
        parties.assign(actor=gu, number=number, person_id=gu.person_id)
    clocks = list(CaseClock.objects.filter(key="promise").order_by("pk"))
    for clock, ago in zip(clocks, (0, 40, 6), strict=True):  # of five working days
        CaseClock.objects.filter(pk=clock.pk).update(started_on=days(-ago))
    shown = desk(shen, "all")
    assert [card.number for card in shown.rows] == [numbers[1], numbers[2], numbers[0]]
    assert shown.counts["late"] == len(desk(shen, "late").rows)
    (load,) = [one for one in shown.loads if one.name == "Gu"]
    assert (load.cases, load.late) == (3, 1 + (desk(shen, "all").rows[1].clock.reading.left < 0))
    assert [one.name for one in desk(gu, "all").loads] == ["Gu"]  # others' load is for leads
    page = browser_of(gu).get("/desk?view=late").content.decode()
    assert 'class="qt-row-harm"' in page
    assert "overdue" in page


def test_a_conversation_by_video_has_a_safe_address(number, gu, lin):
    soon = timezone.now() + timedelta(days=1)
    for link in ("http://video.example/1", "javascript:alert(1)", "https://", "https://me@video.example/1"):
        with pytest.raises(Invalid, match="link_unsafe"):
            office.set_meeting(actor=gu, number=number, at=soon, link=link)
    with pytest.raises(Invalid, match="moment_missing"):
        office.set_meeting(actor=gu, number=number, at=timezone.now(), link="https://video.example/1")
    office.set_meeting(actor=gu, number=number, at=soon, link="https://video.example/1")
    assert [one.link for one in case_sheet(lin, number).meetings] == ["https://video.example/1"]


def test_the_desk_by_its_page(number, gu, ma, lin):
    browser = browser_of(gu)
    assert browser_of(lin).get("/desk").status_code == 403
    assert browser.post("/desk/act", {"act": "take", "number": number, "view": "mine"}).status_code == 302
    told = {"act": "task", "title": "copy the file", "person": gu.person_id, "due": days(-1).isoformat()}
    assert browser.post(f"/cases/{number}/office", told).status_code == 302
    page = browser.get("/desk").content.decode()
    assert all(text in page for text in (number, "copy the file", "late"))
    key = CaseTask.objects.get().pk
    assert browser.post(f"/cases/{number}/office", {"act": "tick", "task": key}).status_code == 302
    away = {"act": "away", "deputy": ma.person_id, "start": TODAY().isoformat(), "end": days(2).isoformat()}
    assert browser.post("/desk/act", away).status_code == 302
    assert "Gu: Ma stands in" in browser.get("/desk").content.decode()
    wrong = browser.post("/desk/act", {**away, "end": ""})
    assert (wrong.status_code, "An absence ends" in wrong.content.decode()) == (422, True)
    ask = {"act": "ask", "body": "Tax", "person": ma.person_id, "due": days(2).isoformat(), "silence": "on"}
    assert browser.post(f"/cases/{number}/office", ask).status_code == 302
    assert "Tax" in browser_of(ma).get("/desk").content.decode()
    auditor = person("an", "auditor")
    assert browser_of(auditor).get("/desk").status_code == 200
