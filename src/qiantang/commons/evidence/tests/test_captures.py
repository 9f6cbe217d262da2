"""Captures as they are asked for, made, left by a dead worker, repeated and compared; with an adapter that visits nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from qiantang.commons.evidence import api
from qiantang.commons.evidence.methods.page_differences import differences
from qiantang.commons.evidence.methods.verifier.packages import verify
from qiantang.commons.evidence.models import BatchFile, CaptureSchedule, CustodyLine, Deposit, WebCapture
from qiantang.commons.evidence.services.collecting import captures as capturing
from qiantang.commons.evidence.services.custody import object_path
from qiantang.commons.evidence.tests.conftest import SYSTEM
from qiantang.commons.evidence.types import CaptureState
from qiantang.commons.notices.models import Notice
from qiantang.engines.capture.chromium import checked_address
from qiantang.engines.capture.port import Captured, Reason, Verdict
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotFound, NotPermitted, Unavailable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
URL = "https://shop.example/tea"


class Canned:
    """A capturer that brings what it is told to."""

    text, verdict, reasons, facts = "龙井\n¥199", Verdict.WHOLE, (), {"price": "199"}

    def ensure_ready(self):
        pass

    def checked(self, url):
        return checked_address(url)

    def capture(self, asked, folder, tell):
        tell("loading")
        files = {"capture.json": b"{}", "page.txt": self.text.encode(), "page.png": b"\x89PNG"}
        if self.verdict is Verdict.FAILED:
            files = {}
        for name, content in files.items():
            (folder / name).write_bytes(content)
        (folder / "preview.jpg").write_bytes(b"\xff\xd8")
        record = {"environment": {"region": "Hangzhou"}, "network": {"exchanges": [{"url": asked.url}]}}
        return Captured(
            verdict=self.verdict, title="茶店", final_url=asked.url, reasons=self.reasons, files=tuple(files),
            facts=self.facts, record=record,
        )  # fmt: skip


@pytest.fixture
def canned(settings, monkeypatch):
    adapter = Canned()
    monkeypatch.setattr(capturing, "capturer", lambda: adapter)
    return adapter


@pytest.fixture
def captured(canned, django_capture_on_commit_callbacks):
    def made(actor, **told):
        with django_capture_on_commit_callbacks(execute=True):
            number = api.collecting.request_capture(actor=actor, url=URL, purpose="price of a fake", **told)
        return api.collected.capture_told(actor, number)

    return made


@pytest.mark.feature("S7A-05")
def test_what_a_capture_brought_is_one_deposit_whose_package_holds_every_file(lin, captured, tmp_path):
    told = captured(lin)
    assert (told.state, told.title, told.has_preview) == (CaptureState.WHOLE, "茶店", True)
    assert [name for name, _ in told.files] == ["capture.json", "page.txt", "page.png"]
    row = Deposit.objects.get(number=told.deposit)
    assert (row.owner_id, row.kind, row.statement, row.collected_at) == (
        lin.person_id,
        "web_page",
        "price of a fake",
        told.begun_at,
    )
    api.seal_and_stamp(actor=SYSTEM)
    target = tmp_path / "p.zip"
    api.make_package(actor=lin, number=row.number, target=target)
    report = verify(target)
    assert report.valid, report.told()
    assert {"name": "contents", "passed": True} in [
        {k: one[k] for k in ("name", "passed")} for one in report.told()["checks"]
    ]
    api.make_package(actor=lin, number=row.number, target=target, place=2)  # the picture alone
    assert verify(target).valid
    assert b"\x89PNG" in target.read_bytes()


@pytest.mark.feature("S7A-05")
def test_a_file_that_is_not_the_one_of_the_deposited_list_is_named_also_in_a_sealed_package(
    lin, captured, tmp_path, monkeypatch
):
    told = captured(lin)
    api.seal_and_stamp(actor=SYSTEM)
    member = BatchFile.objects.get(name="page.txt")
    BatchFile.objects.filter(pk=member.pk).update(
        sha256=BatchFile.objects.get(name="page.png").sha256
    )  # the keeper lies
    target = tmp_path / "p.zip"
    api.make_package(actor=lin, number=told.deposit, target=target)
    report = verify(target)
    assert [one["name"] for one in report.told()["checks"] if not one["passed"]] == ["contents"]


@pytest.mark.feature("S7A-08")
def test_a_product_is_digested_anew_whenever_it_is_looked_at(lin, captured):
    told = captured(lin)
    place = api.collecting.open_product(actor=lin, number=told.number, name="page.txt")
    assert place.read_text("utf-8") == Canned.text
    lines = [json.loads(one) for one in CustodyLine.objects.order_by("seq").values_list("text", flat=True)]
    assert (lines[-1]["act"], lines[-1]["reason"]) == ("access", "page.txt: looked at")
    object_path(sha256(Canned.text.encode()).hexdigest()).write_bytes(b"forged")
    with pytest.raises(Conflict, match=r"evidence\.object_changed"):
        api.collecting.open_product(actor=lin, number=told.number, name="page.txt")
    last = json.loads(CustodyLine.objects.order_by("seq").last().text)
    assert "stored copy of page.txt found" in last["reason"]
    with pytest.raises(NotFound):
        api.collecting.open_product(actor=lin, number=told.number, name="../keys")


@pytest.mark.feature("S7A-06")
def test_a_failed_capture_deposits_nothing_says_why_and_costs_nothing(lin, captured, canned, monkeypatch):
    monkeypatch.setattr(capturing, "CAPTURES_A_DAY", 2)
    canned.verdict, canned.reasons = Verdict.FAILED, ((Reason.BLANK, ""),)
    for _ in range(3):
        told = captured(lin)
        assert (told.state, told.reasons, told.deposit) == (CaptureState.FAILED, [("blank", "")], None)
    canned.verdict, canned.reasons = Verdict.PARTIAL, ((Reason.PICTURES_MISSING, "1"),)
    assert captured(lin).state is CaptureState.PARTIAL
    assert captured(lin).deposit is not None
    with pytest.raises(Limited, match=r"evidence\.captures_today"):
        captured(lin)


def test_nobody_captures_without_an_account_a_purpose_or_a_browser(lin, canned, monkeypatch):
    ask = api.collecting.request_capture
    with pytest.raises(NotPermitted):
        ask(actor=Actor.public(), url=URL, purpose="x")
    for told, code in (
        ({"purpose": " "}, "evidence.purpose_missing"),
        ({"pages": 21}, "evidence.pages"),
        ({"url": "file:///etc/passwd"}, "capture.address"),
    ):
        with pytest.raises(Invalid) as refused:
            ask(actor=lin, **{"url": URL, "purpose": "x", **told})
        assert refused.value.code == code
    monkeypatch.setattr(
        Canned, "ensure_ready", lambda _self: (_ for _ in ()).throw(Unavailable("capture.no_browser", wanted="x"))
    )
    with pytest.raises(Unavailable):
        ask(actor=lin, url=URL, purpose="x")
    assert not WebCapture.objects.exists()


def test_what_is_somebody_elses_is_not_there(lin, captured):
    told = captured(lin)
    stranger = Actor(person_id=(lin.person_id or 0) + 1, name="another")
    with pytest.raises(NotFound, match=r"evidence\.capture_unknown"):
        api.collected.capture_told(stranger, told.number)


@pytest.mark.feature("S7A-05")
def test_a_capture_whose_worker_died_begins_again_and_is_deposited_once(lin, canned, captured):
    number = api.collecting.request_capture(actor=lin, url=URL, purpose="x")  # the job is lost
    later = timezone.now() + timedelta(minutes=5)
    WebCapture.objects.update(state=CaptureState.RUNNING, leased_until=later, tried=1, step="loading")
    assert not api.collecting.make_capture(actor=SYSTEM, number=number)  # somebody is at it
    assert api.collecting.tend_captures(actor=SYSTEM) == 0
    WebCapture.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert api.collecting.tend_captures(actor=SYSTEM) == 1
    assert api.collected.capture_told(lin, number).state is CaptureState.WHOLE
    assert not api.collecting.make_capture(actor=SYSTEM, number=number)
    assert Deposit.objects.count() == 1
    WebCapture.objects.update(state=CaptureState.RUNNING, leased_until=timezone.now() - timedelta(1), tried=3)
    api.collecting.tend_captures(actor=SYSTEM)
    assert api.collected.capture_told(lin, number).state is CaptureState.FAILED


@pytest.mark.feature("S7A-11")
def test_a_scheduled_page_is_captured_again_compared_and_told(lin, canned, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        number = api.collecting.schedule_capture(actor=lin, url=URL, purpose="price", every_days=7, shop=True)

    def week_later():
        CaptureSchedule.objects.update(next_at=timezone.now() - timedelta(seconds=1))
        with django_capture_on_commit_callbacks(execute=True):
            assert api.collecting.queue_due_captures(actor=SYSTEM) == 1
            assert api.collecting.queue_due_captures(actor=SYSTEM) == 0
        return WebCapture.objects.order_by("-pk").first().difference

    same = week_later()
    assert (same["changed"], same["picture_same"]) == (False, True)
    assert not Notice.objects.filter(kind="evidence.page_changed").exists()
    canned.text, canned.facts = "龙井\n¥149", {"price": "149"}
    changed = week_later()
    assert (changed["removed"], changed["added"], changed["facts"]) == (["¥199"], ["¥149"], {"price": ["199", "149"]})
    assert Notice.objects.filter(kind="evidence.page_changed", person_id=lin.person_id).count() == 1
    api.collecting.stop_schedule(actor=lin, number=number)
    CaptureSchedule.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    assert api.collecting.queue_due_captures(actor=SYSTEM) == 0
    (told,) = api.collected.schedules(lin)
    assert (told.captures, told.stopped_at is not None) == (3, True)


def test_blanks_are_no_difference():
    assert not differences("a  b\n\n c", " a b \nc")["changed"]
    told = differences("a\nb", "b\nc\nd")
    assert (told["removed"], told["added"], told["added_count"]) == (["a"], ["c", "d"], 2)
