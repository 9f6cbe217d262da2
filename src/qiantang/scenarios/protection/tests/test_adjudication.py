"""An adjudication from the request to the served decision, and the service of papers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from qiantang.commons.casework import api as casework
from qiantang.commons.documents import api as documents
from qiantang.commons.notices.api import inbox
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.protection.models import Paper, Proceeding, Service
from qiantang.scenarios.protection.selectors.files import papers_of
from qiantang.scenarios.protection.services import access, disputes, papers, serving, steps
from qiantang.scenarios.protection.tests.people import deposited, filed, person
from qiantang.scenarios.protection.types import Side

SYSTEM = Actor.system("test")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house(settings, tmp_path, tmp_path_factory):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    settings.SEAL_ADAPTER = (
        "qiantang.engines.seal.demo.DemoSealer",
        {"folder": tmp_path_factory.getbasetemp() / "seal"},
    )
    settings.PUBLIC_URL = "https://ip.example.org"
    with translation.override("en"):
        yield


@pytest.fixture
def cast():
    people = {
        name: person(name, *roles)
        for name, *roles in (("lin",), ("he",), ("gu", "case_officer"), ("shen", "supervisor"))
    }
    people["number"] = disputes.choose_route(actor=people["lin"], number=filed(people["lin"]), route="adjudication")
    papers.draw_up_request(actor=people["lin"], number=people["number"])
    return people


def state(cast):
    return casework.case_sheet(SYSTEM, cast["number"]).card.state


def joined(cast):
    code = access.issue_code(actor=cast["gu"], number=cast["number"], side="respondent")
    access.join_by_code(actor=cast["he"], number=cast["number"], code=code)


def serve(cast, paper, side, method="electronic"):
    return serving.serve_paper(actor=cast["gu"], number=cast["number"], paper=paper.pk, side=side, method=method)


@pytest.mark.feature("S7B-08")
def test_the_file_from_the_request_to_the_decision_which_two_people_make(cast):
    number, gu, lin, he = cast["number"], cast["gu"], cast["lin"], cast["he"]
    request = Paper.objects.get()
    assert "ZL202010000001.0" in request.text  # of the intake: nothing was asked again
    assert papers.draw_up_request(actor=lin, number=number) == request.pk
    steps.take_step(actor=gu, number=number, action="file")
    with pytest.raises(Conflict, match="not_served"):
        papers.go_on_when_served(actor=gu, number=number)
    joined(cast)
    serve(cast, request, "respondent")
    assert papers.go_on_when_served(actor=gu, number=number) == "served"
    with pytest.raises(Conflict, match="file_closed"):
        papers.hand_in(actor=lin, number=number, text="too early")
    papers.hand_in(actor=he, number=number, text="another principle", deposits=[deposited(he, "plan.pdf", b"plan")])
    papers.hand_in(actor=lin, number=number, text="it is equivalent")
    assert state(cast) == "exchange"
    papers.call_hearing(actor=gu, number=number, text="3 June, room 1")
    papers.record_hearing(actor=gu, number=number, text="both were heard")
    papers.propose_decision(actor=gu, number=number, stop=True, reasons="all elements are there")
    seen = [one["row"].kind for one in papers_of(lin, number, Side.APPLICANT)]
    assert seen == ["request", "answer", "statement", "hearing_notice", "hearing_record"]
    with pytest.raises(NotPermitted):
        papers.decide(actor=gu, number=number, note="so be it")
    decision = papers.decide(actor=cast["shen"], number=number, note="so be it")
    told = documents.document_told(cast["gu"], decision)
    assert (told.template, told.facts["stops"]) == ("protection.decision", True)
    assert (Proceeding.objects.get().outcome, state(cast)) == ("success", "decided")
    paper = Paper.objects.get(kind="decision")
    serve(cast, paper, "applicant")
    with pytest.raises(Conflict, match="not_served"):
        papers.go_on_when_served(actor=gu, number=number)
    serve(cast, paper, "respondent")
    assert papers.go_on_when_served(actor=gu, number=number) == "delivered"
    assert "tl_11" in {one.key for one in casework.case_sheet(SYSTEM, number).clocks}


@pytest.mark.feature("S7B-08")
def test_who_proposes_does_not_confirm_and_a_stranger_hands_nothing_in(cast):
    number, shen = cast["number"], cast["shen"]
    steps.take_step(actor=shen, number=number, action="file")
    joined(cast)
    serve(cast, Paper.objects.get(), "respondent")
    papers.go_on_when_served(actor=shen, number=number)
    steps.take_step(actor=shen, number=number, action="no_answer", note="15 days are over")
    steps.take_step(actor=shen, number=number, action="without_hearing", note="clear from the papers")
    papers.propose_decision(actor=shen, number=number, stop=False, reasons="an element is missing")
    with pytest.raises(NotPermitted, match="four_eyes"):
        papers.decide(actor=shen, number=number, note="so be it")
    with pytest.raises(NotFound):
        papers.hand_in(actor=person("stranger"), number=number, text="me too")
    with pytest.raises(NotPermitted, match="step_of_another"):
        steps.take_step(actor=cast["he"], number=number, action="withdraw")  # it is not theirs to withdraw


@pytest.mark.feature("S7B-17")
def test_electronic_service_arrives_with_a_notice_and_is_read_when_it_is_looked_at(cast):
    request = Paper.objects.get()
    with pytest.raises(Conflict, match="nobody_to_serve"):
        serve(cast, request, "respondent")
    joined(cast)
    serve(cast, request, "respondent")
    made = Service.objects.get()
    assert (made.counts_on, made.proof_sha256, made.read_at) == (timezone.localdate(), request.sha256, None)
    assert "served" in str([one.title for one in inbox(cast["he"], PageRequest()).items])
    assert serving.note_read(actor=cast["lin"], number=cast["number"]) == 0  # somebody else looks
    assert (
        serving.note_read(actor=cast["he"], number=cast["number"]),
        serving.note_read(actor=cast["he"], number=cast["number"]),
    ) == (1, 0)


@pytest.mark.feature("S7B-17")
def test_a_substitute_comes_only_after_a_failure_and_a_public_notice_counts_after_its_days(cast):
    request, number, gu = Paper.objects.get(), cast["number"], cast["gu"]
    with pytest.raises(Conflict, match="try_first"):
        serve(cast, request, "respondent", "public_notice")
    posted = serve(cast, request, "respondent", "post")
    assert papers.served_on(Proceeding.objects.get(), "request") == set()
    with pytest.raises(Invalid, match="note_missing"):
        serving.record_failure(actor=gu, number=number, key=posted, why=" ")
    serving.record_failure(actor=gu, number=number, key=posted, why="moved away")
    with pytest.raises(NotFound):
        serving.record_delivery(actor=gu, number=number, key=posted, delivered_on=timezone.localdate(), proof="x")
    notice = serve(cast, request, "respondent", "public_notice")
    row = Service.objects.get(pk=notice)
    assert (row.instead_of_id, row.counts_on) == (posted, timezone.localdate() + timedelta(days=30))
    assert papers.served_on(Proceeding.objects.get(), "request") == set()  # not before its day
    again = serve(cast, request, "respondent", "left")
    serving.record_delivery(
        actor=gu, number=number, key=again, delivered_on=timezone.localdate(), proof="two witnesses"
    )
    assert papers.served_on(Proceeding.objects.get(), "request") == {"respondent"}
    with pytest.raises(NotPermitted, match="office_only"):
        serving.serve_paper(actor=cast["lin"], number=number, paper=request.pk, side="respondent", method="post")
