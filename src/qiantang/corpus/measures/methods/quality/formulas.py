"""What each indicator is, for one patent. None stands for what is not known.

Sources: Squicciarini, Dernis and Criscuolo, Measuring Patent Quality, OECD STI Working Paper 2013/03; Trajtenberg, Henderson
and Jaffe (1997) for generality and originality; Hall (2005) for their correction; Shane (2001) for radicalness; Lerner (1994)
for scope; Hirsch (2005) for the h-index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

SUBCLASS = 4  # characters of a symbol: its class in the sense of these indicators
CAP = 0.98  # quantile of the cohort above which values count alike
BREAKTHROUGH = 0.01  # share of the cohort
WORLD = "WO"  # no office: international applications protect nothing by themselves


def citations_within(published: int | None, citing_years: Iterable[int], span: int, data_end: int) -> int | None:
    """CIT: citing families published in the year of publication or the ``span`` years after it; None where these years are
    not over (``data_end`` is the last year the data cover whole).

    citing_years   of each citing family, the first publication that cites
    """
    if published is None or published + span > data_end:
        return None
    return sum(published <= year <= published + span for year in citing_years)


def family_size(offices: Iterable[str]) -> int:
    """Distinct offices where protection was sought; WO is none."""
    return len(set(offices) - {WORLD})


def scope(symbols: Iterable[str]) -> int | None:
    """Distinct classes; None without symbols."""
    return len({one[:SUBCLASS] for one in symbols}) or None


def generality(citing: Iterable[Collection[str]]) -> float | None:
    """1 - sum over classes of the squared mean share of the class in the citing patents; citing patents without symbols are
    left out; None where none is left.

    citing   the full symbols of each citing patent
    """
    sums: dict[str, float] = {}
    known = 0
    for symbols in citing:
        if symbols:
            known += 1
            for one in symbols:
                sums[one[:SUBCLASS]] = sums.get(one[:SUBCLASS], 0.0) + 1 / len(symbols)
    return 1 - sum((value / known) ** 2 for value in sums.values()) if known else None


def spread(classes: Mapping[str, int]) -> float | None:
    """1 - sum of squared shares; the single-class form of generality, and originality; None where nothing is counted."""
    total = sum(classes.values())
    return 1 - sum(count * count for count in classes.values()) / (total * total) if total else None


def corrected(value: float | None, count: int) -> float | None:
    """N / (N - 1) times a single-class spread, against its bias for few citations; None for fewer than two."""
    return None if value is None or count < 2 else value * count / (count - 1)  # noqa: PLR2004 one says nothing of spread


def originality(cited_symbols: Iterable[str]) -> float | None:
    """The spread over classes of the symbols of all cited patents."""
    return spread(Counter(one[:SUBCLASS] for one in cited_symbols))


def radicalness(own_symbols: Iterable[str], cited_symbols: Iterable[str]) -> float | None:
    """The share of the cited patents' symbols in classes the patent itself is not in; None where either has no symbols."""
    own = {one[:SUBCLASS] for one in own_symbols}
    cited = [one[:SUBCLASS] for one in cited_symbols]
    return sum(one not in own for one in cited) / len(cited) if own and cited else None


def grant_lag(days: int | None, longest: int | None) -> float | None:
    """1 - days from filing to grant / the longest of the cohort; None while pending."""
    return None if days is None or not longest else 1 - days / longest


def cap_of(values: Sequence[float], quantile: float = CAP) -> float | None:
    """The quantile by linear interpolation, from which on values count alike; None where there are no values."""
    return float(np.quantile(np.asarray(values, dtype=np.float64), quantile)) if len(values) else None


def normalised(value: float | None, cap: float | None) -> float | None:
    """min(value, cap) / cap, 0 to 1; 0 where the cap is 0."""
    if value is None or cap is None:
        return None
    return min(value, cap) / cap if cap else 0.0


def percentile(value: float | None, cohort: Sequence[float]) -> float | None:
    """(less + half of the equal ones) / all, 0 to 1, within a cohort that holds the value."""
    if value is None or not cohort:
        return None
    return (sum(one < value for one in cohort) + sum(one == value for one in cohort) / 2) / len(cohort)


def is_breakthrough(value: float | None, cohort: Sequence[float], share: float = BREAKTHROUGH) -> bool | None:
    """Whether at most ``share`` of the cohort has as much or more; a tie that would exceed it takes none of the tied in."""
    if value is None or not cohort:
        return None
    return sum(one >= value for one in cohort) <= share * len(cohort) + 1e-9


def composite(parts: Iterable[float | None]) -> float | None:
    """The mean of all parts; None where one is not known.

    Q4: normalised CIT5, family, claims, and generality. Q6: these, normalised backward citations, and grant lag.
    """
    known = list(parts)
    found = [one for one in known if one is not None]
    return sum(found) / len(found) if found and len(found) == len(known) else None


def h_index(counts: Iterable[int]) -> int:
    """The largest h for which h patents have h citations or more each."""
    ordered = sorted(counts, reverse=True)
    return sum(count >= place for place, count in enumerate(ordered, start=1))
