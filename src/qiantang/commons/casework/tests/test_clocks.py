"""Clocks of a case: the promise beside the time to answer, stopped while it waits, told once when they run out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from qiantang.commons.casework import api
from qiantang.commons.casework.methods.icalendar import CalendarDay, icalendar
from qiantang.commons.casework.models import Case, CaseClock, CasePause
from qiantang.commons.casework.selectors.clocks import clocks_of, first_due
from qiantang.commons.casework.types import PauseReason
from qiantang.commons.refdata.api import work_calendar
from qiantang.kernel.calendar import Lamp, add_workdays
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted

from .permits import SYSTEM, brought_to, opened, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S10-10")]
THURSDAY = date(2021, 9, 30)


def stood(case, on):
    pk = Case.objects.get(number=case.number.replace("-", "")).pk
    return {one.key: one.reading for one in clocks_of([pk], on).get(pk, ())}


def begun(day, key="promise"):
    CaseClock.objects.filter(key=key).update(started_on=day)


def test_the_promise_begins_with_the_examination_not_with_the_draft(lin, gu):
    case = opened(lin)
    assert stood(case, timezone.localdate()) == {}
    brought_to("examining", lin, gu, case.number)
    begun(THURSDAY)
    reading = stood(case, THURSDAY)["promise"]
    assert (reading.due.day, reading.left, reading.lamp) == (date(2021, 10, 13), 5, Lamp.GREEN)
    assert stood(case, date(2021, 10, 11))["promise"].left == 2
    assert stood(case, date(2021, 10, 14))["promise"].lamp is Lamp.RED


def test_it_stands_still_while_the_applicant_has_to_answer_whose_own_clock_runs(lin, gu):
    case = opened(lin)
    brought_to("awaiting", lin, gu, case.number)
    begun(date(2021, 9, 1))
    begun(date(2021, 9, 3), "reply")
    pause = CasePause.objects.get(reason=PauseReason.PARTY, until__isnull=True)
    CasePause.objects.filter(pk=pause.pk).update(since=date(2021, 9, 3))
    readings = stood(case, date(2021, 9, 8))
    assert (readings["promise"].due, readings["promise"].left, readings["promise"].lamp) == (None, 3, Lamp.STOPPED)
    assert readings["reply"].due.day == date(2021, 9, 10)
    api.advance(actor=lin, number=case.number, action="resubmit")
    CasePause.objects.filter(pk=pause.pk).update(until=date(2021, 9, 8))
    readings = stood(case, date(2021, 9, 8))
    assert readings["reply"].lamp is Lamp.DONE
    assert (readings["promise"].left, readings["promise"].due.day) == (3, date(2021, 9, 13))


def test_a_second_round_has_a_clock_of_its_own_and_the_promise_goes_on(lin, gu):
    case = opened(lin)
    brought_to("awaiting", lin, gu, case.number)
    api.advance(actor=lin, number=case.number, action="resubmit")
    api.advance(actor=gu, number=case.number, action="request_amendment", note="again")
    assert CaseClock.objects.filter(key="reply").count() == 2
    assert CaseClock.objects.filter(key="promise").count() == 1
    assert CaseClock.objects.filter(ended_on__isnull=True).count() == 2


def test_the_office_stops_and_starts_clocks_with_a_reason(lin, gu):
    case = opened(lin)
    brought_to("examining", lin, gu, case.number)
    with pytest.raises(NotPermitted):
        api.timing.pause(actor=lin, number=case.number, reason="hearing", note="x")
    for reason, note, code in (
        ("coffee", "x", "reason_unknown"),
        ("party", "x", "reason_unknown"),
        ("hearing", " ", "note"),
    ):
        with pytest.raises(Invalid, match=code):
            api.timing.pause(actor=gu, number=case.number, reason=reason, note=note)
    api.timing.pause(actor=gu, number=case.number, reason="hearing", note="on the 12th")
    assert stood(case, timezone.localdate())["promise"].lamp is Lamp.STOPPED
    with pytest.raises(Conflict, match="paused_already"):
        api.timing.pause(actor=gu, number=case.number, reason="hearing", note="again")
    api.timing.resume(actor=gu, number=case.number)
    with pytest.raises(Conflict, match="not_paused"):
        api.timing.resume(actor=gu, number=case.number)
    notes = [(line.sentence, line.note) for line in api.case_sheet(lin, case.number).story][-2:]
    assert notes == [("The office stopped the clocks", "on the 12th"), ("The office let the clocks go on", "")]


def test_a_limit_is_extended_once_by_a_lead_with_a_reason(lin, gu, shen):
    case = opened(lin)
    brought_to("examining", lin, gu, case.number)
    begun(THURSDAY)
    clock = CaseClock.objects.get(key="promise").pk
    with pytest.raises(NotPermitted):
        api.timing.extend(actor=gu, number=case.number, clock_id=clock, note="complex")
    api.timing.extend(actor=shen, number=case.number, clock_id=clock, note="complex")
    assert stood(case, THURSDAY)["promise"].due.day == add_workdays(THURSDAY, 8, work_calendar()).day
    with pytest.raises(Conflict, match="not_extendable"):
        api.timing.extend(actor=shen, number=case.number, clock_id=clock, note="again")


def test_an_end_is_told_once_and_nothing_is_decided_by_it(lin, gu, events):
    case = opened(lin)
    brought_to("awaiting", lin, gu, case.number)
    begun(THURSDAY, "reply")
    for day, told in ((date(2021, 10, 13), 0), (date(2021, 10, 14), 1), (date(2021, 10, 15), 0)):
        assert api.timing.tell_run_out(actor=SYSTEM, today=day) == told
    (event,) = events("casework.clock.run_out")
    assert (event["clock"], event["due"]) == ("reply", "2021-10-13")
    assert Case.objects.get().state == "awaiting"
    assert api.case_sheet(lin, case.number).story[-1].sentence == "A limit ended on 2021-10-13"


def test_nobody_is_told_of_an_end_that_is_only_provisional(lin, gu):
    case = opened(lin)
    brought_to("awaiting", lin, gu, case.number)
    year = max(work_calendar().years) + 1
    begun(date(year, 3, 1), "reply")
    assert stood(case, date(year, 3, 2))["reply"].due.provisional
    assert api.timing.tell_run_out(actor=SYSTEM, today=date(year, 12, 1)) == 0


def test_a_decided_case_has_no_running_clock(lin, gu, shen):
    case = opened(lin)
    brought_to("proposed", lin, gu, case.number)
    api.advance(actor=shen, number=case.number, action="refuse", note="no")
    assert not CaseClock.objects.filter(ended_on__isnull=True).exists()
    assert not CasePause.objects.filter(until__isnull=True).exists()
    assert first_due(clocks_of([Case.objects.get().pk], timezone.localdate())[Case.objects.get().pk]) is None
    with pytest.raises(Conflict, match="closed"):
        api.timing.pause(actor=gu, number=case.number, reason="hearing", note="late")


# --- the calendar ------------------------------------------------------------------------------------------------------


def test_a_calendar_address_shows_the_limits_to_who_may_still_see_them(lin, gu, client):
    case = opened(lin)
    brought_to("examining", lin, gu, case.number)
    begun(THURSDAY)
    from qiantang.commons.casework.services.feeds import make_feed

    secret = make_feed(actor=lin, number=case.number)
    answer = client.get(f"/calendars/{secret}.ics")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20211013\r\n" in text
    assert case.number in text
    assert client.get(f"/calendars/{secret}x.ics").status_code == 404
    assert make_feed(actor=lin, number=case.number) != secret
    assert client.get(f"/calendars/{secret}.ics").status_code == 404


def test_a_calendar_address_ends_with_the_right_to_see_the_case(lin, gu, client):
    from qiantang.commons.accounts.api import revoke_role
    from qiantang.commons.casework.services.feeds import make_feed

    case = opened(lin)
    brought_to("examining", lin, gu, case.number)
    secret = make_feed(actor=gu, number=case.number)
    assert client.get(f"/calendars/{secret}.ics").status_code == 200
    revoke_role(actor=SYSTEM, username="gu", role="examiner")
    assert client.get(f"/calendars/{secret}.ics").status_code == 404


def test_lines_of_a_calendar_are_folded_between_characters_and_escaped():
    day = CalendarDay("1@h", THURSDAY, "期限" * 40, "a,b;c\\d\ne", "http://h/1", tentative=True)
    text = icalendar("名称", [day], timezone.now())
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "")
    assert f"SUMMARY:{'期限' * 40}\r\n" in unfolded
    assert "DESCRIPTION:a\\,b\\;c\\\\d\\ne\r\n" in unfolded
    assert "STATUS:TENTATIVE" in lines
    assert f"DTEND;VALUE=DATE:{THURSDAY + timedelta(days=1):%Y%m%d}" in lines


# --- the page ----------------------------------------------------------------------------------------------------------


def signed_in(client, actor):
    client.force_login(get_user_model().objects.get(pk=actor.person_id))
    client.cookies["qiantang_language"] = "en"
    return client


def test_the_page_takes_steps_and_keeps_what_was_typed_when_it_refuses(lin, gu, client):
    case = opened(lin)
    brought_to("examining", lin, gu, case.number)
    page = signed_in(client, gu)
    assert "in the pool" in page.get(f"/cases/{case.number}").content.decode()
    refused = page.post(f"/cases/{case.number}/step", {"action": "propose", "note": "  "})
    assert refused.status_code == 422
    assert "This step needs a reason." in refused.content.decode()
    assert page.post(f"/cases/{case.number}/clock", {"act": "take"}).status_code == 302
    assert page.post(f"/cases/{case.number}/step", {"action": "propose", "note": "fine"}).status_code == 302
    late = page.post(f"/cases/{case.number}/step", {"action": "propose", "note": "my words"})
    assert late.status_code == 422
    assert "my words" in late.content.decode()
    assert Case.objects.get().state == "proposed"


def test_the_list_shows_each_side_its_own_and_finds_by_number(lin, gu, stranger, client):
    case = opened(lin, title="A pump of Lin")
    brought_to("examining", lin, gu, case.number)
    assert client.get("/cases").status_code == 302
    page = signed_in(client, lin)
    mine = page.get("/cases?pool=free").content.decode()
    assert "A pump of Lin" in mine
    assert "In the pool" not in mine
    assert page.get(f"/cases?number={case.number.lower().replace('-', '/')}").url == f"/cases/{case.number}"
    assert "A pump of Lin" not in signed_in(client, stranger).get(f"/cases?number={case.number}").content.decode()
    office = signed_in(client, gu)
    assert "A pump of Lin" in office.get("/cases?pool=free").content.decode()
    assert "A pump of Lin" not in office.get("/cases?pool=mine").content.decode()
    assert "5 working days left" in office.get("/cases").content.decode()
    assert office.get("/cases?page=forged").status_code == 422


@pytest.mark.parametrize("who", ["public", "stranger"])
def test_a_stranger_finds_no_page(lin, client, who):
    case = opened(lin)
    if who == "stranger":
        signed_in(client, person("wu"))
    for path in ("", "/step", "/note", "/clock", "/calendar"):
        call = client.get if path == "" else client.post
        assert call(f"/cases/{case.number}{path}").status_code == 404


def test_a_page_of_a_case_costs_a_bounded_number_of_queries(lin, gu, client, django_assert_max_num_queries):
    case = opened(lin)
    brought_to("proposed", lin, gu, case.number)
    page = signed_in(client, gu)
    page.get(f"/cases/{case.number}")
    with django_assert_max_num_queries(40):
        page.get(f"/cases/{case.number}")
