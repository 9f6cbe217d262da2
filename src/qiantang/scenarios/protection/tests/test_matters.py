"""A dispute among the cases it belongs with: evidence to each side as it is open, clues to the office alone, merge and split."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from qiantang.commons.casework import api as casework
from qiantang.commons.casework.models import CaseParty
from qiantang.commons.casework.selectors.graph import matter_of, timeline_of
from qiantang.commons.casework.services.joining import merge_cases, split_case
from qiantang.commons.casework.tests.permits import PASSWORD
from qiantang.kernel.errors import Conflict
from qiantang.scenarios.protection.models import Dispute
from qiantang.scenarios.protection.selectors.disputes import dispute
from qiantang.scenarios.protection.services import clues, disputes
from qiantang.scenarios.protection.tests.people import deposited, filed, person
from qiantang.scenarios.protection.types import Intake

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-08")]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def lin(db):
    return person("lin")


@pytest.fixture
def shen(db):
    return person("shen", "supervisor", "case_officer")


def things(actor, number):
    return [one.title.partition(" ")[2] for one in matter_of(actor, number).things]


def test_a_matter_over_several_lines_of_work_with_the_evidence_that_is_open_to_each(cast):
    lin, he, gu = (cast[name] for name in ("lin", "he", "gu"))
    whole = matter_of(gu, cast["number"])
    assert {card.kind for card in whole.cards} == {"protection.dispute", "protection.mediation"}
    start = next(card.number for card in whole.cards if card.kind == "protection.dispute")
    assert things(gu, cast["number"]) == things(lin, start) == ["photo.jpg"]
    theirs = matter_of(he, cast["number"])  # the dispute itself is who brought it alone
    assert {card.kind for card in theirs.cards} == {"protection.mediation"}
    assert theirs.things == ()
    assert start not in " ".join(line.sentence for line in timeline_of(he, theirs))
    assert any("photo.jpg" in line.sentence for line in timeline_of(gu, whole))


def test_no_side_hears_of_a_clue(lin, shen):
    number = filed(lin, counterfeit_yuan=80_000)
    clue = clues.note_clue(actor=shen, told=Intake(), dispute=number)
    assert {card.number for card in matter_of(shen, number).cards} == {number, clue}
    for story in (casework.case_sheet(lin, number).story, timeline_of(lin, matter_of(lin, number))):
        assert clue.replace("-", "") not in str(story).replace("-", "")
    browser = Client(headers={"accept-language": "en"})
    assert browser.login(username="lin", password=PASSWORD)
    for tail in (f"/cases/{number}", f"/cases/{number}/matter"):
        assert clue not in browser.get(tail).content.decode()


def test_two_disputes_become_one_and_the_old_number_leads_on(lin, shen):
    first, second = filed(lin), filed(lin, right_title="一种泵")
    merge_cases(actor=shen, number=first, into=second, note="one seller")
    shown = dispute(lin, first)
    assert (shown.sheet.card.merged_into, shown.sheet.steps) == (second, ())
    with pytest.raises(Conflict):
        disputes.choose_route(actor=lin, number=first, route="mediation")
    assert disputes.choose_route(actor=lin, number=second, route="mediation")


def test_a_dispute_is_split_with_its_subject_and_evidence(lin, shen):
    number = filed(lin)
    row = Dispute.objects.get()
    (party,) = CaseParty.objects.filter(case=row.case, person_id=lin.person_id)
    new = split_case(actor=shen, number=number, title="the second seller", party_ids=[party.pk], note="two sellers")
    shown = dispute(lin, new.number)
    assert (shown.told, [one.name for one in shown.exhibits]) == (dispute(lin, number).told, ["photo.jpg"])
    disputes.add_exhibit(actor=lin, number=new.number, deposit=deposited(lin, "other.jpg", b"x"), shows="y")
    assert len(dispute(lin, number).exhibits) == 1  # from then on each has its own
    assert disputes.choose_route(actor=lin, number=new.number, route="mediation")
