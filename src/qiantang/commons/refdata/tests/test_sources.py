"""Sources of figures in the language of the reader."""

from __future__ import annotations

import pytest

from qiantang.commons.refdata.methods.source_words import known_sources, source_in
from qiantang.commons.refdata.selectors import _rows


def test_every_source_of_a_shipped_figure_has_chinese_words():
    assert {row["source"] for row in _rows("figures.csv")} <= known_sources()


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("same", "同上"),
        ("the patent register of this platform, snapshot 12", "本平台专利登记库，快照 12"),
        (
            "the patent register of this platform, snapshot 1; gdp 2020: page quoting the bulletin (copied page)",
            "本平台专利登记库，快照 1；地区生产总值（2020）：转引公报的页面（转载页面）",
        ),
        (
            "page quoting the bulletin (copied page; population_census in the place of population)",
            "转引公报的页面（转载页面；以普查常住人口代替常住人口）",
        ),
        ("Bulletin of somebody (2025)", "Bulletin of somebody (2025)"),
    ],
)
def test_a_source_is_told_in_the_language_of_the_reader(kept, told):
    assert source_in(kept, "zh-hans") == told
    assert source_in(kept, "en") == kept
