"""The pages about personal data, as a browser asks for them."""

from __future__ import annotations

import json

import pytest

from qiantang.commons.accounts import api
from qiantang.commons.accounts.rules import PUBLIC_CONTACT
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-31")]
SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"
NAME = "Lu of the test"


@pytest.fixture
def lu(client):
    person = api.create_account(actor=SYSTEM, username="lu", display_name=NAME, password=PASSWORD, roles=["operator"])
    client.login(username="lu", password=PASSWORD)
    return person


def public(client_class, language="en"):
    return client_class.get("/data-use", headers={"accept-language": language}).content.decode()


def answer(client, action, purpose=PUBLIC_CONTACT.code):
    return client.post("/my-data", {"purpose": purpose, "action": action})


def test_every_purpose_stands_on_the_public_page_in_both_languages(client):
    codes = {"accounts.public_contact", "ingest.erasure", "ingest.refused_rows", "parties.harmonising"}
    codes |= {
        "register.open_data",
        "notices.mail",
        "notices.text",
        "query.export",
        "navigation.talent",
        "monitoring.moves",
    }
    assert {told.purpose.code for told in audit.purposes()} == codes
    english, chinese = public(client), public(client, "zh-hans")
    assert all(code in english and code in chinese for code in codes)
    assert "Statutory duty" in english
    assert "法定职责" in chinese
    assert "Personal Information" not in chinese


def test_an_operator_is_named_while_they_agree_and_no_longer(client, lu):
    nobody = client.__class__()
    assert NAME not in public(nobody)
    assert answer(client, "give").url == "/my-data"
    assert NAME in public(nobody)
    assert client.get("/my-data").context["rows"][0]["consent"].person_id == lu.id
    answer(client, "withdraw")
    assert NAME not in public(nobody)
    assert client.get("/my-data").context["rows"][0]["consent"] is None


def test_an_inactive_operator_is_not_named(client, lu, django_user_model):
    answer(client, "give")
    django_user_model.objects.filter(pk=lu.id).update(is_active=False)
    assert NAME not in public(client.__class__())


def test_who_is_no_operator_is_not_asked(client):
    api.create_account(actor=SYSTEM, username="lin", display_name="Lin", password=PASSWORD)
    client.login(username="lin", password=PASSWORD)
    assert client.get("/my-data").context["rows"] == []


def test_what_concerns_a_person_is_for_the_signed_in_alone(client):
    assert client.get("/my-data").url == "/sign-in?next=/my-data"


def test_a_consent_nobody_asks_for_is_refused_with_a_page(client, lu):
    assert answer(client, "give", "ingest.erasure").status_code == 422
    assert audit.consents_of(SYSTEM, lu.id) == ()


def test_the_receipt_of_ones_own_use_is_json_that_proves_itself(client, lu):
    actor = Actor(person_id=lu.id, name=NAME, roles=frozenset({"operator"}))
    use = audit.use_data(
        actor=actor, purpose="ingest.refused_rows", for_whom="operator", scope="load:1", counts={"rows": 2}
    )
    (row,) = client.get("/my-data").context["uses"]
    response = client.get(row["receipt_url"])
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["act"]["id"] == use
    assert audit.check_receipt(response.content) == "sound"
    assert client.__class__().get(row["receipt_url"]).status_code == 404
