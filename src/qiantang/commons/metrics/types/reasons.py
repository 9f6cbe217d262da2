"""Why a number is not known, and what the registry refuses."""

from __future__ import annotations

from collections.abc import Mapping

from qiantang.commons.metrics.types.words import Text

# Never 0 for what is missing: one of these instead.
REASONS: Mapping[str, Text] = {
    "nothing_loaded": Text("尚未载入任何专利数据。", "No patents are loaded yet."),
    "not_covered": Text(
        "所载数据未覆盖该期间，无法得出数值，并非为零。",
        "The data that are loaded do not cover the period; the number is not known, it is not zero.",
    ),
    "no_figures": Text(
        "该指标取自外部统计表，目前没有该地区、该期间的数据。",
        "The number comes from a table of another body, of which there is none for this place and time.",
    ),
    "no_denominator": Text(
        "缺少作分母的数据（如人口、地区生产总值），无法计算。",
        "What it is to be divided by (population, GDP …) is not known for this place and time.",
    ),
    "divided_by_zero": Text("分母为零，比值没有意义。", "What it is to be divided by is zero."),
    "no_addresses": Text(
        "所载专利没有可用的地址，无法归入地区。",
        "None of the patents tells an address by which it could be placed in a region.",
    ),
    "region_needed": Text("该指标按地区计算，请先选择地区。", "The number is one of a region: name one."),
    "inventor_addresses": Text(
        "中国专利文献不公布发明人地址，无法按发明人地址统计。",
        "Chinese publications print no addresses of inventors, so it cannot be counted by them.",
    ),
    "not_kept": Text("尚无业务系统或登记簿提供该数据。", "No room of the platform and no register tells it yet."),
    "being_made": Text(
        "该数值由后台任务根据最近一次载入的数据计算，尚未完成，请稍后再看。",
        "A background job is still counting it from the last load; look again in a while.",
    ),
    "out_of_range": Text("该指标在所选年份或地区没有定义。", "The number is not defined for this year or region."),
    "too_few": Text("记录过少，为保护隐私不予显示。", "Too few records: not shown, to protect people."),
}

# code -> (sentence, next step)
REFUSALS = {
    "metrics.unknown": (
        "There is no metric “%(given)s”.",
        "Look it up in the list of indicators; ids are written as RB-01 or C-05.",
    ),
    "metrics.dimension": (
        "%(metric)s cannot be divided by “%(given)s”.",
        "Take one of: %(known)s.",
    ),
    "metrics.dimensions_many": ("A number is divided by two dimensions at most.", "Leave one out."),
    "metrics.years": ("The years %(first)s to %(last)s are no period.", "Give the earlier year first."),
    "metrics.region": (
        "There is no region “%(given)s”.",
        "Give a code of six digits after GB/T 2260, such as 330100, or the name of a city or district.",
    ),
    "metrics.choice": ("“%(given)s” is no choice for %(name)s.", "Take one of: %(known)s."),
    "metrics.no_records": (
        "%(metric)s is not made of records.",
        "Look at its definition: it is read from tables, or computed from other numbers.",
    ),
    "metrics.operators_only": (
        "Only operators import tables and freeze numbers.",
        "Ask an operator of the platform.",
    ),
    "metrics.table_head": (
        "The table lacks the column %(missing)s.",
        "Give its first line these heads: %(wanted)s.",
    ),
    "metrics.table_unreadable": (
        "The file is no table in UTF-8.",
        "Save it as CSV with the coding UTF-8 and a line of heads.",
    ),
    "metrics.frozen_unknown": (
        "There is no frozen number %(given)s.",
        "Choose one of those that are listed.",
    ),
    "metrics.frozen_title": (
        "Say where the number is published.",
        "Give a title, such as the name of the report and its page.",
    ),
    "metrics.not_frozen": (
        "A number that is not known cannot be frozen.",
        "Load what it needs first.",
    ),
}
