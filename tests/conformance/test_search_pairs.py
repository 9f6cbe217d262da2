"""A long Chinese phrase asked by fewer pairs: the adapter's short cut finds what the oracle finds, and scores the same."""

from __future__ import annotations

from collections import Counter
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.engines.search.memory import MemoryEngine
from qiantang.engines.search.port import Document, FieldKind, IndexField, IndexSchema, Not, Or, Phrase, Term
from qiantang.engines.search.tantivy import TantivyEngine, skipping
from qiantang.engines.search.tantivy.skipping import skipped
from qiantang.kernel import text
from qiantang.kernel.paging import PageRequest

SCHEMA = IndexSchema(version=1, fields=(IndexField("title", FieldKind.TEXT),))


def _filled(engine, texts):
    documents = [Document(f"{n}", {"title": text.index_text(one)}) for n, one in enumerate(texts)]
    with engine.writer() as writer:
        for start in range(0, len(documents), 7):  # more than one segment
            writer.put(documents[start : start + 7])
            writer.commit(stamp=start)
    return engine


def _phrase(asked):
    tokens, open_end, _ = text.phrase(asked)
    return Phrase("title", tokens, open_end)


# few characters, so that a phrase is met often, whole and interrupted
pieces = st.lists(
    st.sampled_from(["甲", "甲乙", "乙丙", "丙甲乙", "，", "，", "a", " ab ", "丁"]), min_size=1, max_size=12
)
asked = st.lists(st.sampled_from("甲甲乙乙丙丙丁，a"), min_size=2, max_size=8).map("".join)


@pytest.mark.feature("S3-02")
@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(pieces.map("".join), min_size=1, max_size=20),
    asked=asked.filter(lambda one: len(text.phrase(one).tokens) > 1),
)
def test_any_phrase_finds_what_the_oracle_finds(texts, asked):
    # beside those drawn: the phrase with another character, whole, interrupted, and both ways in one text
    halves = [f"{asked[:cut]}，{asked[cut:]}" for cut in range(1, len(asked))]
    others = [f"{asked[:place]}戊{asked[place + 1 :]}" for place in range(len(asked))]
    texts = [*texts, *others, asked, *halves, *(f"{asked}，{one}" for one in halves), "，".join(halves)]
    oracle, engine = (_filled(made(SCHEMA), texts) for made in (MemoryEngine, TantivyEngine))
    with patch.object(skipping, "saves", lambda *_: True):
        for query in (_phrase(asked), Not(_phrase(asked)), Or((_phrase(asked), Term("title", "a")))):
            assert engine.ids(query) == oracle.ids(query)
            assert engine.count(query) == oracle.count(query)


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize("asked", ["锂离子电", "锂离子电池", "锂离子电池组", "锂离子电池，管理系统"])
def test_fewer_pairs_score_as_all_do(asked):
    texts = ["碳" * n + asked * (1 + n % 3) + "、电池组" * (n % 5) for n in range(40)] + ["离子电池"] * 9
    engine = _filled(TantivyEngine(SCHEMA), texts)
    query = Or((_phrase(asked), Term("title", "池组")))
    whole = engine.search(query, page=PageRequest(0, 60))
    with patch.object(skipping, "saves", lambda *_: True):
        fewer = engine.search(query, page=PageRequest(0, 60))
    assert {hit.id: hit.score for hit in fewer.hits} == pytest.approx(
        {hit.id: hit.score for hit in whole.hits}, rel=1e-4
    )
    assert fewer.total == whole.total >= 40


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize(
    ("tokens", "held", "places"),
    [
        ("甲乙 乙丙", {}, []),
        ("甲乙 乙丙 丙丁", {}, [1]),
        ("甲乙 乙丙 丙丁 丁戊", {}, [1]),
        ("甲乙 乙丙 丙丁 丁戊 戊己", {}, [1, 3]),
        ("甲乙 乙丙 丙丁", {"乙丙": 6}, []),  # the rare one leaves little to read
        ("甲乙 乙丙 丙丁 丁戊", {"乙丙": 6}, [2]),
        ("甲乙 乙丙 丙丁 丁戊", {"乙": 10}, [2]),  # which ends many runs: much would be taken away
        ("甲乙 乙丙 丙 a5", {}, [1]),
        ("a5 甲乙 乙丙", {}, []),
        ("甲乙 丙丁 丁戊", {}, []),  # no run of one text
        ("ab bc cd", {}, []),  # words, not pairs
    ],
)
def test_pairs_are_left_out_where_those_beside_them_tell_their_characters(tokens, held, places):
    counted = Counter(dict.fromkeys(tokens.split(), 9) | held)
    assert skipped(tokens.split(), counted) == []  # few documents
    with patch.object(skipping, "_MANY", 0):
        assert skipped(tokens.split(), counted) == places
