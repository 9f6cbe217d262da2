"""The pages of a draft, by the people whose they are, and closed to all others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.services import concluding, examining, intake
from qiantang.scenarios.preexam.types.drafts import NewItem

from .drafts import FIXTURE, REPAIRED
from .people import PNG, STATED, House

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings, tmp_path, monkeypatch):
    settings.QIANTANG_HOME = tmp_path
    monkeypatch.setattr(concluding, "is_drawn", lambda *_: True)
    return House()


def browser(actor):
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.person_id))
    client.cookies["qiantang_language"] = "en"
    if actor.organisation_id is not None:
        client.post("/my-organisations/act-for", {"organisation": actor.organisation_id})
    return client


def text_file(text):
    return SimpleUploadedFile("泵.txt", text.encode())


def handed_in(house, lin):
    """Begun, filled and handed in; returns the number."""
    assert "is no type of application" in lin.post("/preexam/drafts", {"kind": "plant"}).content.decode()
    assert "Query code" in lin.post("/preexam/drafts", {"kind": "invention"}).content.decode()
    (card,) = reads.drafts(house.lin, reads.PageRequest()).items
    page = f"/preexam/drafts/{card.number}"
    told = lin.get(page).content.decode()
    assert "Before it can be handed in" in told
    assert "Report of the prior-art search" in told
    refused = lin.post(f"{page}/submit", {"act": "submit"})
    assert refused.status_code == 422
    assert "15 things are missing" in refused.content.decode()
    stated = {name: str(value).lower() for name, value in STATED.items()}
    assert lin.post(page, {"main_class": "F04D 1/00", **stated}).status_code == 302
    assert lin.post(f"{page}/versions").status_code == 422
    assert lin.post(f"{page}/versions", {"file": text_file(FIXTURE)}).status_code == 302
    for slot in ("self_check", "prior_art", "undertaking"):
        file = SimpleUploadedFile("scan.png", PNG)
        assert lin.post(f"{page}/papers/{slot}", {"file": file}).status_code == 302
    assert lin.post(f"{page}/submit", {"act": "submit"}).status_code == 302
    return card.number


def examined(house, page, lin, gu, shen):
    """Accepted, assigned, asked, answered, settled."""
    act = f"{page}/act"
    assert gu.post(act, {"act": "accept"}).status_code == 302
    assert gu.get(f"{page}/text").status_code == 403
    assert gu.post(act, {"act": "assign", "person": house.he.person_id}).status_code == 422  # who assigns is a lead
    assert shen.post(act, {"act": "assign", "person": house.gu.person_id}).status_code == 302
    text = gu.get(f"{page}/text").content.decode()
    assert "磁悬浮轴承" in text
    assert "CL-14" in text
    item = {"act": "add", "part": "claims", "claim": "2", "rule": "CL-14", "text": "请写明数值"}
    assert gu.post(f"{page}/items", item).status_code == 302
    assert gu.post(f"{page}/items", {"act": "add", "part": "claims"}).status_code == 422
    assert gu.post(f"{page}/items", {"act": "send"}).status_code == 302
    assert "请写明数值" in lin.get(f"{page}/text").content.decode()
    assert lin.post(f"{page}/versions", {"file": text_file(REPAIRED)}).status_code == 302
    assert "nobody asked for it" in lin.get(f"{page}/text").content.decode()
    declared = {"act": "declare", "declared": ["1", "2"], "why": "形式问题"}
    assert lin.post(f"{page}/answers", declared).status_code == 302
    assert lin.post(f"{page}/answers", {"act": "resubmit"}).status_code == 422
    assert lin.post(page, {"main_class": "A01B 1/00"}).status_code == 422  # what was stated stays
    assert lin.post(f"{page}/answers", {"act": "resubmit", "answer-1": "已改"}).status_code == 302
    seen = gu.get(f"{page}/text").content.decode()
    assert "declared by the applicant" in seen
    assert gu.post(f"{page}/items", {"act": "settle", "settled": "1"}).status_code == 302


@pytest.mark.feature("S1-11")
def test_the_whole_life_of_a_draft_by_its_pages(house):
    lin, gu, shen, he = (browser(one) for one in (house.lin, house.gu, house.shen, house.he))
    number = handed_in(house, lin)
    page, act = f"/preexam/drafts/{number}", f"/preexam/drafts/{number}/act"
    examined(house, page, lin, gu, shen)
    assert gu.post(act, {"act": "propose", "outcome": "qualified"}).status_code == 302
    for client in (lin, he):  # the party hears of it when it is confirmed, a second reader reads blind
        assert "proposed, not confirmed yet" not in client.get(page).content.decode()
    assert "proposed, not confirmed yet" in shen.get(page).content.decode()
    assert he.post(act, {"act": "take_second"}).status_code == 302
    assert "请写明数值" not in he.get(f"{page}/text").content.decode()  # blind
    assert he.post(act, {"act": "deliver_second", "outcome": "qualified", "note": "ok"}).status_code == 302
    assert shen.post(act, {"act": "confirm", "outcome": "qualified"}).status_code == 302
    told = lin.get(page).content.decode()
    assert f"{number}/01" in told
    assert "Compare and note" in told
    assert lin.post(f"{page}/versions", {"file": text_file(FIXTURE)}).status_code == 422  # what passed stays
    filing = {"act": "file", "application_number": "202610123456.X", "filed_on": timezone.localdate().isoformat()}
    assert "is not the text that passed" in lin.post(act, {**filing, "file": text_file(FIXTURE)}).content.decode()
    assert lin.post(act, {**filing, "file": text_file(REPAIRED)}).status_code == 302
    assert gu.post(act, {"act": "mark"}).status_code == 302
    event = {"act": "event", "stage": "granted", "day": timezone.localdate().isoformat(), "source": "公告"}
    assert lin.post(act, event).status_code == 302
    told = lin.get(page).content.decode()
    assert "Grant announced" in told
    assert "Second reader" in told  # every opening stands here, by its part


@pytest.mark.feature("S1-20")
def test_every_address_of_a_draft_is_closed_to_strangers_and_to_staff_without_the_case(house):
    number = house.filled()
    row, _card = reads.draft_row(house.lin, number)
    paper = reads.papers_of(row)[0].sealed_id
    page = f"/preexam/drafts/{number}"
    gets = [page, f"{page}/text", f"{page}/paper/{paper}"]
    posts = [*(f"{page}/{end}" for end in ("versions", "papers/prior_art", "submit", "act", "items", "answers")), page]
    stranger, public, gu, lin = browser(house.stranger), Client(), browser(house.gu), browser(house.lin)
    for client in (stranger, public):
        assert {client.get(one).status_code for one in gets} == {404}
        assert {client.post(one).status_code for one in posts} <= {404, 422}
        assert "钱塘泵业" not in "".join(client.post(one).content.decode() for one in posts)
    assert {gu.get(one).status_code for one in gets} == {404}  # not handed in: the parties' alone
    intake.submit_draft(actor=house.lin, number=number)
    assert [gu.get(one).status_code for one in gets] == [200, 403, 403]
    answer = lin.get(f"{page}/paper/{paper}")
    assert answer.content == PNG
    assert answer["Content-Disposition"].startswith("attachment")
    assert public.get("/preexam/drafts").status_code == 302
    assert stranger.get("/preexam/drafts").status_code == 200


@pytest.mark.feature("S1-20")
def test_the_centre_sees_a_draft_once_it_is_handed_in_or_by_leave_of_its_owner(house):
    number = house.filled()
    page = f"/preexam/drafts/{number}"
    lin, gu, shen = browser(house.lin), browser(house.gu), browser(house.shen)
    for client in (gu, shen):
        assert number not in client.get("/preexam/drafts").content.decode()
        assert client.get(f"/cases/{number}").status_code == 404
        assert client.get(f"{page}/text").status_code == 404
    assert gu.post(f"{page}/act", {"act": "take"}).status_code == 404  # taking it was a way to read it
    today = timezone.localdate()
    for until in ("x", today - timedelta(days=1), today + timedelta(days=31)):
        assert lin.post(f"{page}/submit", {"act": "open", "until": str(until)}).status_code == 422
    assert lin.post(f"{page}/submit", {"act": "open", "until": str(today)}).status_code == 302
    assert "磁悬浮轴承" in gu.get(f"{page}/text").content.decode()
    assert (
        gu.post(f"{page}/items", {"act": "add", "part": "claims", "text": "x"}).status_code == 422
    )  # to read, not to act
    assert "The centre, by leave of the owner" in lin.get(page).content.decode()
    assert browser(house.stranger).get(page).status_code == 404
    assert lin.post(f"{page}/submit", {"act": "close"}).status_code == 302
    assert gu.get(f"{page}/text").status_code == 404
    assert gu.post(f"{page}/submit", {"act": "open", "until": str(today)}).status_code == 404
    assert lin.post(f"{page}/submit", {"act": "withdraw"}).status_code == 302
    assert gu.get(page).status_code == 404  # withdrawn before it was handed in: it stays the party's own


@pytest.mark.feature("S1-20")
def test_what_an_answer_is_made_of_is_seen_when_it_is_handed_in(house):
    number = house.filled()
    page = f"/preexam/drafts/{number}"
    intake.submit_draft(actor=house.lin, number=number)
    examining.accept_draft(actor=house.gu, number=number)
    examining.assign_draft(actor=house.shen, number=number, person_id=house.gu.person_id)
    examining.add_item(actor=house.gu, number=number, item=NewItem("claims", 2, None, "CL-14", "请写明数值"))
    examining.request_amendment(actor=house.gu, number=number)
    lin, gu = browser(house.lin), browser(house.gu)
    marked = REPAIRED.replace("铸铁", "球墨铸铁")
    assert lin.post(f"{page}/versions", {"file": text_file(marked)}).status_code == 302
    later = SimpleUploadedFile("later.png", PNG)
    assert lin.post(f"{page}/papers/prior_art", {"file": later}).status_code == 302
    row, _card = reads.draft_row(house.lin, number)
    newest = reads.papers_of(row)[1].sealed_id
    assert "球墨铸铁" in lin.get(f"{page}/text").content.decode()
    for address in (f"{page}/text", f"{page}/text?version=1"):
        assert "球墨铸铁" not in gu.get(address).content.decode()
    assert gu.get(f"{page}/text?version=2").status_code == 404
    assert gu.get(f"{page}/paper/{newest}").status_code == 404
    assert lin.post(f"{page}/answers", {"act": "resubmit", "answer-1": "已改"}).status_code == 302
    assert "球墨铸铁" in gu.get(f"{page}/text").content.decode()
    assert gu.get(f"{page}/paper/{newest}").status_code == 200
