"""Drafts and filings are handed in by the open API as on their pages; what is missing keeps them back there too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from qiantang.commons.accounts.api import access as tokens
from qiantang.commons.casework import api as casework
from qiantang.scenarios.preexam.services import answering, examining, intake, subjects
from qiantang.scenarios.preexam.types.drafts import NewItem

from .people import upload
from .test_subjects import FACTS, firm_of, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-27"), pytest.mark.usefixtures("in_english")]


def program(actor):
    """What a token of somebody answers to a step."""
    token = tokens.make_token(actor=actor, name="t", scopes=("cases:read", "cases:write"), days=30).text
    told = {"headers": {"Authorization": f"Bearer {token}", "Accept-Language": "en"}}

    def take(number, action, note=""):
        body = {"data": {"action": action, "note": note}, "content_type": "application/json"}
        answer = Client().post(f"/api/v1/cases/{number}/steps", **body, **told)
        return answer.status_code, answer.json()["state" if answer.status_code == 200 else "code"]

    return take


def test_a_draft_is_handed_in_and_answered_by_a_program(house):
    number = intake.open_draft(actor=house.lin, kind="invention").number
    assert program(house.lin)(number, "submit") == (409, "preexam.gaps")
    house.fill(house.lin, number)
    assert program(house.ma)(number, "submit")[0] in (403, 404)  # nobody of the case
    assert program(house.lin)(number, "submit", "from our docketing") == (200, "submitted")
    assert casework.case_sheet(house.lin, number).story[-1].note == "from our docketing"
    assert program(house.lin)(number, "submit")[0] in (403, 409)
    examining.accept_draft(actor=house.gu, number=number)
    examining.assign_draft(actor=house.shen, number=number, person_id=house.gu.person_id)
    examining.add_item(actor=house.gu, number=number, item=NewItem("claims", 2, None, "CL-14", "请写明数值"))
    examining.request_amendment(actor=house.gu, number=number)
    assert program(house.lin)(number, "resubmit") == (409, "preexam.answers_missing")
    upload(house.lin, number)
    answering.answer_items(actor=house.lin, number=number, answers={1: "已改"})
    assert program(house.gu)(number, "resubmit")[0] in (403, 409)  # the office answers for nobody
    assert program(house.lin)(number, "resubmit") == (200, "examining")


def test_a_filing_of_a_subject_is_handed_in_by_a_program():
    person_of_it = person("lin")
    lin = replace(person_of_it, organisation_id=firm_of(person_of_it, person("shen", "supervisor"), "preexam.file").id)
    number = subjects.open_subject_filing(actor=lin).number
    assert program(lin)(number, "submit") == (422, "preexam.facts_missing")
    subjects.save_subject(actor=lin, number=number, told=FACTS)
    assert program(lin)(number, "submit") == (200, "submitted")
