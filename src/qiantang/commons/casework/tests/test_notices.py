"""Who is told of what, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from qiantang.commons.casework import api
from qiantang.commons.casework.models import CaseClock
from qiantang.commons.events.api import deliver_pending
from qiantang.commons.notices.api import inbox, mark_read, organisation_inbox, tend_legal
from qiantang.kernel.paging import PageRequest

from .permits import SYSTEM, brought_to, firm_of, opened, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-10")]


def told(actor):
    deliver_pending()
    deliver_pending()
    return [(one.kind, one.deadline) for one in inbox(actor, PageRequest()).items]


def test_parties_hear_what_is_asked_by_when_and_that_it_is_over(lin, gu, shen):
    case = opened(lin)
    brought_to("awaiting", lin, gu, case.number)
    due = api.case_sheet(lin, case.number).clocks[-1].reading.due.day
    assert told(lin) == [("casework.your_turn", f"Your answer is due by {due.isoformat()}.")]
    api.advance(actor=lin, number=case.number, action="resubmit")
    assert len(told(lin)) == 1  # one's own step is no news
    api.advance(actor=gu, number=case.number, action="propose", note="fine")
    api.advance(actor=shen, number=case.number, action="confirm")
    assert [kind for kind, _ in told(lin)] == ["casework.closed", "casework.moved", "casework.your_turn"]


def test_who_acts_for_a_firm_hears_too_and_a_stranger_does_not(lin, gu, shen, stranger):
    firm = firm_of(lin, shen)
    wu = person("wu")
    case = opened(wu, firm)
    brought_to("awaiting", lin, gu, case.number)
    assert [kind for kind, _ in told(lin)] == ["casework.your_turn"]
    assert told(stranger) == told(wu) == []


def test_a_firm_has_it_in_its_own_inbox_with_who_has_read_it(lin, gu, shen):
    firm = firm_of(lin, shen)
    case = opened(person("wu"), firm)
    brought_to("awaiting", lin, gu, case.number)
    told(lin)
    page = organisation_inbox(lin, firm.id, PageRequest())
    assert [(one.notice.kind, one.notice.legal) for one in page.items] == [("casework.your_turn", True)]
    assert [one.name for one in page.items[0].readers] == ["Lin"]
    mark_read(actor=lin, notice=page.items[0].notice.id)
    assert organisation_inbox(lin, firm.id, PageRequest()).items[0].readers[0].read_at is not None


def test_the_office_hears_that_a_legal_notice_is_not_read(lin, gu, shen):
    case = opened(lin)
    brought_to("awaiting", lin, gu, case.number)
    told(lin)
    tend_legal(actor=SYSTEM, now=timezone.now() + timedelta(days=4))
    tend_legal(actor=SYSTEM, now=timezone.now() + timedelta(days=40))
    tend_legal(actor=SYSTEM, now=timezone.now() + timedelta(days=41))
    tend_legal(actor=SYSTEM, now=timezone.now() + timedelta(days=42))
    assert [kind for kind, _ in told(shen)] == ["casework.unread"]  # nobody has it in hand: its lead
    assert told(gu) == []


def test_who_handles_the_case_hears_that_it_is_back_and_that_a_limit_ended(lin, gu):
    case = opened(lin)
    brought_to("examining", lin, gu, case.number)
    api.parties.assign(actor=gu, number=case.number, person_id=gu.person_id)
    api.advance(actor=gu, number=case.number, action="request_amendment", note="figure 2")
    CaseClock.objects.filter(key="reply").update(started_on=date(2021, 9, 30))
    api.timing.tell_run_out(actor=SYSTEM)
    api.advance(actor=lin, number=case.number, action="resubmit")
    kinds = [kind for kind, _ in told(gu)]
    assert sorted(kinds) == ["casework.came_back", "casework.run_out"]
    assert timezone.localdate() > date(2021, 10, 13)
