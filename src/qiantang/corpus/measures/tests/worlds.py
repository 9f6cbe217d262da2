"""Small worlds of patents for the passes, as plain values and as the facts that the passes read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qiantang.corpus.measures.methods.quality.cohorts import Cohorts, cohorts_of
from qiantang.corpus.measures.methods.quality.graphs import citation_graph, lists_of
from qiantang.corpus.measures.methods.quality.indicators import QualityFacts

DATA_END = 2020
SECTORS = {1: 1, 2: 1, 3: 2}


@dataclass
class World:
    """``None`` where not known; ``codes``: class numbers, one for each full symbol."""

    families: list[int]
    offices: list[list[int]]
    published: list[int | None]
    claims: list[int | None]
    lag: list[int | None]
    references: list[int]
    literature: list[int]
    codes: list[list[int]]
    citations: list[tuple[int, int]]
    fields: list[int | None]
    years: list[int | None]

    @property
    def n(self):
        return len(self.families)

    def cohorts(self, least) -> Cohorts:
        return cohorts_of([0] * self.n, unknown(self.fields), unknown(self.years), SECTORS, least)

    def facts(self, least=4) -> QualityFacts:
        owners = [at for at, some in enumerate(self.codes) for _ in some]
        homes = [at for at, some in enumerate(self.offices) for _ in some]
        return QualityFacts(
            graph=citation_graph(self.n, [a for a, _ in self.citations], [b for _, b in self.citations]),
            classes=lists_of(self.n, owners, [one for some in self.codes for one in some], 5),
            families=unknown(self.families),
            offices=lists_of(len(self.offices), homes, [one for some in self.offices for one in some], 4),
            published=unknown(self.published),
            claims=unknown(self.claims),
            lag=unknown(self.lag),
            references=unknown(self.references),
            literature=unknown(self.literature),
            cohorts=self.cohorts(least),
            data_end=DATA_END,
        )


def unknown(values):
    return np.array([-1 if one is None else one for one in values], dtype=np.int32)


def random_world(seed, n, *, cites=3, gaps=True) -> World:
    """A world with every kind of gap: no date, no class, no claims, pending, no field, no family but its own."""
    draws = np.random.default_rng(seed)

    def some(low, high, missing=0.15):
        rows = draws.integers(low, high, n).tolist()
        return [None if gaps and draws.random() < missing else one for one in rows]

    pairs = draws.integers(0, n, (n * cites, 2)).tolist() if n else []
    families = draws.integers(0, max(1, n * 2 // 3), n)
    names, families = np.unique(families, return_inverse=True)
    cited = [0] * n
    unique = {(a, b) for a, b in pairs if a != b}
    for a, _ in unique:
        cited[a] += 1
    return World(
        families=families.tolist(),
        offices=[sorted(set(draws.integers(0, 4, draws.integers(0, 4)).tolist())) for _ in names],
        published=some(2005, 2019),
        claims=some(0, 20),
        lag=some(0, 2000),
        references=[count + int(draws.integers(0, 2)) for count in cited],
        literature=draws.integers(0, 2, n).tolist(),
        codes=[draws.integers(0, 5, draws.integers(0, 4)).tolist() for _ in range(n)],
        citations=pairs,
        fields=some(1, 4),
        years=some(2003, 2006),
    )
