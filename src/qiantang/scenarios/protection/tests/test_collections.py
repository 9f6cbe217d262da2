"""Guided collections, from the first step to the deposit of the whole."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.html import strip_tags

from qiantang.commons.accounts import api as accounts
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.methods.verifier.packages import verify
from qiantang.commons.evidence.models import BatchFile, Deposit, WebCapture
from qiantang.commons.evidence.services.custody import object_path
from qiantang.commons.evidence.types import COLLECTIONS
from qiantang.kernel.actor import Actor
from qiantang.scenarios.protection.selectors.wording import COLLECTION_KINDS, COLLECTION_STEPS

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S7A-12")]
SYSTEM = Actor.system("test")


@pytest.fixture
def lin(client, settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    for name in ("lin", "wu"):
        accounts.create_account(actor=SYSTEM, username=name, display_name=name, password="a-long-password", roles=[])
    client.login(username="lin", password="a-long-password")
    return client


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def begun(client, kind, **told):
    return client.post("/evidence/collections", {"kind": kind, "title": "仿冒龙井", **told})["Location"]


def test_a_purchase_is_led_through_and_deposited_as_a_whole(lin, client, tmp_path):
    there = begun(lin, "purchase")
    for one in COLLECTIONS["purchase"][:-1]:
        sent = {"step": one.key, "file": SimpleUploadedFile(f"{one.key}.jpg", one.key.encode())}
        assert lin.post(f"{there}/items", sent)["Location"].endswith(f"#step-{one.key}")
    assert "尚缺" in words(lin.get(there))
    refused = lin.post(f"{there}/close")
    assert refused.status_code == 422
    assert not Deposit.objects.filter(kind="batch").exists()
    lin.post(f"{there}/items", {"step": "keeping", "note": "林某保管，已封存"})
    whole = lin.post(f"{there}/close")["Location"].rpartition("/")[2]
    listed = json.loads(object_path(BatchFile.objects.get(name="checklist.json").sha256).read_bytes())
    assert [one["step"] for one in listed["steps"]] == [one.key for one in COLLECTIONS["purchase"]]
    assert listed["steps"][-1]["note"] == "林某保管，已封存"
    single = Deposit.objects.get(name="parcel.jpg")
    assert listed["steps"][3]["deposit"] == single.number  # each file was deposited the moment it was added
    assert Deposit.objects.get(name="unboxing.jpg").kind == "video"
    evidence.seal_and_stamp(actor=SYSTEM)
    target = tmp_path / "p.zip"
    evidence.make_package(actor=SYSTEM, number=whole, target=target)
    assert verify(target).valid
    assert lin.post(f"{there}/items", {"step": "keeping", "note": "x"}).status_code == 422  # closed
    client.login(username="wu", password="a-long-password")
    assert client.get(there).status_code == 404


@pytest.mark.parametrize("sent", [{"step": "clock"}, {"step": "parcel", "note": "x"}])
def test_nothing_and_steps_of_another_list_are_refused(lin, sent):
    there = begun(lin, "video")
    assert lin.post(f"{there}/items", sent).status_code == 422


@pytest.mark.feature("S7A-06")
def test_a_recording_of_ones_own_stands_beside_a_failed_capture(lin):
    owner = accounts.person_by_username(SYSTEM, "lin").id
    told = {"url": "https://shop.example/", "purpose": "x", "state": "failed", "asked_at": timezone.now()}
    WebCapture.objects.create(
        number="WC-1", owner_id=owner, ended_at=timezone.now(), reasons=[["blocked", "403"]], **told
    )
    assert "/evidence/collections?capture=WC-1" in lin.get("/evidence/captures/WC-1").content.decode()
    there = begun(lin, "video", capture="WC-1")
    assert there.rpartition("/")[2] in words(lin.get("/evidence/captures/WC-1"))
    assert lin.post("/evidence/collections", {"kind": "video", "title": "x", "capture": "WC-2"}).status_code == 422
    assert lin.post("/evidence/collections", {"kind": "dance", "title": "x"}).status_code == 422


def test_every_step_has_words():
    assert set(COLLECTION_KINDS) == set(COLLECTIONS)
    assert {one.key for steps in COLLECTIONS.values() for one in steps} == set(COLLECTION_STEPS)
