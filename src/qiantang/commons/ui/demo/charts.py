"""Charts in every kind and state, all invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qiantang.commons.ui.types import (
    Case,
    Chart,
    ChartKind,
    Citation,
    Link,
    Mark,
    Node,
    Point,
    Region,
    Series,
)

_TOLD = Citation(
    metric="发明专利授权量",
    metric_url="/ui/gallery/",
    source="示例数据",
    as_of=date(2026, 11, 20),
    today=date(2026, 11, 26),
    promised_days=31,
    snapshot=3,
    permalink="/ui/gallery/?snapshot=3",
    method="按授权公告日计，第一申请人地址。",
    synthetic=True,
)
_MONTHS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")


def _marks(*values: float | None, late: int = 0) -> tuple[Mark, ...]:
    """Marks with a way to their records; the last ``late`` ones are provisional."""
    return tuple(Mark(value, "/search", provisional=place >= len(values) - late) for place, value in enumerate(values))


LINE = Chart(
    kind=ChartKind.LINE,
    key="line",
    title="每月授权多少？",
    unit="件",
    label_head="月份",
    labels=_MONTHS,
    series=(
        Series("发明", _marks(310, 342, 298, 365, 120, 41, late=2)),
        Series("外观设计", _marks(90, None, 104, 99, 60, 22, late=2)),
    ),
    note="最近两个月的公告尚未收齐。",
    citation=_TOLD,
)
_BAND = (
    *_marks(310, 342, 298, 365),
    Mark(352, None, provisional=True, low=330, high=380),
    Mark(360, None, provisional=True, low=310, high=410),
)
BAND = replace(LINE, key="band", title="收齐以后会有多少？", series=(Series("估计", _BAND),))
BAR = Chart(
    kind=ChartKind.BAR,
    key="bar",
    title="哪些区县授权最多？",
    unit="件",
    label_head="区县",
    labels=("余杭区", "滨江区", "西湖区", "区县未知"),
    series=(Series("", _marks(1234, 1100, 902, 17)),),
    citation=replace(_TOLD, as_of=date(2026, 1, 2)),
)
STACKED = replace(LINE, kind=ChartKind.STACKED, key="stacked", title="三种专利各占多少？")
HEAT = Chart(
    kind=ChartKind.HEAT,
    key="heat",
    title="哪个区县强在哪个领域？",
    label_head="区县",
    labels=("计算机技术", "测量", "制药"),
    series=(Series("滨江区", _marks(2.1, 0.9, None)), Series("钱塘区", _marks(0.4, 1.2, 3.5))),
    decimals=2,
    citation=_TOLD,
)
SCATTER = Chart(
    kind=ChartKind.SCATTER,
    key="scatter",
    title="哪些领域又强又快？",
    label_head="领域",
    value_head="专利",
    points=(
        Point("计算机技术", 12.5, 1.8, 900, "优势", "/search"),
        Point("制药", 3.1, 2.2, 300, "优势", "/search"),
        Point("纺织", -4.0, 0.6, 120, "传统"),
        Point("光学", 8.0, 0.7, None, "传统"),
    ),
    x_name="年增长率（%）",
    y_name="专业化指数",
    x_line=5,
    y_line=1,
    decimals=1,
    citation=_TOLD,
)
SANKEY = Chart(
    kind=ChartKind.SANKEY,
    key="sankey",
    title="专利转到了哪些城市？",
    unit="次",
    nodes=(Node("a", "杭州"), Node("b", "上海"), Node("x", "宁波"), Node("y", "合肥")),
    links=(Link("a", "x", 24, "/search"), Link("a", "y", 9), Link("b", "x", 5)),
    citation=_TOLD,
)
NETWORK = Chart(
    kind=ChartKind.NETWORK,
    key="network",
    title="谁和谁一起申请？",
    unit="件",
    label_head="申请人",
    nodes=(
        Node("u", "示例大学", 30, "高校", "/search", 0.5, 0.5),
        Node("f", "示例电子", 20, "企业", "/search", 0.1, 0.2),
        Node("g", "示例制药", 12, "企业", None, 0.9, 0.3),
        Node("h", "示例医院", 6, "医院", None, 0.6, 0.9),
    ),
    links=(Link("u", "f", 8, "/search"), Link("u", "g", 3), Link("u", "h", 2)),
    citation=_TOLD,
)
PATH = Chart(
    kind=ChartKind.PATH,
    key="path",
    title="技术知识沿哪些专利传承？",
    unit="条路径",
    label_head="专利",
    x_name="申请年",
    labels=("2015", "2016", "2017", "2018"),
    nodes=(
        Node("a", "CN1001A", 1, "主路径", "/search", 0, 0),
        Node("b", "CN1002A", 2, "环", "/search", 1, 0),
        Node("c", "CN1003A", 1, "主路径", None, 1, 1),
        Node("d", "CN1004A", 1, "主路径", None, 3, 0),
    ),
    links=(
        Link("a", "b", 4, None, strong=True),
        Link("a", "c", 1),
        Link("b", "d", 4, None, strong=True),
        Link("c", "d", 1),
    ),
    citation=_TOLD,
)
MAP = Chart(
    kind=ChartKind.MAP,
    key="map",
    title="专利布局在哪些国家？",
    unit="族",
    label_head="受理局",
    regions=(Region("CN", "中国", 900, "/search"), Region("US", "美国", 320, "/search"), Region("JP", "日本", None)),
    links=(Link("CN", "US", 210), Link("CN", "JP", 64)),
    outline="vendor/maps/world.zh.json",
    citation=replace(_TOLD, map_review="GS(2026)0000号（示例）"),
)
_EMPTY = replace(LINE, key="empty", title="还没有数据的问题？", labels=(), series=(), empty="导入数据后显示。")
_FAILED = replace(LINE, key="failed", title="出了错的问题？", failed="统计库正在重建，请稍后再看。")

CHARTS = (LINE, BAND, BAR, STACKED, HEAT, SCATTER, SANKEY, NETWORK, PATH, MAP)
CHART_CASES: tuple[Case, ...] = (
    *(Case("chart", chart.key, {"chart": chart}) for chart in CHARTS),
    Case("chart", "nothing known", {"chart": _EMPTY}),
    Case("chart", "failed", {"chart": _FAILED}),
)
