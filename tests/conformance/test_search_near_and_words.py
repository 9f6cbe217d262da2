"""Nearness as one phrase and patterns as a few words: the adapter's short cuts find what the oracle finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.engines.search.memory import MemoryEngine
from qiantang.engines.search.port import (
    Document,
    FieldKind,
    How,
    IndexField,
    IndexSchema,
    Or,
    Places,
    Prefix,
    Slot,
    Wild,
)
from qiantang.engines.search.tantivy import TantivyEngine, words
from qiantang.engines.search.tantivy.nearness import Span, gathered

SCHEMA = IndexSchema(version=1, fields=(IndexField("title", FieldKind.TEXT), IndexField("symbol", FieldKind.KEYWORD)))
TOKENS = ("a", "b", "ab", "c")


def _filled(engine, texts):
    documents = [
        Document(str(n), {"title": " ".join(text), "symbol": sorted(set(text))}) for n, text in enumerate(texts)
    ]
    with engine.writer() as writer:
        for start in range(0, len(documents), 7):  # more than one segment
            writer.put(documents[start : start + 7])
            writer.commit(stamp=start)
    return engine


def _apart(first, second, distance):
    return Places("title", (Slot(0, first), Slot(distance, second)))


distances = st.sets(st.integers(-6, 6).filter(bool), min_size=1)


@pytest.mark.feature("S3-02")
@settings(max_examples=40)
@given(
    texts=st.lists(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=14), min_size=1, max_size=20),
    pairs=st.lists(st.tuples(st.sampled_from(TOKENS), st.sampled_from(TOKENS), distances), min_size=1, max_size=2),
)
def test_any_set_of_distances_finds_what_the_oracle_finds(texts, pairs):
    parts = tuple(
        _apart(*((one, other) if distance > 0 else (other, one)), abs(distance))
        for one, other, wanted in pairs
        for distance in wanted
    )
    oracle, engine = (_filled(made(SCHEMA), texts) for made in (MemoryEngine, TantivyEngine))
    assert engine.ids(Or(parts)) == oracle.ids(Or(parts))


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize(
    ("distances", "spans"),
    [
        ({1, 2, 3, 4, 5, -1, -2, -3, -4, -5}, [(-5, 5)]),
        ({1, 2, 3, 4, 5}, [(1, 5)]),
        ({1, 2, 3, 4}, [(0, 4)]),
        ({-1, -2}, [(-2, 0)]),
        ({3, 4}, [(3, 3), (4, 4)]),
        ({2}, [(2, 2)]),
        ({-1, 1, 2}, [(-1, 1), (0, 2)]),
    ],
)
def test_neighbouring_distances_are_one_phrase(distances, spans):
    parts = [_apart("a", "b", one) if one > 0 else _apart("b", "a", -one) for one in sorted(distances)]
    rest, found = gathered([*parts, _apart("a", "a", 1)])
    assert rest == [_apart("a", "a", 1)]  # a word beside itself: distance 0 would be met by every one
    assert found == [Span("title", "a", "b", low, high) for low, high in spans]


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize("few", [0, 3, 64])
def test_beginnings_and_patterns_find_the_same_as_words_and_as_an_expression(monkeypatch, few):
    monkeypatch.setattr(words, "_FEW", few)
    texts = [["abc", "b"], ["ab", "abd"], ["a.c"], ["b", "x"], ["axc"], ["锂离", "离子"]]
    oracle, engine = (_filled(made(SCHEMA), texts) for made in (MemoryEngine, TantivyEngine))
    for text in ("ab", "a", "a.", "锂", "nothing"):
        for query in (Prefix("symbol", text), Places("title", (Slot(0, text, How.BEGINS),))):
            assert engine.ids(query) == oracle.ids(query)
    for text in ("ab", "a*", "a?c", "ab#", "*b*", "a.*", "锂?", "no*"):
        for query in (Wild("symbol", text), Places("title", (Slot(0, text, How.WILD),))):
            assert engine.ids(query) == oracle.ids(query)
