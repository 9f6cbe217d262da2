"""The query language: what a slip is mended to, what is asked of the register, and what may not grow without bound."""

from __future__ import annotations

import pytest

from qiantang.corpus.register.methods.query_language import canonical, compile_query, parse
from qiantang.corpus.register.methods.query_language.codes import CODES
from qiantang.corpus.register.methods.query_language.remarks import remarks
from qiantang.engines.search import port
from qiantang.engines.search.port import Everything, Not, Term
from qiantang.kernel.errors import Invalid

from .test_query_language import compiled, refused


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("(a or b", "(a or b)"),
        ('石墨 "电池', '石墨 "电池"'),
        ("a and", "a "),
        ("and a", " a"),
        ("a or or b", "a or  b"),
        ("a or b)", "a or b"),
        ("TI=((a or b and c", "TI=((a or b and c))"),
        ("石墨 and PAA=钱潮", "石墨 and PA=钱潮"),
        ("AN=201710601862.4 石墨", "AN=CN201710601862.3 石墨"),
        ("a NEAR b", "a NEAR5 b"),
        ('"a b"~', '"a b"~3'),
        ("LS=有郊", "LS=有效"),
        ("IC=G06F16/35/low", "IC=G06F16/35*"),
        ("a + b", "a AND b"),
        ("a - b", "a NOT b"),
        ('(applicnt=x and "y', '(PA=x and "y")'),
        ("AN=CN2020 石墨", "AN=CN2020* 石墨"),
        ("AN=2020", "AN=CN2020*"),
        ("AD=(2020-01-01,2020-12-31)", "AD=(2020-01-01..2020-12-31)"),
        ("TI=(电池 or 电芯) near5 隔膜", "TI=(电池 or 电芯) near5 TI=隔膜"),
        ("IT=石墨", "TI=石墨"),
        ("(TI,ABX)=石墨", "(TI,AB)=石墨"),
        ("(TI,AB)=(a or b", "(TI,AB)=(a or b)"),
        ("a prox/distance<3 b", "a NEAR2 b"),
        ("ti=a prox/distance <= 3 ti=b", "ti=a NEAR3 ti=b"),
        ("a PROX/ordered=true/distance=1 b", "a ADJ1 b"),
        ("a prox/distance<1 b", "a NEAR1 b"),
        ("a prox/unit=sentence b", "a NEAR30 b"),
        ("a prox/unit=word/distance<5 b", "a NEAR4 b"),
        ("a prox/ b", "a NEAR5 b"),
        ("a prox/distance<99 b", None),
        ("AU=张三", None),
        ("TF=电池", None),
        ("AD=gestern", None),
        ("TI=(PA=a)", None),
    ],
)
def test_where_one_change_is_the_likely_one_the_query_is_mended(text, repair):
    assert refused(text)["repair"] == repair
    if repair:
        compiled(repair)


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("(TI,AB)=石墨", "TI=石墨 OR AB=石墨"),
        ("(ti, ab) : 石墨 隔膜", "(TI=石墨 OR AB=石墨) AND 隔膜"),
        ("（标题、摘要）＝石墨", "TI=石墨 OR AB=石墨"),
        ("(TI or AB)=(a and b)", "TI=a AND TI=b OR AB=a AND AB=b"),
        ("NOT (TI,AB)=a", "NOT (TI=a OR AB=a)"),
        ("(TI,AB)!=a", "NOT TI=a AND NOT AB=a"),
        ("(PA;IN)==张三", "PA==张三 OR IN==张三"),
        ("(AD,PD)=[2019 TO 2020]", "AD=[20190101 TO 20201231] OR PD=[20190101 TO 20201231]"),
        ('(TI,AB)="a b"~3', 'TI="a b"~3 OR AB="a b"~3'),
        ("(TI,标题)=a", "TI=a"),
        ("(TI)=a", "TI=a"),
    ],
)
def test_several_fields_of_one_value_are_an_or_of_them(text, understood):
    told = parse(text)
    assert canonical(told) == understood
    assert parse(understood) == told
    compiled(text)


@pytest.mark.parametrize("text", ["(石墨,电池)=a", "(TI and AB)=a", "(TI,AB", '(TI,"AB")=a', "(TI,AB)=", "(,)=a"])
def test_what_is_no_list_of_fields_is_refused_before_a_comparison(text):
    refused(text)


def test_a_list_of_fields_counts_the_terms_of_each():
    values = " or ".join(["a"] * 400)
    parse(f"(TI,AB)=({values})")
    assert "1000" in str(refused(f"(TI,AB,CL)=({values})")["message"])


def test_what_cites_a_number_or_claims_it_is_asked_of_the_register():
    asked = []

    def ties(key, number):
        asked.append((key, number))
        return ("CN2", "CN1") if key == "CT" else ()

    cites = compile_query(parse("CT=CN110083831B"), regions={}, ties=ties)
    assert cites == port.Or((Term("id", "CN1"), Term("id", "CN2")))
    assert compile_query(parse("PR=201710601862.3"), regions={}, ties=ties) == Not(Everything())
    assert asked == [("CT", "p:CN110083831"), ("PR", "a:CN201710601862")]


@pytest.mark.parametrize("term", ["石墨", "AD=[2018 TO 2020]", "(a b)", "#1"])
def test_a_chain_of_exclusive_ors_is_refused_before_it_has_grown(term):
    """Found by the fuzzer: each XOR says both its sides twice, and thirty of them kept a processor busy for ever."""
    told = parse(" XOR ".join([term] * 7), history={1: "x"})
    assert parse(canonical(told)) == told
    with pytest.raises(Invalid) as refusal:
        parse(" XOR ".join([term] * 40), history={1: "x"})
    assert "1,000" in str(refusal.value.facts["message"]) or "1000" in str(refusal.value.facts["message"])


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize("key", ["LS", "TY", "CC", "KD"])
def test_a_wrong_value_is_answered_with_words_that_are_read(key):
    told = refused(f"{key}=无此值")["expected"]
    for word in (*told.split(", "), *told.chinese.split("、")):
        compiled(f"{key}={word}")
    assert len(told.split(", ")) == len(told.chinese.split("、")) == len(set(told.chinese.split("、")))
    if key != "KD":
        assert {CODES[key].code(one) for one in told.chinese.split("、")} == set(
            CODES[key].words.values()
        )  # each value is proposed


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("(电池 or 电芯) 4w 隔膜", "(电池 or 电芯) ADJ4 隔膜"),
        ("电池 near 隔膜", "电池 NEAR5 隔膜"),
        ("电池 5n 隔膜", "电池 NEAR5 隔膜"),
        ("TI=(电池 SAME 隔膜)", "TI=(电池 NEAR30 隔膜)"),
        ("电池 (S) 隔膜", "电池 NEAR30 隔膜"),
        ("pa=浙江大学 and cl=g06f", "pa=浙江大学 and IC=g06f"),
        ("石墨 H01M10/0525", "石墨 IC=H01M10/0525"),
        ("电池、隔膜", "电池 AND 隔膜"),
        ("TI=电池；隔膜 石墨", "TI=(电池 OR 隔膜) 石墨"),
    ],
)
def test_what_may_be_meant_otherwise_is_remarked_with_the_other_query(text, instead):
    compiled(text)
    (remark,) = remarks(text)
    assert remark.instead == instead
    compiled(remark.instead)


@pytest.mark.parametrize(
    "text",
    ["", "(a", "3d 打印", "10w 激光", "battery with separator", "1,2-二氯乙烷", "PA=(甲厂;乙厂)", "PN=(CN1;CN2)", "TI=H01M",
     "a n b", "电池 near5 隔膜", "IC=H01M10/0525", "near", "SAME 电池", '"电池、隔膜"'],
)  # fmt: skip
def test_what_is_plain_is_not_remarked(text):
    assert remarks(text) == ()


def test_at_most_three_things_are_remarked():
    assert len(remarks(" ".join(["H01M10/0525"] * 5))) == 3


def test_a_long_name_with_brackets_in_it_is_echoed_at_once():
    """Found by the fuzzer: whether the name is one word took twice as long with each letter."""
    name = "甲" * 400 + "(乙)厂"
    assert canonical(parse(f"PA={name} a&&{name}")) == f"PA={name} AND a AND {name}"
