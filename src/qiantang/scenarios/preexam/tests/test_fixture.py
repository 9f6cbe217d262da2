"""The whole draft of the specification: its findings and nothing else; repaired, nothing at all."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.scenarios.preexam.methods.checks import check, rulebook
from qiantang.scenarios.preexam.methods.documents import read_text
from qiantang.scenarios.preexam.tests.drafts import FIXTURE, REPAIRED, report
from qiantang.scenarios.preexam.types import Severity, Wanted

EXPECTED = [
    ("RQ-08", "E", "request", None, "一种离心水泵"),
    ("CL-14", "W", "claims", 2, "约"),
    ("CL-14", "E", "claims", 3, "最好"),
    ("CL-06", "E", "claims", 4, "根据权利要求2或3所述的"),
    ("CL-12", "W", "claims", 4, "轴承"),
    ("CL-04", "E", "claims", 5, "根据权利要求6所述的"),
    ("CL-03", "E", "claims", 6, "。"),
    ("CL-15", "E", "claims", 6, "如图1所示"),
    ("DR-04", "E", "drawings", None, "图2：2、5、7"),
]


@pytest.mark.feature("S1-06")
@pytest.mark.feature("S1-08")
@pytest.mark.feature("S1-09")
def test_the_draft_has_exactly_its_findings():
    found = report(FIXTURE, kind=None)
    told = [(one.rule, one.severity.value, one.part.value, one.claim, one.excerpt) for one in found.findings]
    assert told == EXPECTED
    signs = found.findings[-1].message.zh
    assert "6 在文字中出现而附图中没有" in signs
    assert "7 在附图中出现而文字没有提到" in signs
    assert found.hint == "formal_defects"


@pytest.mark.feature("S1-06")
def test_the_repaired_draft_has_none():
    found = report(REPAIRED, kind=None)
    assert found.findings == ()
    assert found.hint == "no_formal_obstacle"


def test_what_needs_a_drawing_read_is_told_as_not_checked():
    found = report(FIXTURE.replace("图1：1、2、3、4", "图1").replace("图2：2、5、7", "图2"), kind=None)
    assert "DR-04" not in {one.rule for one in found.findings}
    assert "DR-04" in {one.rule for one in found.not_checked}
    assert "未检查" in next(one.reason.zh for one in found.not_checked if one.rule == "DR-04")


def test_every_finding_shows_its_place():
    draft = read_text(FIXTURE)
    for one in check(draft, Wanted(as_of=date(2026, 11, 26))).findings:
        text = draft.sections[one.part].paragraphs[one.place.paragraph - 1].text
        assert text[one.place.start : one.place.end] == one.excerpt
        assert len(one.excerpt) <= 40
        assert one.message.zh
        assert one.message.en
        assert one.suggestion.zh
        assert one.suggestion.en


@pytest.mark.feature("S1-06")
def test_rules_can_be_switched_off_and_their_sources_follow_the_day():
    without = report(FIXTURE, kind=None, without=frozenset({"CL-14", "DR-04"}))
    assert {"CL-14", "DR-04"}.isdisjoint(one.rule for one in without.findings)
    old = report(FIXTURE, kind=None, as_of=date(2021, 5, 1))
    sources = {one.rule: one.source for one in old.findings}
    assert sources["CL-06"] == "IR 22(2)"
    assert sources["DR-04"] == "IR 18(2)"
    assert (old.rules_version, report(FIXTURE).rules_version) == ("1.0+ir2010", "1.0+ir2023")


def test_the_rulebook_is_whole():
    rules = rulebook()
    of_china = [one for one in rules.values() if one.office.value == "CN" and not one.id.startswith("IN-")]
    assert len(of_china) == 78
    assert sum(one.office.value != "CN" for one in rules.values()) == 15
    for one in rules.values():
        assert one.severity in Severity
        assert set(one.applies) <= set("IUD")


def test_the_order_of_findings_does_not_change():
    assert report(FIXTURE) == report(FIXTURE)
