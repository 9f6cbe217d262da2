"""Merge and split: both histories stay, no number ends, nobody waits longer, nobody decides who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from qiantang.commons.casework import api
from qiantang.commons.casework.models import Case, CaseClock, CasePause
from qiantang.commons.casework.selectors.clocks import clocks_of
from qiantang.commons.casework.selectors.desk import desk
from qiantang.commons.casework.selectors.graph import matter_of
from qiantang.commons.casework.selectors.sheet import case_sheet
from qiantang.commons.casework.services import office, parties
from qiantang.commons.casework.services.inquiry import status_by_code
from qiantang.commons.casework.services.joining import merge_cases, split_case
from qiantang.commons.casework.types import CASE_TYPES, LinkKind, NewParty, PartyRole
from qiantang.commons.events.api import deliver_pending
from qiantang.commons.notices import api as notices
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.kernel.workflow import ABSORBED

from .permits import PASSWORD, PERMIT, SYSTEM, brought_to, opened, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-08")]


def examined(who, gu, title="A pump"):
    case = opened(who, title=title)
    brought_to("examining", who, gu, case.number)
    return case


@pytest.fixture
def two(lin, gu):
    """Two of lin's, both examined."""
    return examined(lin, gu, "first"), examined(lin, gu, "second")


def merged(shen, ends, stays, **more):
    return merge_cases(actor=shen, number=ends.number, into=stays.number, note="one stall, one file", **more)


def test_a_merged_case_is_found_by_its_old_number_and_leads_on(lin, gu, shen, two):
    ends, stays = two
    before = [line.sentence for line in case_sheet(lin, ends.number).story]
    assert merged(shen, ends, stays) == stays.number
    sheet = case_sheet(lin, ends.number)
    assert (sheet.card.merged_into, sheet.card.state, sheet.card.final) == (stays.number, ABSORBED.key, True)
    told = [line.sentence for line in sheet.story]
    assert told[: len(before)] == before
    assert told[-1] == f"The office merged the case into {stays.number}"
    assert case_sheet(lin, stays.number).story[-1].sentence == f"The office merged case {ends.number} into this one"
    assert api.found_by_number(lin, ends.number).merged_into == stays.number
    assert {one.number for one in matter_of(lin, ends.number).cards} == {ends.number, stays.number}
    status = status_by_code(actor=lin, number=ends.number, code=ends.code)
    assert (status.number, status.goes_on_in, status.state_label) == (ends.number, stays.number, "Under way")
    page = Client(headers={"accept-language": "en"})
    assert page.login(username="lin", password=PASSWORD)
    shown = page.get(f"/cases/{ends.number}").content.decode()
    assert "This case was merged into another one" in shown
    assert f'href="/cases/{stays.number}"' in shown
    asked = page.post("/case-status", {"number": ends.number, "code": ends.code}).content.decode()
    assert stays.number in asked


def test_it_leads_on_over_two_merges_and_stays_closed(lin, gu, shen, two):
    third = examined(lin, gu, "third")
    first, second = two
    merged(shen, first, second)
    merged(shen, second, third)
    assert case_sheet(lin, first.number).card.merged_into == third.number
    assert case_sheet(gu, first.number).steps == ()
    with pytest.raises(Conflict, match="step_not_from_here"):
        api.advance(actor=lin, number=first.number, action="withdraw")
    with pytest.raises(Conflict, match="closed"):
        api.timing.pause(actor=gu, number=first.number, reason="hearing", note="x")
    with pytest.raises(Conflict, match="merge_not_here"):  # no way back, so no circle
        merged(shen, third, first)
    assert first.number not in [card.number for card in desk(shen, "all").rows]


def test_who_may_read_more_by_a_merge_is_named_and_must_be_agreed_to(lin, stranger, gu, shen):
    ends, stays = examined(stranger, gu), examined(lin, gu)
    with pytest.raises(Conflict, match="merge_new_readers") as refused:
        merged(shen, ends, stays)
    assert refused.value.facts["names"] == "Stranger"
    with pytest.raises(NotFound):
        case_sheet(stranger, stays.number)
    merged(shen, ends, stays, new_readers=True)
    assert [party.name for party in case_sheet(stranger, stays.number).parties] == ["Lin", "Stranger"]
    with pytest.raises(NotFound):  # the other way nobody reads more
        case_sheet(lin, ends.number)
    assert ends.number not in str(case_sheet(lin, stays.number))
    deliver_pending()
    inbox = [one.kind for one in notices.inbox(stranger, PageRequest()).items]
    assert inbox.count("casework.merged") == 1


def test_who_merges_and_what(lin, gu, shen, two):
    ends, stays = two
    with pytest.raises(NotPermitted):
        merged(gu, ends, stays)
    with pytest.raises(NotPermitted):
        merged(lin, ends, stays)
    with pytest.raises(NotPermitted, match="person_needed"):
        merged(SYSTEM, ends, stays)
    with pytest.raises(Invalid, match="link_itself"):
        merged(shen, ends, ends)
    with pytest.raises(Invalid, match="note_missing"):
        merge_cases(actor=shen, number=ends.number, into=stays.number, note=" ")
    with pytest.raises(Conflict, match="merge_not_here"):  # nobody has handed it in yet
        merged(shen, ends, opened(lin))
    office.ask_sign_off(
        actor=shen, number=ends.number, body="Tax", person_id=gu.person_id, due_date=timezone.localdate() + timedelta(3)
    )
    with pytest.raises(Conflict, match="merge_sign_off"):
        merged(shen, ends, stays)
    assert Case.objects.filter(merged_into__isnull=False).count() == 0


def test_tasks_and_interests_go_along(lin, gu, shen, two):
    ends, stays = two
    parties.assign(actor=gu, number=stays.number, person_id=gu.person_id)
    api.timing.add_task(actor=gu, number=ends.number, title="copy the file")
    parties.declare_interest(actor=shen, number=ends.number, person_id=gu.person_id, why="cousin")
    merged(shen, ends, stays)
    sheet = case_sheet(shen, stays.number)
    assert [task.title for task in sheet.tasks] == ["copy the file"]
    assert sheet.card.assignee == ""  # who has an interest in the one has it in the other
    with pytest.raises(Invalid, match="unfit"):
        parties.assign(actor=shen, number=stays.number, person_id=gu.person_id)


def promise_of(key):
    found = [one for one in clocks_of([key], timezone.localdate())[key] if one.key == "promise"]
    return [one for one in found if one.reading.lamp != "done"][-1]


def test_of_two_limits_the_nearer_one_holds(lin, gu, shen, two):
    ends, stays = two
    since = timezone.localdate() - timedelta(days=20)
    CaseClock.objects.filter(case_id=ends.id).update(started_on=since)
    CasePause.objects.create(case_id=ends.id, reason="hearing", since=since + timedelta(1), until=since + timedelta(19))
    due = promise_of(ends.id).reading.due
    assert due.day < promise_of(stays.id).reading.due.day
    merged(shen, ends, stays)
    clock = promise_of(stays.id)
    assert (clock.reading.due, clock.started_on) == (due, since)  # to the day, with the pause it had
    assert [one.reading.lamp for one in clocks_of([ends.id], timezone.localdate())[ends.id]] == ["done"]


def test_the_later_limit_changes_nothing(lin, gu, shen, two):
    ends, stays = two
    CaseClock.objects.filter(case_id=stays.id).update(started_on=timezone.localdate() - timedelta(days=4))
    due = promise_of(stays.id).reading.due
    merged(shen, ends, stays)
    assert promise_of(stays.id).reading.due == due
    assert CaseClock.objects.filter(case_id=stays.id).count() == 1


def split(shen, case, gu, **more):
    chosen = [row.pk for row in Case.objects.get(pk=case.id).parties.all()]
    told = {"title": "the second stall", "party_ids": chosen, "note": "two stalls", **more}
    return split_case(actor=shen, number=case.number, **told)


def test_a_split_case_has_a_new_number_and_the_state_and_limits_of_the_old_one(lin, gu, shen, two):
    case, _other = two
    CaseClock.objects.filter(case_id=case.id).update(started_on=timezone.localdate() - timedelta(days=3))
    new = split(shen, case, gu)
    assert new.number != case.number
    sheet = case_sheet(lin, new.number)
    assert (sheet.card.state, sheet.card.title) == ("examining", "the second stall")
    assert promise_of(new.id).reading == promise_of(case.id).reading
    assert [(one.kind, one.number, one.outgoing) for one in sheet.links] == [(LinkKind.ARISES_FROM, case.number, True)]
    assert sheet.story[0].sentence == f"The office split this case off {case.number}"
    assert case_sheet(lin, case.number).story[-1].sentence == f"The office split case {new.number} off this one"
    assert status_by_code(actor=lin, number=new.number, code=new.code).number == new.number
    api.advance(actor=lin, number=case.number, action="withdraw")  # each goes its own way
    assert case_sheet(lin, new.number).card.state == "examining"


def test_four_eyes_hold_over_a_split(lin, gu, shen):
    case = opened(lin)
    brought_to("proposed", lin, gu, case.number)
    new = split(shen, case, gu)
    with pytest.raises(NotPermitted, match="four_eyes"):
        api.advance(actor=gu, number=new.number, action="confirm")
    assert api.advance(actor=shen, number=new.number, action="confirm") == "granted"


def test_a_split_takes_only_the_parties_it_is_about(lin, stranger, gu, shen, two):
    case, _other = two
    third = NewParty(PartyRole.THIRD, person_id=stranger.person_id)
    parties.add_party(actor=gu, number=case.number, party=third)
    for wrong in ([], [10**6]):
        with pytest.raises(Invalid, match="split_nobody"):
            split(shen, case, gu, party_ids=wrong)
    (row,) = Case.objects.get(pk=case.id).parties.filter(person_id=stranger.person_id)
    new = split(shen, case, gu, party_ids=[row.pk])
    assert [party.name for party in case_sheet(stranger, new.number).parties] == ["Stranger"]
    with pytest.raises(NotFound):
        case_sheet(lin, new.number)
    assert new.number not in str(case_sheet(lin, case.number).story)
    with pytest.raises(NotPermitted):
        split(gu, case, gu)


def test_by_the_page(lin, gu, shen, two):
    ends, stays = two
    browser = Client(headers={"accept-language": "en"})
    assert browser.login(username="shen", password=PASSWORD)
    at = f"/cases/{ends.number}/matter/act"
    assert "Merge this case into another one" in browser.get(f"/cases/{ends.number}/matter").content.decode()
    refused = browser.post(at, {"act": "merge", "other": stays.number, "note": ""})
    assert (refused.status_code, "needs a reason" in refused.content.decode()) == (422, True)
    key = Case.objects.get(pk=ends.id).parties.get().pk
    made = browser.post(at, {"act": "split", "title": "other stall", "party": [key], "note": "two"})
    assert "Query code, shown this once" in made.content.decode()
    assert browser.post(at, {"act": "merge", "other": stays.number, "note": "one file"}).status_code == 302
    assert "goes on under the number" in browser.get(f"/cases/{ends.number}/matter").content.decode()


class TestAnyOrderOfMerges(TestCase):
    """Whatever is merged into whatever, in whatever order: every number leads to one open case, and no story is lost."""

    def setUp(self):
        CASE_TYPES._things[PERMIT.key] = PERMIT
        self.lin, self.gu, self.shen = person("lin"), person("gu", "examiner"), person("shen", "supervisor")
        self.cases = [examined(self.lin, self.gu) for _case in range(3)]

    def tearDown(self):
        CASE_TYPES._things.pop(PERMIT.key, None)

    @given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=4))
    @settings(max_examples=5, deadline=None)
    def test_every_number_leads_to_one_open_case(self, pairs):
        leads = dict(enumerate(range(3)))
        for ends, stays in pairs:
            may = ends != stays and leads[ends] == ends and leads[stays] == stays
            try:
                merged(self.shen, self.cases[ends], self.cases[stays])
            except (Conflict, Invalid):
                assert not may
                continue
            assert may
            leads = {one: stays if end == ends else end for one, end in leads.items()}
        for one, end in leads.items():
            card = case_sheet(self.lin, self.cases[one].number).card
            assert card.merged_into == ("" if one == end else self.cases[end].number)
            assert case_sheet(self.lin, self.cases[end].number).card.state == "examining"
            assert case_sheet(self.lin, self.cases[one].number).story[0].sentence == "Lin opened the case"
