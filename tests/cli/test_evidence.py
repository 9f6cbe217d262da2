"""``qiantang evidence``: deposits and their packages, checks without Django, consistency of two packages."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from qiantang.cli.main import DONE, FAILED, FINDINGS, main
from qiantang.commons.evidence.methods.verifier.packages import verify
from qiantang.commons.evidence.models import BatchFile
from qiantang.commons.evidence.services.custody import object_path
from tests.engines.web_site import web_site

ROOT = Path(__file__).resolve().parents[2]
LIGHT = (
    "import sys; from qiantang.cli.main import main; code = main(sys.argv[1:]); print(code, 'django' in sys.modules)"
)


@pytest.fixture
def house(settings, tmp_path, db, monkeypatch):
    settings.QIANTANG_HOME = tmp_path / "home"
    keys = {"folder": tmp_path / "keys"}
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", keys),)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(capsys, *words, code=DONE):
    assert main(["evidence", *map(str, words), "--json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.mark.feature("S7A-01")
@pytest.mark.feature("S7A-09")
def test_files_are_deposited_and_their_packages_checked_without_django(house, capsys):
    (house / "a.txt").write_bytes(b"first")
    (house / "b.txt").write_bytes(b"second")
    told = asked(capsys, "deposit", "a.txt", "b.txt", "--out", "out")["deposits"]
    assert [one["status"] for one in told] == ["stamped", "stamped"]
    assert all(set(one) >= {"number", "sha256", "sm3", "status", "package"} for one in told)
    ran = subprocess.run(
        [sys.executable, "-c", LIGHT, "evidence", "verify", house / told[0]["package"], "--json"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    report, _, last = ran.stdout.rstrip().rpartition("\n")
    assert last == "0 False"  # done, and Django was not needed
    assert json.loads(report)["valid"] is True
    assert {"name", "passed", "detail"} <= set(json.loads(report)["checks"][0])


def test_a_damaged_package_is_a_finding_and_a_missing_one_a_failure(house, capsys):
    (house / "a.txt").write_bytes(b"first")
    (told,) = asked(capsys, "deposit", "a.txt")["deposits"]
    whole = bytearray((house / told["package"]).read_bytes())
    whole[5_000] ^= 1
    (house / "p.zip").write_bytes(whole)
    assert asked(capsys, "verify", "p.zip", code=FINDINGS)["valid"] is False
    assert main(["evidence", "verify", "p.zip"]) == FINDINGS
    assert "FAILS  package [HASH_MISMATCH]" in capsys.readouterr().out
    assert main(["evidence", "verify", "none.zip"]) == 2
    assert main(["evidence", "deposit", "none.txt"]) == 2


@pytest.mark.feature("S7A-14")
def test_a_folder_is_one_entry(house, capsys):
    (house / "folder" / "inside").mkdir(parents=True)
    for name in ("a.txt", "inside/b.txt"):
        (house / "folder" / name).write_bytes(name.encode())
    (told,) = asked(capsys, "deposit", "folder")["deposits"]
    assert told["files"] == 2
    assert verify(house / told["package"]).valid
    (one,) = asked(capsys, "deposit", "--batch", "both", "folder/a.txt", "folder/inside/b.txt")["deposits"]
    assert one["files"] == 2


@pytest.mark.feature("S7A-03")
def test_one_log_extends_another_offline(house, capsys):
    packages = []
    for name in ("a", "b"):
        (house / name).write_bytes(name.encode())
        packages.append(asked(capsys, "deposit", name)["deposits"][0]["package"])
    log = asked(capsys, "log", "--out", "log.json")
    assert (log["size"], log["checkpoint"]["body"]["size"]) == (2, 2)
    assert main(["evidence", "log"]) == DONE
    assert log["root"] in capsys.readouterr().out
    for older, newer, code in ((*packages, DONE), (packages[0], "log.json", DONE), (*packages[::-1], FINDINGS)):
        assert asked(capsys, "consistency", older, newer, code=code)["valid"] is (code == DONE)
    assert "it was cut" in asked(capsys, "consistency", *packages[::-1], code=FINDINGS)["checks"][-1]["detail"]
    (house / "nonsense").write_text("[]")
    assert main(["evidence", "consistency", packages[0], "nonsense"]) == 2


@pytest.mark.browser
@pytest.mark.feature("S7A-05")
def test_a_page_is_captured_deposited_and_its_package_checked(house, capsys):
    """The whole way with a real browser in a process of its own, as the worker goes it."""
    with web_site() as site:
        (told,) = asked(capsys, "capture", site.at("/shop"), "--purpose", "price", "--out", "out")["captures"]
        assert (told["state"], told["reasons"], told["title"]) == ("whole", [], "西湖龙井旗舰店")
        assert verify(house / told["package"]).valid
        assert {"page.wacz", "page.png", "capture.json"} <= {one["name"] for one in told["files"]}
        record = json.loads(object_path(BatchFile.objects.get(name="capture.json").sha256).read_bytes())
        assert len(record["environment"]["browser"]["program_sha256"]) == 64
    assert main(["evidence", "capture", "http://192.168.0.1/", "--purpose", "x"]) == FAILED
    assert "capture.inside" in capsys.readouterr().err


@pytest.mark.feature("S7A-13")
def test_a_secret_is_sealed_deposited_and_opened(house, capsys, monkeypatch):
    (house / "recipe.txt").write_bytes(b"three parts tea")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert main(["evidence", "deposit", "--secret", "recipe.txt"]) == FAILED
    monkeypatch.setattr("sys.stdin", io.StringIO("seven quiet rivers\n"))
    (told,) = asked(capsys, "deposit", "--secret", "recipe.txt")["deposits"]
    whole = (house / "recipe.txt.qtsc").read_bytes()
    assert told["sha256"] == sha256(whole).hexdigest()
    (house / "out").mkdir()
    for password, code in (("wrong wrong wrong", FAILED), ("seven quiet rivers", DONE), ("seven quiet rivers", FAILED)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        assert main(["evidence", "open", "recipe.txt.qtsc", "--out", "out"]) == code  # the last: it is there already
    assert (house / "out" / "recipe.txt").read_bytes() == b"three parts tea"
