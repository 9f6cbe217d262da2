"""Rows to a query and back: what is built can be opened again, and any query can be opened."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.corpus.register.methods.query_language import QUERY_FIELDS, canonical, parse
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.builder import flaws_of, hows_of, node_of, plan_of, query_of
from qiantang.scenarios.query.methods.builder.values import bare, joined, split, typed
from qiantang.scenarios.query.types.asking import Group, How, Joint, Plan, Row


def one(*rows, joint=Joint.ALL, negated=False):
    return Plan(Joint.ALL, (Group(joint, tuple(rows), negated),))


@pytest.mark.parametrize(
    ("row", "query"),
    [
        (Row("TI", How.ALL, ("电池",)), "TI=电池"),
        (Row("TAC", How.ALL, ("电池", "冷却")), "电池 AND 冷却"),
        (Row("TI", How.ANY, ("电池", '"heat pump"')), 'TI=电池 OR TI="heat pump"'),
        (Row("TI", How.ALL, ("comput*",), negated=True), "NOT TI=comput*"),
        (Row("TI", How.ANY, ("a", "b"), negated=True), "NOT (TI=a OR TI=b)"),
        (Row("PA", How.IS, ("钱潮 甲厂",)), 'PA=="钱潮 甲厂"'),
        (Row("IC", How.ANY, ("h01m 10/613", "G06F16/3*")), "IC=H01M10/613 OR IC=G06F16/3*"),
        (Row("LS", How.ANY, ("有效",)), "LS=in_force"),
        (Row("AD", How.BETWEEN, ("2018", "2020-03-01")), "AD=[20180101 TO 20200301]"),
        (Row("AD", How.BETWEEN, ("", "2020")), "AD=[* TO 20201231]"),
        (Row("AY", How.BETWEEN, ("2018", "")), "AY=[2018 TO *]"),
        (Row("GD", How.KNOWN, ()), "GD:*"),
        (Row("AN", How.ANY, ("ZL 2017 1 0601862.3",)), "AN=CN201710601862.3"),
        (Row("", How.TEXT, ("a NEAR5 b",)), "a NEAR5 b"),
        (Row("AD", How.BETWEEN, ("", "")), ""),
        (Row("TI", How.ALL, ()), ""),
        (Row("", How.TEXT, ("  ",)), ""),
    ],
)
def test_what_a_row_says(row, query):
    assert query_of(one(row)) == query


def test_groups_stand_in_brackets():
    plan = Plan(
        Joint.ALL,
        (
            Group(Joint.ALL, (Row("TI", How.ALL, ("电池",)),)),
            Group(Joint.ANY, (Row("TAC", How.ALL, ("冷却",)), Row("IC", How.ANY, ("F28D",)))),
            Group(Joint.ANY, (Row("CC", How.ANY, ("US",)), Row("TI", How.ALL, ("pump",))), negated=True),
            Group(Joint.ALL, ()),
        ),
    )
    query = "TI=电池 AND (冷却 OR IC=F28D) AND NOT (CC=US OR TI=pump)"
    assert query_of(plan) == query
    assert plan_of(parse(query)) == Plan(Joint.ALL, plan.groups[:3])


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("TI=电池 AND (冷却 OR 散热)", [Row("TI", How.ALL, ("电池",)), Row("TAC", How.ANY, ("冷却", "散热"))]),
        ("电池 冷却 NOT 汽车", [Row("TAC", How.ALL, ("电池", "冷却")), Row("TAC", How.ALL, ("汽车",), negated=True)]),
        ('PA==("甲, 乙", 丙) AD>2019', [Row("PA", How.IS, ("甲, 乙", "丙")), Row("AD", How.BETWEEN, ("2020", ""))]),
        ("LS=有效 IC=(H01M, G06F)", [Row("LS", How.ANY, ("in_force",)), Row("IC", How.ANY, ("H01M", "G06F"))]),
        ('TI="50% *"', [Row("TI", How.ALL, ('"50% *"',))]),
        ("KD==B", [Row("KD", How.IS, ("B",))]),
    ],
)
def test_a_query_is_opened_as_rows(query, rows):
    assert plan_of(parse(query)) == one(*rows)


@pytest.mark.parametrize("query", ["a NEAR5 b", '"lithium ion"~2', "NOT NOT a", "TI=(a ADJ2 (b OR c))"])
def test_what_no_row_can_say_stays_as_text(query):
    (row,) = plan_of(parse(query)).groups[0].rows
    assert (row.how, row.values) == (How.TEXT, (canonical(parse(query)),))


def test_what_is_nested_too_deep_stays_as_text_inside_its_group():
    plan = plan_of(parse("a OR (TI=b AND (TI=c OR AB=d))"))
    assert plan.groups[1] == Group(Joint.ALL, (Row("TI", How.ALL, ("b",)), Row("", How.TEXT, ("TI=c OR AB=d",))))


def test_a_value_that_cannot_be_read_is_found_in_its_row():
    plan = Plan(
        Joint.ALL,
        (
            Group(Joint.ALL, (Row("TI", How.ALL, ("a",)), Row("AD", How.BETWEEN, ("gestern", "")))),
            Group(Joint.ALL, (Row("IC", How.ANY, ("H01M", "??")), Row("", How.TEXT, ("TI=(",)))),
        ),
    )
    assert set(flaws_of(plan)) == {(0, 1), (1, 0), (1, 1)}
    with pytest.raises(Invalid):
        node_of(plan)


@pytest.mark.parametrize("value", ["a*)OR(TI=b", "a*=b", "#*", "a*)"])
def test_a_pattern_cannot_break_out_of_its_row(value):
    flaws = flaws_of(one(Row("TI", How.ALL, (value,))))
    assert [error.code for error in flaws.values()] == ["query.syntax"]


# --- properties ---

signs = '电池冷却 ab1-*?#"\\()（）;；、，,=:<>[]{}~&|\t'
KEYS = [field.key for field in QUERY_FIELDS]


@given(st.sampled_from(KEYS), st.lists(st.text(signs, min_size=1).map(lambda s: " ".join(s.split())), max_size=4))
def test_values_that_are_typed_are_taken_apart_again(key, values):
    for how in hows_of(key):
        if how in (How.BETWEEN, How.KNOWN):
            continue
        shown = tuple(typed(value, key, how) for value in values if value)
        assert split(joined(shown, key, how), key, how) == shown
        assert [bare(one)[0] for one in shown] == [value for value in values if value]


words = st.sampled_from(
    ["电池", "heat", "comput*", "电?池", '"heat pump"', '"a*b"', "3D", "and", "NEAR5", "x-y", "℃电"]
)
_VALUES = {
    "TAC": words, "TI": words, "PA": words, "IN": words,
    "IC": st.sampled_from(["H01M", "G06F16/35", "G", "h01m 10/06", "G06F16/3*"]),
    "LOC": st.just("06-04"),
    "AN": st.sampled_from(["CN201710601862.3", "CN2019*", "*0319"]),
    "PN": st.just("CN110083831"),
    "CC": st.sampled_from(["CN", "美国"]), "LS": st.sampled_from(["有效", "granted", "unknown"]),
    "KD": st.sampled_from(["A", "B1", "授权"]), "TY": st.just("发明"), "TF": st.sampled_from(["13", "光学"]),
    "CI": st.sampled_from(["330106", "杭州", "unknown"]), "FM": st.just("docdb:1"), "AH": st.just("西溪 大学"),
}  # fmt: skip
_ENDS = st.sampled_from(["", "2018", "2019-03-01", "201905", "2020"])


@st.composite
def rows(draw):
    key = draw(st.sampled_from([*_VALUES, "AD", "AY", ""]))
    negated = draw(st.booleans())
    if not key:
        return Row("", How.TEXT, (draw(st.sampled_from(["a NEAR5 b", "TI=a OR b", "", "NOT TI=a", "AD:*"])),), negated)
    how = draw(st.sampled_from(hows_of(key)))
    if how is How.BETWEEN:
        ends = [draw(_ENDS), draw(_ENDS)] if key == "AD" else [draw(st.sampled_from(["", "2018"])), "2020"]
        if all(ends) and ends[0][:4] > ends[1][:4]:
            ends.reverse()
        if all(ends) and ends[0][:4] == ends[1][:4]:
            ends[1] = ""
        return Row(key, how, tuple(ends), negated)
    if how is How.KNOWN:
        return Row(key, how, (), negated)
    values = draw(st.lists(_VALUES[key], max_size=3))
    if how is How.IS:
        values = [value for value in values if value not in ("电?池", "comput*")] if key != "PA" else values
    return Row(key, how, tuple(values), negated)


groups = st.builds(Group, st.sampled_from(Joint), st.lists(rows(), max_size=4).map(tuple), st.booleans())
plans = st.builds(Plan, st.sampled_from(Joint), st.lists(groups, max_size=3).map(tuple))


@pytest.mark.feature("S3-02")
@given(plans)
@settings(max_examples=200)
def test_what_was_built_can_be_opened_again_and_says_the_same(plan):
    text = query_of(plan)
    opened = plan_of(parse(text))
    assert parse(text) == node_of(plan)
    assert query_of(opened) == text
    assert plan_of(parse(query_of(opened))) == opened  # from the second time on, row by row


pieces = st.sampled_from(
    [
        "a",
        "电池",
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
        "TI=",
        "IC=H01M",
        "AD=[2018 TO 2020]",
        "LS=有效",
        "NEAR5",
        "PA==x",
        "XOR",
    ]
)


@given(st.lists(pieces, max_size=14).map(" ".join))
@settings(max_examples=300)
def test_any_query_can_be_opened_and_means_the_same(text):
    try:
        node = parse(text)
    except Invalid:
        return
    assert node_of(plan_of(node)) == node
