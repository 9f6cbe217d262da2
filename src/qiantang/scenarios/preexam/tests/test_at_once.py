"""Two at once, twice the same, and a job that dies half-way: nothing lost, nothing twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone, translation

from qiantang.commons.audit import api as audit
from qiantang.commons.documents import api as documents
from qiantang.commons.events.api import Delivered
from qiantang.kernel.errors import DomainError
from qiantang.scenarios.preexam import handlers
from qiantang.scenarios.preexam.models import Conclusion
from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.services import concluding, examining, intake, noticing

from .drafts import REPAIRED
from .people import SYSTEM, House

pytestmark = pytest.mark.feature("S1-15")


@pytest.fixture
def house(settings, tmp_path, monkeypatch):
    settings.QIANTANG_HOME = tmp_path
    monkeypatch.setattr(concluding, "is_drawn", lambda *_: False)
    with translation.override("zh-hans"):
        yield House()


def at_once(*acts):
    """All of them from threads that begin together; what each gave: ``done``, or the code of the refusal."""
    gate = Barrier(len(acts))

    def one(act):
        gate.wait(10)
        try:
            act()
        except DomainError as refused:
            return refused.code
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def proposed(house):
    number = house.filled(text=REPAIRED)
    intake.submit_draft(actor=house.lin, number=number)
    examining.accept_draft(actor=house.gu, number=number)
    examining.assign_draft(actor=house.shen, number=number, person_id=house.gu.person_id)
    concluding.propose_conclusion(actor=house.gu, number=number, outcome="qualified", reasons=[], said="")
    return number


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_and_a_form_sent_twice_are_one_decision(house):
    draft = house.filled(text=REPAIRED)
    twice = at_once(*[lambda: intake.submit_draft(actor=house.lin, number=draft)] * 2)
    assert twice.count("done") == 1
    assert set(twice) - {"done"} <= {"casework.step_not_from_here", "preexam.draft_not_editable"}
    number = proposed(house)
    decided = at_once(
        *(lambda who=who: concluding.confirm_conclusion(actor=who, number=number, outcome="qualified") for who in (house.shen, house.wu))
    )  # fmt: skip
    assert decided.count("done") == 1
    assert next(one for one in decided if one != "done") in (
        "casework.step_not_from_here",
        "preexam.conclusion_differs",
    )
    assert Conclusion.objects.filter(confirmed_at__isnull=False).count() == 1
    assert audit.verify() is None


@pytest.mark.django_db
def test_a_worker_killed_between_the_event_and_the_notice_loses_nothing_and_issues_one(house, monkeypatch):
    number = proposed(house)
    concluding.confirm_conclusion(actor=house.shen, number=number, outcome="qualified")
    case = reads.draft_row(house.gu, number)[0].case_id
    told = {"kind": "preexam.invention", "action": "confirm_pass", "case_id": case}
    event = Delivered(uuid4(), "casework.case.advanced", told, timezone.now())
    whole = noticing.make_document

    def killed(**asked):
        whole(**asked)
        raise KeyboardInterrupt  # as the worker ends: the paper is made, the case does not know it yet

    monkeypatch.setattr(noticing, "make_document", killed)
    with pytest.raises(KeyboardInterrupt):
        handlers.issue_the_notice(event)
    assert documents.documents_of_case(SYSTEM, number) == ()
    monkeypatch.setattr(noticing, "make_document", whole)
    for _again in range(2):
        handlers.issue_the_notice(event)
    (paper,) = documents.documents_of_case(SYSTEM, number)
    assert reads.draft(house.lin, number).conclusion.notice == paper.number
