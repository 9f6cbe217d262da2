"""Who is told of what, once."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from qiantang.commons.casework import api
from qiantang.commons.casework.models import CaseClock
from qiantang.commons.events.api import deliver_pending
from qiantang.commons.notices.api import inbox
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
