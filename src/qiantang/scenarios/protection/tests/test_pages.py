"""The pages of evidence, as they work without a script."""

from __future__ import annotations

import io
import json
from hashlib import new, sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags

from qiantang.commons.accounts import api as accounts
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.methods.verifier.packages import verify
from qiantang.commons.evidence.models import BatchFile, CustodyLine, Deposit
from qiantang.commons.evidence.services.custody import object_path
from qiantang.kernel.actor import Actor

SYSTEM = Actor.system("test")
CONTENT = b"a drawing of a valve"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    keys = {"folder": tmp_path / "keys"}
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", keys),)
    return settings


@pytest.fixture
def lin(client):
    accounts.create_account(actor=SYSTEM, username="lin", display_name="林晓云", password="a-long-password", roles=[])
    client.post("/sign-in", {"username": "lin", "password": "a-long-password"})
    return client


def digested(content, name="drawing.png"):
    told = {"sha256": sha256(content).hexdigest(), "sm3": new("sm3", content).hexdigest()}
    return {"name": name, "size": len(content), **told}


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def deposited(client, **told):
    response = client.post("/evidence/new", {"statement": "before the fair", **told})
    assert response.status_code == 302, words(response)
    return response["Location"]


@pytest.mark.feature("S7A-01")
def test_what_the_browser_digested_is_deposited_without_the_file(lin):
    there = deposited(lin, digests=json.dumps([digested(CONTENT)]), kind="design_draft")
    row = Deposit.objects.get()
    assert there == f"/evidence/{row.number}"
    assert (row.name, row.sha256, row.stored, row.kind) == (
        "drawing.png",
        sha256(CONTENT).hexdigest(),
        False,
        "design_draft",
    )
    page = lin.get(there)
    assert "已收到，时间戳待加盖" in words(page)
    assert row.sm3 in words(page)
    assert 'hx-trigger="every 2s"' in page.content.decode()


@pytest.mark.feature("S7A-01")
def test_without_a_script_the_file_is_sent_digested_and_thrown_away(lin):
    deposited(lin, files=SimpleUploadedFile("drawing.png", CONTENT))
    row = Deposit.objects.get()
    assert (row.sha256, row.stored) == (sha256(CONTENT).hexdigest(), False)
    assert not object_path(row.sha256).exists()
    deposited(lin, files=SimpleUploadedFile("drawing.png", CONTENT), keep="1", name="Valve")
    row = Deposit.objects.get(stored=True)
    assert (row.name, object_path(row.sha256).read_bytes()) == ("Valve", CONTENT)


@pytest.mark.feature("S7A-14")
def test_several_files_become_one_batch(lin):
    deposited(lin, digests=json.dumps([digested(b"one", "1.png"), digested(b"two", "2.png")]))
    assert list(BatchFile.objects.values_list("name", flat=True)) == ["1.png", "2.png"]
    assert Deposit.objects.get().name == "2 个文件"


@pytest.mark.parametrize(
    "told", [{}, {"digests": "[{}]"}, {"digests": "no"}, {"digests": '[{"name":"a","size":1,"sha256":"00","sm3":""}]'}]
)
def test_what_cannot_be_deposited_is_told_on_the_form(lin, told):
    response = lin.post("/evidence/new", told)
    assert response.status_code == 422
    assert "qt-errors" in response.content.decode()
    assert not Deposit.objects.exists()


@pytest.mark.feature("S7A-09")
def test_the_package_is_taken_by_its_owner_alone(lin, client, tmp_path, django_user_model):
    there = deposited(lin, files=SimpleUploadedFile("drawing.png", CONTENT), keep="1")
    assert lin.post(f"{there}/package").status_code == 409  # not stamped yet
    evidence.seal_and_stamp(actor=SYSTEM)
    page = words(lin.get(there))
    assert "已加盖时间戳" in page
    assert "非法定时间戳" in page
    taken = lin.post(f"{there}/package")
    target = tmp_path / "p.zip"
    target.write_bytes(b"".join(taken.streaming_content))
    assert verify(target).valid
    certificate = lin.post(f"{there}/certificate/en")
    assert certificate.content.startswith(b"%PDF")
    assert lin.post(f"{there}/certificate/fr").status_code == 404
    acts = [json.loads(text)["act"] for text in CustodyLine.objects.order_by("seq").values_list("text", flat=True)]
    assert acts == ["collect", "seal", "export", "access"]
    client.logout()
    for address in (there, f"{there}/package"):
        assert client.get(address).status_code in (404, 405)
    assert client.post(f"{there}/package").status_code == 404


@pytest.mark.feature("S7A-16")
def test_the_points_a_court_asks_are_answered_from_what_is_known(lin):
    there = deposited(lin, digests=json.dumps([digested(CONTENT)]))
    evidence.seal_and_stamp(actor=SYSTEM)
    page = lin.get(there).content.decode()
    rows = [strip_tags(part) for part in page.split("<tr>")]

    def answer(question):
        (found,) = [row for row in rows if question in row]
        return found

    assert "具备" in answer("已用哈希值固定内容")
    assert "尚缺" in answer("已由可信第三方加盖时间戳")  # the demo is no trusted third party
    assert "需您举证" in answer("存证之前的来源")
    assert "在线诉讼规则第十八条" in answer("存证之前的来源")


@pytest.mark.feature("S7A-15")
def test_anybody_verifies_by_number_by_digest_and_by_file(lin, client):
    there = deposited(lin, digests=json.dumps([digested(CONTENT, "秘密图纸.png")]))
    evidence.seal_and_stamp(actor=SYSTEM)
    client.logout()
    number = there.rpartition("/")[2]
    asked = [
        client.get("/verify", {"number": number.lower()}),
        client.get("/verify", {"sha256": sha256(CONTENT).hexdigest().upper()}),
        client.post("/verify", {"file": SimpleUploadedFile("whatever.png", CONTENT)}),
    ]
    for one in asked:
        told = words(one)
        assert number in told
        assert "非法定时间戳" in told
        assert "不证明内容真实" in told
        assert "秘密图纸" not in told  # neither name nor owner
        assert "林晓云" not in told
    for one in (
        client.get("/verify", {"number": "EV-20200101-00000000"}),
        client.post("/verify", {"file": SimpleUploadedFile("x", CONTENT + b".")}),
    ):
        assert "本平台没有相应存证" in words(one)
    assert client.get("/verify", {"sha256": "abc"}).status_code == 422


@pytest.mark.feature("S7A-15")
def test_anybody_has_a_package_checked(lin, client, tmp_path):
    there = deposited(lin, files=SimpleUploadedFile("drawing.png", CONTENT), keep="1")
    evidence.seal_and_stamp(actor=SYSTEM)
    content = b"".join(lin.post(f"{there}/package").streaming_content)
    client.logout()
    told = words(client.post("/verify", {"file": io.BytesIO(content)}))
    assert "证据包全部通过核验" in told
    changed = bytearray(content)
    changed[content.index(CONTENT)] ^= 1
    told = words(client.post("/verify", {"file": io.BytesIO(bytes(changed))}))
    assert "证据包未全部通过核验" in told
    assert "files/drawing.png was changed" in told


def test_a_large_upload_of_the_public_is_not_looked_at(client, monkeypatch):
    from qiantang.scenarios.protection.views import verification

    monkeypatch.setattr(verification, "PUBLIC_UPLOAD_BYTES", 10)
    response = client.post("/verify", {"file": SimpleUploadedFile("x", b"x" * 11)})
    assert response.status_code == 422


def test_the_list_shows_ones_own_and_the_log(lin, client):
    deposited(lin, digests=json.dumps([digested(CONTENT)]))
    assert "drawing.png" in words(lin.get("/evidence"))
    assert lin.get("/evidence/log.json").status_code == 404  # nothing is sealed
    evidence.seal_and_stamp(actor=SYSTEM)
    assert lin.get("/evidence/log.json").json()["checkpoint"]["body"]["size"] == 1
    client.logout()
    public = words(client.get("/evidence"))
    assert "drawing.png" not in public
    assert "存证须归属于账号" in public
    assert client.post("/evidence/new", {"digests": json.dumps([digested(CONTENT)])}).status_code == 422


@pytest.mark.feature("X-04")
def test_package_and_certificate_are_handed_out_to_who_has_just_shown_who_they_are(lin):
    there = deposited(lin, digests=json.dumps([digested(CONTENT)]))
    evidence.seal_and_stamp(actor=SYSTEM)
    held = lin.session
    held["shown_at"] = 0
    held.save()
    before = CustodyLine.objects.count()
    for what in ("package", "certificate/en"):
        assert lin.post(f"{there}/{what}").url.startswith("/step-up?next=")
    assert CustodyLine.objects.count() == before
    lin.post("/step-up", {"password": "a-long-password"})
    b"".join(lin.post(f"{there}/package").streaming_content)
    assert CustodyLine.objects.count() > before
