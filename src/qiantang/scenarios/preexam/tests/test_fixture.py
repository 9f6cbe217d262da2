"""The whole draft of the specification: its findings and nothing else; repaired, nothing at all."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.scenarios.preexam.methods.checks import check, rulebook
from qiantang.scenarios.preexam.methods.checks.citing import cited, in_chinese
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


@pytest.mark.parametrize(
    ("source", "old", "chinese"),
    [
        ("IR 25(2)", "IR 22(2)", "专利法实施细则第25条(2)"),
        ("IR 20(1)–(2)", "IR 17(1)–(2)", "专利法实施细则第20条(1)–(2)"),
        ("IR 20(5), 44(1)(i)", "IR 17(5), 39(1)(i)", "专利法实施细则第20条(5)、第44条(1)(i)"),
        ("PL 26(4); GL II/2 §3.2.2", "PL 26(4); GL II/2 §3.2.2", "专利法第26条(4)；审查指南第二部分第二章3.2.2"),
        ("GL II/2 §3.2.2, §3.3", "GL II/2 §3.2.2, §3.3", "审查指南第二部分第二章3.2.2、3.3"),
        ("PL 29; IR 36", "PL 29; IR (2023) 36", "专利法第29条；专利法实施细则第36条"),
    ],
)
def test_sources_of_an_older_day_and_in_chinese(source, old, chinese):
    assert cited(source, date(2024, 1, 19)) == old
    assert cited(source, date(2024, 1, 20)) == source
    assert in_chinese(source) == chinese


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
