"""Every timestamp authority keeps the same promises; digests are those of the standards."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from hashlib import md5, sha1, sha256

import pytest
from asn1crypto import tsp

from qiantang.engines.notary import port
from qiantang.engines.notary.demo import NOT_LEGAL, POLICY, DemoAuthority
from qiantang.kernel.errors import Invalid, Unavailable
from tests.engines.stamp_office import stamp_office

pytestmark = pytest.mark.feature("S7A-02")
DOCUMENT = b'{"root":"cdbb6c98","size":3}'


def over_http(office, folder, **options):
    roots = folder / "roots.pem"
    roots.write_bytes(office.keys.roots())
    told = {"name": "second", "url": office.url, "roots": roots, "timeout": 5, **options}
    return port.load("qiantang.engines.notary.rfc3161.HttpAuthority", **told)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return tmp_path_factory.mktemp("authority") / "keys"


@pytest.fixture
def office(keys):
    with stamp_office(keys) as opened:
        yield opened


@pytest.fixture(params=["demo", "http"])
def authority(request, keys, tmp_path):
    if request.param == "demo":
        yield port.load("qiantang.engines.notary.demo.DemoAuthority", folder=keys)
        return
    with stamp_office(keys) as opened:
        yield over_http(opened, tmp_path, policy=POLICY)


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_openssl_accepts_every_token(authority, tmp_path, algorithm):
    token = authority.stamp(DOCUMENT, algorithm=algorithm)
    for name, content in (("d", DOCUMENT), ("q", token.query), ("r", token.response), ("ca", authority.roots())):
        (tmp_path / name).write_bytes(content)
    for over in (["-queryfile", "q"], ["-data", "d"]):
        ran = subprocess.run(
            ["openssl", "ts", "-verify", *over, "-in", "r", "-CAfile", "ca"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Verification: OK" in ran.stdout, ran.stderr
    (tmp_path / "d").write_bytes(DOCUMENT + b" ")
    assert subprocess.run(
        ["openssl", "ts", "-verify", "-data", "d", "-in", "r", "-CAfile", "ca"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    ).returncode


def test_a_token_tells_what_it_is(authority):
    token = authority.stamp(DOCUMENT)
    told = tsp.TimeStampResp.load(token.response)["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    assert told["message_imprint"]["hashed_message"].native == sha256(DOCUMENT).digest()
    assert (token.policy, token.serial) == (POLICY, f"{told['serial_number'].native:x}")
    assert token.stamped_at == told["gen_time"].native
    assert abs(token.drift_seconds) <= 60
    assert token.certificate_ends_at > token.stamped_at
    assert not token.with_changes


def test_no_token_is_given_twice(authority):
    first, second = authority.stamp(DOCUMENT), authority.stamp(DOCUMENT)
    assert first.serial != second.serial
    assert first.query != second.query  # another nonce


def test_the_demo_says_what_it_is_wherever_one_looks(keys, tmp_path):
    authority = DemoAuthority(folder=keys)
    assert not authority.legal
    assert NOT_LEGAL in authority.stamp(DOCUMENT).authority
    for name in ("root.pem", "authority.pem"):
        told = subprocess.run(
            ["openssl", "x509", "-in", keys / name, "-noout", "-text"], capture_output=True, text=True, check=False
        )
        assert NOT_LEGAL in told.stdout
    assert "Explicit Text: NOT A LEGAL TIMESTAMP" in told.stdout
    assert (keys / "authority.key").stat().st_mode & 0o077 == 0


def test_keys_made_once_are_kept(keys):
    one, two = DemoAuthority(folder=keys), DemoAuthority(folder=keys)
    assert one.stamp(DOCUMENT).authority == two.stamp(DOCUMENT).authority
    assert one.roots() == two.roots()


def test_a_silent_authority_can_be_asked_again(office, tmp_path):
    authority = over_http(office, tmp_path)
    for status in (503, 302, 404):
        office.status = status
        with pytest.raises(Unavailable, match=r"notary\.silent"):
            authority.stamp(DOCUMENT)
    office.status = 200
    for nonsense in (b"", b"<html>sign in</html>", b"x" * 300_000):
        office.answers = lambda _query, said=nonsense: said
        with pytest.raises(Unavailable, match=r"notary\.silent"):
            authority.stamp(DOCUMENT)
    office.answers = office.keys.answer
    assert authority.stamp(DOCUMENT).serial


def test_nobody_there_is_silence(tmp_path):
    (tmp_path / "roots.pem").write_bytes(b"")
    options = {"name": "none", "url": "http://127.0.0.1:1/", "roots": tmp_path / "roots.pem", "timeout": 2}
    with pytest.raises(Unavailable, match=r"notary\.silent"):
        port.load("qiantang.engines.notary.rfc3161.HttpAuthority", **options).stamp(DOCUMENT)


def refused(authority, reason):
    with pytest.raises(Invalid, match=r"notary\.token_refused") as said:
        authority.stamp(DOCUMENT)
    assert said.value.facts["reason"] == reason


def test_another_nonce_or_another_document_is_refused(office, tmp_path):
    authority = over_http(office, tmp_path)
    stale = office.keys.stamp(DOCUMENT).response
    office.answers = lambda _query: stale
    refused(authority, "nonce")

    def another(query):
        asked = tsp.TimeStampReq.load(query)
        asked["message_imprint"]["hashed_message"] = sha256(b"another").digest()
        return office.keys.answer(tsp.TimeStampReq(asked.native).dump(force=True))

    office.answers = another
    refused(authority, "imprint")


def test_another_policy_is_refused(office, tmp_path):
    refused(over_http(office, tmp_path, policy="1.2.3.4"), "policy")


def test_a_chain_that_leads_elsewhere_is_refused(office, tmp_path):
    authority = over_http(office, tmp_path)
    (tmp_path / "roots.pem").write_bytes(DemoAuthority(folder=tmp_path / "stranger").roots())
    refused(authority, "chain")


def test_a_refusal_is_no_token(office, tmp_path):
    office.answers = lambda _query: bytes.fromhex("30053003020102")  # status 2: rejection, and no token
    refused(over_http(office, tmp_path), "status")


def test_a_grant_with_modifications_is_one(office, tmp_path):
    def granted(query):
        told = tsp.TimeStampResp.load(office.keys.answer(query))
        token = told["time_stamp_token"]
        return tsp.TimeStampResp({"status": {"status": "granted_with_mods"}, "time_stamp_token": token}).dump()

    office.answers = granted
    assert over_http(office, tmp_path).stamp(DOCUMENT).with_changes


def test_the_chain_is_validated_at_the_time_of_the_token(tmp_path):
    """A certificate which ended yesterday is good for what it signed before, and for nothing after."""
    begins = datetime.now(UTC) - timedelta(days=100)
    with stamp_office(tmp_path / "keys") as office:
        office.keys = DemoAuthority(folder=tmp_path / "keys", begins_at=begins, leaf_days=99)
        authority = over_http(office, tmp_path)
        office.answers = lambda query: office.keys.answer(query, at=begins + timedelta(days=50))
        token = authority.stamp(DOCUMENT)
        assert token.drift_seconds < -60  # told, and for whoever asks to judge
        for day in (-1, 99.5):
            office.answers = lambda query, day=day: office.keys.answer(query, at=begins + timedelta(days=day))
            refused(authority, "chain")


@pytest.mark.feature("S7A-01")
def test_digests_are_those_of_the_standards():
    told = port.digests_of([b"a", b"", b"bc"])
    assert told.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert told.sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert told.size_bytes == 3


@pytest.mark.feature("S7A-01")
def test_weak_digests_alone_are_refused():
    weak = {"MD5": md5(b"abc").hexdigest(), "SHA-1": sha1(b"abc").hexdigest()}
    with pytest.raises(Invalid, match=r"notary\.weak_digest"):
        port.checked_digests(weak)
    strong = sha256(b"abc").hexdigest()
    assert port.checked_digests({**weak, "SHA-256": strong.upper()}) == {"sha256": strong}


@pytest.mark.feature("S7A-01")
@pytest.mark.parametrize("given", [{"sha256": "ab"}, {"sha256": "g" * 64}, {"sha3": "a" * 64}])
def test_digests_have_their_form(given):
    with pytest.raises(Invalid, match=r"notary\.digest_malformed"):
        port.checked_digests(given)


@pytest.mark.feature("S7A-01")
@pytest.mark.parametrize("given", [{}, {"sha256": " "}, {"sm3": "a" * 64}])
def test_sha_256_is_always_there(given):
    with pytest.raises(Invalid, match=r"notary\.digest_missing"):
        port.checked_digests(given)
