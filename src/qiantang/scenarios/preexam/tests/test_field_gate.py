"""Which symbols lie in the approved list."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods.field_gate import gate, key_of, list_of

LISTED = ("B25J", "F16H 1/", "H02K 7/14")


@pytest.mark.feature("S1-03")
@pytest.mark.parametrize(
    ("symbol", "entry"),
    [
        ("B25J 9/16", "B25J"),
        ("F16H 1/28", "F16H 1/"),
        ("F16H 3/44", None),
        ("H02K 7/14", "H02K 7/14"),
        ("H02K 7/116", None),
    ],
)
def test_examples_of_the_rule(symbol, entry):
    verdict = gate(symbol, LISTED)
    assert verdict.entry == entry
    assert verdict.is_in is (entry is not None)


@pytest.mark.feature("S1-03")
def test_a_refusal_names_the_nearest_entry():
    assert gate("F16H 3/44", LISTED).nearest == ("F16H 1/",)
    assert gate("H02K 7/116", LISTED).nearest == ("H02K 7/14",)
    assert gate("A61K 31/00", LISTED).nearest == ()


@pytest.mark.parametrize(
    ("symbol", "key"), [("b25j 9/16", "B25J0009/16"), ("B25J", "B25J"), ("F16H 1/", "F16H0001/"), ("6-1", "06-01")]
)
def test_spellings(symbol, key):
    assert key_of(symbol) == key


def test_a_main_group_does_not_cover_one_that_begins_alike():
    assert gate("F16H 10/20", ("F16H 1/",)).entry is None
    assert gate("F16H 100/20", ("F16H 10/",)).entry is None


@pytest.mark.parametrize("symbol", ["", "水泵", "X12Y", "B25J 9/16 extra"])
def test_what_no_symbol_is(symbol):
    with pytest.raises(Invalid) as refused:
        key_of(symbol)
    assert refused.value.code == "preexam.symbol"


def test_lists_hold_from_their_day():
    assert list_of(date(2020, 9, 30)) is None
    held = list_of(date(2026, 1, 1))
    assert held is not None
    assert not held.verified
    assert gate("15-01", held.locarno).is_in
    assert all(key_of(one) for one in (*held.ipc, *held.locarno))
