"""A matter is handed in and withdrawn by the open API; what the office does with it stays with people."""

from __future__ import annotations

import pytest
from django.test import Client

from qiantang.commons.accounts.api import access as tokens
from qiantang.commons.casework import api as casework
from qiantang.portal.hall.services import matters

from .conftest import filled, handed_in, state, uploaded

pytestmark = pytest.mark.feature("X-27")


def program(actor):
    token = tokens.make_token(actor=actor, name="t", scopes=("cases:read", "cases:write"), days=30).text

    def take(number, action, note=""):
        told = {"data": {"action": action, "note": note}, "content_type": "application/json"}
        answer = Client().post(f"/api/v1/cases/{number}/steps", headers={"Authorization": f"Bearer {token}"}, **told)
        return answer.status_code, answer.json()["state" if answer.status_code == 200 else "code"]

    return take


def test_a_matter_is_handed_in_by_a_program_once_nothing_is_open(lin, officer):
    number = matters.open_matter(actor=lin, code="0202").number
    assert program(lin)(number, "submit") == (422, "hall.answers_open")
    filled(lin, number)
    uploaded(lin, number, "licence_contract")
    assert state(number) == "draft"
    assert program(officer)(number, "submit")[0] in (403, 404, 409)
    assert program(lin)(number, "submit", "from our system") == (200, "submitted")
    assert casework.case_sheet(lin, number).story[-1].note == "from our system"
    assert program(lin)(number, "submit")[0] in (403, 409)


def test_a_matter_is_withdrawn_by_a_program_of_its_party_alone(lin, officer, lead):
    number = handed_in(lin)
    assert program(officer)(number, "withdraw")[0] in (403, 409)
    assert program(lead)(number, "not_accept", "no") == (403, "casework.person_needed")
    assert program(officer)(number, "accept")[0] == 409
    assert program(lin)(number, "withdraw") == (200, "withdrawn")
