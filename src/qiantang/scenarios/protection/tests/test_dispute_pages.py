"""The pages of a dispute, as they work without a script."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from qiantang.scenarios.protection.selectors import disputes as reads
from qiantang.scenarios.protection.selectors.figures import statistics
from qiantang.scenarios.protection.services import disputes
from qiantang.scenarios.protection.tests.people import deposited, filed, person
from qiantang.scenarios.protection.types import Route

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)


FORM = {
    "do": "save",
    "right_kind": "invention",
    "right_number": "ZL202010000001.0",
    "right_in_force": "true",
    "matter": "infringement",
    "respondent": "钱塘阀门厂",
    "place": "杭州",
    "happened_on": "2026-03-01",
    "known_on": "2026-03-10",
    "description": "sold",
    "wanted": "stop",
    "stop_wanted": "true",
    "damages_yuan": "5000",
    "clear": "unknown",
}


@pytest.mark.feature("S7B-01")
def test_from_the_first_page_to_two_routes_without_telling_twice(client):
    lin = person("lin")
    client.force_login(get_user_model().objects.get(pk=lin.person_id))
    client.cookies["qiantang_language"] = "en"
    assert "not known" in client.get("/protection").content.decode()
    assert "Query code" in client.post("/protection/disputes").content.decode()
    (card,) = reads.disputes(lin)
    page, act = f"/protection/disputes/{card.number}", f"/protection/disputes/{card.number}/act"
    assert client.post(act, {**FORM, "damages_yuan": "many"}).status_code == 422
    assert client.post(act, FORM).status_code == 302
    refused = client.post(act, {"do": "file"})
    assert refused.status_code == 422
    assert "First evidence" in refused.content.decode()
    assert client.post(act, {"do": "attach", "deposit": deposited(lin)}).status_code == 302
    assert client.post(act, {"do": "file"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "2029-03-12" in shown  # three years from 2026-03-10, which is a Saturday then
    for route, says in (("mediation", "Mediation"), ("adjudication", "Administrative adjudication")):
        there = client.post(act, {"do": "choose", "route": route})
        assert there.status_code == 302
        body = client.get(there["Location"]).content.decode()
        assert says in body
        assert "ZL202010000001.0" in body
        assert "photo.jpg" in body
    assert client.post(act, {"do": "choose", "route": "nowhere"}).status_code == 422


def test_the_public_is_asked_to_sign_in(client):
    assert client.get("/protection/disputes").status_code == 200
    assert client.post("/protection/disputes")["Location"].startswith("/sign-in")


@pytest.mark.feature("S7B-07")
def test_a_dispute_counts_once_and_each_route_for_itself(client):
    lin = person("lin")
    number = filed(lin)
    for route in ("mediation", "adjudication"):
        disputes.choose_route(actor=lin, number=number, route=route)
    client.cookies["qiantang_language"] = "en"
    shown = " ".join(client.get("/protection/statistics").content.decode().split())
    assert "however many routes it took: 1." in shown
    today = timezone.localdate()
    told = statistics(lin, Route.MEDIATION, today, today)
    assert (told.accepted, told.completed, told.pending_end, told.success_rate) == (1, 0, 1, None)
    assert statistics(lin, Route.COURT, today, today).accepted == 0
    assert client.get("/protection/statistics?year=many").status_code == 200
