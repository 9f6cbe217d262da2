"""The pages of captures, as they work without a script; with an adapter that visits nothing."""

from __future__ import annotations

import pytest
from django.utils.html import strip_tags

from qiantang.commons.accounts import api as accounts
from qiantang.commons.evidence.models import CaptureSchedule, Deposit, WebCapture
from qiantang.commons.evidence.services.collecting import captures as capturing
from qiantang.commons.evidence.tests.test_captures import Canned
from qiantang.engines.capture.chromium import ChromiumCapturer
from qiantang.engines.capture.port import Reason, Verdict
from qiantang.kernel.actor import Actor
from qiantang.scenarios.protection.selectors.wording import REASONS

pytestmark = pytest.mark.django_db
ASKED = {"url": "https://shop.example/tea", "purpose": "仿冒商品"}


@pytest.fixture(autouse=True)
def canned(settings, tmp_path, monkeypatch):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    adapter = Canned()
    monkeypatch.setattr(capturing, "capturer", lambda: adapter)
    return adapter


@pytest.fixture
def lin(client):
    system = Actor.system("test")
    accounts.create_account(actor=system, username="lin", display_name="林晓云", password="a-long-password", roles=[])
    client.login(username="lin", password="a-long-password")
    return client


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


@pytest.mark.feature("S7A-05")
def test_a_page_is_captured_and_its_files_are_taken(lin, client, django_capture_on_commit_callbacks):
    asked = lin.post("/evidence/captures", ASKED)
    there = asked["Location"]
    assert "排队中" in words(lin.get(there))
    with django_capture_on_commit_callbacks(execute=True):
        lin.post("/evidence/captures", {**ASKED, "pages": "3", "shop": "1"})
    row = WebCapture.objects.order_by("-pk").first()
    assert (row.pages, row.shop, row.state) == (3, True, "whole")
    page = words(lin.get(f"/evidence/captures/{row.number}"))
    assert "取证完整" in page
    assert "整页图片" in page
    assert "199" in page
    taken = lin.post(f"/evidence/captures/{row.number}/files/page.txt")
    assert b"".join(taken.streaming_content).decode() == Canned.text
    assert taken["Content-Disposition"].startswith("attachment")
    preview = lin.get(f"/evidence/captures/{row.number}/preview")
    assert (preview["Content-Type"], b"".join(preview.streaming_content)) == ("image/jpeg", b"\xff\xd8")
    assert "茶店" in words(lin.get("/evidence/captures"))
    client.logout()
    for address in (f"/evidence/captures/{row.number}", f"/evidence/captures/{row.number}/preview"):
        assert client.get(address).status_code == 404
    assert "茶店" not in words(client.get("/evidence/captures"))


@pytest.mark.feature("S7A-06")
def test_a_failure_is_called_one_with_its_reason(lin, canned, django_capture_on_commit_callbacks):
    canned.verdict, canned.reasons = Verdict.FAILED, ((Reason.CHALLENGE, "captcha"),)
    with django_capture_on_commit_callbacks(execute=True):
        there = lin.post("/evidence/captures", ASKED)["Location"]
    page = words(lin.get(there))
    assert "取证失败" in page
    assert "网站要求人机验证" in page
    assert "本次未存证" in page
    assert not Deposit.objects.exists()


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason):
    assert str(REASONS[reason])


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"url": "file:///etc/passwd"}, "不是网址"),
        ({"purpose": ""}, "未说明取证用途"),
        ({"pages": "99"}, "1 至 20 页"),
        ({"every_days": "x"}, "1 至 366 天"),
    ],
)
def test_what_cannot_be_captured_is_told_on_the_form(lin, told, said):
    answer = lin.post("/evidence/captures", {**ASKED, **told})
    assert answer.status_code == 422
    assert said in words(answer)


@pytest.mark.feature("S7A-05")
def test_without_a_browser_the_page_says_what_to_do(lin, monkeypatch):
    monkeypatch.setattr(capturing, "capturer", lambda: ChromiumCapturer(browser="/nowhere/chromium"))
    assert "请安装 Chromium" in words(lin.get("/evidence/captures"))
    assert "请安装 Chromium" in words(lin.post("/evidence/captures", ASKED))


@pytest.mark.feature("S7A-11")
def test_a_schedule_is_made_and_stopped(lin):
    lin.post("/evidence/captures", {**ASKED, "every_days": "7"})
    row = CaptureSchedule.objects.get()
    assert "每 7 天" in words(lin.get("/evidence/captures"))
    lin.post(f"/evidence/schedules/{row.number}/stop")
    assert "已停止" in words(lin.get("/evidence/captures"))
