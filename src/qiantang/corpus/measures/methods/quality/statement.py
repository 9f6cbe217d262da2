"""The definition of the quality indicators as an expression: the witness of the passes, and the form for a cluster.

Tables it reads, whole numbers throughout, null where not known:

patents      id, family, published (year), claims, lag (days), refs (patents cited), literature, cohort
citations    citing, cited; each pair once, no patent itself
codes        id, class; one row for each full symbol
offices      family, office; without WO
compared     cohort, other; with which narrow cohorts each is compared, itself among them
cohorts      cohort, size, width

The parameter ``data_end`` is the last year that publications cover whole. The answer has one row a patent, by id.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from qiantang.corpus.measures.methods.quality.cohorts import Cohorts
from qiantang.corpus.measures.methods.quality.graphs import Lists
from qiantang.corpus.measures.methods.quality.indicators import QualityFacts
from qiantang.engines.lake.port import Indicator

_COLUMNS: Final = {
    "patents": ("id", "family", "published", "claims", "lag", "refs", "literature", "cohort"),
    "citations": ("citing", "cited"),
    "codes": ("id", "class"),
    "offices": ("family", "office"),
    "compared": ("cohort", "other"),
    "cohorts": ("cohort", "size", "width"),
}
_TABLES: Final[Mapping[str, pa.Schema]] = {
    name: pa.schema([pa.field(column, pa.int32()) for column in columns]) for name, columns in _COLUMNS.items()
}
_CAPPED: Final = ("cit5", "family", "claims", "backward")
_RANKED: Final = _CAPPED[0]  # of whom the first hundredth of a cohort are breakthroughs
_CAP, _TOP = 0.98, 100


def _beside(table: Any, other: Any, *keys: str) -> Any:
    """All rows, with what the other table says of them; where it says nothing, null."""
    return table.left_join(other, list(keys)).drop(*(f"{key}_right" for key in keys))


def _forward(t: Any) -> Any:
    """Families that cite a patent: all, and those within five and seven years."""
    citing = t.patents.select("family", citing="id", citing_year="published")
    edges = t.citations.join(citing, "citing").join(t.patents.select(cited="id", year="published"), "cited")
    edges = edges.mutate(lag=edges.citing_year - edges.year)
    within = {name: edges.family.nunique(where=edges.lag.between(0, n)) for name, n in (("five", 5), ("seven", 7))}
    return edges.group_by(id="cited").agg(forward=edges.family.nunique(), **within)


def _generality(t: Any, per_class: Any, per_patent: Any) -> Any:
    """One less the sum of squared shares of classes among those that cite, each of which counts as one."""
    parts = per_class.join(per_patent, "id")
    parts = parts.select("class", citing="id", part=parts.k / parts.t)
    shares = (
        t.citations.join(parts, "citing").group_by(id="cited", **{"class": "class"}).agg(share=lambda r: r.part.sum())
    )
    knowing = t.citations.join(per_patent.select(citing="id"), "citing").group_by(id="cited").agg(n=lambda r: r.count())
    told = shares.join(knowing, "id")
    told = told.mutate(square=(told.share / told.n) * (told.share / told.n))
    return told.group_by("id").agg(generality=1 - told.square.sum())


def _backward(t: Any, per_class: Any) -> Any:
    """How spread the classes of the cited patents are, and which part of them the patent has not itself."""
    symbols = t.citations.join(per_class.select("class", "k", cited="id"), "cited")
    cited = symbols.group_by(id="citing", **{"class": "class"}).agg(k=symbols.k.sum())
    told = _beside(cited, per_class.mutate(own=True).drop("k"), "id", "class")
    outside = told.own.isnull().ifelse(told.k, 0).sum() / told.k.sum()
    originality = 1 - (told.k * told.k).sum() / (told.k.sum() * told.k.sum())
    return told.group_by("id").agg(originality=originality, outside=outside)


def _plain(t: Any, data_end: Any) -> Any:
    """What is told of each patent by itself."""
    per_class = t.codes.group_by("id", "class").agg(k=t.codes.count())
    per_patent = per_class.group_by("id").agg(t=per_class.k.sum(), scope=per_class.count())
    sizes = t.offices.group_by("family").agg(offices=t.offices.office.nunique())
    parts = (_forward(t), _generality(t, per_class, per_patent), _backward(t, per_class), per_patent)
    told = _beside(reduce(lambda one, other: _beside(one, other, "id"), parts, t.patents), sizes, "family")
    looked_at = told.refs + told.literature > 0
    return told.select(
        "id",
        "cohort",
        "generality",
        "originality",
        "scope",
        "claims",
        forward=told.forward.fill_null(0),
        cit5=(told.published + 5 <= data_end).ifelse(told.five.fill_null(0), None),
        cit7=(told.published + 7 <= data_end).ifelse(told.seven.fill_null(0), None),
        radicalness=told.t.notnull().ifelse(told.outside, None),
        family=told.offices.fill_null(0),
        backward=looked_at.ifelse(told.refs, None),
        literature=looked_at.ifelse(told.literature, None),
        lag_days=told.lag,
    )


def _run(t: Any, plain: Any, name: str) -> Any:
    """Values with how often they stand in a cohort, and up to each; percentile, cap and top follow from these few rows."""
    known = plain.filter(plain[name].notnull(), plain.cohort.notnull())
    counted = known.group_by(other="cohort", v=name).agg(k=known.count())
    wide = t.compared.join(counted, "other").group_by("cohort", "v").agg(k=lambda r: r.k.sum())
    upto = wide.k.sum().over(group_by="cohort", order_by="v", rows=(None, 0))
    return wide.mutate(upto=upto, n=wide.k.sum().over(group_by="cohort"))


def _cap(run: Any) -> Any:
    """The value below which 98 of 100 lie, between two neighbours in proportion."""
    run = run.mutate(spot=(run.n - 1) * _CAP)
    low, high = (run.v.min(where=run.upto > run.spot.floor() + more) for more in (0, 1))
    told = run.group_by("cohort").agg(spot=run.spot.max(), low=low, high=high, most=run.v.max())
    high = told.high.fill_null(told.most)
    return told.select("cohort", cap=told.low + (told.spot - told.spot.floor()) * (high - told.low))


def _placed(t: Any, plain: Any, name: str) -> Any:
    """The place of a patent by one indicator within its cohort, and its value over the cap."""
    run = _run(t, plain, name)
    told = _beside(plain.select("id", "cohort", v=name), run, "cohort", "v")
    told = _beside(told, _cap(run), "cohort")
    percentile = (told.upto - told.k + told.k / 2) / told.n
    share = (told.cap == 0).ifelse(0, (told.v > told.cap).ifelse(1, told.v / told.cap))
    norm = (told.v.isnull() | told.cap.isnull()).ifelse(None, share)
    columns = {f"{name}_percentile": percentile, f"{name}_norm": norm}
    if name == _RANKED:
        top = ((told.n - told.upto + told.k) * _TOP <= told.n).cast("int8")
        columns["breakthrough"] = told.n.notnull().ifelse(top, None)
    return told.select("id", **columns)


def _quality(t: Any, told: Any) -> Any:
    plain = _plain(t, told.data_end)
    longest = t.compared.join(plain.select("lag_days", other="cohort"), "other")
    longest = longest.group_by("cohort").agg(days=longest.lag_days.max())
    found = _beside(_beside(plain, longest, "cohort"), t.cohorts, "cohort")
    found = reduce(lambda one, name: _beside(one, _placed(t, plain, name), "id"), _CAPPED, found)
    found = found.mutate(grant_lag=(found.days > 0).ifelse(1 - found.lag_days / found.days, None))
    found = found.rename(cohort_size="size", cohort_width="width").drop("days")
    four = found.cit5_norm + found.family_norm + found.claims_norm + found.generality
    return found.mutate(q4=four / 4, q6=(four + found.backward_norm + found.grant_lag) / 6).order_by("id")


QUALITY: Final = Indicator("measures.quality", _quality, {"data_end": "int64"}, given=_TABLES)
"""One row a patent, by id."""


def statement_tables(facts: QualityFacts) -> dict[str, pa.Table]:
    """The tables that the statement reads, of the facts that the passes read."""
    n = facts.graph.n
    plain = {
        "published": facts.published,
        "claims": facts.claims,
        "lag": facts.lag,
        "cohort": facts.cohorts.of,
    }
    counted = {"family": facts.families, "refs": facts.references, "literature": facts.literature}
    columns: dict[str, Any] = {"id": pa.array(np.arange(n, dtype=np.int32))}
    columns |= {name: pa.array(values) for name, values in counted.items()}
    columns |= {name: pa.array(values, mask=values < 0) for name, values in plain.items()}
    return {
        "patents": pa.table(columns),
        "citations": _pairs(facts.graph.cited, "citing", "cited"),
        "codes": _pairs(facts.classes, "id", "class"),
        "offices": _pairs(facts.offices, "family", "office"),
        **cohort_tables(facts.cohorts),
    }


def cohort_tables(cohorts: Cohorts) -> dict[str, pa.Table]:
    """``compared`` and ``cohorts``."""
    numbers = np.arange(len(cohorts.size), dtype=np.int32)
    return {
        "compared": _pairs(cohorts.bases, "cohort", "other"),
        "cohorts": pa.table({"cohort": numbers, "size": cohorts.size, "width": cohorts.width}),
    }


def _pairs(lists: Lists, owner: str, entry: str) -> pa.Table:
    owners: NDArray[np.int32] = np.repeat(np.arange(len(lists), dtype=np.int32), lists.lengths)
    return pa.table({owner: owners, entry: lists.entries})
