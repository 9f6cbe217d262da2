"""Metrics and measurements as plain values for programs: the command line and the open API tell the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from qiantang.commons.metrics.selectors.registry import meter_of
from qiantang.commons.metrics.types import (
    REASONS,
    AddressOf,
    Boundaries,
    Dimension,
    Question,
    Sharing,
    StatusBasis,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.metrics.types import Measurement, Metric, Point

_CHOICES: Mapping[str, type[AddressOf | Sharing | Boundaries | StatusBasis]] = {
    "address": AddressOf,
    "sharing": Sharing,
    "boundaries": Boundaries,
    "classes": Sharing,
    "basis": StatusBasis,
}


def label(one: Metric, dimension: Dimension, value: str | None, question: Question, language: str) -> str:
    """The name of a value of a dimension, for people."""
    return meter_of(one).label(dimension, value, question, language)


def definition(one: Metric) -> dict[str, Any]:
    """A metric of the dictionary."""
    return {
        "id": one.id,
        "name": one.name.en,
        "name_zh": one.name.zh,
        "definition": one.definition.en,
        "definition_zh": one.definition.zh,
        "formula": one.formula.en,
        "formula_zh": one.formula.zh,
        "unit": one.unit.en,
        "unit_zh": one.unit.zh,
        "figure": str(one.figure),
        "counting_rule": counting_rule(one, Question(metric=one.id)),
        "source": one.source.en,
        "source_zh": one.source.zh,
        "dimensions": [str(name) for name in one.dimensions],
        "years": list(one.years),
        "regions": list(one.regions),
        "version": one.version,
        "owner": one.owner,
        "group": one.group,
        "same_as": one.same_as or None,
        "needs": list(one.needs),
        "decimals": one.decimals,
    }


def counting_rule(one: Metric, question: Question) -> dict[str, str]:
    """How a question is counted: its own choices before those of the metric."""
    chosen = {name: str(getattr(question, name) or getattr(one.rule, name)) for name in _CHOICES}
    return {"time": str(one.rule.time), **chosen}


def measurement(told: Measurement, *, flat: bool = True) -> dict[str, Any]:
    """A number with its definition, as the command and the API give it.

    flat    whether the values of dimensions stand in each entry of the series by their own names too
    """
    one, asked = told.metric, told.question
    reason = REASONS.get(told.reason)
    return {
        "id": one.id,
        "name": one.name.en,
        "name_zh": one.name.zh,
        "value": told.value,
        "known": told.known,
        "reason": told.reason or None,
        "reason_text": reason.en if reason else None,
        "at_least": told.at_least,
        "provisional": told.provisional,
        "unit": one.unit.en,
        "unit_zh": one.unit.zh,
        "region": asked.region,
        "year": asked.last or asked.first,
        "period": {"first": asked.first, "last": asked.last},
        "as_of": told.as_of,
        "snapshot": told.snapshot,
        "definition": one.definition.en,
        "definition_zh": one.definition.zh,
        "formula": one.formula.en,
        "formula_zh": one.formula.zh,
        "version": one.version,
        "counting_rule": counting_rule(one, asked),
        "by": [str(name) for name in asked.by],
        "series": [point(told, each, flat=flat) for each in told.series],
        "additive": told.additive,
        "records": told.records,
        "parts": [part._asdict() | {"name": part.name.en, "name_zh": part.name.zh} for part in told.parts],
        "unplaced": told.unplaced,
        "origin": told.origin,
        "source": told.source or one.source.en,
        "sample": told.sample,
    }


def point(told: Measurement, one: Point, *, flat: bool) -> dict[str, Any]:
    """One entry of a series, with the values of its dimensions by their names."""
    asked = told.question
    keys = {str(name): value for name, value in zip(asked.by, one.key, strict=True)}
    words = [label(told.metric, name, value, asked, "en") for name, value in zip(asked.by, one.key, strict=True)]
    return {
        **(keys if flat else {}),
        "key": keys,
        "label": " · ".join(words),
        "value": one.value,
        "known": one.value is not None,
        "reason": one.reason or None,
        "at_least": one.at_least,
        "provisional": one.provisional,
        "records": one.records,
    }


def question_told(asked: Question) -> dict[str, Any]:
    """A question as plain values; what is not said is left out."""
    told: dict[str, Any] = {"metric": asked.metric}
    for name in ("region", "first", "last", "snapshot"):
        if getattr(asked, name) is not None:
            told[name] = getattr(asked, name)
    if asked.day is not None:
        told["day"] = asked.day.isoformat()
    if asked.by:
        told["by"] = [str(name) for name in asked.by]
    if asked.only:
        told["only"] = [[str(name), value] for name, value in asked.only]
    for name in _CHOICES:
        if getattr(asked, name) is not None:
            told[name] = str(getattr(asked, name))
    if asked.scheme != "city":
        told["scheme"] = asked.scheme
    return told


def question_read(told: Mapping[str, Any]) -> Question:
    """The question of ``question_told``."""
    choices: dict[str, Any] = {name: kind(told[name]) for name, kind in _CHOICES.items() if name in told}
    return Question(
        metric=told["metric"],
        region=told.get("region"),
        first=told.get("first"),
        last=told.get("last"),
        day=date.fromisoformat(told["day"]) if "day" in told else None,
        by=tuple(Dimension(name) for name in told.get("by", ())),
        only=tuple((Dimension(name), value) for name, value in told.get("only", ())),
        scheme=told.get("scheme", "city"),
        snapshot=told.get("snapshot"),
        **choices,
    )
