"""Titles by code and words; fields of technology."""

from __future__ import annotations

import pytest

from qiantang.corpus.classes import api
from qiantang.corpus.classes.methods.concordance import CONCORDANCE, LATER
from qiantang.kernel.classification import Scheme, parse


def codes(found):
    return [one.code for one in found]


def test_every_title_has_a_readable_code_and_a_place_above_it():
    table = api.titles()
    assert len(table) > 8_000
    seen = list(table.children())
    assert codes(seen) == list("ABCDEFGH")
    for one in seen:
        assert parse(one.code, Scheme.IPC).canonical == one.code
        assert one.title_zh
        seen += table.children(one.code)
    assert len(seen) == len(table)


def test_a_symbol_has_a_line_of_titles_down_to_its_main_group():
    line = api.titles().line("H01M10/0525")
    assert codes(line) == ["H", "H01", "H01M", "H01M10"]
    assert line[0].title("zh-hans") == "电学"
    assert line[0].title("en") == "Electricity"
    assert line[1].title("en") == line[1].title_zh  # no English title is at hand: the Chinese one stands
    assert api.titles().get("H01M10/0525") == line[-1]
    assert api.titles().get("Q99Q") is None


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("h01m", "H01M"),
        ("G06F 16", "G06F16"),
        ("电池", "H01M"),
        ("digital data processing", "G06F"),
        ("机械手", "B25J"),
    ],
)
def test_places_are_found_by_code_and_by_words(asked, first):
    assert codes(api.titles().find(asked))[0] == first


@pytest.mark.parametrize("asked", ["", "   ", "没有这样的类别", "Q99"])
def test_what_is_nowhere_is_not_found(asked):
    assert api.titles().find(asked) == ()


def test_no_more_are_given_than_asked_for():
    assert len(api.titles().find("装置", most=7)) == 7
    assert len(api.titles().find("H", most=7)) == 7


def test_the_concordance_places_every_symbol_in_one_field():
    entries = [symbol for part in (CONCORDANCE, LATER) for symbols in part.values() for symbol in symbols.split()]
    assert len(entries) == len(set(entries)) == 775
    assert [field.number for field in api.FIELDS] == list(range(1, 36)) == list(CONCORDANCE)


def test_every_subclass_of_the_table_has_a_field_unless_it_is_divided():
    divided = {"H04N", "G01N", "A61K", "C13B", "B01D", "E01F"}
    table = api.titles()
    subclasses = [s.code for a in table.children() for b in table.children(a.code) for s in table.children(b.code)]
    assert {one for one in subclasses if api.field_of(one) is None} == divided


@pytest.mark.parametrize(
    ("symbol", "number"),
    [
        ("H01M10/0525", 1),
        ("H04N1/00", 3),
        ("H04N21/4302", 4),
        ("G01N33/68", 11),
        ("A61K8/02", 14),
        ("A61K31/00", 16),
        ("A61K", None),
        ("H04", None),
        ("A", None),
        ("", None),
    ],
)
def test_fields_of_symbols(symbol, number):
    assert api.field_of(symbol) == number
