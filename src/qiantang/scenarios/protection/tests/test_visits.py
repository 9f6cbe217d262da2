"""A party without an account: number and one-time code, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from qiantang.commons.casework import api as casework
from qiantang.kernel.actor import Actor
from qiantang.scenarios.protection.models import Paper, PartyAccess, Service
from qiantang.scenarios.protection.services import access, disputes, papers, serving, steps
from qiantang.scenarios.protection.tests.people import filed, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S7B-18")]
SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def house(settings, tmp_path, client):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    client.cookies["qiantang_language"] = "en"
    with translation.override("en"):
        yield


def test_the_respondent_looks_with_a_code_and_agrees_to_mediate(client):
    lin, gu = person("lin"), person("gu", "case_officer")
    number = disputes.choose_route(actor=lin, number=filed(lin), route="mediation")
    steps.take_step(actor=gu, number=number, action="invite")
    code = access.issue_code(actor=gu, number=number, side="respondent")
    assert client.post("/protection/visit", {"number": number, "code": "WRONGCODE2"}).status_code == 422
    assert client.post("/protection/visit", {"number": number, "code": code}).status_code == 302
    shown = client.get("/protection/visit/matter").content.decode()
    assert "一种阀门" in shown
    assert "photo.jpg" not in shown  # not opened to the other side
    disputes.open_evidence(actor=lin, number=number)
    assert "photo.jpg" in client.get("/protection/visit/matter").content.decode()
    assert client.post("/protection/visit/matter", {"answer": "agree"}).status_code == 302
    assert casework.case_sheet(SYSTEM, number).card.state == "choosing"
    assert client.post("/protection/visit/matter", {"answer": "agree"}).status_code == 422
    client.cookies.clear()
    assert client.get("/protection/visit/matter").status_code == 404
    assert client.post("/protection/visit", {"number": number, "code": code}).status_code == 422  # once


def test_what_was_served_is_read_by_code_and_the_look_ends(client):
    lin, gu = person("lin"), person("gu", "case_officer")
    number = disputes.choose_route(actor=lin, number=filed(lin), route="adjudication")
    papers.draw_up_request(actor=lin, number=number)
    code = access.issue_code(actor=gu, number=number, side="respondent")
    client.post("/protection/visit", {"number": number, "code": code})
    assert "Request for adjudication" not in client.get("/protection/visit/matter").content.decode()
    key = serving.serve_paper(actor=gu, number=number, paper=Paper.objects.get().pk, side="respondent", method="post")
    serving.record_delivery(actor=gu, number=number, key=key, delivered_on=timezone.localdate(), proof="EMS 1")
    assert "Request for adjudication" in client.get("/protection/visit/matter").content.decode()
    assert Service.objects.get().read_at is not None
    PartyAccess.objects.update(used_at=timezone.now() - timedelta(minutes=31))
    assert client.get("/protection/visit/matter").status_code == 404
