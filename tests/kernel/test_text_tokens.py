"""Tokens: a Chinese query finds exactly the texts that hold it as a substring."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qiantang.kernel.text import PhraseTokens, characters, fold, index_text, phrase, tokens

HAN = "石墨烯電"
HAN_TEXT = st.text(HAN + "电，。 ", max_size=14)
MIXED_TEXT = st.text("石墨电ab1， ", max_size=12)


def met(query: PhraseTokens, text: str) -> bool:
    """What an engine does with a phrase: tokens at neighbouring positions, the last one perhaps open."""
    if query.single is not None:
        return query.single in characters(text).split(" ")
    if not query.tokens:
        return False
    there, asked = tokens(text), query.tokens
    for start in range(len(there) - len(asked) + 1):
        stretch = there[start : start + len(asked)]
        last = stretch[-1].startswith(asked[-1]) if query.open_end else stretch[-1] == asked[-1]
        if last and stretch[:-1] == list(asked[:-1]):
            return True
    return False


def written_out(text: str) -> str:
    """Runs with their boundaries made visible; words carry theirs on both sides, for a word is met as a whole only."""
    runs = re.findall(r"[\u4e00-\u9fff]+|[a-z0-9]+", fold(text))
    return "|".join(run if run[0] > "z" else f"<{run}>" for run in runs)


@pytest.mark.feature("S3-03")
@given(HAN_TEXT, st.text(HAN, min_size=1, max_size=5))
@example("石墨，烯", "墨烯")
@example("石墨電極", "电极")
@example("石", "石")
def test_a_chinese_query_is_met_exactly_where_it_is_a_substring(text, query):
    assert met(phrase(query), text) == (fold(query) in fold(text))


@pytest.mark.feature("S3-03")
@given(st.text(HAN, min_size=1, max_size=12), st.data())
def test_every_substring_is_met(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert met(phrase(text[start:end]), f"前{text}。后")


@pytest.mark.feature("S3-03")
@given(MIXED_TEXT, MIXED_TEXT)
@example("石墨a墨", "墨a墨")
@example("石墨a墨石", "墨a墨")
@example("石墨，墨石", "墨 墨")
@example("石墨墨石", "墨 墨")
@example("ab石", "b石")
def test_mixed_queries_keep_to_the_boundaries_of_words(text, query):
    wanted = written_out(query)
    assert met(phrase(query), text) == (wanted != "" and wanted in written_out(text))


@given(MIXED_TEXT, st.data())
def test_a_stretch_of_whole_words_is_met(text, data):
    runs = re.findall(r"[\u4e00-\u9fff]+|[a-z0-9]+", text)
    if runs:
        start = data.draw(st.integers(0, len(runs) - 1))
        end = data.draw(st.integers(start + 1, len(runs)))
        assert met(phrase(" ".join(runs[start:end])), text)


@given(st.text(max_size=40) | MIXED_TEXT)
@example("")
@example("，")
@example("石")
@example("a石")
def test_index_text_splits_back_into_the_tokens(text):
    found = tokens(text)
    assert index_text(text) == " ".join(found)
    assert all(token and not any(one.isspace() for one in token) for token in found)


@given(st.text(st.sampled_from(HAN + "〇々あア한ab，" + "\U00020000\U00030000\uf900"), max_size=20))
def test_each_cjk_character_has_one_position(text):
    words = re.findall(r"[ab]+", text)
    cjk = [one for one in text if one not in "ab，"]
    assert len(tokens(text)) == len(cjk) + len(words)


@pytest.mark.feature("S3-03")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("石墨烯", ["石墨", "墨烯", "烯"]),
        ("石", ["石"]),
        ("一种Graphene电极", ["一种", "种", "graphene", "电极", "极"]),
        ("石墨，烯", ["石墨", "墨", "烯"]),
        ("LiFePO4/C 5㎜", ["lifepo4", "c", "5mm"]),
        ("snake_case", ["snake", "case"]),
        ("二〇二四人々", ["二〇", "〇二", "二四", "四人", "人々", "々"]),
        ("リチウム", ["リチ", "チウ", "ウム", "ム"]),
        ("전지", ["전지", "지"]),
        ("\U00020000\U00030000", ["\U00020000\U00030000", "\U00030000"]),
        ("Мотор ёж", ["мотор", "ёж"]),
        ("，。（）", []),
    ],
)
def test_tokens(text, expected):
    assert tokens(text) == expected


@pytest.mark.feature("S3-03")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("石墨烯", PhraseTokens(("石墨", "墨烯"))),
        ("石", PhraseTokens((), single="石")),
        ("電", PhraseTokens((), single="电")),
        ("graphene 石", PhraseTokens(("graphene", "石"), open_end=True)),
        ("石墨 graphene", PhraseTokens(("石墨", "墨", "graphene"))),
        ("石 graphene", PhraseTokens(("石", "graphene"))),
        ("石，墨烯", PhraseTokens(("石", "墨烯"))),
        ("Lithium-ion", PhraseTokens(("lithium", "ion"))),
        ("…", PhraseTokens(())),
    ],
)
def test_phrases(query, expected):
    assert phrase(query) == expected


def test_characters_are_distinct_and_in_order():
    assert characters("石墨，石Ａ電电烯") == "石 墨 电 烯"
    assert characters("abc") == ""
