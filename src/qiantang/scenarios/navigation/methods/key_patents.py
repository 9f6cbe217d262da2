"""Key patents, each with the reasons why it is one, and where in the world they are protected. Modules M7, M2."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING, Any

from qiantang.corpus.measures.methods import portfolio
from qiantang.scenarios.navigation.methods.tallies import Tally, first_of_families, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qiantang.scenarios.navigation.types import Findings
    from qiantang.scenarios.navigation.types.facts import Fact

EACH = 5  # of each reason
SHOWN = 60
Cohorts = dict[tuple[int, int], float]


def cohorts(facts: Sequence[Fact]) -> Cohorts:
    """Mean of citations within five years by (field, filing year), over the whole industry; those not known are left out."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for one in facts:
        if one.field is not None and one.year is not None and one.cited5 is not None:
            found[one.field, one.year].append(one.cited5)
    return {cohort: fmean(values) for cohort, values in found.items()}


def normalised(one: Fact, means: Mapping[tuple[int, int], float]) -> float | None:
    """Citations within five years over the mean of the same field and year in the industry; None where either is not known."""
    if one.field is None or one.year is None or one.cited5 is None:
        return None
    mean = means.get((one.field, one.year))
    return one.cited5 / mean if mean else None


def key_patents(
    facts: Sequence[Fact], means: Mapping[tuple[int, int], float], *, standards: bool = False
) -> tuple[Findings, list[dict[str, Any]]]:
    """The figures (all key patents, and those of each reason), and a row for each key patent with its reasons.

    standards   whether a list of declarations for standards was brought in; else nothing is known of them
    """
    norm = {one.patent_id: normalised(one, means) for one in facts}
    forced = _forced(facts, norm)
    measures: dict[str, dict[str, float | None]] = {
        one.patent_id: {
            "cit5": one.cited5,
            "family": float(len(one.offices)),
            "claims": one.claims,
            "disputes": one.disputes + ("litigation" in one.marks),
            "deals": one.deals,
            "standard": float("standard" in one.marks) if standards else None,
        }
        for one in facts
    }
    chosen = portfolio.key_patents(measures, forced)[:SHOWN]
    place = {one.patent_id: at for at, one in enumerate(facts)}
    reasons: dict[str, list[int]] = defaultdict(list)
    rows = []
    for found in chosen:
        one = facts[place[found.patent_id]]
        why = [reason for reason in dict.fromkeys(found.reasons) if reason != "top:standard"] or ["score"]
        for reason in why:
            reasons[reason].append(place[found.patent_id])
        rows.append(_row(one, found, why, norm[one.patent_id]))
    tally = Tally()
    tally.count("key_patents", (place[found.patent_id] for found in chosen))
    tally.count("marked.standard", (at for at, one in enumerate(facts) if "standard" in one.marks))
    tally.count("marked.litigation", (at for at, one in enumerate(facts) if "litigation" in one.marks))
    for reason in sorted(reasons):
        tally.count(f"key.{reason}", reasons[reason])
    return tally.findings(), rows


def _forced(facts: Sequence[Fact], norm: Mapping[str, float | None]) -> dict[str, list[str]]:
    """Reasons that put a patent into the list whatever its score: at most EACH of each, the highest first; of what was looked
    up, every one.
    """

    def best(value: Callable[[Fact], float | None], least: float = 0) -> list[str]:
        known = [(-v, one.patent_id) for one in facts if (v := value(one)) is not None and v > least]
        return [patent_id for _, patent_id in sorted(known)[:EACH]]

    return {
        "cited_raw": best(lambda one: one.cited),
        "cited_normalised": best(lambda one: norm[one.patent_id] if (one.cited5 or 0) > 1 else None),
        "family_large": best(lambda one: len(one.offices), least=2),
        "kept_longest": best(lambda one: one.kept_years if one.bucket == "in_force" else None),
        "disputed": best(lambda one: one.disputes),
        "survived_invalidation": best(lambda one: 1.0 if one.survived else None),
        "litigated": [one.patent_id for one in facts if "litigation" in one.marks],
        "standard": [one.patent_id for one in facts if "standard" in one.marks],
        "pledged": best(lambda one: 1.0 if "pledged" in one.flags else None),
        "licensed": best(lambda one: 1.0 if {"licensed", "open_licence"} & set(one.flags) else None),
    }


def _row(one: Fact, found: portfolio.KeyPatent, why: list[str], norm: float | None) -> dict[str, Any]:
    return {
        "id": one.patent_id,
        "number": one.number,
        "title": one.title,
        "owners": list(one.owners[:2]),
        "year": one.year,
        "bucket": one.bucket,
        "reasons": why,
        "score": None if found.score is None else round(100 * found.score, 1),
        "missing": list(found.missing),
        "cited": one.cited,
        "cited5": one.cited5,
        "normalised": None if norm is None else round(norm, 2),
        "family": len(one.offices),
        "kept": one.kept_years,
        "claims": one.claims,
        "origin": one.origin,
        "offices": sorted(set(one.offices)),
    }


def layout(facts: Sequence[Fact], keys: Sequence[str]) -> Findings:
    """From which countries to which offices families lead: rows ``origin>office`` with families of the whole node and of key patents.

    The patents behind a count are one of each family.
    """
    tally = Tally()
    chosen = set(keys)
    firsts = first_of_families(facts, range(len(facts)))
    flows = grouped(
        [facts[at] for at in firsts], lambda one: [f"{one.origin}>{office}" for office in sorted(set(one.offices))]
    )
    for flow, places in flows.items():
        mine = [firsts[place] for place in places]
        families = {facts[at].family for at in mine}
        keyed = [at for at, one in enumerate(facts) if one.patent_id in chosen and one.family in families]
        tally.row(
            flow,
            flow,
            tally.count(f"flow.{flow}", mine),
            tally.count(f"keyflow.{flow}", first_of_families(facts, keyed)),
        )
    return tally.findings()
