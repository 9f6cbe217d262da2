"""Everything an edition counts, read from one snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.navigation.methods import analysing, chains, key_patents
from qiantang.scenarios.navigation.methods.position import Margins
from qiantang.scenarios.navigation.methods.strategies import narrowed, strategy_of
from qiantang.scenarios.navigation.rules import HEAVY_LEVELS
from qiantang.scenarios.navigation.selectors.marks import marked
from qiantang.scenarios.navigation.selectors.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from qiantang.scenarios.navigation.methods.analysing import NodeResult
    from qiantang.scenarios.navigation.types import Chain
    from qiantang.scenarios.navigation.types.facts import Fact


class Counting:
    """Reads the patents of a chain and yields the analyses of node after node.

    region    GB/T 2260 code of the city; empty: not known
    """

    def __init__(self, chain: Chain, region: str) -> None:
        lacking = chains.missing(chain)
        if lacking:
            raise Invalid("navigation.chain_incomplete", what=", ".join(lacking[:10]))
        self._chain, self._region = chain, region
        self._ids: dict[str, frozenset[str]] = {}
        self._facts: dict[str, Fact] = {}
        self._terms: dict[str, frozenset[str]] = {}
        self._setting: analysing.Setting | None = None
        self.snapshot = 0
        self.synthetic: bool | None = None
        self.as_of: date | None = None

    def read(self, tell: Callable[[], None]) -> None:
        """Ids of every node, terms of the matrix, margins, and the facts of all patents, each read once.

        tell    called now and then: somebody is still at work
        errors  Conflict ``navigation.snapshot_moved`` · as ``register.api.search``
        """
        chain = self._chain
        for node in chain.nodes:
            self._ids[node.code] = self._found(strategy_of(chain, node.code))
            tell()
        whole = strategy_of(chain, "")
        self._ids[""] = self._found(whole)
        for word in (*chain.effects, *chain.means):
            self._terms[word.zh] = self._found(narrowed(whole, word.strategy))
        margins = self._margins()
        tell()
        reading, marks = Reading(self.snapshot), marked()
        for batch in reading.facts(sorted(self._ids[""])):
            self._facts.update((f.patent_id, f._replace(marks=marks.get(f.patent_id, ()))) for f in batch)
            tell()
        known = next((one for one in register.snapshots() if one.number == self.snapshot), None)
        if known is None or reading.newest is None:
            raise NotFound("register.snapshot_unknown", snapshot=self.snapshot)
        self.synthetic, self.as_of = known.synthetic, reading.newest
        self._setting = analysing.Setting(
            as_of=reading.newest,
            margins=margins,
            means_of_cohorts=key_patents.cohorts(list(self._facts.values())),
            effects=[one.zh for one in chain.effects],
            means=[one.zh for one in chain.means],
            terms=self._terms,
            standards=any("standard" in kinds for kinds in marks.values()),
        )

    def _found(self, query: str) -> frozenset[str]:
        snapshot, ids = register.desk.result_ids(query)
        if self.snapshot and snapshot != self.snapshot:
            raise Conflict("navigation.snapshot_moved")
        self.snapshot = snapshot
        return frozenset(ids)

    def _number(self, query: str) -> int:
        found = register.search(SearchRequest(query, size=1))
        if found.snapshot != self.snapshot:
            raise Conflict("navigation.snapshot_moved")
        return found.total

    def _margins(self) -> Margins:
        """Chinese patents on record whose region is known, and those of the city; both exact counts of queries."""
        everywhere = self._number('CC=CN AND NOT CI=="unknown"')
        city = self._number(f"CC=CN AND CI={self._region}") if self._region else 0
        return Margins(self._region or "-", city, everywhere)

    def results(self) -> Iterator[tuple[str, str, list[str], NodeResult]]:
        """(code, strategy, sorted ids, analyses) of the whole industry with an empty code, then of every node."""
        if self._setting is None:
            raise RuntimeError("read first")
        for code in ("", *(one.code for one in self._chain.nodes)):
            ids = sorted(one for one in self._ids[code] if one in self._facts)
            facts = [self._facts[one] for one in ids]
            below = {one.code: self._ids[one.code] for one in self._chain.below(code)}
            heavy = not code or code.count(".") < HEAVY_LEVELS
            yield code, strategy_of(self._chain, code), ids, analysing.analyse(facts, self._setting, below, heavy=heavy)
