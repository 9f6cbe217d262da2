"""A matter of the hall, and one thing of several, from nothing until it is handed in, by the open API with a token alone."""

from __future__ import annotations

import base64

import pytest
from django.test import Client

from qiantang.commons.accounts.api import access as tokens
from qiantang.commons.audit.api import entries
from qiantang.commons.casework.tests.permits import firm_of
from qiantang.portal.hall.models import Matter, MatterFile, Rating
from qiantang.portal.hall.services import handling, matters

from .conftest import MATTER, PDF, SYSTEM, YOU, filled, handed_in, person

pytestmark = pytest.mark.feature("X-27")


def program(actor, *scopes):
    """What a token of somebody gets: (status, answer)."""
    token = tokens.make_token(actor=actor, name="t", scopes=scopes or ("cases:read", "cases:write"), days=30).text
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}

    def ask(path, body=None, method=None):
        told = {} if body is None else {"data": body, "content_type": "application/json"}
        way = method or ("get" if body is None else "post")
        answer = getattr(Client(), way)(f"/api/v1/{path}", headers=headers, **told)
        if answer.streaming:
            return answer.status_code, b"".join(answer.streaming_content)
        return answer.status_code, answer.json()

    return ask


def file(content=PDF, name="contract.pdf"):
    return {"name": name, "content": base64.b64encode(content).decode()}


def opened(ask, code="0202", **more):
    status, told = ask("hall-matters", {"service": code, **more})
    assert status == 201, told
    return told["number"]


def test_a_matter_goes_from_nothing_to_the_office(lin):
    ask = program(lin)
    number = opened(ask)
    shown = ask(f"hall-matters/{number}")[1]
    assert (shown["state"], shown["editable"], shown["parts"]) == ("draft", True, [])
    assert {one["step"] for one in shown["open_answers"]} == {"you", "matter"}
    form = ask(f"hall-matters/{number}/form")[1]
    asked = {one["key"]: {each["key"] for each in one["questions"]} for one in form["pages"]}
    assert set(YOU) <= asked["you"]
    assert set(MATTER) <= asked["matter"]
    ask(f"hall-matters/{number}/answers/you", {"answers": YOU})
    told = ask(f"hall-matters/{number}/answers/matter", {"answers": MATTER})[1]
    assert (told["open_answers"], told["open_papers"]) == ([], ["licence_contract"])
    assert ask(f"cases/{number}/steps", {"action": "submit"})[1]["code"] == "hall.answers_open"
    status, told = ask(f"hall-matters/{number}/files", {"about": "licence_contract", "file": file()})
    (paper,) = [one for one in told["papers"] if one["key"] == "licence_contract"]
    assert (status, told["open_papers"], paper["state"]) == (201, [], "uploaded")
    assert ask(f"cases/{number}/steps", {"action": "submit"})[1]["state"] == "submitted"
    assert ask(f"hall-matters/{number}")[1]["editable"] is False
    key = paper["files"][0]["key"]
    assert ask(f"hall-matters/{number}/files/{key}") == (200, PDF)
    assert ask(f"hall-matters/{number}/files/{key}", method="delete")[1]["code"] == "hall.not_editable"
    assert ask(f"hall-matters/{number}/answers/you", {"answers": {"name": "x"}})[1]["code"] == "hall.not_editable"
    assert ask(f"hall-matters/{number}/papers/licence_contract", {"state": "bring"})[1]["code"] == "hall.not_editable"
    assert MatterFile.objects.get().removed_at is None


def test_one_thing_becomes_its_parts(lin):
    ask = program(lin)
    number = opened(ask, "B001")
    firm = {"who": "firm", "uscc": "913301067996550582", "name": "钱塘泵业", "contact": "林", "phone": "0571-87000000"}
    loan = {"subject": "周转", "amount": "3000000", "insured": "yes"}
    ask(f"hall-matters/{number}/answers/firm", {"answers": firm})
    ask(f"hall-matters/{number}/answers/loan", {"answers": loan})
    rows = [{"patent_number": "CN110000001A"}, {"patent_number": "CN110000002A"}]
    told = ask(f"hall-matters/{number}/answers/pledged", {"rows": rows})[1]
    assert (told["answers"]["pledged"], told["open_answers"]) == (rows, [])
    for wrong, place in (
        ({"answers": {"patent_number": "x"}}, "body.told.answers"),
        ({}, "body.told.rows"),
        ({"rows": [{"colour": "red"}]}, "body.told.rows.0.colour"),
    ):
        status, refused = ask(f"hall-matters/{number}/answers/pledged", wrong)
        assert (status, refused["errors"][0]["place"]) == (422, place)
    for paper in told["open_papers"]:
        ask(f"hall-matters/{number}/papers/{paper}", {"state": "bring"})
    assert ask(f"cases/{number}/steps", {"action": "submit"})[1]["state"] == "running"
    parts = ask(f"hall-matters/{number}")[1]["parts"]
    assert [(one["service"], one["stage"], one["state"]) for one in parts][:2] == [
        ("0205", 1, "submitted"),
        ("0203", 2, "queued"),
    ]


def test_a_file_is_taken_back_and_a_paper_is_brought(lin):
    ask = program(lin)
    number = opened(ask)
    told = ask(f"hall-matters/{number}/files", {"about": "licence_contract", "file": file()})[1]
    key = next(one["files"][0]["key"] for one in told["papers"] if one["files"])
    status, told = ask(f"hall-matters/{number}/files/{key}", method="delete")
    assert (status, [one for one in told["papers"] if one["files"]]) == (200, [])
    assert ask(f"hall-matters/{number}/files/{key}", method="delete")[0] == 404
    told = ask(f"hall-matters/{number}/papers/licence_contract", {"state": "bring"})[1]
    assert "licence_contract" not in told["open_papers"]
    told = ask(f"hall-matters/{number}/papers/licence_contract", {"state": None})[1]
    assert "licence_contract" in told["open_papers"]
    assert ask(f"hall-matters/{number}/papers/licence_contract", {"state": "later"})[1]["code"] == "hall.not_tolerated"
    assert ask(f"hall-matters/{number}/papers/nothing", {"state": "bring"})[1]["code"] == "hall.paper_unknown"


def test_what_is_left_out_stays_and_what_is_not_asked_is_told_with_its_place(lin):
    ask = program(lin)
    number = opened(ask)
    ask(f"hall-matters/{number}/answers/you", {"answers": YOU})
    told = ask(f"hall-matters/{number}/answers/you", {"answers": {"phone": None, "contact": "林"}})[1]
    assert told["answers"] == {key: value for key, value in YOU.items() if key != "phone"} | {"contact": "林"}
    before = ask(f"hall-matters/{number}")[1]
    for body, place in (
        ({"answers": {"name": "x", "colour": "red"}}, "body.told.answers.colour"),
        ({"answers": {"name": ["a", "b"]}}, "body.told.answers.name"),
        ({"rows": [{"name": "x"}]}, "body.told.rows"),
    ):
        status, told = ask(f"hall-matters/{number}/answers/you", body)
        assert (status, told["code"], told["errors"][0]["place"]) == (422, "hall.question_unknown", place)
    status, told = ask(f"hall-matters/{number}/answers/you", {"answers": {"name": 3}})
    assert (status, told["code"]) == (422, "api.question")
    assert ask(f"hall-matters/{number}/answers/nowhere", {"answers": {}})[0] == 404
    upload = {"about": "licence_contract", "file": {**file(), "content": "%%%"}}
    status, told = ask(f"hall-matters/{number}/files", upload)
    assert (status, told["errors"][0]["place"]) == (422, "body.paper.file.content")
    empty = {"about": "licence_contract", "file": file(b"\x7fELF" + bytes(64), "x.pdf")}
    assert ask(f"hall-matters/{number}/files", empty)[1]["code"] == "hall.file_refused"
    assert ask(f"hall-matters/{number}/files", {"about": "nothing", "file": file()})[1]["code"] == "hall.paper_unknown"
    assert ask("hall-matters", {"service": "9999"})[1]["code"] == "hall.service_unknown"
    assert ask(f"hall-matters/{number}")[1] == before
    assert (MatterFile.objects.count(), Matter.objects.count()) == (0, 1)


WRITES = (
    ("answers/you", {"answers": {"name": "x"}}),
    ("files", {"about": "licence_contract", "file": file()}),
    ("papers/licence_contract", {"state": "bring"}),
    ("signatures", {"role": "joint_owner", "username": "gu"}),
    ("contests", {"question": "name", "said": "x", "why": "x"}),
    ("rating", {"grade": 5}),
)


@pytest.mark.parametrize(("tail", "body"), WRITES, ids=[one[0] for one in WRITES])
def test_nobody_writes_into_the_matter_of_another_nor_without_the_scope(lin, officer, window, tail, body):
    number = handed_in(lin) if tail == "rating" else matters.open_matter(actor=lin, code="0202").number
    kept = Matter.objects.values().get()
    assert program(window)(f"hall-matters/{number}/{tail}", body)[0] in (403, 404, 409)
    assert program(officer)(f"hall-matters/{number}/{tail}", body)[0] in (403, 404, 409)
    told = program(lin, "cases:read")(f"hall-matters/{number}/{tail}", body)
    assert (told[0], told[1]["code"]) == (403, "accounts.token_scope_missing")
    assert program(lin, "cases:write")(f"hall-matters/{number}")[0] == 403
    assert (Matter.objects.values().get(), Rating.objects.count()) == (kept, 0)


def test_a_file_read_by_a_program_stands_in_the_journal_and_is_closed_to_others(lin, officer, hall):
    ask = program(lin)
    number = opened(ask)
    told = ask(f"hall-matters/{number}/files", {"about": "licence_contract", "file": file()})[1]
    key = next(one["files"][0]["key"] for one in told["papers"] if one["files"])
    stranger = program(person("wang"))
    for path in ("", "/form", f"/files/{key}"):
        assert stranger(f"hall-matters/{number}{path}")[0] == 404
    assert stranger(f"hall-matters/{number}/files/{key}", method="delete")[0] == 404
    assert read_lines() == 0
    assert ask(f"hall-matters/{number}/files/{key}")[0] == 200
    assert read_lines() == 1


def read_lines():
    return [one.verb for one in entries(SYSTEM)].count("hall.file.read")


def test_a_matter_is_begun_for_an_organisation_under_its_mandate(lin, lead):
    firm = firm_of(lin, lead, "hall.file")
    number = opened(program(lin), organisation=firm.uscc)
    assert Matter.objects.get().case.parties.get().organisation_id == firm.id
    assert program(lin)(f"hall-matters/{number}")[0] == 200
    other = program(person("wang"))
    assert other("hall-matters", {"service": "0202", "organisation": firm.uscc})[0] == 404
    assert other("hall-complaints", {"text": "x", "organisation": firm.uscc})[0] == 404


def test_signatures_contests_ratings_and_complaints(lin, officer, lead):
    ask = program(lin)
    number = opened(ask)
    status, told = ask(f"hall-matters/{number}/signatures", {"role": "joint_owner", "username": "gu"})
    assert (status, len(told["open_signatures"])) == (201, 1)
    again = ask(f"hall-matters/{number}/signatures", {"role": "joint_owner", "username": "gu"})
    assert again[1]["code"] == "hall.signer_known"
    assert ask(f"hall-matters/{number}/signatures", {"role": "witness", "username": "gu"})[0] == 422
    told = ask(f"hall-matters/{number}/contests", {"question": "name", "said": "林晓云", "why": "旧名"})
    assert told[0] == 201, told
    assert ask(f"hall-matters/{number}/contests", {"question": "phone", "said": "1", "why": "x"})[0] == 404
    done = handed_in(lin)
    assert ask(f"hall-matters/{done}/rating", {"grade": 5})[1]["code"] == "hall.rate_after"
    handling.accept_matter(actor=officer, number=done)
    handling.decide_matter(actor=lead, number=done, action="complete", text="x")
    assert ask(f"hall-matters/{done}/rating", {"grade": 6})[1]["errors"][0]["place"] == "body.told.grade"
    assert ask(f"hall-matters/{done}/rating", {"grade": 5})[0] == 201
    assert ask(f"hall-matters/{done}/rating", {"grade": 1})[1]["code"] == "hall.rated_already"
    status, told = ask("hall-complaints", {"text": "退回两次", "matter": done})
    assert status == 201
    assert ask(f"cases/{told['number']}")[1]["links"][0]["number"] == done
    assert ask("hall-complaints", {"text": ""})[1]["errors"][0]["place"] == "body.told.text"


def test_the_form_by_program_and_the_form_by_page_are_one(lin):
    number = opened(program(lin))
    filled(lin, number)  # as the pages do
    assert program(lin)(f"hall-matters/{number}")[1]["open_answers"] == []
