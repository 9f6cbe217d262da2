"""Cases over the open API: own ones, in pages, with problems for what is not to be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from qiantang.commons.accounts.api import access
from qiantang.commons.casework.api import advance, note

from .permits import PERMIT, declared, opened

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-06")]


def asking(actor, *scopes):
    token = access.make_token(actor=actor, name="t", scopes=scopes, days=30).text
    return lambda path: Client().get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {token}"})


def test_a_program_reads_the_cases_of_its_person_and_no_others(lin, gu, stranger):
    numbers = [opened(lin, title=f"A pump {n}").number for n in range(3)]
    opened(stranger, title="Of somebody else")
    advance(actor=lin, number=numbers[0], action="submit", note="here it is", facts={})
    note(actor=gu, number=numbers[0], text="a word among officers")
    ask = asking(lin, "cases:read")
    first = ask("cases?limit=2").json()
    rest = ask(f"cases?limit=2&cursor={first['next']}").json()
    assert [one["number"] for one in first["items"] + rest["items"]] == numbers[::-1]
    assert (first["total"], rest["next"]) == (3, None)
    whole = ask(f"cases/{numbers[0].replace('-', '')}").json()
    assert (whole["state"], whole["number"], whole["waits_for"]) == ("examining", numbers[0], "staff")
    assert [one["role"] for one in whole["parties"]] == ["applicant"]
    told = ask(f"cases/{numbers[0]}/events").json()["items"]
    assert [one["internal"] for one in told] == [False] * len(told)
    assert told[-1]["note"] == "here it is"
    assert ask(f"cases/{numbers[0]}/documents").json() == {"total": 0, "items": [], "next": None}
    office = asking(gu, "cases:read")(f"cases/{numbers[0]}/events").json()["items"]
    assert office[-1]["internal"] is True


@pytest.mark.parametrize("path", ["", "/events", "/documents"])
def test_what_is_not_ones_own_is_told_as_a_problem(lin, stranger, path):
    number = opened(lin).number
    answer = asking(stranger, "cases:read")(f"cases/{number}{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert asking(lin)(f"cases/{number}{path}").status_code == 403
    assert Client().get(f"/api/v1/cases/{number}{path}").status_code == 401
    wrong = asking(lin, "cases:read")(f"cases/HZYS{path}")
    assert wrong.status_code == 422
    assert wrong.json()["code"].startswith("identifiers.case_")


@pytest.mark.feature("X-27")
def test_a_program_takes_the_steps_of_its_person_and_decides_nothing_for_the_office(lin, gu, shen, stranger):
    number = opened(lin).number

    def taking(actor, action, note="", scopes=("cases:read", "cases:write")):
        token = access.make_token(actor=actor, name="t", scopes=scopes, days=30).text
        told = {"data": {"action": action, "note": note}, "content_type": "application/json"}
        return Client().post(f"/api/v1/cases/{number}/steps", headers={"Authorization": f"Bearer {token}"}, **told)

    assert taking(stranger, "submit").status_code == 404
    assert taking(lin, "submit", scopes=("cases:read",)).json()["code"] == "accounts.token_scope_missing"
    done = taking(lin, "submit", "here it is")
    assert (done.status_code, done.json()["state"], done.json()["waits_for"]) == (200, "examining", "staff")
    again = taking(lin, "submit")
    assert (again.status_code, again["Content-Type"]) in (
        (409, "application/problem+json"),
        (403, "application/problem+json"),
    )
    advance(actor=gu, number=number, action="propose", note="because")
    refused = taking(shen, "refuse", "score 0.2")
    assert (refused.status_code, refused.json()["code"]) == (403, "casework.person_needed")
    assert asking(lin, "cases:read")(f"cases/{number}").json()["state"] == "proposed"


@pytest.mark.feature("X-27")
def test_a_step_that_needs_a_form_tells_where_a_program_takes_it(lin, gu, monkeypatch):
    number = opened(lin).number
    kind = replace(PERMIT, endpoints={"submit": "permits/{number}/papers"})
    assert kind.defects() == []
    with declared(monkeypatch, kind):
        told = asking(lin, "cases:read")(f"cases/{number.replace('-', '')}").json()["steps"]
    assert {one["action"]: one["endpoint"] for one in told} == {"submit": f"/api/v1/permits/{number}/papers"}
    advance(actor=lin, number=number, action="submit", facts={})
    told = asking(gu, "cases:read")(f"cases/{number}").json()["steps"]
    assert {one["endpoint"] for one in told} == {None}
    wrong = replace(PERMIT, endpoints={"submit": "permits", "fly": "permits/{number}"})
    assert wrong.defects() == [
        "endpoint of 'fly': no step, or one that is taken by a note",
        "endpoint of 'submit': names no case",
    ]
