"""From symbols to industries."""

from __future__ import annotations

import pytest

from qiantang.corpus.classes.api import SCHEMES, industry_table
from qiantang.corpus.classes.methods.industries import within


@pytest.mark.parametrize(
    ("symbol", "place", "inside"),
    [
        ("H04N5/33", "H04N", True),
        ("H04N5/33", "H04N5", True),
        ("H04N57/00", "H04N5", False),
        ("G06F9/44", "G06F9/44", True),
        ("G06F9/445", "G06F9/44", False),
        ("C08L1/00", "C08", True),
    ],
)
def test_a_symbol_lies_in_a_place(symbol, place, inside):
    assert within(symbol, place) is inside


@pytest.mark.feature("S2-07")
def test_rules_that_need_words_are_left_out_of_what_is_sure():
    table = industry_table("sei")
    assert table.branches_of("G06F21/60") == {"1.4"}
    assert table.branches_of("G06F21/60", sure=True) == frozenset()
    assert table.industries_of("H01M10/052") == {"5"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_rule_leads_to_an_industry_of_its_scheme_with_names_in_both_languages(scheme):
    table = industry_table(scheme)
    codes = {one.code for one in table.industries}
    assert table.version
    assert all(one.name("zh") and one.name("en") for one in table.industries)
    assert {
        code for symbol in ("G06T7/00", "A61K31/00", "H04L9/00", "B25J9/16") for code in table.branches_of(symbol)
    } <= codes
    assert len(table.tops) in (6, 9)
