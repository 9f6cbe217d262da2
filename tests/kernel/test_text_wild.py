"""Wildcards: the same words as a regular expression finds, without its going back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.text import Wildcards

_SIGNS = {"*": "(?s:.)*", "?": "(?s:.)", "#": "(?s:.)?"}
_LETTERS = {"*": r"[^\W_]*", "?": r"[^\W_]", "#": r"[^\W_]?"}

patterns = st.text(alphabet="ab电*?#", max_size=7)
texts = st.text(alphabet="ab电 -_", max_size=9)


def expression(pattern: str, signs: dict[str, str]) -> re.Pattern[str]:
    return re.compile("".join(signs.get(one) or re.escape(one) for one in pattern))


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("comput*", "computing", True),
        ("comput*", "compute", True),
        ("comput*", "compact", False),
        ("wom?n", "women", True),
        ("colo#r", "color", True),
        ("colo#r", "colour", True),
        ("colo#r", "coloour", False),
        ("*soft", "microsoft", True),
        ("", "", True),
        ("#", "", True),
        ("?", "", False),
    ],
)
def test_what_each_sign_stands_for(pattern, text, fits):
    assert Wildcards(pattern).fits(text) is fits


@given(patterns, texts)
def test_a_text_fits_where_a_regular_expression_says_so(pattern, text):
    assert Wildcards(pattern).fits(text) is (expression(pattern, _SIGNS).fullmatch(text) is not None)


@given(patterns, texts, st.integers(0, 9))
def test_the_longest_stretch_is_the_longest_that_fits(pattern, text, start):
    start = min(start, len(text))
    whole = expression(pattern, _LETTERS)
    fitting = [end for end in range(start, len(text) + 1) if whole.fullmatch(text, start, end)]
    assert Wildcards(pattern, letters=True).longest(text, start) == (max(fitting) if fitting else None)


@pytest.mark.parametrize("pattern", ["a#" * 200 + "b", "a*" * 200 + "b", "#" * 500 + "b", "*a" * 200])
def test_many_wildcards_do_not_try_one_way_after_the_other(pattern):
    """A regular expression would be at this for longer than the world is old."""
    assert not Wildcards(pattern).fits("a" * 150 + "c")
