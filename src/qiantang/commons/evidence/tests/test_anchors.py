"""Anchors: the format by the reference's own examples, a calendar on loopback, and what the verifier proves with and without it."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.evidence import api
from qiantang.commons.evidence.methods.anchoring import (
    commitment,
    first_proof,
    heights,
    number,
    promises,
    upgraded,
    written,
)
from qiantang.commons.evidence.methods.verifier import anchors as verifier
from qiantang.commons.evidence.methods.verifier.anchors import (
    BITCOIN,
    PENDING,
    attested,
    check_anchors,
    headers_in,
    read_proof,
)
from qiantang.commons.evidence.methods.verifier.packages import verify
from qiantang.commons.evidence.methods.verifier.reporting import Broken, Report
from qiantang.commons.evidence.models import Anchor
from qiantang.commons.evidence.services import anchoring, tending
from qiantang.commons.evidence.tests.conftest import SYSTEM
from qiantang.commons.evidence.types import AnchorState
from qiantang.config.calendars import calendars_of

pytestmark = pytest.mark.feature("S7A-04")
# Examples of the reference implementation (opentimestamps/javascript-opentimestamps, folder examples), and the header of
# the block to which the first one leads, as any node tells it.
HELLO = (
    "004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294010803ba204e50d126e4674c005e04d82e84c21366780af1f43bd54a37"
    "816b6ab34003f1c8010100000001e482f9d32ecc3ba657b69d898010857b54457a90497982ff56f97c4ec58e6f98010000006b483045022100b253ad"
    "d1d1cf90844338a475a04ff13fc9e7bd242b07762dea07f5608b2de367022000b268ca9c3342b3769cdd062891317cdcef87aac310b6855e9d93898e"
    "bbe8ec0121020d8e4d107d2b339b0050efdd4b4a09245aa056048f125396374ea6a2ab0709c6ffffffff026533e605000000001976a9140bf057d40f"
    "bba6744862515f5b55a2310de5772f88aca0860100000000001976a914f00688ac000000000808f120a987f716c533913c314c78e35d35884cac943f"
    "a42cac49d2b2c69f4003f85f880808f120dec55b3487e1e3f722a49b55a7783215862785f4a3acb392846019f71dc64a9d0808f120b2ca18f485e080"
    "478e025dab3d464b416c0e1ecb6629c9aefce8c8214d0424320808f02011b0e90661196ff4b0813c3eda141bab5e91604837bdf7a0c9df37db0e3a11"
    "980808f020c34bc1a4a1093ffd148c016b1e664742914e939efabe4d3d356515914b26d9e20808f020c3e6e7c38c69f6af24c2be34ebac48257ede61"
    "ec0a21b9535e4443277be306460808f1200798bf8606e00024e5d5d54bf0c960f629dfb9dad69157455b6f2652c0e8de810808f0203f9ada6d60baa2"
    "44006bb0aad51448ad2fafb9d4b6487a0999cff26b91f0f5360808f120c703019e959a8dd3faef7489bb328ba485574758e7091f01464eb65872c975"
    "c80808f020cbfefff513ff84b915e3fed6f9d799676630f8364ea2a6c7557fad94a5b5d7880808f1200be23709859913babd4460bbddf8ed213e7c87"
    "73a4b1face30f8acfdf093b7050808000588960d73d7190103f7ef15"
)
TWO = (
    "004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940108efaa174f68e59705757460f4f7d204bd2b535cfd194d9d94541873"
    "2129404ddbf010839037eef449dec6dac322ca97347c4508fff0106b4023b6edd3a0eeeb09e5d718723b9e08f10457d46515f008eadd66b1688d5574"
    "0083dfe30d2ef90c8e2e2d68747470733a2f2f616c6963652e6274632e63616c656e6461722e6f70656e74696d657374616d70732e6f7267f010a3ad"
    "701ef9f10535a84968b5a99d858008f10457d46516f008647b90ea1b270a970083dfe30d2ef90c8e2c2b68747470733a2f2f626f622e6274632e6361"
    "6c656e6461722e6f70656e74696d657374616d70732e6f7267"
)
UNKNOWN = (
    "004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940108d288b2ee212b01e3e5f6d333df3a4d53f292cc3f07b09013c0b40c"
    "8e7dcb9c03f01046d842bd5d8377e0f42041bec9bda66708fff010332c572f9c4b8d5db9d99758d48fff3408f10457e89f38f00873c6dc4d0cbc29f0"
    "0083dfe30d2ef90c8e2c2b68747470733a2f2f626f622e6274632e63616c656e6461722e6f70656e74696d657374616d70732e6f7267f010e7ad2907"
    "6f188033d20767602ca3a8e008f10457e89f37f00862df56371ae23d8d0001020304050607082e787878787878787878787878787878787878787878"
    "78787878787878787878787878787878787878787878787878"
)
BLOCK = 358391
HEADER = (
    "02000000b96394585a281b7e5f438fd1c9ed492645a1fd61cb3802040000000000000000007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739"
    "817dd0cbb7ec661b8a1e376755f58616186272def6"
)


def ends(proof):
    return list(attested(read_proof(proof)[1]))


@pytest.mark.parametrize("told", [HELLO, TWO, UNKNOWN])
def test_examples_of_the_reference_are_read_and_written_alike(told):
    proof = bytes.fromhex(told)
    assert written(*read_proof(proof)) == proof
    for cut in range(len(proof)):
        with pytest.raises(ValueError, match=r"proof|number"):
            read_proof(proof[:cut])
    with pytest.raises(ValueError, match="more after"):
        read_proof(proof + b"\0")


def test_the_path_of_the_reference_leads_to_the_root_of_the_real_block_and_its_header_proves_it():
    proof = bytes.fromhex(HELLO)
    assert read_proof(proof)[0] == sha256(b"Hello World!\n").digest()
    (end,) = ends(proof)
    assert (end.tag, heights(proof)) == (BITCOIN, (BLOCK,))
    header = headers_in(f"{BLOCK} {HEADER}\n")[BLOCK]
    told = verifier._proved(end, header)
    assert "2015-05-28 15:41:18 UTC, 2^67 of work" in told
    assert told.endswith("000000000000000003e892881a8cdcdc117c06d444057c98b6f04a9ee75a2319")
    for place, said in ((40, "another root"), (79, "lacks the work"), (70, "lacks the work")):
        changed = bytearray(header)
        changed[place] ^= 1
        with pytest.raises(Broken, match=said):
            verifier._proved(end, bytes(changed))
    with pytest.raises(ValueError, match="80 bytes"):
        headers_in("1 00")


def test_promises_are_told_by_calendar():
    assert sorted(promises(bytes.fromhex(TWO)).values()) == [
        "https://alice.btc.calendar.opentimestamps.org",
        "https://bob.btc.calendar.opentimestamps.org",
    ]


@given(st.integers(0, 2**60))
def test_numbers_are_read_as_they_are_written(value):
    assert verifier._Bytes(number(value)).number() == value


@given(st.binary(max_size=300))
def test_whatever_comes_for_a_proof_is_refused_in_words(data):
    for proof in (data, bytes.fromhex(HELLO)[:65] + data):
        try:
            read_proof(proof)
        except ValueError:
            continue


def test_depth_and_length_of_a_proof_are_bounded():
    head = bytes.fromhex(HELLO)[:65]
    for endless in (b"\x08" * 5_000, b"\xf0" + number(4096) + b"x" * 4096, b"\xff" * 9, b"\x67"):
        with pytest.raises(ValueError, match="proof"):
            read_proof(head + endless)


# --- a calendar ---------------------------------------------------------------------------------------------------------


class Calendar:
    """A calendar that promises, and keeps its promises when it is told that a block was found."""

    def __init__(self):
        self.promised, self.block, self.asked, self.silent, self.garbage = {}, None, [], False, b""
        self.port = 0

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def promise(self, digest):
        """Two others stand in the same tree."""
        told = sha256(sha256(b"left" + digest).digest() + b"right").digest()
        uri = self.address.encode()
        self.promised[told] = None
        return (
            b"\xf1\x04left\x08\xf0\x05right\x08\0" + PENDING + number(len(uri) + len(number(len(uri)))) + number(len(uri)) + uri
        )  # fmt: skip

    def kept(self, message):
        if self.block is None or message not in self.promised:
            return None
        height = number(self.block)
        return b"\xf0\x02tx\x08\x08\0" + BITCOIN + number(len(height)) + height

    def root(self):
        (message,) = self.promised
        return sha256(sha256(message + b"tx").digest()).digest()

    def header(self):
        return bytes(36) + self.root() + int(time.time()).to_bytes(4, "little") + bytes.fromhex("ffff7f20") + bytes(4)


@contextmanager
def running():
    calendar = Calendar()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            calendar.asked.append(self.path)
            digest = self.rfile.read(int(self.headers["Content-Length"]))
            self._say(calendar.promise(digest) if self.path == "/digest" else None)

        def do_GET(self):
            calendar.asked.append(self.path)
            self._say(calendar.kept(bytes.fromhex(self.path.removeprefix("/timestamp/"))))

        def _say(self, found):
            found = calendar.garbage or found
            self.send_response(503 if calendar.silent else 200 if found else 404)
            self.send_header("Content-Length", str(len(found or b"")))
            self.end_headers()
            self.wfile.write(found or b"")

        def log_message(self, *_told):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        calendar.port = server.server_port
        Thread(target=server.serve_forever, daemon=True).start()
        yield calendar
        server.shutdown()


@pytest.fixture
def calendar(house):
    with running() as made:
        house.ANCHOR_CALENDARS = (made.address,)
        yield made


def due():
    Anchor.objects.update(next_at=timezone.now())
    return anchoring.anchor_due(actor=SYSTEM)


@pytest.mark.django_db
def test_without_a_setting_nothing_is_anchored(stamped):
    stamped()
    tending.tend(actor=SYSTEM)
    assert not Anchor.objects.exists()


@pytest.mark.django_db
def test_an_anchor_is_promised_then_upgraded_and_then_needs_no_calendar(calendar, keep, lin, tmp_path, monkeypatch):
    number_ = keep(lin)
    tending.tend(actor=SYSTEM)  # the heartbeat does it all
    (told,) = api.deposit_told(lin, number_).anchors
    assert (told.state, told.calendar, told.height) == (AnchorState.PENDING, calendar.address, None)
    assert due() == 0  # no block yet
    target = tmp_path / "p.zip"
    api.make_package(actor=lin, number=number_, target=target)
    assert ("ANCHOR_PENDING", True) in [(one.code, one.passed) for one in verify(target).checks]
    calendar.block = 900_000
    assert (due(), due()) == (1, 0)
    (told,) = api.deposit_told(lin, number_).anchors
    assert (told.state, told.height) == (AnchorState.UPGRADED, 900_000)
    calendar.silent = True  # from here on nobody asks it
    asked = len(calendar.asked)
    target.unlink()
    api.make_package(actor=lin, number=number_, target=target)
    with zipfile.ZipFile(target) as archive:
        proof, document = archive.read("anchors/1.ots"), archive.read("anchors/1.json")
        (tmp_path / "verify.py").write_bytes(archive.read("verify.py"))
    assert read_proof(proof)[0] == sha256(document).digest()
    assert (ends(proof)[0].message, len(ends(proof))) == (calendar.root(), 1)
    plain = verify(target)
    assert plain.valid
    assert "proves no time until its header is given" in next(
        one.detail for one in plain.checks if one.code == "ANCHOR_UNPROVED"
    )
    headers = tmp_path / "headers.txt"
    headers.write_text(f"900000 {calendar.header().hex()}\n")
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", target, "--headers", headers],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1  # of a chain that anybody can make
    assert re.search(r"\[ANCHOR_INVALID\].*(anybody can make it|lacks the work)", ran.stdout)
    monkeypatch.setattr(verifier, "_WORK_LEAST", 0)
    header = mined(calendar.header())
    assert "in Bitcoin block 900000" in str(verify(target, headers={900_000: header}).told())
    assert not verify(target, headers={900_000: header[:36] + bytes(32) + header[68:]}).valid
    assert len(calendar.asked) == asked


def mined(header):
    """With a nonce that fits: of this target every second one does."""
    for nonce in range(100):
        tried = header[:76] + nonce.to_bytes(4, "little")
        if sha256(sha256(tried).digest()).digest()[31] < 0x7F:
            return tried
    raise AssertionError


@pytest.mark.django_db
def test_an_anchor_of_a_later_checkpoint_covers_what_was_before_and_nothing_else_fits(calendar, keep, lin, tmp_path):
    first = keep(lin, b"one")
    tending.tend(actor=SYSTEM)
    second = keep(lin, b"two")
    tending.tend(actor=SYSTEM)  # within the hour: no second question
    assert (Anchor.objects.count(), api.deposit_told(lin, second).anchors) == (1, ())
    Anchor.objects.update(planned_at=timezone.now() - timedelta(hours=2))
    tending.tend(actor=SYSTEM)
    assert Anchor.objects.count() == 2
    assert len(api.deposit_told(lin, first).anchors) == len(api.deposit_told(lin, second).anchors) == 1
    target = tmp_path / "p.zip"
    api.make_package(actor=lin, number=first, target=target)
    with zipfile.ZipFile(target) as archive:
        told = json.loads(archive.read("evidence.json"))
    for change in (
        lambda anchor: anchor.update(path=["00" * 32]),
        lambda anchor: anchor["checkpoint"]["body"].update(size=7),
        lambda anchor: anchor.update(proof=base64.b64encode(bytes.fromhex(HELLO)).decode()),
        lambda anchor: anchor.update(proof="!"),
        lambda anchor: anchor.pop("proof"),
    ):
        evidence, report = json.loads(json.dumps(told)), Report()
        change(evidence["anchors"][0])
        check_anchors(evidence, report, {})
        assert [one.code for one in report.checks] == ["ANCHOR_INVALID"]


@pytest.mark.django_db
def test_a_calendar_that_fails_is_asked_again_and_says_so_where_it_shows(calendar, keep, lin):
    number_ = keep(lin)
    calendar.silent = True
    tending.tend(actor=SYSTEM)
    (told,) = api.deposit_told(lin, number_).anchors
    assert (told.state, told.said) == (AnchorState.ASKED, "the answer cannot be read: status 503")
    calendar.silent, calendar.garbage = False, b"nonsense"
    assert due() == 0
    calendar.garbage = b"\0" + b"12345678" + b"\0"
    assert due() == 0
    assert "nobody attests anything" in Anchor.objects.get().said
    calendar.garbage = b""
    assert due() == 1
    row = Anchor.objects.get()
    assert (row.said, row.tried, row.proof is not None) == ("", 0, True)


@pytest.mark.django_db
def test_a_calendar_inside_is_not_reached_outside_tests(calendar, keep, lin, settings):
    keep(lin)
    settings.ANCHOR_OPTIONS = {**settings.ANCHOR_OPTIONS, "loopback": False}
    tending.tend(actor=SYSTEM)
    assert Anchor.objects.get().said.startswith("courier.fenced")
    assert calendar.asked == []


def test_answers_are_checked_before_they_are_kept():
    digest, nonce = sha256(b"x").digest(), b"n" * 16
    answer = b"\0" + PENDING + b"\x02\x01a"
    proof = first_proof(digest, nonce, answer)
    assert promises(proof) == {commitment(digest, nonce): "a"}
    height = b"\0" + BITCOIN + b"\x01\x07"
    grown = upgraded(proof, {commitment(digest, nonce): b"\xff" + answer + height})
    assert (heights(grown), len(ends(grown))) == ((7,), 2)  # two branches in the place of one
    with pytest.raises(ValueError, match="cut off"):
        upgraded(proof, {commitment(digest, nonce): b"\x08"})


def test_calendars_are_named_by_addresses():
    assert calendars_of("https://a.example/ https://b.example https://a.example") == (
        "https://a.example",
        "https://b.example",
    )
    for wrong in ("ftp://a.example", "a.example", "https://u:p@a.example", "https://a.example/?x=1"):
        with pytest.raises(ValueError, match="address of a calendar"):
            calendars_of(wrong)
