"""Who may be filed as a subject: the two profiles, judged as a firm would be."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext

from qiantang.commons.rulebook.methods.judging import defects, judge
from qiantang.commons.rulebook.types import Fact
from qiantang.scenarios.preexam.rules import DEFAULT, NINGBO

FIRM = {
    "region_code": "330203",
    "founded_on": date(2020, 5, 1),
    "asked_on": date(2026, 3, 2),
    "insured_staff": 12,
    "abnormal_filings": 0,
    "dishonest": False,
    "granted_inventions": 0,
    "granted_models_and_designs": 2,
}
DAY = date(2026, 3, 2)


def judged(rules, **changed):
    facts = {name: Fact(value, "register") for name, value in {**FIRM, **changed}.items() if value is not None}
    return judge(rules, facts, DAY)


@pytest.mark.feature("S1-01")
def test_a_firm_with_two_utility_models_fails_exactly_rule_five_and_is_told_so():
    outcome = judged(NINGBO)
    assert outcome.met is False
    assert [one.rule.code for one in outcome.broken] == ["NB-5"]
    assert outcome.open == ()
    with translation.override("zh-hans"):
        assert "授权专利" in gettext(outcome.broken[0].rule.refused)
    assert judged(NINGBO, granted_models_and_designs=3).met is True


def test_what_is_not_known_is_asked_for_rather_than_refused():
    outcome = judged(NINGBO, insured_staff=None, granted_inventions=1)
    assert (outcome.met, [one.rule.code for one in outcome.open]) == (None, ["NB-3"])


def test_before_its_day_the_profile_has_no_rules():
    assert judge(NINGBO, {}, date(2024, 12, 31)).judged == ()


@pytest.mark.parametrize("rules", [DEFAULT, NINGBO], ids=lambda rules: rules.key)
def test_every_example_of_every_rule_holds_and_every_sentence_is_said_in_chinese(rules):
    assert defects(rules) == []
    told = [text for rule in rules.rules for text in (rule.text, rule.refused, rule.next_step, rule.source)]
    with translation.override("zh-hans"):
        assert [text for text in told if gettext(text) == text] == []


def test_what_was_not_compared_with_the_text_says_so():
    assert [rule.code for rule in DEFAULT.rules if not rule.verified] == ["BA-3"]
    assert [rule.code for rule in DEFAULT.rules] == [f"BA-{number}" for number in range(1, 7)]
