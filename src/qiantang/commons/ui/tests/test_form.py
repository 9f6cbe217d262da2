"""Highlights, counts, days, moments, sizes: the form of text and figures."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.ui.api import bars, word_for
from qiantang.commons.ui.templatetags import ui
from qiantang.commons.ui.templatetags.patent_words import query_url, told_word
from qiantang.kernel.legalstatus import Flag, Status


def test_a_mark_is_wrapped_and_everything_escaped() -> None:
    assert ui.marked("a<b>电池", [(4, 6)]) == "a&lt;b&gt;<mark>电池</mark>"
    assert ui.marked("<i>", [(0, 3)]) == "<mark>&lt;i&gt;</mark>"


@given(st.text(), st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40))))
def test_marks_never_change_the_text(text: str, marks: list[tuple[int, int]]) -> None:
    drawn = ui.marked(text, marks)
    plain = drawn.replace("<mark>", "").replace("</mark>", "")
    assert unescape(plain) == unescape(str(ui.conditional_escape(text)))
    assert drawn.count("<mark>") == drawn.count("</mark>")
    inside = {i for start, end in marks for i in range(max(0, start), min(end, len(text)))}
    assert bool(inside) == ("<mark>" in drawn)


def test_null_is_said_in_words_and_never_a_zero() -> None:
    with translation.override("en"):
        for drawn in (ui.count(None), ui.day(None), ui.moment(None), ui.moment(""), ui.percent(None, 3), ui.kib(None)):
            assert "not known" in drawn
    assert ui.count(0) == "0"


def test_figures_and_days() -> None:
    assert ui.count(1234567) == "1,234,567"
    assert ui.day(date(2026, 11, 3)) == "2026-11-03"
    assert ui.moment("2026-11-23T06:03:00+00:00") == "2026-11-23 14:03"
    assert [ui.kib(n) for n in (812, 14_200, 3_100_000, 2_000_000_000)] == ["812 B", "14.2 KB", "3.1 MB", "2.0 GB"]


def test_a_hundred_per_cent_is_only_said_of_the_whole() -> None:
    assert ui.percent(100_000, 100_000) == "100.0%"
    assert ui.percent(99_999, 100_000) == "99.9%"
    assert ui.percent(1, 100_000) == "<0.1%"
    assert ui.percent(0, 100_000) == "0.0%"


def test_bars_begin_at_zero_and_the_longest_is_whole() -> None:
    rows = bars([("CN", 90, None), ("US", 45, "/x"), ("EP", 0, None)])
    assert [row.share for row in rows] == [100.0, 50.0, 0.0]
    assert bars([("CN", 0, None)])[0].share == 0.0
    with pytest.raises(ValueError, match="negative"):
        bars([("CN", -1, None)])


@pytest.mark.feature("S3-07")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_status_and_flag_has_a_word_in_both_languages(language: str) -> None:
    with translation.override(language):
        words = [word_for("status", status) for status in Status] + [word_for("flag", flag) for flag in Flag]
    assert not set(words) & {*Status, *Flag}
    assert len(set(words)) == len(words)


def test_an_unknown_key_stands_for_itself() -> None:
    assert word_for("office", "ZZ") == "ZZ"
    with pytest.raises(KeyError):
        word_for("weather", "rain")


def test_an_office_without_a_word_of_ours_is_called_as_its_state() -> None:
    with translation.override("zh-hans"):
        assert word_for("office", "AT") == "奥地利"
        assert word_for("office", "EA") == "欧亚专利组织"  # no state; CLDR means another place by it
    with translation.override("en"):
        assert word_for("office", "AT") == "Austria"


@pytest.mark.parametrize(
    ("value", "field", "word"),
    [
        ("utility_model", "type", "Utility model"),
        ("CN", "office", "China"),
        ("docdb:19768124", "simple_family", "DOCDB 19768124"),
        ("S90056572", "simple_family", "numbered S90056572 by the source"),
        ("一种闸门", "title", "一种闸门"),
    ],
)
def test_what_a_source_says_of_a_field_is_told_in_words(value: str, field: str, word: str) -> None:
    with translation.override("en"):
        assert told_word(value, field) == word


def test_a_search_address_cannot_be_broken_out_of() -> None:
    assert query_url("IC", "H01M10/613") == "/search?q=IC%3DH01M10%2F613"
    assert query_url("PA", 'A "B" & C') == "/search?q=PA%3D%3D%22A+B+%26+C%22"
