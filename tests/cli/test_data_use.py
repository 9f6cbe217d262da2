"""Receipts and consents by the command line: an export proves itself, and a changed receipt does not."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_cli import DONE, FAILED, FINDINGS, asked, gazette, run, several


@pytest.mark.feature("X-31")
def test_an_export_leaves_a_receipt_that_the_journal_confirms(tmp_path):
    home, out, forged = tmp_path / "home", tmp_path / "out", tmp_path / "forged.json"
    asked("import", str(gazette(tmp_path / "a.csv")), home=home)
    receipt = out / "receipt.json"
    done = several(
        ("export", "--out", str(out)),
        ("audit", "receipt", str(receipt)),
        ("audit", "verify"),
        ("audit", "receipt"),
        home=home,
    )
    assert [code for code, _ in done] == [DONE, DONE, DONE, FAILED]
    assert done[1][1] == {"state": "sound"}
    told = json.loads(receipt.read_text())
    assert (told["use"]["purpose"], told["use"]["basis"]) == ("register.open_data", "published")
    assert told["use"]["counts"] == {one["name"]: one["rows"] for one in done[0][1]["files"]}
    forged.write_text(receipt.read_text().replace('"patents": 30', '"patents": 3'))
    assert forged.read_text() != receipt.read_text()
    assert asked("audit", "receipt", str(forged), home=home, exit_code=FINDINGS) == {"state": "changed"}


@pytest.mark.feature("X-31")
def test_a_consent_that_is_there_in_writing_is_given_and_withdrawn(tmp_path):
    home, purpose = tmp_path / "home", "accounts.public_contact"
    assert run("operator", "lu", home=home, code=OPERATOR).returncode == DONE
    evidence = ("--evidence", "letter 4")
    done = several(
        ("consent", "give", purpose, "lu", *evidence),
        ("consent", "withdraw", purpose, "LU", *evidence),
        ("consent", "give", "ingest.erasure", "lu", *evidence),
        ("consent", "give", purpose, "nobody", *evidence),
        home=home,
    )
    assert [document.get("given") for _, document in done[:2]] == [True, False]
    assert [document["error"]["code"] for _, document in done[2:]] == [
        "audit.consent_not_asked",
        "accounts.account_unknown",
    ]


OPERATOR = """
import io, sys
from qiantang.cli.main import main
sys.stdin = io.StringIO("seven quiet rivers\\n")
sys.exit(main(sys.argv[1:]))
"""
