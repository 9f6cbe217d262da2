"""What the API tells of metrics."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from qiantang.commons.catalogue.bases import Answer

Number = int | float | None


class CountingRule(Answer):
    time: str
    address: str
    sharing: str
    boundaries: str
    classes: str
    basis: str


class Definition(Answer):
    id: str
    name: str
    name_zh: str
    definition: str
    definition_zh: str
    formula: str
    formula_zh: str
    unit: str
    unit_zh: str
    figure: str
    counting_rule: CountingRule
    source: str
    source_zh: str
    dimensions: list[str]
    years: list[int | None]
    regions: list[str]
    version: int
    owner: str
    group: str
    same_as: str | None
    needs: list[str]
    decimals: int


class Definitions(Answer):
    total: int
    items: list[Definition]
    next: str | None


class Part(Answer):
    key: str
    name: str
    name_zh: str
    value: Number
    reason: str
    source: str


class Point(Answer):
    key: dict[str, str | None]
    label: str
    value: Number
    known: bool
    reason: str | None
    at_least: bool
    provisional: bool
    records: int | None


class Period(Answer):
    first: int | None
    last: int | None


class Measurement(Answer):
    id: str
    name: str
    name_zh: str
    value: Number
    known: bool
    reason: str | None
    reason_text: str | None
    at_least: bool
    provisional: bool
    unit: str
    unit_zh: str
    region: str | None
    year: int | None
    period: Period
    as_of: date | None
    snapshot: int | None
    definition: str
    definition_zh: str
    formula: str
    formula_zh: str
    version: int
    counting_rule: CountingRule
    by: list[str]
    series: list[Point]
    additive: bool
    records: int | None
    parts: list[Part]
    unplaced: int
    origin: str
    source: str
    sample: bool


class Records(Answer):
    id: str
    snapshot: int | None
    total: int
    items: list[str]
    next: str | None


class StatedFigure(Answer):
    series: str
    region: str
    period: str
    value: float
    unit: str
    as_of: date | None
    source: str
    evidence: str


class StatedFigures(Answer):
    total: int
    items: list[StatedFigure]
    next: str | None


class FrozenValue(Answer):
    number: int
    metric: str
    version: int
    title: str
    question: dict[str, Any]
    snapshot: int | None
    value: Number
    reason: str
    at_least: bool
    unit: str
    record_count: int | None
    records_digest: str
    digest: str
    frozen_at: datetime
    frozen_by: str


class FrozenValues(Answer):
    total: int
    items: list[FrozenValue]
    next: str | None


class Change(Answer):
    record: str
    came: bool
    why: str


class FrozenComparison(Answer):
    frozen: FrozenValue
    now: Measurement
    sound: bool
    same: bool
    redefined: bool
    complete: bool
    why: dict[str, int]
    changes: list[Change]
