"""Our numbers beside the tables that offices publish, with the rule that explains the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.commons.metrics.selectors.figures import stated
from qiantang.commons.metrics.selectors.measuring import measure
from qiantang.commons.metrics.types import Boundaries, Dimension, Question, Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qiantang.commons.metrics.types import Measurement, Number, Point


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table that an office published.

    columns   series of the table -> the question that counts the same
    regions   rows of the table
    region    whose parts they are; empty: none
    """

    key: str
    title: Text
    year: int
    columns: Mapping[str, Question]
    regions: tuple[str, ...]
    region: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One cell: what the office states, what we count, and what explains that they differ.

    rule    key of RULES; empty where they are the same
    told, point  where ours comes from; ``point`` None: nothing is counted there
    """

    series: str
    region: str
    stated: Number | None
    ours: Number | None
    difference: Number | None
    rule: str
    source: str
    as_of: date | None
    told: Measurement
    point: Point | None


RULES: Mapping[str, Text] = {
    "not_loaded": Text(
        "登记库未载入该地区、该年份的公告，无法对账。",
        "The register holds no announcements of this place and year: there is nothing to compare.",
    ),
    "synthetic": Text(
        "登记库中是合成数据，差异没有意义。", "The register holds synthetic data; the difference means nothing."
    ),
    "partial": Text(
        "登记库只载入了该年度的一部分公告，本平台数值因此较小。",
        "Only part of the announcements of the year are loaded, so that our number is smaller.",
    ),
    "district_unknown": Text(
        "差额不超过本平台“区县不详”的件数：地址未写明区县的专利，主管部门另有归属依据。",
        "The difference is not larger than what stands under “district not known” here: the office places patents whose address names no district by other means.",
    ),
    "boundaries": Text(
        "主管部门按当年区划统计；换为“今日区划”后差额在余下范围内。",
        "The office counts by the districts of the year; with today's boundaries the difference is what remains.",
    ),
    "address": Text(
        "本平台大于公布数：公布数按公告时第一专利权人，并扣除更正、撤销的公告。",
        "Our number is larger: the office counts by the first holder at the announcement and takes corrected and withdrawn ones out.",
    ),
    "not_stated": Text("公布表中没有该数值。", "The table does not state it."),
}

HANGZHOU_2023 = (
    *("330102", "330105", "330106", "330108", "330109", "330110", "330111"),
    *("330112", "330113", "330114", "330122", "330127", "330182"),
)


def _grants(kind: str | None) -> Question:
    only = ((Dimension.TYPE, kind),) if kind else ()
    return Question(metric="GR-01", first=2023, last=2023, only=only, boundaries=Boundaries.TODAY)


PUBLISHED_TABLES: Mapping[str, PublishedTable] = {
    one.key: one
    for one in (
        PublishedTable(
            key="hangzhou-grants-2023",
            title=Text("2023年杭州市各区县专利授权量", "Patent grants in Hangzhou's districts, 2023"),
            year=2023,
            columns={
                "grants_invention": _grants("invention"),
                "grants_utility_model": _grants("utility_model"),
                "grants_design": _grants("design"),
                "grants_total": _grants(None),
            },
            regions=HANGZHOU_2023,
            region="330100",
        ),
    )
}


def reconciled(key: str) -> tuple[Reconciled, ...]:
    """Every cell of a published table beside our number.

    errors  KeyError for an unknown table
    """
    table = PUBLISHED_TABLES[key]
    return tuple(cell for series in table.columns for cell in _column(table, series))


def _column(table: PublishedTable, series: str) -> list[Reconciled]:
    asked = table.columns[series]
    by_district = Question(
        **{name: getattr(asked, name) for name in asked.__slots__}
        | {"by": (Dimension.DISTRICT,), "region": table.region}
    )
    told = measure(by_district)
    ours = {point.key[0]: point for point in told.series}
    unknown = (ours[None].value if None in ours else 0) or 0
    return [_cell(table, series, region, told, ours.get(region), unknown) for region in table.regions]


def _cell(
    table: PublishedTable, series: str, region: str, told: Measurement, point: Point | None, unknown: Number
) -> Reconciled:
    figure = stated(series, region, table.year)
    value = figure.value if figure else None
    ours = point.value if point else None
    count = ours if ours is not None else (0 if told.known else None)
    difference = None if value is None or count is None else count - value
    return Reconciled(
        series,
        region,
        value,
        count,
        difference,
        _rule(told, value, difference, unknown),
        figure.source if figure else "",
        figure.as_of if figure else None,
        told,
        point,
    )


def _rule(told: Measurement, value: Number | None, difference: Number | None, unknown: Number) -> str:
    if value is None:
        return "not_stated"
    if difference is None or not told.value:
        return "not_loaded"
    if difference == 0:
        return ""
    if told.sample:
        return "synthetic"
    if difference > 0:
        return "address"
    return "district_unknown" if -difference <= unknown else "partial"
