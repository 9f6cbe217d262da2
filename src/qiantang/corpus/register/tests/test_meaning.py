"""The methods of meaning: words, spaces, rankings, passages, and how much is probably missing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.register.methods.meaning.learning import learnt
from qiantang.corpus.register.methods.meaning.passages import LONGEST, Asked, sentences
from qiantang.corpus.register.methods.meaning.ranking import MOST_TOKENS, fused, telling_tokens
from qiantang.corpus.register.methods.meaning.recall import LEAST_COMMON, estimated_recall
from qiantang.corpus.register.methods.meaning.space import DIMENSIONS, WordSpace
from qiantang.corpus.register.methods.meaning.words import Counts, words_of
from qiantang.engines.textmodel import port as textmodel

from .fields import THINGS

TEXTS = [
    f"一种{a}{b}装置，{c}与{d}相连"
    for words in THINGS.values()
    for n in range(6)
    for a, b, c, d in [words[n % 4 :] + words[: n % 4]]
]


def told(words):
    return dict(
        zip(words, textmodel.load("qiantang.engines.textmodel.letters.LettersModel").meanings(words), strict=True)
    )


@pytest.fixture(scope="module")
def space():
    counts = Counts()
    counts.add(TEXTS)
    words = counts.vocabulary(1_000)
    return learnt("letters", words, told(words), counts, TEXTS)


def test_words_are_cut_from_chinese_and_taken_as_they_stand_from_latin():
    assert words_of("一种電池冷卻裝置 Battery-cooling OF the 5G") == ["一种", "电池", "冷却", "装置", "battery-cooling"]
    assert words_of("") == []


def test_the_vocabulary_leaves_out_what_stands_once_and_what_stands_everywhere():
    counts = Counts()
    counts.add(["电池 冷却"] * 3 + ["电池 灌溉"] + ["电池"] * 200)
    assert counts.vocabulary(10) == ["冷却"]
    assert counts.vocabulary(0) == []


def test_a_space_is_the_same_again_and_after_it_was_written(space):
    counts = Counts()
    counts.add(TEXTS)
    words = counts.vocabulary(1_000)
    again = learnt("letters", words, told(words), counts, TEXTS)
    read = WordSpace.from_bytes(space.to_bytes())
    asked = ["电池散热", "超声波驱鸟"]
    assert again.name == read.name == space.name
    assert read.words == space.words
    assert np.array_equal(read.meanings(asked), space.meanings(asked))
    assert learnt("another", words, told(words), counts, TEXTS).name != space.name


@pytest.mark.feature("S3-10")
def test_texts_of_one_field_are_nearer_than_those_of_others(space):
    found = space.meanings(TEXTS)
    assert found.shape == (24, DIMENSIONS)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-3)
    near = found @ found.T
    for place in range(24):
        own = place // 6 * 6
        inside = np.delete(near[place, own : own + 6], place - own)
        outside = np.delete(near[place], range(own, own + 6))
        assert inside.min() > outside.max()


def test_a_text_without_known_words_has_no_place_and_a_short_one_is_a_question(space):
    assert not space.meanings(["完全陌生", ""]).any()
    assert space.is_question("电池冷却")
    question, whole = space.question("电池冷却", {}), space.meanings(["电池冷却"])[0]
    assert not np.array_equal(question, whole)
    assert np.allclose(question, space.meanings(["电池冷却"], question=True)[0], atol=1e-5)


@pytest.mark.feature("S3-09")
def test_a_word_that_no_patent_holds_is_placed_by_the_model_and_finds_its_like(space):
    """蓄电池 stands nowhere; the model of these tests finds it near to 电池, which shares its letters."""
    assert space.unknown("怎样给蓄电池组散热", 5) == ["怎样", "蓄电池"]
    others = dict(
        zip(
            ["蓄电池"],
            space.placed(
                ["蓄电池"], textmodel.load("qiantang.engines.textmodel.letters.LettersModel").meanings(["蓄电池"])
            ),
            strict=True,
        )
    )
    near = space.meanings(TEXTS) @ space.question("蓄电池", others)
    assert near[:6].mean() > max(near[6:12].mean(), near[12:18].mean(), near[18:].mean())
    assert not space.question("蓄电池", {}).any()


def test_a_space_of_nothing_is_one():
    empty = learnt("letters", [], {}, Counts(), [])
    assert WordSpace.from_bytes(empty.to_bytes()).words == ()
    assert not empty.meanings(["电池"]).any()


# --- rankings ---


def test_rare_tokens_tell_most_and_those_that_stand_everywhere_or_nowhere_tell_nothing():
    held = {"电池": 900, "冷却": 30, "却装": 30, "装置": 400, "the": 3, "nowhere": 0, "一种": 300, "种电": 2, "池冷": 5}
    found = telling_tokens(
        "一种电池冷却装置 nowhere the 冷却", lambda tokens: [held.get(one, 0) for one in tokens], 1_000
    )
    assert [one.token for one in found] == ["种电", "冷却", "池冷", "却装", "一种", "装置"]
    assert found[1].weight > found[0].weight == 1
    assert telling_tokens("", lambda _: [], 10) == ()


@given(st.text("电池冷却装置灌溉abc ", max_size=200))
def test_tokens_are_the_same_ones_each_time_and_not_too_many(text):
    first, second = (telling_tokens(text, lambda tokens: [len(one) for one in tokens], 100) for _ in range(2))
    assert first == second
    assert len(first) <= MOST_TOKENS


@given(st.lists(st.lists(st.integers(0, 30), unique=True), max_size=3))
def test_rankings_made_one_hold_each_once_and_keep_an_order_both_agree_on(rankings):
    found = fused([(ranking, 1.0) for ranking in rankings])
    assert len(found) == len(set(found))
    assert set(found) == {one for ranking in rankings for one in ranking}
    if rankings:
        assert fused([(rankings[0], 2.0)]) == rankings[0]
        assert fused([(rankings[0], 2.0), (rankings[0], 1.0)]) == rankings[0]


# --- passages ---


def test_sentences_end_where_they_end_and_are_never_too_long():
    assert sentences("第一句说的是电池的冷却。第二句说的是水泵的支架；") == [
        "第一句说的是电池的冷却。",
        "第二句说的是水泵的支架；",
    ]
    assert sentences("A pump feeds the case. The case holds cells of U.S. make.") == [
        "A pump feeds the case.",
        "The case holds cells of U.S. make.",
    ]
    assert max(map(len, sentences("很长的一句，" * 100))) <= LONGEST
    assert sentences("") == []


@given(st.text("电池，。；冷却 ab.", max_size=600))
def test_no_sentence_is_empty_or_too_long(text):
    assert all(0 < len(one) <= LONGEST for one in sentences(text))


@pytest.mark.feature("S3-09")
def test_the_passage_that_answers_is_found_with_the_words_that_say_the_same(space):
    asked = Asked("怎样驱鸟", space)
    found = asked.best(["本发明公开了一种输电线路上的支架装置。支架上设有超声波驱鸟装置；其余部分从略不再赘述。"])
    assert found is not None
    assert found.text == "支架上设有超声波驱鸟装置；"
    assert "驱鸟" in found.words
    assert Asked("完全陌生", space).best(["本发明公开了一种输电线路上的支架装置。"]) is None
    assert (
        Asked("驱鸟", None).best(["第一句说的是电池的冷却。第二句说的是驱鸟的装置。"]).text
        == "第二句说的是驱鸟的装置。"
    )


# --- what is missing ---


@pytest.mark.feature("S3-X3")
@pytest.mark.parametrize(
    ("first", "second", "common", "found", "missing"),
    [
        # Chapman: (n1 + 1)(n2 + 1) / (m + 1) - 1 - found
        (20, 25, 15, 30, 3),  # 21 x 26 / 16 - 1 = 33.1
        (30, 200, 10, 220, 345),  # 31 x 201 / 11 - 1 = 565.5
        (10, 10, 10, 10, 0),
        (9, 9, LEAST_COMMON, 11, 0),  # 100 / 8 - 1 = 11.5, halves to the even one
    ],
)
def test_worked_examples(first, second, common, found, missing):
    told = estimated_recall(first, second, common)
    assert (told.found, told.common) == (found, common)
    assert told.missing == pytest.approx(missing, abs=1)
    assert told.low <= told.missing <= told.high


@pytest.mark.feature("S3-X3")
def test_too_few_in_common_is_not_known_and_never_none():
    told = estimated_recall(40, 40, LEAST_COMMON - 1)
    assert (told.missing, told.low, told.high) == (None, None, None)
    with pytest.raises(ValueError, match="in common"):
        estimated_recall(3, 5, 4)


@pytest.mark.feature("S3-X3")
@given(st.integers(LEAST_COMMON, 60), st.integers(0, 60), st.integers(0, 60))
def test_what_is_missing_lies_in_its_interval_and_grows_where_less_is_in_common(common, more, others):
    told = estimated_recall(common + more, common + others, common)
    assert 0 <= told.low <= told.missing <= told.high
    assert told == estimated_recall(common + others, common + more, common)
    if common > LEAST_COMMON and more and others:
        less = estimated_recall(common + more, common + others, common - 1)
        assert less.missing >= told.missing
        assert less.high >= told.high


@pytest.mark.feature("S3-X3")
def test_the_interval_holds_the_truth_nearly_as_often_as_it_says():
    rng = np.random.default_rng(1)
    held = known = 0
    for _ in range(300):
        whole = 60
        first, second = (set(rng.choice(whole, size, replace=False).tolist()) for size in (30, 25))
        told = estimated_recall(len(first), len(second), len(first & second))
        if told.missing is not None:
            known += 1
            held += told.low <= whole - told.found <= told.high
    assert known > 250
    assert held / known > 0.93
