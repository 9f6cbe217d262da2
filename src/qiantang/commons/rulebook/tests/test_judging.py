"""Three-valued judging, dates, examples, versions, and what other values would have done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.accounts.api import create_account
from qiantang.commons.audit import api as audit
from qiantang.commons.rulebook import api
from qiantang.commons.rulebook.bases import declare_rules
from qiantang.commons.rulebook.methods.judging import all_of, any_of, defects, judge, version_of
from qiantang.commons.rulebook.types import (
    RULE_SETS,
    All,
    AnyOf,
    Example,
    Fact,
    Leaf,
    Not,
    Op,
    Parameter,
    Rule,
    RuleSet,
    Setting,
)
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

DAY = date(2026, 3, 2)
SYSTEM = Actor.system("test")
TRUTHS = st.lists(st.sampled_from([True, False, None]))


def facts(**told):
    return {name: Fact(value, "test") for name, value in told.items()}


# --- the worked example of project calls -------------------------------------------------------------------------------

CALL = All(
    (
        Leaf("region", Op.PREFIX, "3301"),
        Leaf("inventions", Op.GE, Parameter("least")),
        AnyOf((Leaf("sme"), Leaf("hnte"))),
        Not(Leaf("abnormal")),
    )
)
KNOWN = {"region": "330106", "inventions": 6, "hnte": True, "abnormal": False}
RULE = Rule(
    code="T-1",
    text="Of the city, five inventions, small or high-tech, no abnormal filings",
    refused="Not met",
    next_step="Show what is missing",
    source="test 1",
    condition=CALL,
    examples=(
        Example(KNOWN, met=True),
        Example({**KNOWN, "hnte": False}, met=None),
        Example({**KNOWN, "hnte": False, "inventions": 4}, met=False),
    ),
)
RATE = Rule(
    code="T-2",
    text="At least half of what was accepted passed",
    refused="Too few passed",
    next_step="Wait for the next year",
    source="test 2",
    condition=Leaf("passed", Op.RATIO_GE, Parameter("rate"), of="accepted"),
    examples=(Example({"passed": 5, "accepted": 10}, met=True), Example({"passed": 0, "accepted": 0}, met=None)),
    valid_from=date(2020, 1, 1),
)


def firms(actor, year):
    return {
        f"{name}-{year}": facts(**KNOWN, passed=passed, accepted=10) for name, passed in (("a", 6), ("b", 4), ("c", 3))
    }


RULES = RuleSet(
    key="test.call",
    title="Call",
    rules=(RULE, RATE),
    settings=(
        Setting(key="least", title="Inventions", value=5, unit="", source="call", most=100),
        Setting(key="rate", title="Share that passed", value=50, unit="%", source="call", most=100),
    ),
    population=firms,
)


def test_a_false_leaf_outweighs_what_is_not_known_and_what_is_not_known_is_asked_for():
    assert defects(RULES) == []
    met, unknown, unmet = (judge(replace(RULES, rules=(RULE,)), facts(**one.facts), DAY) for one in RULE.examples)
    assert [one.met for one in (met, unknown, unmet)] == [True, None, False]
    assert [leaf.fact for leaf in unknown.open[0].trace if leaf.met is None] == ["sme"]
    assert [(leaf.fact, leaf.wanted, leaf.found.value) for leaf in unmet.broken[0].trace if leaf.met is False] == [
        ("inventions", 5, 4),
        ("hnte", True, False),
        ("abnormal", True, False),
    ]


@given(TRUTHS)
def test_three_valued_logic_is_that_of_kleene(truths):
    assert all_of(truths) == (False if False in truths else None if None in truths else True)
    opposite = [None if one is None else not one for one in truths]
    inverted = all_of(opposite)
    assert any_of(truths) == (None if inverted is None else not inverted)  # de Morgan


@given(TRUTHS, st.booleans())
def test_what_is_decided_stays_so_whatever_becomes_known(truths, later):
    known = [later if one is None else one for one in truths]
    for together in (all_of, any_of):
        if together(truths) is not None:
            assert together(known) == together(truths)


@pytest.mark.parametrize(
    ("op", "wanted", "value", "met"),
    [
        (Op.EQ, "a", "a", True),
        (Op.NE, "a", "a", False),
        (Op.LT, 3, 2, True),
        (Op.LE, 3, 3, True),
        (Op.GT, 3, 3, False),
        (Op.GE, 3, 3, True),
        (Op.IN, ("x", "y"), "y", True),
        (Op.BETWEEN, (1, 5), 6, False),
        (Op.EXISTS, True, (), False),
        (Op.EXISTS, False, "", True),
        (Op.PREFIX, ("3301", "3302"), "330206", True),
        (Op.COUNT_GE, 2, ("a", "b"), True),
        (Op.SUM_GE, 7, (3, 3), False),
    ],
)
def test_each_comparison(op, wanted, value, met):
    from qiantang.commons.rulebook.methods.judging import judge_node

    assert judge_node(Leaf("f", op, wanted), facts(f=value), {}, []) is met
    assert judge_node(Leaf("f", op, wanted), {}, {}, []) is None


def test_days_and_shares_need_both_facts():
    from qiantang.commons.rulebook.methods.judging import judge_node

    year = Leaf("founded", Op.DAYS_GE, 365, of="asked")
    assert judge_node(year, facts(founded=date(2025, 3, 2), asked=DAY), {}, []) is True
    assert judge_node(year, facts(founded=date(2025, 3, 3), asked=DAY), {}, []) is False
    assert judge_node(year, facts(asked=DAY), {}, []) is None
    assert judge_node(Leaf("p", Op.RATIO_LE, 33, of="a"), facts(p=1, a=3), {}, []) is False  # 33.3 %


# --- dates and versions ------------------------------------------------------------------------------------------------


def test_a_rule_holds_within_its_days():
    assert [one.rule.code for one in judge(RULES, {}, date(2019, 12, 31)).judged] == ["T-1"]
    assert [one.rule.code for one in judge(RULES, {}, date(2020, 1, 1)).judged] == ["T-1", "T-2"]


def test_the_version_changes_with_rules_and_values_and_with_nothing_else():
    version = version_of(RULES, DAY)
    assert version.startswith("test.call@")
    assert version == version_of(replace(RULES, title="Other words"), DAY) == version_of(RULES, DAY, {"rate": 50})
    assert version != version_of(RULES, DAY, {"rate": 40})
    assert version != version_of(RULES, date(2019, 1, 1))
    assert version != version_of(replace(RULES, rules=(replace(RULE, condition=Leaf("sme")), RATE)), DAY)


@pytest.mark.parametrize(
    ("changed", "defect"),
    [
        ({"rules": (replace(RULE, examples=()),)}, "T-1: no example"),
        ({"rules": (replace(RULE, examples=(Example(KNOWN, met=False),)),)}, "T-1: example 1 gives True, not False"),
        ({"settings": ()}, "T-1: unknown parameter 'least'"),
        ({"rules": (RULE, RULE)}, "T-1: in force twice at one time"),
    ],
)
def test_each_defect_is_named_and_such_a_set_is_not_declared(changed, defect):
    broken = replace(RULES, **changed)
    assert defect in defects(broken)
    with pytest.raises(ValueError, match=r"test\.call"):
        declare_rules(broken)


def test_a_rule_may_follow_itself_in_time():
    old = replace(RULE, valid_to=date(2025, 12, 31))
    assert defects(replace(RULES, rules=(old, replace(RULE, valid_from=date(2026, 1, 1))))) == []


# --- values and the simulator ------------------------------------------------------------------------------------------


@pytest.fixture
def declared(monkeypatch, db):
    monkeypatch.setattr(RULE_SETS, "_things", {**RULE_SETS._things, RULES.key: RULES})


def person(name, *roles):
    made = create_account(
        actor=SYSTEM, username=name, display_name=name.title(), password="seven quiet rivers", roles=roles
    )
    return Actor(person_id=made.id, name=made.display_name, roles=frozenset(roles))


def entered(actor, value=40, day=None, parameter="rate", source="Notice 3 of 2026"):
    tomorrow = timezone.localdate() + timedelta(days=1)
    api.set_value(
        actor=actor, key="test.call", parameter=parameter, value=value, valid_from=day or tomorrow, source=source
    )
    return day or tomorrow


def test_with_forty_per_cent_instead_of_fifty_whom_would_it_have_met(declared):
    tried = api.simulation(person("lu", "analyst"), "test.call", 2025, {"rate": 40})
    assert (tried.asked, tried.before, tried.gained, tried.lost) == (3, {"a-2025"}, ("b-2025",), ())
    assert api.simulation(person("gu", "supervisor"), "test.call", 2025, {"rate": 70}).lost == ("a-2025",)
    with pytest.raises(NotPermitted):
        api.simulation(person("lin"), "test.call", 2025, {})
    with pytest.raises(Invalid, match="parameter_unknown"):
        api.simulation(person("wu", "examiner"), "test.call", 2025, {"luck": 1})


def test_a_value_holds_from_its_day_on_and_the_journal_knows(declared):
    day = entered(person("shen", "supervisor"))
    rules = api.rule_set("test.call")
    assert [api.values_on(rules, on)["rate"] for on in (day - timedelta(days=1), day)] == [50, 40]
    subject = {**facts(**KNOWN, passed=4, accepted=10)}
    assert [api.judgement(SYSTEM, "test.call", subject, on).met for on in (timezone.localdate(), day)] == [False, True]
    (entry,) = audit.entries(SYSTEM, subject="rules:test.call")
    assert entry.facts == {"parameter": "rate", "value": 40, "from": day.isoformat(), "source": "Notice 3 of 2026"}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"value": 101}, "parameter_value"),
        ({"parameter": "luck"}, "parameter_unknown"),
        ({"day": date(2020, 1, 1)}, "parameter_day"),
        ({"source": " "}, "source_missing"),
    ],
)
def test_what_a_value_must_have(declared, told, code):
    with pytest.raises(Invalid, match=code):
        entered(SYSTEM, **told)


def test_others_change_nothing_and_unknown_rules_are_told(declared):
    for roles in ((), ("examiner",), ("auditor",)):
        with pytest.raises(NotPermitted):
            entered(person("-".join(("x", *roles)), *roles))
    with pytest.raises(NotFound):
        api.judgement(SYSTEM, "test.nothing", {})


def test_everybody_reads_the_rules_the_office_tries_others(declared, client):
    page = client.get("/rules/test.call")
    assert page.status_code == 200
    text = page.content.decode()
    assert "T-1" in text
    assert "simulator" not in text
    assert client.get("/rules/test.call?day=2019-06-01").content.decode().count('id="T-2"') == 0
    assert client.get("/rules/test.nothing").status_code == 404
    client.force_login(get_user_model().objects.get(pk=person("shen", "supervisor").person_id))
    tried = client.get("/rules/test.call?year=2025&p_rate=40&p_least=").content.decode()
    assert "b-2025" in tried
    assert client.get("/rules/test.call?year=x").status_code == 422
    form = {"parameter": "rate", "value": "40", "valid_from": "2020-01-01", "source": "Notice 3"}
    assert client.post("/rules/test.call/values", form).status_code == 422
    form["valid_from"] = (timezone.localdate() + timedelta(days=3)).isoformat()
    assert client.post("/rules/test.call/values", form).status_code == 302
    assert client.get("/rules").status_code == 200
