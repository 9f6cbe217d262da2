"""The store keeps the chain of custody by itself, and says where it was touched."""

from __future__ import annotations

import json

import pytest

from qiantang.commons.evidence import api
from qiantang.commons.evidence.models import CustodyLine, Deposit
from qiantang.commons.evidence.services.custody import object_path, taken_out
from qiantang.commons.evidence.tests.conftest import SYSTEM
from qiantang.commons.evidence.types import Act
from qiantang.kernel.errors import Conflict, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house"), pytest.mark.feature("S7A-08")]


def lines(number):
    return [json.loads(text) for text, _ in api.reads.custody_of(SYSTEM, number)]


def test_every_act_digests_the_object_anew_and_adds_a_line(stamped, tmp_path):
    number = stamped()
    row = Deposit.objects.get()
    for act in (Act.ACCESS, Act.COPY):
        taken_out(actor=SYSTEM, deposit=row, act=act, reason="to look at it")
    api.make_package(actor=SYSTEM, number=number, target=tmp_path / "p.zip")
    told = lines(number)
    assert [one["act"] for one in told] == ["collect", "seal", "access", "copy", "export"]
    assert [one["seq"] for one in told] == [1, 2, 3, 4, 5]
    assert {one["object"] for one in told} == {row.sha256}
    assert api.reads.custody_broken(SYSTEM, number) is None


def test_one_edited_line_is_named(stamped):
    number = stamped()
    taken_out(actor=SYSTEM, deposit=Deposit.objects.get(), act=Act.ACCESS, reason="to look at it")
    line = CustodyLine.objects.get(seq=2)
    CustodyLine.objects.filter(seq=2).update(text=line.text.replace("seal", "copy"))
    assert api.reads.custody_broken(SYSTEM, number) == 2


def test_a_changed_object_is_not_handed_out_and_that_is_a_line(stamped, tmp_path):
    number = stamped()
    object_path(Deposit.objects.get().sha256).write_bytes(b"claim 1: another battery")
    with pytest.raises(Conflict, match=r"evidence\.object_changed"):
        api.make_package(actor=SYSTEM, number=number, target=tmp_path / "p.zip")
    assert lines(number)[-1]["act"] == "verify"
    assert "stored copy found" in lines(number)[-1]["reason"]
    assert not (tmp_path / "p.zip").exists()


def test_a_missing_object_is_a_line_too(stamped, tmp_path):
    number = stamped()
    object_path(Deposit.objects.get().sha256).unlink()
    with pytest.raises(NotFound, match=r"evidence\.object_missing"):
        api.make_package(actor=SYSTEM, number=number, target=tmp_path / "p.zip")
    assert lines(number)[-1]["object"] is None


def test_what_was_deposited_by_digest_has_a_chain_without_objects(stamped, keep, lin):
    told = api.deposit_told(SYSTEM, stamped())
    asked = api.Asked(name="x", digests={"sha256": told.sha256, "sm3": told.sm3}, size_bytes=told.size_bytes)
    number = api.deposit(actor=lin, asked=asked)
    (first,) = lines(number)
    assert (first["act"], first["object"], first["role"]) == ("collect", None, "owner")
