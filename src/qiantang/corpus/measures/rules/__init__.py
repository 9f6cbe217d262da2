"""The metrics that the register and the tables beside it can answer: definitions with their recipes, read from the files here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from qiantang.commons.metrics.types import AddressOf, CountingRule, Dimension, Figure, Metric, Text, TimeBasis
from qiantang.corpus.measures.types import Distinct, Figures, HighValue, Mean, NotKept, Patents, Recipe, Scaled, Time

OWNER: Final = "measures"
_FILES: Final = ("register", "regional", "creation", "use", "protection")
_UNITS: Final[Mapping[str, Text]] = {
    "none": Text("", ""),
    "pieces": Text("件", "pieces"),
    "pieces_per_10k": Text("件/万人", "per 10,000 inhabitants"),
    "pieces_per_100m": Text("件/亿元", "per 100 million CNY"),
    "percent": Text("%", "%"),
    "permille": Text("‰", "‰"),
    "years": Text("年", "years"),
    "citations": Text("次", "citations"),
    "cny": Text("元", "CNY"),
    "cny_100m": Text("亿元", "100 million CNY"),
    "enterprises": Text("家", "enterprises"),
    "items": Text("项", "items"),
    "cases": Text("件", "cases"),
    "people": Text("人", "people"),
}
_RULES: Final[Mapping[str, CountingRule]] = {
    "filing": CountingRule(TimeBasis.FILING, AddressOf.APPLICANT),
    "publication": CountingRule(TimeBasis.PUBLICATION, AddressOf.APPLICANT),
    "grant": CountingRule(TimeBasis.GRANT),
    "event": CountingRule(TimeBasis.EVENT),
    "stock": CountingRule(TimeBasis.STOCK),
    "table": CountingRule(TimeBasis.TABLE),
}
_REGISTER: Final = Text("本平台专利登记库", "the patent register of this platform")
_TABLES: Final = Text("统计公报、主管部门数据表", "tables of statistical offices and authorities")
_BOTH: Final = Text(
    "本平台专利登记库与统计公报", "the patent register of this platform, and tables of statistical offices"
)
_PLAIN: Final = (Dimension.YEAR, Dimension.REGION, Dimension.DISTRICT)


def _population(told: Mapping[str, Any]) -> Patents:
    return Patents(
        time=Time(told["patents"]),
        offices=tuple(told.get("offices", ("CN",))),
        types=tuple(told.get("types", ())),
        events=tuple(told.get("events", ())),
        flag=told.get("flag", ""),
    )


def _recipe(told: Mapping[str, Any]) -> Recipe:
    if "numerator" in told:
        return Scaled(told["numerator"], told["denominator"], float(told["scale"]), told.get("lag", 0))
    if "figures" in told:
        return Figures(told["figures"])
    if "not_kept" in told:
        return NotKept(told["not_kept"])
    return _counting(told, _population(told))


def _counting(told: Mapping[str, Any], of: Patents) -> Recipe:
    if "high_value" in told:
        return HighValue(of, tuple(told["high_value"]))
    if "mean" in told:
        return Mean(of, told["mean"])
    return Distinct(of, told["distinct"]) if "distinct" in told else of


def _dimensions(recipe: Recipe) -> tuple[Dimension, ...]:
    if isinstance(recipe, Patents | HighValue):
        return tuple(Dimension)
    return () if isinstance(recipe, NotKept) else _PLAIN


def _source(recipe: Recipe) -> Text:
    if isinstance(recipe, Figures | NotKept):
        return _TABLES
    outside = isinstance(recipe, Scaled) and recipe.denominator.startswith("figure:")
    return _BOTH if outside else _REGISTER


def _defined(told: Mapping[str, Any], group: str) -> tuple[Metric, Recipe]:
    recipe = _recipe(told["recipe"])
    metric = Metric(
        id=told["id"],
        name=Text(told["zh"], told["en"]),
        definition=Text(told["definition_zh"], told["definition_en"]),
        formula=Text(told["formula_zh"], told["formula_en"]),
        unit=_UNITS[told.get("unit", "pieces")],
        figure=Figure(told.get("figure", "count")),
        rule=_RULES[told["rule"]],
        source=_TABLES if told["rule"] == "table" else _source(recipe),
        owner=OWNER,
        group=group,
        dimensions=_dimensions(recipe),
        version=told.get("version", 1),
        needs=tuple(one.removeprefix("figure:") for one in (getattr(recipe, "denominator", ""),) if ":" in one),
        published=told.get("published", ""),
        decimals=told.get("decimals", 0),
    )
    return metric, recipe


def _read() -> Iterator[tuple[Metric, Recipe]]:
    known: dict[str, tuple[Metric, Recipe]] = {}
    for name in _FILES:
        told = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
        for one in told["metric"]:
            if "same_as" in one:
                metric, recipe = known[one["same_as"]]
                made = replace(metric, id=one["id"], group=told["group"], same_as=metric.id), recipe
            else:
                made = _defined(one, told["group"])
            known[one["id"]] = made
            yield made


DEFINITIONS: Final[tuple[tuple[Metric, Recipe], ...]] = tuple(_read())
METRICS: Final[tuple[Metric, ...]] = tuple(metric for metric, _ in DEFINITIONS)
RECIPES: Final[Mapping[str, Recipe]] = {metric.id: recipe for metric, recipe in DEFINITIONS}
