"""The package: checked without the platform, and a change anywhere has a name."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from qiantang.commons.documents import api as documents
from qiantang.commons.evidence import api
from qiantang.commons.evidence.methods import single_file
from qiantang.commons.evidence.methods.package_writing import name_inside, write_package
from qiantang.commons.evidence.methods.verifier.packages import verify
from qiantang.commons.evidence.models import Deposit
from qiantang.commons.evidence.selectors.proofs import sealed_under
from qiantang.commons.evidence.services import certificates
from qiantang.commons.evidence.tests.conftest import SYSTEM
from qiantang.engines.notary.demo import DemoAuthority
from qiantang.engines.notary.port import digests_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def contents(package):
    with zipfile.ZipFile(package) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def rewritten(package, target, change):
    """The package with its evidence changed and a manifest that fits, under the old seal's key."""
    told = contents(package)
    evidence = json.loads(told["evidence.json"])
    change(evidence)
    from qiantang.kernel.canonical import canonical_json

    told["evidence.json"] = canonical_json(evidence)
    seal = told.pop("manifest.sig")
    told.pop("manifest.json")
    write_package(target, told.items(), lambda _manifest: seal)
    return {one.name: one.code for one in verify(target).checks if not one.passed}


@pytest.mark.feature("S7A-09")
def test_python_and_openssl_alone_check_a_package(package, tmp_path):
    """As somebody does who has nothing of ours: the program out of the package, isolated, in an empty folder."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "verify.py").write_bytes(contents(package)["verify.py"])
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", package, "--json"],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(ran.stdout)
    assert (ran.returncode, told["valid"]) == (0, True), told
    assert [one["name"] for one in told["checks"]] == [
        *("package", "files", "keys", "timestamp demo", "receipt", "inclusion", "checkpoint", "custody", "seal", "file")
    ]
    assert "NOT A LEGAL TIMESTAMP" in ran.stdout


@pytest.mark.feature("S7A-02")
@pytest.mark.feature("S7A-09")
def test_the_recipe_of_the_package_works(package, tmp_path):
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "out")
    words = [
        "openssl",
        "ts",
        "-verify",
        "-queryfile",
        "stamps/demo.tsq",
        "-in",
        "stamps/demo.tsr",
        "-CAfile",
        "stamps/demo.pem",
    ]
    ran = subprocess.run(words, cwd=tmp_path / "out", capture_output=True, text=True, check=False)
    assert "Verification: OK" in ran.stdout
    over = [*words[:3], "-data", "checkpoint.json", *words[5:]]
    ran = subprocess.run(over, cwd=tmp_path / "out", capture_output=True, text=True, check=False)
    assert "Verification: OK" in ran.stdout
    told = (tmp_path / "out" / "README.txt").read_text()
    assert " ".join(words[:3]) in told
    assert "不证明" in told


def test_the_single_file_imports_nothing_of_ours_and_names_nothing_twice():
    import ast

    text = single_file.single_file()
    tree = ast.parse(text)
    assert "qiantang." not in text
    names = [one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)]
    names += [
        one.targets[0].id for one in tree.body if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)
    ]
    assert len(names) == len(set(names))
    imported = {
        one.names[0].name if isinstance(one, ast.Import) else one.module
        for one in ast.walk(tree)
        if isinstance(one, ast.Import | ast.ImportFrom)
    }
    assert {one.partition(".")[0] for one in imported} <= sys.stdlib_module_names


@pytest.mark.feature("S7A-09")
def test_one_byte_changed_anywhere_is_noticed_and_named(package, tmp_path):
    whole = package.read_bytes()
    target = tmp_path / "changed.zip"
    with zipfile.ZipFile(package) as archive:
        places = {one.filename: one.header_offset for one in archive.infolist()}
    directory = whole.rindex(b"PK\1\2", 0, whole.rindex(b"PK\5\6"))
    heads = [at + step for at in places.values() for step in (0, 4, 7, 9, 11, 15, 19, 23, 27, 30)]
    ends = [directory + step for step in range(0, 46, 5)] + [len(whole) - step for step in range(1, 23, 3)]
    for at in [*range(0, len(whole), 2_503), *heads, *ends]:
        target.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        report = verify(target)
        assert not report.valid, at
        assert report.code != "OK"
    for longer in (whole + b"\0", whole[:-1], b"\0" + whole):
        target.write_bytes(longer)
        assert not verify(target).valid
    at = places["files/battery.txt"] + 30 + len("files/battery.txt")
    target.write_bytes(whole[:at] + b"X" + whole[at + 1 :])
    assert "files/battery.txt was changed" in verify(target).checks[0].detail


@pytest.mark.feature("S7A-09")
def test_a_change_that_mends_every_check_sum_still_breaks_the_seal(package, tmp_path):
    assert rewritten(package, tmp_path / "p.zip", lambda evidence: evidence.update(statement="made after")) == {
        "seal": "STH_UNSIGNED"
    }
    told = contents(package)
    files = {name: content for name, content in told.items() if not name.startswith("manifest")}
    manifest = json.loads(told["manifest.json"])
    manifest["files"].pop()
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    (tmp_path / "q.zip").write_bytes(changed.getvalue())
    assert verify(tmp_path / "q.zip").code == "HASH_MISMATCH"


@pytest.mark.feature("S7A-08")
@pytest.mark.feature("S7A-09")
def test_each_kind_of_lie_has_its_code(package, tmp_path, authority_folder):
    target = tmp_path / "p.zip"

    def custody(evidence):
        evidence["custody"][0], evidence["custody"][1] = evidence["custody"][1], evidence["custody"][0]

    def line(evidence):
        evidence["custody"][1]["line"]["actor"] = "nobody"

    def place(evidence):
        evidence["proof"]["path"] = ["00" * 32]

    def earlier(evidence):
        evidence["leaf"]["deposited_at"] = "2020-01-01T00:00:00Z"

    def head(evidence):
        evidence["checkpoint"]["body"]["at"] = "2020-01-01T00:00:00Z"

    def backdated(evidence):
        stamp = evidence["stamps"][0]
        authority = DemoAuthority(folder=authority_folder)
        early = authority.answer(base64.b64decode(stamp["query"]), at=datetime.now(UTC) - timedelta(days=900))
        stamp["response"] = base64.b64encode(early).decode()

    def stranger(evidence):
        evidence["keys"][0]["public"] = "11" * 32

    expected = {
        custody: {"custody": "CUSTODY_BROKEN"},
        line: {"custody": "CUSTODY_BROKEN"},
        place: {"inclusion": "PROOF_INVALID"},
        earlier: {"receipt": "STH_UNSIGNED", "inclusion": "PROOF_INVALID"},
        head: {"timestamp demo": "TS_INVALID", "checkpoint": "STH_UNSIGNED"},
        backdated: {"timestamp demo": "TS_INVALID"},
        stranger: {"keys": "STH_UNSIGNED", "receipt": "STH_UNSIGNED", "checkpoint": "STH_UNSIGNED"},
    }
    for change, codes in expected.items():
        assert rewritten(package, target, change) == {**codes, "seal": "STH_UNSIGNED"}, change.__name__
    report = verify(package, root=DemoAuthority(folder=tmp_path / "other").roots())
    assert {one.name: one.code for one in report.checks if not one.passed} == {"timestamp demo": "TS_UNTRUSTED"}


@pytest.mark.feature("S7A-02")
def test_a_stamp_whose_certificate_has_ended_since_is_valid_at_its_time(house, keep, tmp_path, monkeypatch):
    begins = datetime.now(UTC) - timedelta(days=100)
    told = {"folder": tmp_path / "ended", "begins_at": begins, "leaf_days": 99}
    house.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", told),)
    answer = DemoAuthority.answer
    monkeypatch.setattr(
        DemoAuthority, "answer", lambda self, query: answer(self, query, at=begins + timedelta(days=50))
    )
    number = keep(SYSTEM)
    api.seal_and_stamp(actor=SYSTEM)
    api.make_package(actor=SYSTEM, number=number, target=tmp_path / "p.zip")
    report = verify(tmp_path / "p.zip")
    assert (report.valid, report.code) == (True, "EXPIRED_BUT_VALID_AT_TIME")


@pytest.mark.feature("S7A-01")
@pytest.mark.feature("S7A-09")
def test_an_object_that_stayed_is_checked_beside_the_package(stamped, lin, tmp_path):
    content = tmp_path / "drawing.png"
    content.write_bytes(b"a drawing")
    found = digests_of([b"a drawing"])
    asked = api.Asked(name="drawing.png", digests={"sha256": found.sha256, "sm3": found.sm3}, size_bytes=9)
    number = api.deposit(actor=lin, asked=asked)
    api.seal_and_stamp(actor=SYSTEM)
    api.make_package(actor=lin, number=number, target=tmp_path / "p.zip")
    assert not [name for name in contents(tmp_path / "p.zip") if name.startswith("files/")]
    assert verify(tmp_path / "p.zip", file=content).valid
    alone = tmp_path / "evidence.json"
    alone.write_bytes(contents(tmp_path / "p.zip")["evidence.json"])
    assert verify(alone, file=content).valid
    content.write_bytes(b"A drawing")
    for one in (tmp_path / "p.zip", alone):
        report = verify(one, file=content)
        assert (report.valid, report.checks[-1].code) == (False, "HASH_MISMATCH")


@pytest.mark.feature("S7A-14")
def test_one_file_of_a_batch_is_proved_alone(house, tmp_path, lin):
    (tmp_path / "7.txt").write_bytes(b"file 7")
    files = [(f"folder/{n}.txt", digests_of([b"file %d" % n])) for n in range(11)]
    number = api.deposit_batch(actor=lin, name="folder", files=files)
    api.seal_and_stamp(actor=SYSTEM)
    told = {"actor": lin, "number": number, "target": tmp_path / "p.zip", "place": 7, "local": tmp_path / "7.txt"}
    api.make_package(**told)
    report = verify(tmp_path / "p.zip")
    assert report.valid, report.told()
    assert ("batch", "file 8 of 11") in [(one.name, one.detail) for one in report.checks]

    def another(evidence):
        evidence["batch"]["index"] = 6

    assert rewritten(tmp_path / "p.zip", tmp_path / "q.zip", another)["batch"] == "PROOF_INVALID"
    api.make_package(actor=lin, number=number, target=tmp_path / "whole.zip")
    assert verify(tmp_path / "whole.zip").valid
    assert "files/folder.json" in contents(tmp_path / "whole.zip")


@pytest.mark.feature("S7A-09")
def test_the_certificate_says_what_it_is_in_both_languages(package):
    told = contents(package)
    row = Deposit.objects.get()
    for name, words in (
        ("certificate-zh.pdf", ("电子数据存证证书", "不证明内容真实", "非法定时间戳")),
        ("certificate-en.pdf", ("Electronic data deposit certificate", "who made or owns it", "Not a legal timestamp")),
    ):
        reader = pypdf.PdfReader(io.BytesIO(told[name]))
        text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
        assert row.number in text
        assert row.sha256[:20] in text
        assert [one for one in words if one not in text] == []
        metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
        assert "pdfaid:part" in metadata
        assert len(reader.pages) == 1


@pytest.mark.feature("S7A-09")
def test_the_certificate_is_signed_and_before_its_seal_the_same_bytes_each_time(stamped, lin):
    number = stamped(lin)
    row = Deposit.objects.get()
    checkpoint = sealed_under(row)
    told = {"language": "zh", "custody_lines": 3}
    core = certificates.core(row, checkpoint, **told)
    assert core == certificates.core(row, checkpoint, **told)
    sealed = certificates.certificate(row, checkpoint, **told)
    assert sealed.startswith(core)
    root = asn1_x509.Certificate.load(pem.unarmor(documents.sealer().roots())[2])
    for content in (sealed, api.make_certificate(actor=lin, number=number, language="en")):
        (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
        found = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
        assert found.bottom_line
        assert found.coverage is SignatureCoverageLevel.ENTIRE_FILE
        assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
        catalogue = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
        assert "pdfaid:part" in catalogue["/Metadata"].get_data().decode()  # PDF/A it stays
    broken = bytearray(sealed)
    broken[len(core) // 2] ^= 1
    assert not any(one.holds for one in documents.sealer().checked(bytes(broken)))


def test_what_is_no_package_is_told_so(tmp_path):
    for name, content in (("a.zip", b"PK\3\4nonsense"), ("b.json", b"{}"), ("c.txt", b"hello"), ("d.json", b"[1]")):
        (tmp_path / name).write_bytes(content)
        assert not verify(tmp_path / name).valid


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("../../etc/passwd", "files/_.._etc_passwd"),
        ("a\x00b", "files/a_b"),
        (" . ", "files/object"),
        ("图 1.png", "files/图 1.png"),
    ],
)
def test_names_in_the_package_lead_nowhere_else(name, inside):
    assert name_inside(name) == inside
    assert ".." not in Path(inside).parts
