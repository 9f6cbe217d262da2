"""Assistance from the request to the opinion of the centre; experts without ties; the library without names; letters to platforms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone, translation

from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection.methods.anonymous import telltales
from qiantang.scenarios.protection.models import AidRequest, Exhibit, Expert, LibraryCase, Opinion, Paper, Takedown
from qiantang.scenarios.protection.services import assistance, disputes, library, steps, takedowns
from qiantang.scenarios.protection.tests.people import filed, person

TABLE = """body,name,fields,languages,countries,most_open,username,ties,term_until,source
某大学,陆专家,invention;infringement,zh;en,Germany,2,lu,,,名册2026
某事务所,钱专家,invention,zh,,2,qian,钱塘阀门厂,,名册2026
某事务所,前专家,invention,zh,,2,qian,,2020-01-01,名册2019
"""
PARTS = {"basis": "权利要求1", "comparison": "逐项比对", "conclusion": "落入", "open": "无"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db, settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    with translation.override("en"):
        people = {name: person(name, *roles) for name, *roles in (
            ("lin",), ("lu",), ("qian",), ("gu", "case_officer"), ("shen", "supervisor"),
        )}  # fmt: skip
        assert assistance.import_experts(actor=people["shen"], table=TABLE) == 3
        people["dispute"] = filed(people["lin"], foreign=True)
        people["number"] = disputes.choose_route(actor=people["lin"], number=people["dispute"], route="assistance")
        yield people


def asked(cast, **more):
    told = {"kind": "small", "services": ["opinion", "overseas"], "seat_in_city": True, "country": "Germany"}
    return assistance.ask_for_help(actor=cast["lin"], number=cast["number"], **{**told, **more})


def accepted(cast):
    asked(cast)
    steps.take_step(actor=cast["gu"], number=cast["number"], action="check_identity")
    assistance.accept_help(actor=cast["gu"], number=cast["number"])


def expert(name):
    return Expert.objects.get(name=name).pk


@pytest.mark.feature("S7B-10")
def test_who_is_not_eligible_is_told_why_and_helped_only_with_a_reason(cast):
    assert asked(cast, services=["advice"], kind="large", seat_in_city=False, act_in_city=False) == ("AE-2", "AE-3")
    assert AidRequest.objects.get().rules  # the version by which it was judged
    steps.take_step(actor=cast["gu"], number=cast["number"], action="check_identity")
    with pytest.raises(Invalid, match="aid_reason") as refused:
        assistance.accept_help(actor=cast["gu"], number=cast["number"])
    assert refused.value.facts["rules"] == "AE-2, AE-3"
    assert assistance.accept_help(actor=cast["gu"], number=cast["number"], note="示范意义") == "accepted"
    with pytest.raises(Conflict, match="file_closed"):
        asked(cast)


@pytest.mark.feature("S7B-10")
def test_nothing_is_accepted_before_it_is_said_who_asks_for_what(cast):
    with pytest.raises(Invalid, match="aid_unclear"):
        asked(cast, services=["money"])
    steps.take_step(actor=cast["gu"], number=cast["number"], action="check_identity")
    with pytest.raises(Conflict, match="aid_missing"):
        assistance.accept_help(actor=cast["gu"], number=cast["number"])


@pytest.mark.feature("S7B-10")
def test_experts_with_ties_or_a_term_that_ended_are_not_asked_and_the_opinion_is_issued(cast):
    accepted(cast)
    ask = {"actor": cast["gu"], "number": cast["number"], "kind": "infringement", "question": "是否落入?"}
    with pytest.raises(Conflict, match="mediator_unfit"):
        assistance.ask_expert(expert_id=expert("钱专家"), **ask)
    with pytest.raises(NotFound):
        assistance.ask_expert(expert_id=expert("前专家"), **ask)
    key = assistance.ask_expert(expert_id=expert("陆专家"), **ask)
    with pytest.raises(NotFound, match="opinion_unknown"):
        assistance.hand_in_opinion(actor=cast["qian"], opinion_id=key, parts=PARTS)
    with pytest.raises(Invalid, match="opinion_parts"):
        assistance.hand_in_opinion(actor=cast["lu"], opinion_id=key, parts={**PARTS, "conclusion": " "})
    assistance.hand_in_opinion(actor=cast["lu"], opinion_id=key, parts=PARTS)
    document = assistance.issue_advice(actor=cast["gu"], number=cast["number"], note="建议先调解")
    assert (Paper.objects.get(kind="opinion").title, Opinion.objects.get().document) == (document, document)


@pytest.mark.feature("S7B-10")
def test_the_way_on_the_pages_for_party_expert_and_office(cast, client):
    def as_(name):
        client.force_login(get_user_model().objects.get(pk=cast[name].person_id))
        client.cookies["qiantang_language"] = "en"

    page = f"/protection/matters/{cast['number']}"
    as_("lin")
    told = {"do": "ask_for_help", "kind": "small", "services": ["opinion"], "seat_in_city": "true"}
    assert client.post(f"{page}/act", told).status_code == 302
    assert "AE-3" in client.get(page).content.decode()
    as_("gu")
    client.post(f"{page}/act", {"do": "step", "action": "check_identity"})
    assert client.post(f"{page}/act", {"do": "accept_help"}).status_code == 302
    ask = {"do": "ask_expert", "expert_id": expert("陆专家"), "kind": "validity", "question": "是否有效?"}
    assert "has a relation to a side" in client.get(page).content.decode()
    assert client.post(f"{page}/act", ask).status_code == 302
    as_("lu")
    assert "是否有效?" in client.get("/protection/opinions").content.decode()
    parts = {f"part_{key}": text for key, text in PARTS.items()}
    assert client.post("/protection/opinions", {"key": Opinion.objects.get().pk, **parts}).status_code == 200
    as_("gu")
    assert client.post(f"{page}/act", {"do": "issue_advice", "note": "建议"}).status_code == 302
    as_("lin")
    shown = client.get(page).content.decode()
    assert "Opinion in English (PDF)" in shown
    assert "逐项比对" not in shown  # what the expert wrote reaches the party in the document alone
    assert "陆专家" in client.get("/protection/experts").content.decode()
    assert "CPR 10.3" in client.get("/protection/abroad").content.decode()
    assert client.post("/protection/experts", {"table": TABLE}).status_code == 422


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("两家阀门企业因结构专利发生纠纷", ()),
        ("电话13800138000", ("phone",)),
        ("身份证11010519491231002X", ("id",)),
        ("案号（2025）浙01民初12号", ("file_number",)),
        ("专利ZL202010000001.0", ("file_number",)),
        ("联系 a.b@example.org", ("mail",)),
        ("钱塘 阀门厂销售", ("name",)),
    ],
)
@pytest.mark.feature("S7B-10")
def test_what_tells_who_it_is_about(text, found):
    assert telltales(text, ["钱塘阀门厂"]) == found


@pytest.mark.feature("S7B-10")
def test_a_closed_case_is_told_on_by_two_people_without_names(cast, client):
    texts = {"title": "阀门结构专利", "facts": "一家企业称其专利被侵害", "points": "等同", "result": "给出意见"}
    with pytest.raises(Conflict, match="library_open"):
        library.write_library_case(actor=cast["gu"], number=cast["number"], **texts)
    accepted(cast)
    assistance.issue_advice(actor=cast["gu"], number=cast["number"], note="建议")
    steps.take_step(actor=cast["gu"], number=cast["number"], action="close", note="已回访")
    with pytest.raises(Invalid, match="library_names"):
        library.write_library_case(actor=cast["gu"], number=cast["number"], **{**texts, "facts": "钱塘阀门厂销售"})
    key = library.write_library_case(actor=cast["gu"], number=cast["number"], **texts)
    assert "阀门结构专利" not in client.get("/protection/library").content.decode()
    with pytest.raises(NotPermitted, match="four_eyes"):
        library.publish_library_case(actor=cast["gu"], key=key)
    library.publish_library_case(actor=cast["shen"], key=key)
    shown = client.get("/protection/library").content.decode()
    assert "阀门结构专利" in shown
    assert "Lin" not in shown
    assert LibraryCase.objects.get().published_at


@pytest.mark.feature("S7B-13")
def test_a_letter_is_made_from_the_dispute_and_its_outcome_followed(cast, client):
    client.force_login(get_user_model().objects.get(pk=cast["lin"].person_id))
    client.cookies["qiantang_language"] = "en"
    page = f"/protection/disputes/{cast['dispute']}/letters"
    told = {"do": "make", "platform": "某平台", "addresses": "https://shop.example/1\nhttps://shop.example/2"}
    assert client.post(page, {**told, "addresses": "shop.example"}).status_code == 422
    assert client.post(page, told).status_code == 302
    row = Takedown.objects.get()
    assert row.addresses == ["https://shop.example/1", "https://shop.example/2"]
    letter = client.get(f"{page}/{row.document}/zh")
    assert letter.content[:5] == b"%PDF-"
    today = timezone.localdate()
    note = {"do": "note", "key": row.pk, "answer": "removed", "day": today.isoformat()}
    assert client.post(page, note).status_code == 422  # not sent yet
    sent = {**note, "answer": "sent", "day": (today - timedelta(days=20)).isoformat()}
    assert client.post(page, sent).status_code == 302
    takedowns.note_answer(
        actor=cast["lin"], number=cast["dispute"], key=row.pk, answer="countered", day=today - timedelta(days=16)
    )
    row.refresh_from_db()
    assert (row.act_until - row.outcome_on).days == 15
    assert client.post(page, note).status_code == 302
    row.refresh_from_db()
    assert (row.outcome, row.act_until) == ("removed", None)
    assert "The platform took the offers down: 1" in client.get(page).content.decode()
    client.force_login(get_user_model().objects.get(pk=cast["lu"].person_id))
    assert client.get(f"{page}/{row.document}/zh").status_code == 404
    assert Exhibit.objects.count() == 1
