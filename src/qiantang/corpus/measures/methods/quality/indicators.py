"""The quality indicators of every patent, by passes over flat lists."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qiantang.corpus.measures.methods.quality import passes
from qiantang.corpus.measures.methods.quality.cohorts import Cohorts
from qiantang.corpus.measures.methods.quality.formulas import BREAKTHROUGH, CAP
from qiantang.corpus.measures.methods.quality.graphs import CitationGraph, Ids, Lists
from qiantang.corpus.measures.methods.quality.passes import compiled

Floats = NDArray[np.float64]
NOT_KNOWN = -1
CAPPED = ("cit5", "family", "claims", "backward")
_ROUNDS, _DAMPING = 50, 0.85


@dataclass(frozen=True, slots=True)
class QualityFacts:
    """What is told of ``n`` patents; whole numbers below 0 mean: not known.

    graph         citations between them, both directions
    classes       the class of each *full* symbol, so that a class may stand several times
    families      shape (n,): number of the family, 0 and more; a patent without one has its own
    offices       the offices of each *family*, WO left out
    published     shape (n,): year of first publication
    claims        shape (n,)
    lag           shape (n,): days from filing to grant
    references    shape (n,): patents it cites, on record or not
    literature    shape (n,): references to anything else
    cohorts       who is compared with whom
    data_end      last year that publications cover whole
    """

    graph: CitationGraph
    classes: Lists
    families: Ids
    offices: Lists
    published: Ids
    claims: Ids
    lag: Ids
    references: Ids
    literature: Ids
    cohorts: Cohorts
    data_end: int

    def __post_init__(self) -> None:
        """errors: ValueError where two lists are not of the same patents."""
        n = self.graph.n
        flat = (self.families, self.published, self.claims, self.lag, self.references, self.literature, self.cohorts.of)
        if len(self.classes) != n or any(len(one) != n or one.dtype != np.int32 for one in flat):
            raise ValueError("one int32 for each patent")
        if n and (self.families.min() < 0 or self.families.max() >= len(self.offices)):
            raise ValueError("a patent's family is not there")


def quality(facts: QualityFacts, *, machine: bool = True) -> dict[str, NDArray[Any]]:
    """Column -> value of each patent; in whole numbers -1, in fractions NaN mean: not known.

    forward, cit5, cit7        citing families: at all, and within five and seven years of publication
    generality, originality, radicalness, scope, family, claims, backward, literature, lag_days
    cit5_percentile …          of cit5, family, claims, backward: place in the cohort, 0 to 1
    cit5_norm …                of the same: min(value, cap) / cap
    grant_lag                  1 - lag / longest of the cohort
    breakthrough               1 or 0
    q4, q6                     composites
    cohort_size, cohort_width  with how many it is compared, and how much the cohort was widened
    machine   False: run the passes as plain Python, which checks every bound; for tests
    """
    run = compiled if machine else _plain
    with ThreadPoolExecutor(2) as pool:
        parts = [pool.submit(one, facts, run) for one in (_ahead, _citing, _back)]
        found: dict[str, NDArray[Any]] = {}
        for part in parts:
            found.update(part.result())
    found["family"] = facts.offices.lengths.astype(np.int32)[facts.families]
    found["scope"] = _or_unknown(
        run(passes.count_kinds)(facts.classes.starts, facts.classes.entries, facts.classes.kinds)
    )
    cited = facts.references + facts.literature > 0
    found["backward"] = np.where(cited, facts.references, NOT_KNOWN).astype(np.int32)
    found["literature"] = np.where(cited, facts.literature, NOT_KNOWN).astype(np.int32)
    found["claims"], found["lag_days"] = facts.claims, facts.lag
    _compared(facts, found, run)
    return found


def _plain(function: Any) -> Any:
    return function


def _or_unknown(counts: Ids) -> Ids:
    return np.where(counts > 0, counts, NOT_KNOWN).astype(np.int32)


def _citing(facts: QualityFacts, run: Any) -> dict[str, NDArray[Any]]:
    citing, published = facts.graph.citing, facts.published
    every, five, seven = run(passes.count_families)(
        citing.starts, citing.entries, published, facts.families, len(facts.offices)
    )
    for counts, span in ((five, 5), (seven, 7)):
        counts[(published < 0) | (published + span > facts.data_end)] = NOT_KNOWN
    return {"forward": every, "cit5": five, "cit7": seven}


def _ahead(facts: QualityFacts, run: Any) -> dict[str, NDArray[Any]]:
    citing, classes = facts.graph.citing, facts.classes
    generality = run(passes.look_ahead)(citing.starts, citing.entries, classes.starts, classes.entries, classes.kinds)
    return {"generality": generality}


def _back(facts: QualityFacts, run: Any) -> dict[str, NDArray[Any]]:
    cited, classes = facts.graph.cited, facts.classes
    originality, radicalness = run(passes.look_back)(
        cited.starts, cited.entries, classes.starts, classes.entries, classes.kinds
    )
    return {"originality": originality, "radicalness": radicalness}


def _compared(facts: QualityFacts, found: dict[str, NDArray[Any]], run: Any) -> None:
    """What depends on the cohort."""
    cohorts = facts.cohorts
    lists = (cohorts.members.starts, cohorts.members.entries, cohorts.bases.starts, cohorts.bases.entries)
    with ThreadPoolExecutor(2) as pool:
        stand = run(passes.stand_in_cohorts)
        asked = pool.map(lambda name: stand(found[name], *lists, CAP), CAPPED)
        longest = run(passes.longest_in_cohorts)(facts.lag, *lists)
        stood = dict(zip(CAPPED, asked, strict=True))
    for name, (percentile, cap, _) in stood.items():
        found[f"{name}_percentile"] = percentile
        found[f"{name}_norm"] = _normalised(found[name], cap)
    above = stood["cit5"][2]
    found["breakthrough"] = np.where(np.isnan(above), NOT_KNOWN, above <= BREAKTHROUGH + 1e-9).astype(np.int8)
    with np.errstate(divide="ignore", invalid="ignore"):
        lag = 1 - facts.lag / longest
    found["grant_lag"] = np.where((facts.lag >= 0) & (longest > 0), lag, np.nan)
    four = found["cit5_norm"] + found["family_norm"] + found["claims_norm"] + found["generality"]
    found["q4"] = four / 4
    found["q6"] = (four + found["backward_norm"] + found["grant_lag"]) / 6
    inside = cohorts.of >= 0
    for name, values in (("cohort_size", cohorts.size), ("cohort_width", cohorts.width)):
        found[name] = np.full(len(cohorts.of), NOT_KNOWN, dtype=np.int32)
        found[name][inside] = values[cohorts.of[inside]]


def _normalised(values: NDArray[Any], cap: Floats) -> Floats:
    known = (values >= 0) & ~np.isnan(cap)
    found = np.full(len(values), np.nan)
    found[known] = 0.0
    some = known & (cap > 0)
    found[some] = np.minimum(values[some], cap[some]) / cap[some]
    return found


def h_indices(patents_of: Lists, forward: Ids) -> Ids:
    """The h-index of each owner.

    patents_of   the patents of each owner; their number bounds the entries
    forward      shape (patents,): citing families, below 0: not known
    errors       ValueError where an owner has a patent without a count
    """
    if patents_of.kinds > len(forward):
        raise ValueError("one count for each patent")
    counts: Ids = compiled(passes.h_of_lists)(patents_of.starts, patents_of.entries, forward)
    return counts


def page_rank(graph: CitationGraph, rounds: int = _ROUNDS, damping: float = _DAMPING) -> Floats:
    """PageRank of each patent in the citation graph, summing to 1: being cited by what is cited much counts more."""
    if not graph.n:
        return np.zeros(0)
    citing = graph.citing
    ranks: Floats = compiled(passes.rank_flow)(citing.starts, citing.entries, graph.cited.lengths, rounds, damping)
    return ranks
