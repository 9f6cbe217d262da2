"""Any text at all is a query or a syntax error that says where and what to do, and the echo of a query means the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qiantang.corpus.register.methods.query_language import (
    canonical,
    compile_query,
    parse,
)
from qiantang.corpus.register.search import INDEX
from qiantang.engines.search import port
from qiantang.kernel.errors import Invalid

REGIONS = {"杭州市": "330100", "西湖区": "330106", "浙江省": "330000"}

pieces = st.sampled_from(
    [
        *'()（）[]{}"“”\\ -&|*?#~!=:<>：＝，。',
        *["==", "!=", ">=", "<=", "AND", "or", "NOT", "与", "或", "非", "TO", "to", "NEAR5", "<ADJ2>", "3D", "xor"],
        *["comput*", "wom?n", "电?池", "#1", "~2", "*12", "W/3", "CN2019*", "、"],
        *["CT", "PR", "DE", "2018..2020", "2018-2020", "G06F16/00/low", "NEAR/5"],
        *["TI", "PA", "ad", "AY", "IC", "PN", "AN", "KD", "LS", "CI", "TAC", "标题", "申请日", "ZZ", "id"],
        *["石", "锂离子", "wolf", "2019", "2019-02", "20190301", "G06F", "G06F16/35", "16/3*", "CN110083831A"],
        *["201710601862.3", "B", "授权", "有效", "unknown", "330100", "杭州市", "发明", "㎜", "鋰", "\n", "\x00", "é"],
    ]
)
texts = st.one_of(
    st.lists(pieces, max_size=14).map("".join),
    st.lists(pieces, max_size=14).map(" ".join),
    st.text(max_size=40),
)


@pytest.mark.feature("S3-02")
@given(texts)
@example("TI=" * 3000)
@example("(" * 5000)
@example("NOT " * 5000)
@example("AD=[" * 2000)
def test_any_text_is_a_query_or_a_syntax_error_and_the_echo_says_the_same(text):
    refusal = node = None
    try:
        node = parse(text)
        query = compile_query(node, regions=REGIONS)
    except Invalid as error:
        refusal = error
    if refusal is not None:
        assert refusal.code == "query.syntax"
        assert 0 <= refusal.facts["position"] <= len(text)
        assert refusal.facts["message"]
        assert refusal.facts["expected"]
        assert refusal.facts["hint"]
        assert "mend" not in refusal.facts
        if refusal.facts.get("repair"):
            parse(refusal.facts["repair"])
        return
    port.check(query, INDEX)
    echo = canonical(node)
    assert parse(echo) == node
    assert canonical(parse(echo)) == echo
    assert compile_query(parse(echo), regions=REGIONS) == query
