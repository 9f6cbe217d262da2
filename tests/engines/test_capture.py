"""Capturing pages that are served on loopback, with one browser for all of them."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from playwright.sync_api import sync_playwright
from warcio.archiveiterator import ArchiveIterator

from qiantang.engines.capture.fence import Fence
from qiantang.engines.capture.port import CaptureAsked, Reason, Verdict
from qiantang.engines.capture.recording import ARGUMENTS, capture_page
from tests.engines.web_site import web_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """Capture a path of the site; the products lie in the folder."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright, web_site() as site:
        browser = playwright.chromium.launch(
            executable_path=path, args=list(ARGUMENTS), chromium_sandbox=False, proxy={"server": "per-context"}
        )

        def capture(path, fence=None, **told):
            folder = tmp_path_factory.mktemp("capture")
            asked = CaptureAsked(url=site.at(path), **told)
            steps = []
            done = capture_page(
                browser, asked, folder, fence or Fence(loopback=True), surroundings={"region": None}, tell=steps.append
            )
            return done, folder, steps

        capture.site, capture.browser = site, browser
        yield capture
        browser.close()


@pytest.mark.feature("S7A-05")
@pytest.mark.feature("S7A-11")
def test_a_shop_page_is_captured_whole_with_everything_that_shows_it(visited):
    done, folder, steps = visited("/moved", shop=True)
    assert (done.verdict, done.reasons) == (Verdict.WHOLE, ())
    assert steps == ["loading", "settling", "reading", "picturing", "archiving"]
    assert set(done.files) == {
        "capture.json", "page.png", "page.html", "page.mhtml", "page.pdf", "page.txt", "page.wacz",
    }  # fmt: skip
    assert "由脚本写成" in (folder / "page.txt").read_text("utf-8")
    assert "由脚本写成" in (folder / "page.html").read_text("utf-8")
    assert (folder / "page.pdf").read_bytes().startswith(b"%PDF")
    height = int.from_bytes((folder / "page.png").read_bytes()[20:24])
    assert height > 2_000  # the whole page, not the window
    assert done.facts["price"] == "199.00"
    assert (done.facts["seller"], done.facts["licence"]) == ("某某茶叶店", "91330106MA2XXXXX1X")
    assert done.facts["comments"] == ["很香"]
    record = json.loads((folder / "capture.json").read_text("utf-8"))
    assert [one["status"] for one in record["network"]["redirects"]] == [302]
    assert record["network"]["resolved"] == {"127.0.0.1": ["127.0.0.1"]}
    told = {one["path"]: one["sha256"] for one in record["files"]}
    assert told == {name: sha256((folder / name).read_bytes()).hexdigest() for name in done.files[1:]}


@pytest.mark.feature("S7A-05")
def test_the_archive_replays_what_came_and_names_nobody(visited):
    done, folder, _ = visited("/list", pages=2)
    assert done.verdict is Verdict.WHOLE
    assert {"page-02.png", "page-02.txt", "page-02.html"} <= set(done.files)
    with zipfile.ZipFile(folder / "page.wacz") as archive:
        package = json.loads(archive.read("datapackage.json"))
        for one in package["resources"]:
            assert one["hash"] == f"sha256:{sha256(archive.read(one['path'])).hexdigest()}"
        warc = archive.read("archive/data.warc.gz")
        index = archive.read("indexes/index.cdx").decode().splitlines()
        assert [json.loads(line)["title"] for line in archive.read("pages/pages.jsonl").splitlines()[1:]]
    bodies = {
        record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read().decode()
        for record in ArchiveIterator(io.BytesIO(warc))
        if record.rec_type == "response"
    }
    assert bodies == {visited.site.at(path): visited.site.pages[path] for path in ("/list", "/list2")}
    line = json.loads(index[0].split(" ", 2)[2])
    part = gzip.decompress(warc[int(line["offset"]) : int(line["offset"]) + int(line["length"])])
    assert line["url"].encode() in part
    assert b"known-to-nobody" not in gzip.decompress(warc)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """An authority of the test with a server's certificate under one in between: (key and chain, root, the chain's digests)."""
    day = datetime.now(UTC) - timedelta(days=1)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Test {one}")]) for one in ("root", "between", "shop")]
    made = []
    for place, name in enumerate(names):
        issuer = max(0, place - 1)
        builder = x509.CertificateBuilder(names[issuer], name, keys[place].public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(day).not_valid_after(day + timedelta(days=30))
        builder = builder.add_extension(x509.BasicConstraints(ca=place < 2, path_length=None), critical=True)
        builder = builder.add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        made.append(builder.sign(keys[issuer], hashes.SHA256()))
    folder = tmp_path_factory.mktemp("authority")
    key = keys[2].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "chain.pem").write_bytes(key + made[2].public_bytes(Encoding.PEM) + made[1].public_bytes(Encoding.PEM))
    (folder / "root.pem").write_bytes(made[0].public_bytes(Encoding.PEM))
    told = [sha256(one.public_bytes(Encoding.DER)).hexdigest() for one in (made[2], made[1])]
    return folder / "chain.pem", folder / "root.pem", told


@pytest.mark.feature("S7A-05")
@pytest.mark.parametrize("known", [True, False])
def test_over_tls_the_chain_is_recorded_and_whether_it_leads_to_a_known_root(
    visited, authority, tmp_path, monkeypatch, known
):
    chain, root, digests = authority
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(root))  # what this machine trusts
    with web_site(chain) as site:
        asked, folder = CaptureAsked(url=site.at("/shop")), tmp_path / "products"
        folder.mkdir()
        done = capture_page(
            visited.browser, asked, folder, Fence(loopback=True), surroundings={"region": None}, tell=lambda _step: None
        )
        origin = site.at("")
    assert done.verdict is Verdict.WHOLE
    record = json.loads((folder / "capture.json").read_text("utf-8"))["network"]
    assert record["certificates"][origin][:2] == digests
    assert (record["tls"]["protocol"], record["tls"]["trusted"]) == ("TLSv1.3", known)
    assert known or "certificate" in record["tls"]["said"]
    kept = x509.load_pem_x509_certificates((folder / "certificates.pem").read_bytes())
    assert [sha256(one.public_bytes(Encoding.DER)).hexdigest() for one in kept][:2] == digests
    assert "certificates.pem" in done.files


@pytest.mark.feature("S7A-06")
@pytest.mark.parametrize(
    ("path", "verdict", "reason"),
    [
        ("/blank", Verdict.FAILED, Reason.BLANK),
        ("/robot", Verdict.FAILED, Reason.CHALLENGE),
        ("/forbidden", Verdict.FAILED, Reason.BLOCKED),
        ("/nowhere", Verdict.FAILED, Reason.HTTP_STATUS),
        ("/zip", Verdict.FAILED, Reason.DOWNLOAD),
        ("/out", Verdict.FAILED, Reason.FENCED),
        ("/file", Verdict.FAILED, Reason.UNREACHABLE),
        ("/torn", Verdict.PARTIAL, Reason.RESOURCES_FAILED),
        ("/inside", Verdict.PARTIAL, Reason.RESOURCES_FENCED),
    ],
)
def test_what_does_not_show_the_page_says_so(visited, path, verdict, reason):
    done, _folder, _ = visited(path)
    assert done.verdict is verdict
    assert reason in [one for one, _ in done.reasons]
    if verdict is Verdict.FAILED:
        assert done.files == ()
    else:
        hosts = {one["host"] for one in done.record["network"]["reached"]}
        assert hosts == {"127.0.0.1"}
        assert all(one["url"].startswith("http") for one in done.record["network"]["exchanges"])


@pytest.mark.feature("S7A-06")
def test_a_list_that_ends_before_it_should_is_partial(visited):
    done, _, _ = visited("/list", pages=3)
    assert (done.verdict, [one for one, _ in done.reasons]) == (Verdict.PARTIAL, [Reason.PAGES_MISSING])


@pytest.mark.feature("S7A-05")
def test_a_browser_reaches_nothing_that_the_fence_does_not_open(visited):
    asked = len(visited.site.asked)
    done, _, _ = visited("/shop", fence=Fence())  # as in a city: loopback is closed
    assert [one for one, _ in done.reasons] == [Reason.FENCED]
    assert len(visited.site.asked) == asked
