"""Marks: the raw text shows what the index found, in the places of the raw text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.register.methods.highlight import marks, snippet
from qiantang.corpus.register.methods.query_language.compiling import WildTerm
from qiantang.kernel.text import WORD_CHARACTER, Plain, fold, plainness

pytestmark = pytest.mark.feature("S3-03")


def marked(text, *needles):
    return [text[start:end] for start, end in marks(text, needles)]


@pytest.mark.parametrize(
    ("text", "needles", "shown"),
    [
        ("一种锂离子电池", ["锂离子"], ["锂离子"]),
        ("一種鋰離子電池", ["锂离子电池"], ["鋰離子電池"]),
        ("以㎜计的膜", ["mm"], ["㎜"]),
        ("ＷＯＬＦ and wolf", ["Wolf"], ["ＷＯＬＦ", "wolf"]),
        ("wolfram wolf2 wolf", ["wolf"], ["wolf"]),
        ("石墨wolf石墨", ["wolf"], ["wolf"]),
        ("lithium - ion cell", ["lithium-ion"], ["lithium - ion"]),
        ("A5，石墨", ["A5石墨"], ["A5，石墨"]),
        ("石墨烯", ["石墨", "墨烯"], ["石墨烯"]),
        ("石墨石墨", ["石墨"], ["石墨", "石墨"]),
        ("石。墨", ["石墨"], []),
        ("电池", [], []),
        ("电池", ["，"], []),
        ("", ["电池"], []),
    ],
)
def test_what_is_marked(text, needles, shown):
    assert marked(text, *needles) == shown


@given(st.text(alphabet="石墨電电池 aA5，㎜", max_size=40), st.text(alphabet="石墨电池", min_size=1, max_size=3))
def test_chinese_terms_are_marked_wherever_the_folded_text_holds_them(text, term):
    found = marks(text, [term])
    folded = fold(text)
    assert bool(found) == (term in folded)
    assert all(set(term) <= set(fold(text[start:end])) for start, end in found)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one.end <= following.start for one, following in pairwise(found))


@given(st.text(alphabet="石墨电池。", max_size=200), st.integers(5, 60))
def test_a_snippet_is_a_stretch_with_the_same_marks(text, width):
    shown = snippet(text, ["石墨"], width)
    assert shown.text.strip("…") in text
    assert len(shown.text) <= width + 2
    assert bool(shown.marks) == ("石墨" in text)
    assert all(shown.text[start:end] in ("石墨" * 50)[: end - start] + "墨" for start, end in shown.marks)


def test_a_snippet_stands_around_the_first_mark():
    text = "甲" * 300 + "石墨" + "乙" * 300
    shown = snippet(text, ["石墨"], 80)
    assert shown.text.startswith("…甲")
    assert shown.text.endswith("乙…")
    (mark,) = shown.marks
    assert shown.text[mark.start : mark.end] == "石墨"
    assert snippet("短", ["石墨"], 80) == ("短", ())


@given(
    st.text(alphabet="石墨电池㎜℃ aAbB5é，；（“・-。電㈱", max_size=60),
    st.lists(
        st.sampled_from(
            ["电", "电池", "墨电", "株", "a", "aB", "b5", "A5石墨", "池a", "a-b", WildTerm("a*"), WildTerm("电?")]
        ),
        max_size=3,
    ),
    st.integers(5, 40),
)
def test_a_plain_text_shows_the_same_marks_without_being_folded(text, needles, width):
    plain = plainness(text)
    assert marks(text, needles, plain) == marks(text, needles)
    assert snippet(text, needles, width, plain) == snippet(text, needles, width)


def test_a_text_with_a_sign_of_measure_is_plain_for_chinese():
    assert plainness("加热至80℃，间隔5㎜") == Plain.CHINESE
    assert marks("加热至80℃的石墨", ["石墨"], Plain.CHINESE) == ((7, 9),) == marks("加热至80℃的石墨", ["石墨"])


@given(st.text(alphabet="aAbＢé5電 -，", max_size=40), st.text(alphabet="abé5", min_size=1, max_size=3))
def test_a_word_is_marked_where_it_stands_by_itself(text, word):
    alone = re.compile(f"(?<!{WORD_CHARACTER}){word}(?!{WORD_CHARACTER})")
    assert marks(text, [word]) == tuple(one.span() for one in alone.finditer(fold(text)))


@given(
    st.text(alphabet="ab电池 -5", max_size=14),
    st.sampled_from(["a*", "a#b", "*b", "a?", "a*5#b", "电?池", "电#池", "电##池", "电池a*", "电?a"]),
)
def test_a_term_with_wildcards_is_marked_where_a_regular_expression_finds_it(text, term):
    signs = {"*": r"[^\W_]*", "?": r"[^\W_]", "#": r"[^\W_]?"}
    before = "" if term[0] in "电池" else f"(?<!{WORD_CHARACTER})"
    after = "" if term[-1] in "电池" else f"(?!{WORD_CHARACTER})"
    made = re.compile(before + "".join(signs.get(one) or one for one in term) + after)
    starts = [one.start() for one in made.finditer(text)]
    found = marks(text, [WildTerm(term)])
    assert bool(found) == bool(starts)
    if starts:
        assert found[0].start == starts[0]
    for start, end in found:
        assert any(made.fullmatch(text, low, high) for low in range(start, end) for high in range(low, end + 1))


def test_a_page_of_marks_ends_whatever_wildcards_are_asked_for():
    term = WildTerm("a#" * 40 + "b")
    assert marks("a" * 60 + " " + "电" * 200, [term, WildTerm("电#" * 10 + "池"), WildTerm("a*" * 30 + "b")]) == ()
