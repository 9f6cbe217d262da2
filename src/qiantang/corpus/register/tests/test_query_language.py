"""The query language: what each construct means, what is refused and where, and that the echo says the same."""

from __future__ import annotations

from contextlib import suppress
from math import comb

import pytest

from qiantang.corpus.register.methods.query_language import (
    BY_KEY,
    QUERY_FIELDS,
    canonical,
    compile_query,
    field_named,
    parse,
    terms_to_mark,
)
from qiantang.corpus.register.methods.query_language.stretches import MOST_WAYS, loose, of_text
from qiantang.corpus.register.search import INDEX
from qiantang.engines.search import port
from qiantang.engines.search.port import And, Everything, Exists, Not, Or, Phrase, Prefix, Range, Term
from qiantang.kernel.errors import Invalid

REGIONS = {"杭州市": "330100", "西湖区": "330106", "浙江省": "330000"}


def compiled(text):
    return compile_query(parse(text), regions=REGIONS)


def refused(text):
    with pytest.raises(Invalid) as refusal:
        compiled(text)
    assert refusal.value.code == "query.syntax"
    return refusal.value.facts


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("", ""),
        ("  \n", ""),
        ("锂离子电池", "锂离子电池"),
        ("石墨 电池", "石墨 AND 电池"),
        ("石墨 与 电池 或 硅 且 非 锂", "石墨 AND 电池 OR 硅 AND NOT 锂"),
        ("石墨&电池|硅 -锂", "石墨 AND 电池 OR 硅 AND NOT 锂"),
        ("a or b and not c", "a OR b AND NOT c"),
        ("(a or b) and c", "(a OR b) AND c"),
        ("((a)) and (b and (c))", "a AND b AND c"),
        ("not (a or b)", "NOT (a OR b)"),
        ("not not a", "NOT NOT a"),
        ('"lithium ion  battery"', '"lithium ion battery"'),
        ("lithium-ion", "lithium-ion"),
        ("“固态 电解质”", '"固态 电解质"'),
        ('"and"', '"and"'),
        (r'PA=="a \"b\" \\c"', r'PA=="a \"b\" \\c"'),
        ("标题：石墨", "TI=石墨"),
        ("title:石墨", "TI=石墨"),
        ("申请人 = 钱潮甲厂", "PA=钱潮甲厂"),
        ("pa!=钱潮甲厂", "NOT PA=钱潮甲厂"),
        ("TI=(a or b c)", "TI=a OR TI=b AND TI=c"),
        ("TI=(coupled to shaft)", "TI=coupled AND TI=to AND TI=shaft"),
        ("TAC=(车辆 and 传感器)", "车辆 AND 传感器"),
        ("PA==(甲厂 或 乙厂)", "PA==甲厂 OR PA==乙厂"),
        ("（石墨 或 硅）与 电池", "(石墨 OR 硅) AND 电池"),
        ("AD=2019", "AD=[20190101 TO 20191231]"),
        ("申请日=2019年3月", "AD=[20190301 TO 20190331]"),
        ("AD<=2019", "AD=[* TO 20191231]"),
        ("AD>2019", "AD=[20200101 TO *]"),
        ("AD>=201801", "AD=[20180101 TO *]"),
        ("AD>2010-01-01", "AD=[20100102 TO *]"),
        ("AD<2020-03", "AD=[* TO 20200229]"),
        ("AD=(>2010-01-01)", "AD=[20100102 TO *]"),
        ("AD=[2018 TO 2020]", "AD=[20180101 TO 20201231]"),
        ("AD={2018 TO 2020}", "AD=[20190101 TO 20191231]"),
        ("AD=[2018 to 2020}", "AD=[20180101 TO 20191231]"),
        ("AD=(20180101 至 2020)", "AD=[20180101 TO 20201231]"),
        ("PD=[2018.3.5 TO *]", "PD=[20180305 TO *]"),
        ("GD=[* TO *]", "GD:*"),
        ("AY>=2015 PY!=2019", "AY=[2015 TO *] AND NOT PY=[2019 TO 2019]"),
        ("IC=g06f 16/35", "IC=G06F16/35"),
        ("分类号=G06F16", "IC=G06F16"),
        ("IC=G06F16/3*", "IC=G06F16/3*"),
        ("LOC=6-4", "LOC=06-04"),
        ("AN=ZL 2017 1 0601862.3", "AN=CN201710601862.3"),
        ("AN=201710601862", "AN=CN201710601862.3"),
        ("PN=CN 110083831 A", "PN=CN110083831A"),
        ("LS=有效", "LS=in_force"),
        ("法律状态=授权", "LS=granted"),
        ("KD=授权 or KD=b1 or KD==A", "KD=granted OR KD=B1 OR KD==A"),
        ("TY=发明", "TY=invention"),
        ("CC=中国 or CC=us", "CC=CN OR CC=US"),
        ("CI=3301", "CI=330100"),
        ("CI=未知", "CI=unknown"),
        ("PA==钱潮（甲）厂 石墨", "PA==钱潮（甲）厂 AND 石墨"),
        ("申请（专利权）人=钱潮(甲)厂", "PA=钱潮(甲)厂"),
        ("a and(b or c)not(d)", "a AND (b OR c) AND NOT d"),
        ("TI:* AD:*", "TI:* AND AD:*"),
        ("3D printing", '"3D" AND printing'),
        ("TI=3D", 'TI="3D"'),
        ("电池 near5 冷却", "电池 NEAR5 冷却"),
        ("电池 <ADJ3> 冷却", "电池 ADJ3 冷却"),
        ("电池 ADJ 冷却", "电池 ADJ1 冷却"),
        ("a 3W b and c 3D d", "a ADJ3 b AND c NEAR3 d"),
        ("a w/3 b or c pre/2 d", "a NEAR3 b OR c ADJ2 d"),
        ("TI=(a NEAR5 b)", "TI=a NEAR5 TI=b"),
        ("(a or b) near2 c", "(a OR b) NEAR2 c"),
        ("a ADJ2 b ADJ3 c", "a ADJ2 b ADJ3 c"),
        ("a ADJ2 (b ADJ3 c)", "a ADJ2 (b ADJ3 c)"),
        ("not a near2 b", "NOT a NEAR2 b"),
        ("a 异或 b", "a AND NOT b OR NOT a AND b"),
        ("a and b xor c", "a AND b AND NOT c OR NOT (a AND b) AND c"),
        ("COMPUT* wom?n", "COMPUT* AND wom?n"),
        ("TI=电?池", "TI=电?池"),
        ("PA=*soft", "PA=*soft"),
        ("PA==杭州*公司", "PA==杭州*公司"),
        ("PN=cn1100*", "PN=CN1100*"),
        ("AN=*0319", "AN=*0319"),
        ('"lithium  battery"~3', '"lithium battery"~3'),
        ('TI="锂 电池"~2', 'TI="锂 电池"~2'),
        ("PN=(CN110083831A, CN102025678A)", "PN=CN110083831A OR PN=CN102025678A"),
        ("CC=(CN,US；EP)", "CC=CN OR CC=US OR CC=EP"),
        ("TI=(lithium ion, sodium ion)", 'TI="lithium ion" OR TI="sodium ion"'),
        ("a#", "a#"),
        ("IC=G06F16/00/low", "IC=G06F16"),
        ("CPC=g06f16/low", "CPC=G06F16"),
        ("AD=2019..2021", "AD=[20190101 TO 20211231]"),
        ("AY=2019-2021", "AY=[2019 TO 2021]"),
        ("PD=20190101-20190331", "PD=[20190101 TO 20190331]"),
        ("AD=2019-03至2019-05", "AD=[20190301 TO 20190531]"),
        ("AD=2019-03", "AD=[20190301 TO 20190331]"),
        ("a NEAR/5 b or c adj/2 d", "a NEAR5 b OR c ADJ2 d"),
        ("pub_date:[20070101 TO 20070630]", "PD=[20070101 TO 20070630]"),
        ("公开（公告）日=2019", "PD=[20190101 TO 20191231]"),
        ("applicant.name:格力", "PA=格力"),
        ("引用=CN110083831A or 优先权=201710601862.3", "CT=CN110083831A OR PR=CN201710601862.3"),
    ],
)
def test_the_echo_says_what_was_understood(text, echo):
    assert canonical(parse(text)) == echo
    assert parse(echo) == parse(text)


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("a and", 5, "too early"),
        ("(a or b", 0, "never closed"),
        ("a or b)", 6, "cannot stand here"),
        ("()", 1, "cannot stand here"),
        ('石墨 "电池', 3, "never closed"),
        ("TI=", 3, "too early"),
        ("= a", 0, "cannot stand here"),
        ("a or or b", 5, "cannot stand here"),
        ("TI=(PA=a)", 4, "inside the brackets of another field"),
        ("AD=2019-13", 3, "is no date"),
        ("AD=[2020 TO 2018]", 3, "ends before it begins"),
        ("AD=[2018 2020]", 9, "cannot stand here"),
        ("AD>[2018 TO 2020]", 3, "A range stands after ="),
        ("AD>9999", 3, "nothing beyond"),
        ("AY=201", 3, "is a year"),
        ("TI>5", 3, "has no order"),
        ("TI=[a TO b]", 3, "has no range"),
        ("AB==x", 4, "not kept as a whole value"),
        ("IC=G99999", 3, "no symbol"),
        ("PN=hello", 3, "no patent number"),
        ("TY=汽车", 3, "no value of TY"),
        ("a - b", 2, "minus sign"),
        ("；", 0, "nothing to search for"),
        ('PA=" "', 3, "nothing to search for"),
        ("CI=无此地", 3, "no region"),
        ("石墨 \ud864car", 3, "damaged"),
        ("***", 0, "needs letters"),
        ("*soft", 0, "cannot begin with a wildcard"),
        ("电*池", 0, "cannot stand between Chinese"),
        ("PA==*", 4, "needs letters"),
        ("AB==comput*", 4, "not kept as a whole value"),
        ("TY=inv*", 3, "takes no wildcards"),
        ("PN=CN?1", 3, "the end or the beginning"),
        ("a NEAR b", 2, "needs a distance"),
        ("a NEAR0 b", 2, "between 1 and 50"),
        ("a ADJ51 b", 2, "between 1 and 50"),
        ("TI=a NEAR5 AB=b", 5, "the same field"),
        ("a NEAR5 (b AND c)", 2, "Only words and phrases"),
        ("PA==甲厂 NEAR5 PA=乙", 7, "Only words and phrases"),
        ("AY=2019 ADJ2 a", 8, "Only words and phrases"),
        ("a NEAR5", 7, "too early"),
        ("(a or b or c or d or e) NEAR50 (f or g or h or i or j)", 24, "more than 2000 ways"),
        ('"a b"~', 5, "needs a number"),
        ('"a b"~51', 0, "At most 50"),
        ('"a b c d e f"~30', 0, "more than 2000 ways"),
        ("TI=" + "电#" * 400 + "池", 3, "more than 2000 ways"),  # 2 to the 400: counted, not made
        ('PA=="a b"~3', 4, "Only a phrase"),
        ("a xor", 5, "too early"),
        ("#12 and a", 0, "no earlier query #12"),
        ("PN=(CN110083831A, hello)", 18, "no patent number"),
        ("PA=(，)", 4, "The list is empty"),
        ("TI=(lithium batter*, sodium)", 4, "A pattern is one word"),
        ("PA==(杭州 *公司; 甲厂)", 5, "A pattern is one word"),
        ("(" * 60 + "a" + ")" * 60, 50, "inside each other"),
        ("非 " * 60 + "a", 100, "inside each other"),
        ("a " * 1001, 2000, "at most 1000 terms"),
        ("a" * 1001, 0, "at most 1000 characters"),
        ('"' + "a" * 1001 + '"', 0, "at most 1000 characters"),
        ("IC=G06F16/35/low", 3, "below a subgroup"),
        ("IC=G06F16/x*", 3, "no beginning of a symbol"),
        ("CT=*", 3, "takes no wildcards"),
        ("AD=2021..2019", 3, "ends before it begins"),
        ("DE=x", 0, "not searched"),
        ("被引次数>5", 0, "not searched"),
        ('SET=" "', 4, "is empty"),
        ("AH=无此人", 3, "No harmonised party"),
        ('CI=" "', 3, "has a code or a name"),
    ],
)
def test_an_error_names_its_place_and_what_is_wrong(text, position, says):
    facts = refused(text)
    assert facts["position"] == position
    assert says in facts["message"]
    assert facts["expected"], "what could stand there"
    assert facts["hint"], "and a way out"


@pytest.mark.feature("S3-04")
def test_an_unknown_field_is_an_error_with_a_proposal_never_ignored():
    facts = refused("石墨 and PAA=钱潮")
    assert (facts["position"], facts["hint"]) == (7, "Did you mean PA?")
    assert "申请人" in BY_KEY["PA"].names
    assert refused("applicnt=x")["hint"].startswith("Did you mean PA")
    assert refused("H2O>5")["hint"]


@pytest.mark.feature("S3-01")
def test_a_wrong_check_digit_names_the_right_one():
    facts = refused("AN=201710601862.4")
    assert facts["expected"] == "3"
    assert "CN201710601862.3" in facts["hint"]


def test_a_refused_value_proposes_the_near_ones():
    assert "有效" in refused("LS=有郊")["hint"] or "有效" in refused("LS=有效的")["hint"]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Everything()),
        ("TI=电池", Term("title", "电池")),
        ("TI=锂离子", Phrase("title", ("锂离", "离子"))),
        ("TI=石", Term("title_characters", "石")),
        ("TI=A5石", Phrase("title", ("a5", "石"), open_end=True)),
        ("TI=ＡＢ", Term("title", "ab")),
        ("TI=鋰離子", Phrase("title", ("锂离", "离子"))),
        ("电池", Or((Term("title", "电池"), Term("abstract", "电池"), Term("claims", "电池")))),
        ("TA=电池", Or((Term("title", "电池"), Term("abstract", "电池")))),
        ('PA==" ＡＢ  電池 "', Term("applicant_whole", "ab 电池")),
        ("IC=G06F16", Term("ipc", "G06F16")),
        ("IC==G06F", Term("ipc", "G06F")),
        ("IC=G06F16/00", Term("ipc", "G06F16/00")),
        ("IC=G06F16/3*", Prefix("ipc", "G06F16/3")),
        ("AN=2017106018623", Term("number", "a:CN201710601862")),
        ("PN=CN110083831B", Term("number", "p:CN110083831")),
        ("AD=2019", Range("filing_day", 20190101, 20191231)),
        ("AY==2019", Range("filing_year", 2019, 2019)),
        ("KD=B", Prefix("kind", "B")),
        ("KD==B", Term("kind", "B")),
        ("KD=B1", Term("kind", "B1")),
        ("KD=授权", Exists("grant_day")),
        ("LS=有效", Or((Term("status", "granted"), Term("status", "partially_invalidated")))),
        ("LS==unknown", Term("status", "unknown")),
        ("LS=unknown", Or((Term("status", "presumed_lapsed"), Term("status", "unknown")))),
        ("TF=13", Term("field", "13")),
        ("TF==13", Term("field", "13")),
        ("技术领域=医学技术", Term("field", "13")),
        ("TF=(optics, 音像技术)", Or((Term("field", "9"), Term("field", "2")))),
        ("TF:*", Exists("field")),
        ("SD>=2024-07", Range("status_day", 20240701, None)),
        ("SY=2024", Range("status_year", 2024, 2024)),
        ("CI=330106", Term("region", "330106")),
        ("CI=330100", Prefix("region", "3301")),
        ("CI=浙江省", Prefix("region", "33")),
        ("CI==杭州市", Term("region", "330100")),
        ("CI=unknown", Term("region", "unknown")),
        ("CI:*", Not(Term("region", "unknown"))),
        ("LS:*", Not(Term("status", "unknown"))),
        ("TI:*", Term("known", "title")),
        ("IC:*", Exists("ipc_subclass")),
        ("CPC:*", Term("known", "CPC")),
        ("AD:*", Exists("filing_day")),
        ("TI=a -TI=b", And((Term("title", "a"), Not(Term("title", "b"))))),
    ],
)
def test_what_reaches_the_engine(text, query):
    assert compiled(text) == query


def test_every_name_of_every_field_is_read_and_every_field_compiles_against_the_index():
    for one in QUERY_FIELDS:
        for name in (one.key, *one.names, one.key.lower()):
            assert field_named(name) is one
        if one.key not in ("SET", "CT", "PR"):  # of these only what one names is known
            port.check(compiled(f"{one.key}:*"), INDEX)
        for name in (*one.index, *([one.whole] if one.whole else []), *([one.facet] if one.facet else [])):
            assert INDEX[name]
    assert field_named("申請人") is BY_KEY["PA"]
    assert field_named("ＰＡ") is BY_KEY["PA"]


def test_marks_are_wanted_for_what_is_searched_in_the_text_and_not_excluded():
    query = '石墨 or TI="固态 电解质" and PA=钱潮 not 硅 and TI=石墨'
    assert terms_to_mark(parse(query)) == ("石墨", "固态 电解质")


def test_marks_of_nearness_and_patterns():
    query = '(石墨 or 硅) NEAR3 电池 "lithium ion"~2 comput*'
    assert terms_to_mark(parse(query)) == ("石墨", "硅", "电池", "lithium", "ion", "comput*")


def test_a_set_is_its_patents_at_the_time_of_the_query():
    known = {"a": ("CN2", "CN1"), "b": ("CN1",), "c": ()}.get
    assert compile_query(parse("SET=a"), regions={}, sets=known) == port.Or(
        (port.Term("id", "CN1"), port.Term("id", "CN2"))
    )
    assert compile_query(parse("清单==b"), regions={}, sets=known) == port.Term("id", "CN1")
    assert compile_query(parse("SET=c"), regions={}, sets=known) == port.Not(port.Everything())
    for text in ("SET=d", "泵 AND SET=d", "SET=*", "SET:*", "SET=a*"):
        with pytest.raises(Invalid, match=r"query\.syntax"):
            compile_query(parse(text), regions={}, sets=known)


@pytest.mark.feature("S3-02")
def test_an_earlier_query_stands_for_itself_in_brackets():
    history = {1: "石墨 or 硅", 2: "AY=2020"}
    assert canonical(parse("#1 and not #2", history)) == "(石墨 OR 硅) AND NOT AY=[2020 TO 2020]"
    with pytest.raises(Invalid) as refusal:
        parse("#3", history)
    assert refusal.value.facts["expected"] == "#1, #2"


def test_conditions_that_can_lie_in_too_many_ways_together_are_refused_before_an_engine_sees_them():
    """Each of them may be asked; forty in one query took 20 GB of an engine of 20,000 patents."""
    single, pairs = "电 NEAR50 池", "电池 NEAR50 隔膜"
    assert compile_query(parse(single), regions={})
    assert compile_query(parse(" OR ".join([pairs] * 20)), regions={})
    too_many = [
        " OR ".join(single.replace("池", one) for one in "池板膜管片块"),
        "TI=" + "电#" * 9 + "池",
        " OR ".join(f'"电池 方法 装置 {one}"~18' for one in "abcdefghij"),
    ]
    for text in too_many:
        with pytest.raises(Invalid) as refusal:
            compile_query(parse(text), regions={})
        assert "too many ways together" in str(refusal.value.facts["message"])
        assert 0 <= refusal.value.facts["position"] < len(text)


@pytest.mark.parametrize("text", ["a NEAR5٣ b", "a W/٣ b", "a (٣W) b", "a <NEAR٣> b", "a ٣W b", "TI=a~٣", "#٣"])
def test_digits_of_other_scripts_are_no_distance(text):
    """Such a sign is a word, or an error with its place; it was an error of ours (found by fuzzing)."""
    with suppress(Invalid):
        assert canonical(parse(text))


@pytest.mark.parametrize(("words", "more"), [(1, 50), (2, 0), (2, 50), (3, 7), (4, 18), (6, 4)])
def test_the_ways_of_a_loose_phrase_are_counted_as_they_are_made(words, more):
    made = loose([of_text(f"w{n}") for n in range(words)], more, 0)
    assert len(made) == len(set(made)) == comb(more + words - 1, words - 1) <= MOST_WAYS
