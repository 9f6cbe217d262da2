"""The log: leaves in order, signed checkpoints, stamps from every authority, renewals, witnesses, keys."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from qiantang.commons.evidence import api
from qiantang.commons.evidence.methods.records import checkpoint_document
from qiantang.commons.evidence.methods.verifier.extending import check_consistency
from qiantang.commons.evidence.methods.verifier.packages import verify
from qiantang.commons.evidence.models import Checkpoint, Deposit, LogState, Stamp
from qiantang.commons.evidence.services import stamping
from qiantang.commons.evidence.services.tending import tell_owners
from qiantang.commons.evidence.tests.conftest import SYSTEM
from qiantang.commons.evidence.types import Stage
from qiantang.commons.notices.api import inbox
from qiantang.engines.notary.demo import DemoAuthority
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.merkle import root_of, verify_consistency, verify_inclusion
from qiantang.kernel.paging import PageRequest
from tests.engines.stamp_office import stamp_office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.mark.feature("S7A-03")
def test_deposits_become_leaves_in_their_order(stamped, keep):
    stamped()
    numbers = [keep(SYSTEM, b"%d" % n) for n in range(4)]
    api.seal_and_stamp(actor=SYSTEM)
    rows = list(Deposit.objects.order_by("pk"))
    assert [one.leaf_index for one in rows] == list(range(5))
    assert [one.number for one in rows[1:]] == numbers
    leaves = [bytes.fromhex(one.leaf_digest) for one in rows]
    assert api.log.log().root == root_of(leaves).hex()
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [1, 5]
    for size in (1, 5):
        for index in range(size):
            path = [bytes.fromhex(one) for one in api.log.inclusion_proof(index, size)]
            told = {"leaf": leaves[index], "index": index, "size": size, "path": path}
            assert verify_inclusion(**told, root=root_of(leaves[:size]))
    path = [bytes.fromhex(one) for one in api.log.consistency_proof(1, 5)]
    assert verify_consistency(older=1, newer=5, path=path, older_root=leaves[0], newer_root=root_of(leaves))
    with pytest.raises(NotFound, match=r"evidence\.size_unknown"):
        api.log.consistency_proof(5, 6)


@pytest.mark.feature("S7A-03")
def test_a_rewritten_log_is_refused_offline(stamped):
    stamped()
    older = api.log.log_document()
    stamped(content=b"another")
    newer = api.log.log_document()
    assert check_consistency(older, newer).valid
    back = check_consistency(newer, older)
    assert not back.valid
    assert "it was cut" in back.checks[-1].detail
    forged = json.loads(json.dumps(newer))
    forged["checkpoint"]["body"]["root"] = "00" * 32
    told = {one.name: one.passed for one in check_consistency(older, forged).checks}
    assert told == {"older checkpoint": True, "newer checkpoint": False, "one log": True, "consistency": False}
    rewritten = json.loads(json.dumps(newer))
    rewritten["extends"]["nodes"] = dict.fromkeys(rewritten["extends"]["nodes"], "11" * 32)
    assert "rewritten" in check_consistency(older, rewritten).checks[-1].detail
    silent = {**newer, "extends": {"nodes": {}}}
    assert "brings no proof" in check_consistency(older, silent).checks[-1].detail


def test_an_empty_log_tells_so(db):
    assert (api.log.log().size, api.log.log().checkpoint) == (0, None)
    with pytest.raises(NotFound, match=r"evidence\.size_unknown"):
        api.log.log_document()


@pytest.mark.feature("S7A-02")
def test_every_authority_stamps_and_a_silent_one_is_asked_again(house, keep, tmp_path):
    """The demo authority beside a second one over HTTP, by the setting alone."""
    with stamp_office(tmp_path / "second") as office:
        roots = tmp_path / "second.pem"
        roots.write_bytes(office.keys.roots())
        options = {"name": "second", "url": office.url, "roots": roots, "timeout": 5}
        house.NOTARY_AUTHORITIES = (
            *house.NOTARY_AUTHORITIES,
            ("qiantang.engines.notary.rfc3161.HttpAuthority", options),
        )
        office.status = 503
        number = keep(SYSTEM)
        api.seal_and_stamp(actor=SYSTEM)
        told = api.deposit_told(SYSTEM, number)
        assert told.stage is Stage.SEALED
        assert {one.authority: one.stamped_at is not None for one in told.stamps} == {"demo": True, "second": False}
        waiting = Stamp.objects.get(authority="second")
        assert (waiting.tried, waiting.said.startswith("notary.silent")) == (1, True)
        assert waiting.next_at > timezone.now()
        assert stamping.stamp_due(actor=SYSTEM) == 0  # not yet
        office.status = 200
        Stamp.objects.update(next_at=timezone.now())
        assert stamping.stamp_due(actor=SYSTEM) == 1
        assert stamping.stamp_due(actor=SYSTEM) == 0
        told = api.deposit_told(SYSTEM, number)
        assert told.stage is Stage.STAMPED
        assert {one.authority: one.legal for one in told.stamps} == {"demo": False, "second": True}
        api.make_package(actor=SYSTEM, number=number, target=tmp_path / "p.zip")
    report = verify(tmp_path / "p.zip", root=roots.read_bytes())
    assert {one.name: one.code for one in report.checks if "timestamp" in one.name} == {
        "timestamp demo": "TS_UNTRUSTED",  # does not lead to the root we trust
        "timestamp second": "OK",
    }


@pytest.mark.feature("S7A-02")
def test_an_answer_that_does_not_hold_is_not_kept(house, keep, tmp_path):
    with stamp_office(tmp_path / "second") as office:
        (tmp_path / "roots.pem").write_bytes(DemoAuthority(folder=tmp_path / "other").roots())
        options = {"name": "second", "url": office.url, "roots": tmp_path / "roots.pem", "timeout": 5}
        house.NOTARY_AUTHORITIES = (("qiantang.engines.notary.rfc3161.HttpAuthority", options),)
        number = keep(SYSTEM)
        api.seal_and_stamp(actor=SYSTEM)
    row = Stamp.objects.get()
    assert (row.response, "chain" in row.said) == (None, True)
    with pytest.raises(Conflict, match=r"evidence\.not_sealed"):
        api.make_package(actor=SYSTEM, number=number, target=tmp_path / "p.zip")


def test_an_authority_that_is_not_configured_any_more_waits(house, keep):
    keep(SYSTEM)
    api.seal_and_stamp(actor=SYSTEM)
    Stamp.objects.create(
        checkpoint=Checkpoint.objects.get(), authority="gone", algorithm="sha256", next_at=timezone.now()
    )
    assert stamping.stamp_due(actor=SYSTEM) == 0
    assert Stamp.objects.get(authority="gone").said == "not configured any more"


@pytest.mark.feature("S7A-10")
def test_a_stamp_is_renewed_before_its_certificate_ends_and_the_chain_is_kept(house, keep, tmp_path):
    begins = datetime.now(UTC) - timedelta(days=10)
    told = {"folder": tmp_path / "short", "begins_at": begins, "leaf_days": 100}
    house.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", told),)
    number = keep(SYSTEM)
    api.seal_and_stamp(actor=SYSTEM)
    assert stamping.plan_renewals(actor=SYSTEM) == 1
    assert stamping.plan_renewals(actor=SYSTEM) == 0
    house.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "long"}),)
    assert stamping.stamp_due(actor=SYSTEM) == 1
    assert stamping.plan_renewals(actor=SYSTEM) == 0
    api.make_package(actor=SYSTEM, number=number, target=tmp_path / "p.zip")
    report = verify(tmp_path / "p.zip")
    assert report.valid, report.told()
    assert "timestamp demo (renewal 1)" in [one.name for one in report.checks]


@pytest.mark.feature("S7A-10")
def test_an_ageing_algorithm_is_replaced(house, stamped, monkeypatch):
    stamped()
    from qiantang.commons.evidence import rules

    aged = (rules.Ageing("sha256", timezone.localdate(), "sha512", "a test"),)
    monkeypatch.setattr(rules, "AGEING", aged)
    monkeypatch.setattr(stamping, "AGEING", aged)
    assert stamping.plan_renewals(actor=SYSTEM) == 1
    stamping.stamp_due(actor=SYSTEM)
    assert list(Stamp.objects.order_by("round").values_list("algorithm", flat=True)) == ["sha256", "sha512"]
    assert stamping.plan_renewals(actor=SYSTEM) == 0


@pytest.mark.feature("S7A-07")
def test_old_proofs_hold_after_a_change_of_keys(stamped, tmp_path):
    number = stamped()
    api.make_package(actor=SYSTEM, number=number, target=tmp_path / "before.zip")
    first = api.log.log().keys[0]["public"]
    api.change_key(actor=SYSTEM, reason="once a year")
    later = stamped(content=b"later")
    for name, one in (("old", number), ("new", later)):
        api.make_package(actor=SYSTEM, number=one, target=tmp_path / f"{name}.zip")
        report = verify(tmp_path / f"{name}.zip", log_key=first)
        assert report.valid, report.told()
    assert verify(tmp_path / "before.zip").valid
    assert not verify(tmp_path / "before.zip", log_key="00" * 32).valid


@pytest.mark.feature("S7A-07")
def test_what_a_revoked_key_signs_is_not_believed_any_more(stamped, tmp_path, monkeypatch):
    number = stamped()
    past = timezone.now() - timedelta(days=3)
    monkeypatch.setattr("qiantang.commons.evidence.services.keys.timezone.now", lambda: past)
    api.change_key(actor=SYSTEM, reason="stolen three days ago", revoke=True)
    monkeypatch.undo()
    api.make_package(actor=SYSTEM, number=number, target=tmp_path / "p.zip")
    report = verify(tmp_path / "p.zip")
    assert {one.name: one.code for one in report.checks if not one.passed} == {
        "receipt": "REVOKED_CERT",
        "checkpoint": "REVOKED_CERT",
    }


def test_only_operators_change_keys_and_name_witnesses(lin):
    with pytest.raises(NotPermitted, match=r"evidence\.operator_only"):
        api.change_key(actor=lin, reason="why not")
    with pytest.raises(NotPermitted, match=r"evidence\.operator_only"):
        api.witnessing.add_witness(actor=lin, name="notary", public="00" * 32)


@pytest.mark.feature("S7A-03")
def test_a_witness_signs_the_checkpoint_it_has_seen(stamped, tmp_path):
    number = stamped()
    checkpoint = Checkpoint.objects.get()
    secret = Ed25519PrivateKey.generate()
    public = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    api.witnessing.add_witness(actor=SYSTEM, name="notary office", public=public)
    with pytest.raises(Conflict, match=r"evidence\.witness_taken"):
        api.witnessing.add_witness(actor=SYSTEM, name="notary office", public=public)
    sign = {"actor": SYSTEM, "name": "notary office", "size": checkpoint.size}
    with pytest.raises(Invalid, match=r"evidence\.witness_signature"):
        api.witnessing.witness_checkpoint(**sign, signature=secret.sign(b"another").hex())
    document = checkpoint_document(checkpoint.body, checkpoint.signature)
    api.witnessing.witness_checkpoint(**sign, signature=secret.sign(document).hex())
    api.make_package(actor=SYSTEM, number=number, target=tmp_path / "p.zip")
    report = verify(tmp_path / "p.zip")
    assert report.valid
    assert "witness notary office" in [one.name for one in report.checks]
    assert api.log.log().witnesses == ("notary office",)


def test_owners_are_told_once_a_checkpoint(lin, keep):
    first = keep(lin, b"one")
    keep(lin, b"two")
    api.seal_and_stamp(actor=SYSTEM)
    for _ in range(2):
        tell_owners(actor=SYSTEM, size=LogState.objects.get().size)
    (notice,) = inbox(lin, PageRequest()).items
    assert first in notice.title
    assert notice.link == f"/evidence/{first}"
