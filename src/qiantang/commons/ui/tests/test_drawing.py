"""Charts for paper: drawn without a browser, with the numbers of their tables, in the house's own letters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from qiantang.commons.ui.api import drawings
from qiantang.commons.ui.demo.charts import BAR, CHARTS, LINE, MAP, PATH
from qiantang.commons.ui.selectors import charts
from qiantang.commons.ui.services import drawing
from qiantang.kernel.errors import Unavailable

if TYPE_CHECKING:
    from qiantang.commons.ui.types import Chart

_SVG = "{http://www.w3.org/2000/svg}"


def _texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in etree.fromstring(svg.encode()).iter(f"{_SVG}text")]


@pytest.mark.feature("S2-18")
def test_every_kind_is_drawn_and_says_in_words_what_it_shows() -> None:
    drawn = drawings(CHARTS)
    assert len(drawn) == len(CHARTS)
    for chart, one in zip(CHARTS, drawn, strict=True):
        assert etree.fromstring(one.svg.encode()).tag == f"{_SVG}svg"
        assert chart.title in one.headline
        assert chart.unit in one.headline
        assert one.words.startswith(one.headline)
        assert one.citation == charts.citation_line(chart)
        cells = [cell for table in charts.chart_tables(chart) for row in table.rows for cell in row if cell.numeric]
        told = [f"{cell.value:,.{chart.decimals}f}" for cell in cells if cell.value is not None]
        assert told, chart.key
        assert [value for value in told if value not in one.words] == []
    assert drawings(CHARTS) == drawn  # the same again
    assert drawings(()) == ()


def test_a_picture_on_paper_bears_its_numbers_where_nobody_can_point_at_it() -> None:
    bars, line, path = drawings((BAR, LINE, PATH))
    assert {"1,234", "17", *BAR.labels} <= set(_texts(bars.svg))
    settled = [mark.value for mark in LINE.series[0].marks if mark.value is not None]
    assert {f"{value:,.0f}" for value in settled} <= set(_texts(line.svg))
    assert {"CN1001A", "CN1002A", *PATH.labels} <= set(_texts(path.svg))


def _shape(chart: Chart) -> float:
    """Width by height of everything on a map that is not one box: its places."""
    points: list[list[tuple[float, float]]] = []
    for one in etree.fromstring(drawings((chart,))[0].svg.encode()).iter(f"{_SVG}path"):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", one.get("d", ""))]
        if len(numbers) > 40 and "A" not in one.get("d", ""):
            points.append(list(zip(numbers[::2], numbers[1::2], strict=False)))
    xs, ys = zip(*(point for path in points for point in path), strict=True)
    return (max(xs) - min(xs)) / (max(ys) - min(ys))


def test_a_map_keeps_the_shape_of_its_country(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between fixed edges ECharts pulls it to the box: a city looked narrow on one page and wide on another."""
    for chart in (MAP, replace(MAP, links=())):
        seen = []
        for width, height in ((720, 340), (600, 690)):
            monkeypatch.setattr(drawing, "WIDTH", width)
            monkeypatch.setattr(drawing, "HEIGHT", height)
            seen.append(_shape(chart))
        assert seen[0] == pytest.approx(seen[1], rel=0.02)


def test_what_cannot_be_drawn_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_node", lambda: "/nowhere/node")
    with pytest.raises(Unavailable, match=r"ui\.drawing_failed"):
        drawings((BAR,))
    monkeypatch.undo()
    monkeypatch.setattr(drawing.finders, "find", lambda _name: None)
    drawing._look.cache_clear()
    with pytest.raises(Unavailable, match=r"ui\.drawing_failed"):
        drawings((BAR,))
