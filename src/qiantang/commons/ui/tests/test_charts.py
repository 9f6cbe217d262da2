"""One value, four forms: what a chart says is the same in contract, table, file and page."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.ui import api
from qiantang.commons.ui.demo.charts import BAND, BAR, CHARTS, LINE, MAP, NETWORK
from qiantang.commons.ui.selectors import charts
from qiantang.commons.ui.types import Case, Chart, ChartKind, Citation, Link, Mark, Series
from qiantang.commons.ui.views.public import drawn


def page_of(chart: Chart, language: str = "en") -> str:
    with translation.override(language):
        return drawn(RequestFactory().get("/"), Case("chart", "test", {"chart": chart}))


@pytest.mark.feature("S2-21")
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_every_number_and_every_link_of_a_chart_stands_in_its_table(chart: Chart) -> None:
    html = page_of(chart)
    table = html[html.index("<details") :]
    for url in re.findall(r'"url": "([^"]+)"', html):
        assert f'href="{url}"' in table
    with translation.override("en"):
        for part in charts.chart_tables(chart):
            for cell in (cell for row in part.rows for cell in row):
                shown = f"{cell.value:,.{chart.decimals}f}" if cell.value is not None else cell.text
                assert shown in unescape(table)
    assert 'aria-label="' + chart.title in html


@pytest.mark.feature("S2-21")
def test_unknown_is_said_and_months_that_are_not_complete_are_told_apart() -> None:
    table = page_of(LINE).split("<details")[1]
    assert table.count("not known") == 1
    assert table.count(">provisional<") == 4
    assert "(330–380)" in page_of(BAND)


@pytest.mark.feature("S2-18")
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_a_file_says_what_it_is_and_has_the_numbers_of_the_chart(chart: Chart) -> None:
    with translation.override("en"):
        answer = api.chart_file(RequestFactory().get("/", {"chart": chart.key, "as": "csv"}), CHARTS)
        assert answer is not None
        text = answer.content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[0] == [f"# Question: {chart.title}"]
        assert "snapshot 3" in rows[1][0]
        assert "/ui/gallery/?snapshot=3" in rows[1][0]
        cells = {cell for row in rows for cell in row}
        for part in charts.chart_tables(chart):
            assert {str(cell.value) for row in part.rows for cell in row if cell.value is not None} <= cells


@pytest.mark.feature("S2-18")
def test_a_page_hands_out_the_file_and_a_link_that_stays() -> None:
    html = page_of(BAR)
    assert 'href="/ui/gallery/?snapshot=3&amp;chart=bar&amp;as=csv"' in html
    assert 'href="/ui/gallery/?snapshot=3#chart-bar"' in html
    assert 'data-picture="svg"' in html
    assert 'data-picture="png"' in html
    answer = api.chart_file(RequestFactory().get("/", {"chart": "bar", "as": "json"}), CHARTS)
    assert answer is not None
    assert json.loads(answer.content)["series"][0]["marks"][0] == {"value": 1234, "url": "/search"}
    for asked in ({}, {"chart": "nobody", "as": "csv"}, {"chart": "bar", "as": "exe"}):
        assert api.chart_file(RequestFactory().get("/", asked), CHARTS) is None


@pytest.mark.feature("S2-03")
def test_source_day_and_age_are_said_and_what_is_older_than_promised_is_marked() -> None:
    html = page_of(BAR)
    assert "as of 2026-01-02" in html
    assert "328 days old" in html
    assert "Older than the promised 31 days" in html
    assert "Older than the promised" not in page_of(LINE)
    told = Citation(as_of=date(2026, 11, 1), today=date(2026, 12, 2), promised_days=31)
    assert not told.stale
    assert replace(told, today=date(2026, 12, 3)).stale
    assert not Citation(promised_days=1).stale


def test_a_map_prints_its_review_number() -> None:
    assert "GS(2026)0000号" in page_of(MAP)
    assert "GS(2026)0000号" in charts.citation_line(MAP)


def test_nothing_known_is_not_drawn_and_failure_is_said() -> None:
    empty = page_of(replace(LINE, series=(Series("a", tuple(Mark(None) for _ in LINE.labels)),), empty="No load yet."))
    assert "No load yet." in empty
    assert "qt-chart-canvas" not in empty
    failed = page_of(replace(LINE, failed="The cube is being built."))
    assert 'role="alert"' in failed
    assert "<details" not in failed


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="one mark a label"):
        Chart(kind=ChartKind.LINE, key="x", title="?", labels=("a",), series=(Series("s", ()),))
    with pytest.raises(ValueError, match="name no node"):
        replace(NETWORK, links=(Link("u", "nobody", 1),))


@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), min_size=1, max_size=5), st.text(max_size=20))
def test_no_text_breaks_out_of_page_or_file(values: list[float | None], text: str) -> None:
    chart = replace(
        LINE,
        title=f"</script>{text}",
        labels=tuple(f"=1+{text}{n}" for n in range(len(values))),
        series=(Series(text, tuple(map(Mark, values))),),
    )
    html = page_of(chart)
    assert html.count("</script>") == (0 if chart.is_empty else 1)
    rows = list(csv.reader(io.StringIO(charts.chart_csv(chart).removeprefix("\ufeff"))))
    assert not any(cell.startswith("=") for row in rows for cell in row)
