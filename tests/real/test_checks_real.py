"""Rules of severity E on real Chinese claims: each finding was looked at, and none stands against a grant wrongly."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from qiantang.scenarios.preexam.methods.checks import check
from qiantang.scenarios.preexam.methods.documents import read_text
from qiantang.scenarios.preexam.types import DraftType, Severity, Wanted
from tests.real.test_claims_real import DATA, claims_in

LABELS = Path(__file__).with_name("check_labels.csv")
BENCH = Path(__file__).parents[2] / "bench"


@pytest.mark.real
@pytest.mark.feature("S1-06")
@pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is not here")
def test_every_error_on_real_claims_was_looked_at():
    with LABELS.open(encoding="utf-8", newline="") as stream:
        known = {
            (one["number"], one["rule"], one["claim"], one["start"]): one["label"] for one in csv.DictReader(stream)
        }
    told = claims_in("cn-cnki-claims", "cn-cnipa-xml", "cn-single-docs", "google-patents-html")
    chinese = {number: text for number, text in told.items() if number.startswith("CN")}
    granted = {number for number in chinese if number.rstrip("0123456789")[-1] in "BCUY"}
    assert len(granted) >= 19
    found = {}
    for number, text in chinese.items():
        kind = DraftType.UTILITY_MODEL if number[-1] in "UY" else DraftType.INVENTION
        for one in check(read_text(text), Wanted(as_of=date(2026, 11, 26), type=kind)).findings:
            if one.severity is Severity.ERROR:
                key = (number, one.rule, str(one.claim), str(one.place.start))
                found[key] = known.get(key)
    assert [key for key, label in found.items() if label is None] == []
    against_grants = {key: label for key, label in found.items() if key[0] in granted}
    assert set(against_grants.values()) <= {"true"}
    assert len(against_grants) <= 1


def test_what_plants_defects_knows_nothing_of_the_rules():
    for name in ("clean_drafts", "planting", "planted_claims", "planted_parts"):
        assert "qiantang" not in (BENCH / f"{name}.py").read_text(encoding="utf-8")
