"""Courts and authorities come from a dated table, each with its source."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.commons.refdata.api import statutory_limits
from qiantang.scenarios.protection.methods.citing import cited_in_chinese
from qiantang.scenarios.protection.methods.jurisdiction import MATTERS, seat_for, seats
from qiantang.scenarios.protection.rules.words import SEAT_BODIES, SEAT_SOURCES, SEAT_WORDS

DAY = date(2026, 5, 1)


@pytest.mark.feature("S7B-05")
def test_a_patent_goes_to_the_intermediate_court_and_another_right_to_a_basic_one():
    assert seat_for("confirmation", "design", DAY).body == "Hangzhou Intermediate People's Court"
    assert seat_for("confirmation", "trade_mark", DAY).body.startswith("The basic people's court")
    assert seat_for("confirmation", "design", date(2021, 12, 31)) is None
    assert seat_for("first_instance", "trade_mark", DAY) is None  # not known, and not guessed
    assert len(seat_for("first_instance", "invention", DAY).territory) == 6


def test_every_line_has_words_and_a_source():
    assert {one.matter for one in seats()} == set(MATTERS) == set(SEAT_WORDS)
    assert {one.body for one in seats()} == set(SEAT_BODIES)
    assert {one.source for one in seats()} == set(SEAT_SOURCES)


@pytest.mark.django_db
def test_the_table_stands_beside_the_limits(client):
    page = client.get("/protection/limits").content.decode()
    assert "杭州互联网法院" in page
    assert "丽水" in page


def test_sources_of_limits_are_named_as_chinese_readers_know_them():
    assert cited_in_chinese("CPL art. 205; PML art. 33") == "《民事诉讼法》第205条；《人民调解法》第33条"
    assert cited_in_chinese("APL art. 56 and 85") == "《行政处罚法》第56条、第85条"
    assert cited_in_chinese("Some Act art. 3") == "Some Act art. 3"  # not known: as it is
    told = [one.source for code, one in statutory_limits(DAY).items() if code.startswith("TL-")]
    assert len(told) == 21
    assert [one for one in told if any(letter.isascii() and letter.isalpha() for letter in cited_in_chinese(one))] == []
