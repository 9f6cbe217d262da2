"""The page of the check: without an account, findings beside the text, nothing kept; rules and class table."""

from __future__ import annotations

import base64
import json
import re

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qiantang.commons.audit.api import entries
from qiantang.kernel.actor import Actor
from qiantang.scenarios.preexam.methods.marking import marked
from qiantang.scenarios.preexam.methods.telling import COLUMNS, described
from qiantang.scenarios.preexam.models import WrongFinding
from qiantang.scenarios.preexam.services import disputes
from qiantang.scenarios.preexam.tests.drafts import FIXTURE, REPAIRED, report
from qiantang.scenarios.preexam.tests.test_fixture import EXPECTED

pytestmark = pytest.mark.django_db


def page(client: Client, text: str = "", *, status: int = 200, language: str = "en", **more: object) -> str:
    answer = client.post("/preexam/check", {"text": text, **more}, headers={"accept-language": language})
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.feature("S1-25")
def test_findings_stand_beside_the_text_and_nothing_is_kept(client, django_assert_num_queries):
    kept = {model: model.objects.count() for model in apps.get_models()}
    html = page(client, FIXTURE)
    assert re.findall(r'id="finding-(\d+)"', html) == [str(n) for n in range(1, len(EXPECTED) + 1)]
    marks = re.findall(r'<a class="qt-check-mark[^>]*>([^<]*)</a>', html)
    assert {"约", "最好", "如图1所示"} <= set(marks)
    assert "Formal defects to be mended" in html
    assert {model: model.objects.count() for model in apps.get_models()} == kept


@pytest.mark.feature("S1-25")
def test_a_file_gives_what_the_text_gives(client):
    html = page(client, file=SimpleUploadedFile("draft.txt", FIXTURE.encode("gb18030")))
    assert len(re.findall(r'id="finding-\d+"', html)) == len(EXPECTED)
    assert "No formal obstacle found" in page(client, REPAIRED)


def downloaded(html: str, name: str) -> bytes:
    found = re.search(rf'download="{re.escape(name)}" href="data:[^"]*base64,([^"]+)"', html)
    assert found
    return base64.b64decode(found[1])


@pytest.mark.feature("S1-19")
def test_the_result_is_downloaded_from_the_page_itself(client):
    html = page(client, FIXTURE, as_of="2026-11-26")
    assert json.loads(downloaded(html, "findings.json")) == described(report(FIXTURE, kind=None))
    lines = downloaded(html, "findings.csv").decode("utf-8-sig").splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == len(EXPECTED) + 1


@pytest.mark.feature("S1-05")
def test_the_claim_tree_is_drawn(client):
    html = page(client, FIXTURE)
    tree = html.partition('class="qt-claimtree"')[2].partition("</ol>")[0]
    assert re.findall(r'class="qt-claimtree-(\d)">\s*<b class="qt-num">(\d)</b>', tree) == [
        *(("0", "1"), ("1", "2"), ("2", "4"), ("1", "3"), ("0", "5"), ("0", "6")),
    ]


@pytest.mark.parametrize(
    ("text", "file", "said"),
    [
        ("", None, "Choose a file or paste a text."),
        ("", SimpleUploadedFile("a.docx", b""), "The file a.docx is empty."),
        ("", SimpleUploadedFile("a.bin", bytes(range(256))), "Save the draft as .docx"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_next_step(client, text, file, said):
    html = page(client, text, status=400, **({"file": file} if file else {}))
    assert said in html
    assert 'role="alert"' in html


def test_marks_of_hostile_text_stay_text(client):
    html = page(client, "1. 一种<script>alert(1)</script>,其特征在于,材料最好是铜。")
    assert "<script>alert(1)" not in html


def test_overlapping_places_are_all_marked():
    stretches = marked("abcdef", [(1, 0, 4, "wait"), (2, 2, 6, "harm"), (3, 5, 5, "plain")])
    assert [(one.text, one.findings, one.first, one.tone) for one in stretches] == [
        ("ab", (1,), (1,), "wait"),
        ("cd", (1, 2), (2,), "harm"),
        ("ef", (2,), (), "harm"),
    ]


def test_rules_in_force_follow_the_day(client):
    now = client.get("/preexam/rules?as_of=2026-01-01", headers={"accept-language": "zh-CN"}).content.decode()
    before = client.get("/preexam/rules?as_of=2021-01-01", headers={"accept-language": "zh-CN"}).content.decode()
    assert now.count('<th scope="row">') == 79
    assert "专利法实施细则第25条(2)" in now
    assert "专利法实施细则第22条(2)" in before
    assert 'id="DE-06"' not in before
    assert "多项从属权利要求引用多项从属权利要求" in now
    assert client.get("/preexam/rules?as_of=x").status_code == 422


@pytest.mark.feature("S1-03")
def test_the_class_table_answers_with_the_nearest_class(client):
    english = {"accept-language": "en"}
    assert (
        "B25J 9/16 is covered by B25J."
        in client.get("/preexam/classes?symbol=B25J 9/16", headers=english).content.decode()
    )
    refused = client.get("/preexam/classes?symbol=F16H 3/44", headers=english).content.decode()
    assert "outside the fields of the centre" in refused
    assert "Nearest in the list: F16H 1/" in refused
    assert "This list is an example" in refused
    assert client.get("/preexam/classes?symbol=%E6%B3%B5").status_code == 400


@pytest.mark.feature("S1-19")
@pytest.mark.feature("S1-25")
def test_programs_get_the_same_without_a_token(client):
    asked = {"text": FIXTURE, "as_of": "2026-11-26"}
    answer = client.post("/api/v1/preexam/check", json.dumps(asked), content_type="application/json")
    assert answer.status_code == 200
    assert answer.json() == described(report(FIXTURE, kind=None))
    encoded = base64.b64encode(FIXTURE.encode()).decode()
    asked = {"content": encoded, "name": "a.txt", "as_of": "2026-11-26", "without": ["CL-14"]}
    told = client.post("/api/v1/preexam/check", json.dumps(asked), content_type="application/json").json()
    assert {one["rule"] for one in told["findings"]} == {rule for rule, *_ in EXPECTED} - {"CL-14"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "preexam.no_text"),
        ({"text": "x", "content": "eA=="}, "preexam.no_text"),
        ({"content": "eA="}, "preexam.base64"),
        ({"text": "1. x", "without": ["XX-99"]}, "preexam.rule"),
        ({"content": base64.b64encode(bytes(range(256))).decode()}, "preexam.type_unknown"),
    ],
)
def test_refusals_to_programs(client, asked, code):
    answer = client.post("/api/v1/preexam/check", json.dumps(asked), content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["code"] == code


# --- "this finding is wrong" ---

SAID = {
    "rule": "CL-12", "rule_version": "CL-12@1.0", "rules_version": "1.0+ir2023", "part": "claims", "claim": "4", "paragraph": "4",
    "start": "28", "end": "30", "excerpt": "轴承",
}  # fmt: skip


@pytest.mark.feature("S1-21")
def test_the_button_sends_rule_and_place(client):
    html = page(client, FIXTURE)
    form = html.partition('id="finding-5"')[2].partition("</form>")[0]
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    sent.pop("csrfmiddlewaretoken", None)
    assert sent == SAID


@pytest.mark.feature("S1-21")
def test_a_report_keeps_rule_and_place_and_text_only_where_agreed(client):
    assert client.post("/preexam/check/wrong", SAID).status_code == 200
    client.post("/preexam/check/wrong", {**SAID, "may_keep_text": "1", "publication_number": "CN101234567A"})
    first, second = WrongFinding.objects.order_by("pk")
    assert (first.rule, first.claim, first.paragraph, first.start, first.end) == ("CL-12", 4, 4, 28, 30)
    assert (first.excerpt, first.publication_number) == ("", "")
    assert second.excerpt == "轴承"
    assert second.publication_number.startswith("CN101234567")
    assert [one.verb for one in entries(Actor.system("test"), newest=2)] == ["preexam.finding.dispute"] * 2
    rules = client.get("/preexam/rules", headers={"accept-language": "en"}).content.decode()
    assert "2 reports of wrong findings" in rules


@pytest.mark.feature("S1-21")
@pytest.mark.parametrize(
    "damage", [{"rule": "XX-1"}, {"end": "1"}, {"start": "x"}, {"part": "heart"}, {"publication_number": "水泵"}]
)
def test_a_damaged_report_is_refused(client, damage):
    assert client.post("/preexam/check/wrong", {**SAID, **damage}).status_code == 422
    assert not WrongFinding.objects.exists()


@pytest.mark.feature("S1-21")
def test_reports_of_a_day_are_bounded(client, monkeypatch):
    monkeypatch.setattr(disputes, "MOST_A_DAY", 1)
    assert [client.post("/preexam/check/wrong", SAID).status_code for _ in range(2)] == [200, 429]
