"""The pages of a mediation, as they work without a script."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone, translation

from qiantang.scenarios.protection.models import Agreement
from qiantang.scenarios.protection.tests.people import TABLE, key_of


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


@pytest.mark.feature("S7B-05")
def test_the_forms_from_the_choice_to_the_signatures(cast, client):
    number = cast["number"]
    page, act = f"/protection/matters/{number}", f"/protection/matters/{number}/act"

    def sent(name, address, **told):
        client.force_login(get_user_model().objects.get(pk=cast[name].person_id))
        client.cookies["qiantang_language"] = "en"
        session = client.session
        session["shown_at"] = int(time.time())
        session.save()
        return client.post(address, told)

    for name in ("lin", "he"):
        assert sent(name, act, do="choose_mediator", key=key_of("陈调解")).status_code == 302
    assert sent("chen", act, do="accept_appointment", disclosed="").status_code == 302
    assert sent("lin", act, do="bid", amount_yuan="many").status_code == 422
    by = (timezone.localdate() + timedelta(days=9)).isoformat()
    for name, told in (
        ("lin", {"do": "say", "channel": "applicant", "text": "between us"}),
        ("he", {"do": "propose", "terms": "stop and pay", "amount_yuan": "60000", "perform_by": by}),
        ("lin", {"do": "answer", "version": "1", "agreed": "on"}),
        ("chen", {"do": "call_session", "starts_at": "2026-05-01T09:00", "place": "room 2"}),
        ("chen", {"do": "lay_out"}),
    ):
        assert sent(name, act, **told).status_code == 302, told
    digest = Agreement.objects.get().sha256
    for name in ("lin", "he", "chen"):
        assert sent(name, f"{page}/sign", do="sign", digest=digest, knows_sham="on").status_code == 302
    made = Agreement.objects.get()
    paper = client.get(f"{page}/papers/{made.document}/zh")
    assert paper.content[:5] == b"%PDF-"
    client.force_login(get_user_model().objects.get(pk=cast["zhou"].person_id))
    assert client.get(f"{page}/papers/{made.document}/zh").status_code == 404
    assert client.get(page).status_code == 404


def test_who_did_not_show_who_they_are_signs_nothing(cast, client):
    client.force_login(get_user_model().objects.get(pk=cast["lin"].person_id))
    there = client.post(f"/protection/matters/{cast['number']}/sign", {"do": "sign"})
    assert "step-up" in there["Location"] or "next=" in there["Location"]


def test_the_office_takes_a_register_in_and_a_delegation_and_sides_join(cast, client):
    client.force_login(get_user_model().objects.get(pk=cast["gu"].person_id))
    client.cookies["qiantang_language"] = "en"
    assert "4 rows" in client.post("/protection/mediators", {"table": TABLE}).content.decode()
    assert client.post("/protection/mediators", {"table": "a,b\n1,2"}).status_code == 422
    told = {"court": "杭州互联网法院", "reference": "1号", "applicant": "某公司", "respondent": "某店"}
    there = client.post("/protection/delegations", told)["Location"]
    assert "reference 1号" in client.get(there).content.decode()
    client.post(f"{there}/act", {"do": "issue_code", "side": "applicant"})
    shown = client.get(there).content.decode()
    code = re.search(r"One-time code: <strong class=\"qt-mono\">(\w+)<", shown)[1]
    assert code not in client.get(there).content.decode()  # this once
    client.force_login(get_user_model().objects.get(pk=cast["zhou"].person_id))
    number = there.rsplit("/", 1)[1]
    assert client.post("/protection/join", {"number": number, "code": "WRONG"}).status_code == 422
    assert client.post("/protection/join", {"number": number, "code": code})["Location"] == there
