"""The query language: what a slip is mended to, what is asked of the register, and what may not grow without bound."""

from __future__ import annotations

import pytest

from qiantang.corpus.register.methods.query_language import canonical, compile_query, parse
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
        ("AD=gestern", None),
        ("TI=(PA=a)", None),
    ],
)
def test_where_one_change_is_the_likely_one_the_query_is_mended(text, repair):
    assert refused(text)["repair"] == repair
    if repair:
        compiled(repair)


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
