"""How dependent claims name others, and the chains behind them."""

from __future__ import annotations

import pytest

from qiantang.kernel.claims import chain_counts, chain_depths, leading_reference, parse_claims, split_claims


@pytest.mark.parametrize(
    ("text", "numbers", "alternative"),
    [
        ("根据权利要求1所述的水泵，其特征在于", (1,), False),
        ("根据权利要求1或2所述的水泵", (1, 2), True),
        ("根据权利要求1和2所述的水泵", (1, 2), False),
        ("根据权利要求1、2所述的水泵", (1, 2), False),
        ("根据权利要求1至3中任一项所述的水泵", (1, 2, 3), True),
        ("如权利要求1-3任意一项所述的水泵", (1, 2, 3), True),
        ("根据权利要求1～3中任何一项所述的水泵", (1, 2, 3), True),
        ("按照权利要求1、2或3所述的水泵", (1, 2, 3), True),
        ("权利要求2或3之一所述的水泵", (2, 3), True),
        ("根据权利要求1至3任一权利要求所述的水泵", (1, 2, 3), True),
        ("如权利要求1或权利要求2所述的水泵", (1, 2), True),
        ("根据权利要求1-3中任意一项权利要求所述的水泵", (1, 2, 3), True),
        ("根据前述权利要求中任一项所述的水泵", (1, 2, 3, 4), True),
    ],
)
def test_every_way_of_naming_claims_is_read(text, numbers, alternative):
    found = leading_reference(text, 5)
    assert (found.numbers, found.alternative, found.subject) == (numbers, alternative, "水泵")
    assert text[found.subject_start : found.end] == "水泵"


def test_an_independent_claim_that_mentions_another_has_no_leading_reference():
    assert leading_reference("一种制造权利要求1所述水泵的方法", 2) is None


def test_depths_and_single_chain_claims_of_the_worked_example():
    parents = {1: (), 2: (1,), 3: (1, 2), 4: (2, 3)}
    assert chain_depths(parents) == {1: (0, 0), 2: (1, 1), 3: (1, 2), 4: (2, 3)}
    assert chain_counts(parents) == {1: 1, 2: 1, 3: 2, 4: 3}
    assert sum(chain_counts(parents).values()) == 7


def test_the_lines_of_a_claim_are_told_with_the_place_of_its_words():
    lines = ["1. 一种水泵，包括：", "  壳体；", "2、根据权利要求1所述的水泵。"]
    first, second = split_claims(lines)
    assert first.lines == ((0, 3), (1, 2))
    assert lines[2][second.lines[0][1] :] == parse_claims("\n".join(lines))[1].text
