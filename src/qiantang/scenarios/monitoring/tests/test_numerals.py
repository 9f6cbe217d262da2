"""A number of a table is the same on the page and in its file; a text that looks like a number stays a text."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.measures.methods.rankings import Place
from qiantang.scenarios.monitoring.selectors import numerals
from qiantang.scenarios.monitoring.types import Asked, Panel, Sheet, SheetCell
from qiantang.scenarios.monitoring.views.sheets import sheet_file

NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9)


@given(NUMBERS, st.integers(0, 4), st.booleans())
def test_a_number_has_the_digits_that_are_shown(value, decimals, signed):
    told = numerals.number(value, decimals, signed=signed)
    assert told.value == float(told.text.replace(",", ""))
    assert isinstance(told.value, float if decimals else int)
    assert told.text.startswith(("+", "-")) or not signed


@given(st.floats(-1e4, 1e4))
def test_a_share_is_told_in_percent(value):
    told = numerals.share(value, signed=True)
    assert (told.value, told.percent) == (float(told.text.removesuffix("%")), True)


def test_what_is_not_known_is_no_number():
    assert numerals.number(None, 2).value is numerals.share(None).value is None
    assert numerals.number(None, unknown="–") == SheetCell("–", right=True)
    tied, first = Place("a", 5.0, 3, 1, None), Place("b", 9.0, 1, 0, None)
    assert (numerals.rank(tied).text, numerals.rank(tied).value) == ("3=", None)
    assert (numerals.rank(first).value, numerals.gap(first)) == (1, SheetCell("–", right=True))


@pytest.mark.django_db
def test_the_file_has_numbers_where_the_reader_gave_them_and_texts_where_not(rf, tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path
    rows = (
        (SheetCell("1,234", right=True), numerals.number(1234.5, 1), numerals.share(0.25), numerals.share(0.5)),
        (SheetCell("2020", right=True), numerals.number(None), numerals.share(None), numerals.number(7)),
    )
    panel = Panel(title="t", sheets=(Sheet("s", ("text", "number", "share", "mixed"), rows),))
    asked = Asked(region="330100", path="/monitoring", today=date(2026, 1, 1))
    answer = sheet_file(rf.get("/monitoring?sheet=1&as=csv"), asked, panel)
    lines = [line for line in answer.content.decode("utf-8-sig").splitlines() if not line.startswith("#")]
    assert list(csv.reader(io.StringIO("\n".join(lines)))) == [
        ["text", "number", "share (%)", "mixed"],
        ["1,234", "1234.5", "25.0", "50.0%"],
        ["2020", "", "", "7"],
    ]
