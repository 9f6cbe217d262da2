"""Each term of a query in its own colour: no letter twice, no hit lost, counts as a person would count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.register.methods.colours import Stretch, stretches, times
from qiantang.corpus.register.methods.highlight import marks

TEXT = "一种电池冷却装置，电池组的冷却 battery pack"
texts = st.text(st.sampled_from("电池冷却装a b，"), max_size=30)
needles = st.lists(st.sampled_from(["电池", "池", "电池冷却", "冷却装", "a", "b a", "却"]), max_size=4, unique=True)


@pytest.mark.feature("S3-12")
def test_every_term_has_its_stretches_and_its_number():
    found = stretches(TEXT, ["电池", "冷却", "battery"])
    assert [(TEXT[one.start : one.end], one.term) for one in found] == [
        ("电池", 0),
        ("冷却", 1),
        ("电池", 0),
        ("冷却", 1),
        ("battery", 2),
    ]
    assert times(found, 3) == (2, 2, 1)


@pytest.mark.feature("S3-12")
def test_a_term_inside_another_keeps_its_own_colour_and_both_begin():
    assert stretches("电池冷却", ["电池冷却", "池"]) == (
        Stretch(0, 1, 0, (0,)),
        Stretch(1, 2, 1, (1,)),
        Stretch(2, 4, 0, ()),
    )
    assert stretches("电池冷却", ["电池冷却", "电池"]) == (Stretch(0, 2, 1, (1, 0)), Stretch(2, 4, 0, ()))


@pytest.mark.feature("S3-12")
@given(texts, needles)
def test_each_letter_that_one_of_the_terms_covers_is_coloured_once_and_no_hit_is_lost(text, terms):
    found = stretches(text, terms)
    covered = {place for one in marks(text, terms) for place in range(one.start, one.end)}
    coloured = [place for one in found for place in range(one.start, one.end)]
    assert sorted(covered) == coloured
    for term, needle in enumerate(terms):
        begins = [one.start for one in found if term in one.begins]
        assert begins == [one.start for one in marks(text, (needle,))]
    assert times(found, len(terms)) == tuple(len(marks(text, (needle,))) for needle in terms)
