"""Means over the patents that count, and counts of those who hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from qiantang.commons.metrics.types import Dimension, Point
from qiantang.corpus.measures.methods.holders import HolderKind, holder_kind
from qiantang.corpus.measures.selectors.answering.counts import (
    asked_years,
    counting_of,
    in_year,
    missing,
    opening,
    provisional,
)
from qiantang.corpus.measures.selectors.dimensions import first_names
from qiantang.corpus.measures.selectors.facts import NEVER, Facts, day_number
from qiantang.corpus.parties import api as parties

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Measurement, Metric, Number, Question
    from qiantang.corpus.measures.selectors.counting import Counting
    from qiantang.corpus.measures.selectors.facts import Ints
    from qiantang.corpus.measures.types import Distinct, Mean

_YEAR = 365.25
_WINDOW = 5  # years in which citations are counted
_LARGEST = 10
Told = tuple["Number | None", str]


def mean_told(metric: Metric, recipe: Mean, question: Question, facts: Facts) -> Measurement:
    """The mean of a number of each patent."""
    made = _age if recipe.what == "age" else _citations
    return _told(metric, recipe, question, facts, made)


def distinct_told(metric: Metric, recipe: Distinct, question: Question, facts: Facts) -> Measurement:
    """How many enterprises there are, or what share the ten largest holders have."""
    made = _enterprises if recipe.what == "enterprises" else _top_share
    return _told(metric, recipe, question, facts, made)


def _told(
    metric: Metric, recipe: Mean | Distinct, question: Question, facts: Facts, made: Callable[[Counting, Ints], Told]
) -> Measurement:
    counting = counting_of(facts, recipe.of, metric, question)
    told = opening(metric, counting)
    reason = missing(counting)
    if reason:
        return replace(told, reason=reason, origin="none")
    unplaced, placed = counting.unplaced() if question.region is not None else (0, True)
    if unplaced and not placed:
        return replace(told, reason="no_addresses", origin="none", unplaced=unplaced)
    rows = counting.chosen().records()
    value, reason = made(counting, rows)
    return replace(
        told,
        unplaced=unplaced,
        value=value,
        reason=reason,
        records=len(rows),
        provisional=provisional(counting),
        series=_series(counting, made),
        additive=False,
    )


def _series(counting: Counting, made: Callable[[Counting, Ints], Told]) -> tuple[Point, ...]:
    by = counting.question.by
    if by == (Dimension.YEAR,):
        return tuple(_point((str(year),), in_year(counting, year), made) for year in asked_years(counting))
    if not by or Dimension.YEAR in by:
        return ()
    chosen = counting.divided()
    points = []
    for key in sorted(chosen.points(), key=lambda one: tuple((part is None, part or "") for part in one)):
        inside = np.ones(len(chosen.rows), bool)
        for codes, values, part in zip(chosen.codes, chosen.values, key, strict=True):
            inside &= codes == values.index(part)
        rows = np.unique(chosen.rows[inside])
        value, reason = made(counting, rows)
        points.append(Point(key, value, len(rows), reason))
    return tuple(points)


def _point(key: tuple[str, ...], counting: Counting, made: Callable[[Counting, Ints], Told]) -> Point:
    reason = missing(counting)
    if reason:
        return Point(key, None, None, reason)
    rows = counting.chosen().records()
    value, reason = made(counting, rows)
    return Point(key, value, len(rows), reason)


def _age(counting: Counting, rows: Ints) -> Told:
    filed = counting.facts.filed[rows]
    filed = filed[filed != NEVER]
    if not len(filed) or counting.day is None:
        return None, "divided_by_zero"
    return float(np.mean(day_number(counting.day) - filed) / _YEAR), ""


def _citations(counting: Counting, rows: Ints) -> Told:
    if not len(rows):
        return None, "divided_by_zero"
    reached = counting.facts.as_of
    newest = int(counting.facts.published[rows].max())
    if reached is None or newest + _WINDOW * _YEAR > day_number(reached):
        return None, "not_covered"
    return float(np.mean(_received(counting.facts)[rows])), ""


def _received(facts: Facts) -> Ints:
    """How many patents cite each within five years of its first publication."""

    def count() -> Ints:
        citations = list(facts.view.scan("citations", ["patent_id", "key"]))
        aliases = list(facts.view.scan("aliases", ["key", "patent_id"]))
        if not citations or not aliases:
            return np.zeros(len(facts), np.int64)
        cited = pa.Table.from_batches(aliases).rename_columns(["key", "cited"])
        pairs = pa.Table.from_batches(citations).join(cited, "key", join_type="inner")
        rows = pa.table({"id": facts.ids, "row": pa.array(np.arange(len(facts)))})
        met = pairs.join(rows.rename_columns(["id", "citing"]), "patent_id", "id", join_type="inner")
        met = met.join(rows, "cited", "id", join_type="inner")
        ends = np.unique(np.stack([met["citing"].to_numpy(), met["row"].to_numpy()]), axis=1)
        citing, cited = ends.astype(np.int64)
        days = facts.published.astype(np.int64)
        soon = (days[citing] != NEVER) & (days[citing] - days[cited] <= _WINDOW * _YEAR) & (citing != cited)
        return np.bincount(cited[soon], minlength=len(facts))

    return facts.kept("citations5", count)


def _holders(facts: Facts) -> tuple[Ints, tuple[str, ...], Ints]:
    """Of each patent its first holder, else applicant: a number of the name; the names; the party of each name."""

    def read() -> tuple[Ints, tuple[str, ...], Ints]:
        holder, applicant = (first_names(facts, role) for role in ("holder", "applicant"))
        words = (*holder.words, *applicant.words)
        known = parties.parties_of(words)
        whose = np.array([known.get(word, -1 - at) for at, word in enumerate(words)] or [0], np.int64)
        codes = np.where(holder.codes >= 0, holder.codes, applicant.codes + len(holder.words))
        codes = np.where((holder.codes < 0) & (applicant.codes < 0), -1, codes)
        return codes, words, whose

    return facts.kept_lately(("holders", parties.state()), read)


def _enterprises(counting: Counting, rows: Ints) -> Told:
    codes, words, whose = _holders(counting.facts)
    found = np.unique(codes[rows])
    names = [int(one) for one in found if one >= 0]
    return len({int(whose[one]) for one in names if holder_kind(words[one]) is HolderKind.ENTERPRISE}), ""


def _top_share(counting: Counting, rows: Ints) -> Told:
    codes, _, whose = _holders(counting.facts)
    held = codes[rows]
    held = held[held >= 0]
    if not len(held):
        return None, "divided_by_zero"
    _, counts = np.unique(whose[held], return_counts=True)
    return 100 * int(np.sort(counts)[::-1][:_LARGEST].sum()) / len(rows), ""
