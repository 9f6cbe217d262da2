"""Search through the service for ten hits, against the bare tantivy searcher with an equivalent raw query.

Claim: the p50 of ours is at most the p50 of the bare searcher plus 0.5 ms, on 100,000 patents. The bare searcher reads
the id and the card of its ten hits, without which they are addresses and no hits.

Ours is ``register.api.search``: parse, compile, look whether the index has moved on, search, read the ten cards, mark the
words; no facets. A person asks something new: before each call all is forgotten that the house remembers by the text of a
query or of a term in it, and the expressions Python keeps. Bare is ``searcher.search`` with an exact count on the same
index, the raw query made beforehand. Told beside it: the bare searcher that gives addresses and scores only and reads no
document. The three in turn, query by query, round by round; CPU time of the process. That both sides find the same
documents is checked for each query.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import tantivy
from harness import HOME, Spent, asked, both_percentiles, percentiles, tell, timed
from registers import city_register
from search_queries import Asked, mixed_queries

from qiantang.config.memory import settle
from qiantang.corpus.register.api import intake, parse, register, search
from qiantang.corpus.register.methods import highlight
from qiantang.corpus.register.types import SearchRequest
from qiantang.engines.search.tantivy.translate import CARD, ID, prepare
from qiantang.kernel.text import phrase

MOST_MORE_MS = 0.5
HITS = 10

Way = Callable[[Asked], object]


def opened() -> tuple[tantivy.Searcher, tantivy.Schema]:
    """The index of the register, opened past the house."""
    place = register().place.index
    generation = json.loads((place / "state.json").read_text())["generation"]
    index = prepare(tantivy.Index.open(str(place / generation)))
    index.reload()
    return index.searcher(), index.schema


def ours(one: Asked) -> Any:
    return search(SearchRequest(one.text, size=HITS))


def forget() -> None:
    """Whatever is remembered by the text of a query."""
    parse.cache_clear()
    phrase.cache_clear()
    highlight.expression.cache_clear()
    re.purge()


def ways(searcher: tantivy.Searcher) -> dict[str, Way]:
    def bare(one: Asked) -> Any:
        return searcher.search(one.raw, limit=HITS, count=True)

    def reading(one: Asked) -> list[tuple[object, object]]:
        found = [searcher.doc(address) for _, address in bare(one).hits]
        return [(document.get_first(ID), document.get_first(CARD)) for document in found]

    return {"ours": ours, "bare": bare, "bare_reading_documents": reading}


def check_same(searcher: tantivy.Searcher, queries: list[Asked]) -> None:
    for one in queries:
        found = searcher.search(one.raw, limit=HITS, count=True)
        told = ours(one)
        best = sorted(round(score, 4) for score, _ in found.hits)
        if (told.total, sorted(round(hit.score, 4) for hit in told.hits)) != (found.count, best):
            raise AssertionError(f"{one.text}: {told.total} hits, the raw query has {found.count}")


def measure(searcher: tantivy.Searcher, queries: list[Asked], rounds: int) -> dict[str, dict[str, list[Spent]]]:
    """Way -> query -> what each call cost."""
    spent: dict[str, dict[str, list[Spent]]] = defaultdict(lambda: defaultdict(list))
    tried = list(ways(searcher).items())
    for number in range(rounds):
        for one in queries:
            turn = number % len(tried)
            for name, way in tried[turn:] + tried[:turn]:
                forget()
                spent[name][one.text].append(timed(way, one)[0])
    return spent


def report(queries: list[Asked], spent: dict[str, dict[str, list[Spent]]]) -> tuple[dict[str, object], bool]:
    times = {name: both_percentiles([s for each in by.values() for s in each]) for name, by in spent.items()}
    p50 = {name: told["cpu"]["p50_ms"] for name, told in times.items()}
    typical = {name: {text: median(s.cpu for s in each) for text, each in by.items()} for name, by in spent.items()}
    more = {text: cpu - typical["bare"][text] for text, cpu in typical["ours"].items()}
    kinds: dict[str, list[Asked]] = defaultdict(list)
    for one in queries:
        kinds[one.kind].append(one)
    by_kind = {
        kind: {name: round(median(typical[name][one.text] for one in own) * 1e3, 3) for name in spent}
        for kind, own in kinds.items()
    }
    result = {
        "queries": len(queries),
        "queries_by_kind": dict(Counter(one.kind for one in queries)),
        "calls_each": len(next(iter(spent["ours"].values()))),
        "ours_minus_bare_p50_ms": round(p50["ours"] - p50["bare_reading_documents"], 4),
        "goal_ours_minus_bare_p50_ms": MOST_MORE_MS,
        "ours_minus_bare_addresses_only_p50_ms": round(p50["ours"] - p50["bare"], 4),
        "ours_to_bare_p50": round(p50["ours"] / p50["bare"], 2),
        "more_than_bare_by_query": percentiles(list(more.values())),
        "times": times,
        "p50_cpu_ms_by_kind": by_kind,
    }
    return result, p50["ours"] - p50["bare_reading_documents"] <= MOST_MORE_MS


def run(folder: Path, patents: int, rounds: int) -> tuple[dict[str, object], bool]:
    if register().manifest() is None:  # a home that is named and stays is measured as it was left
        city_register(folder, patents)
    intake.advance_index(register())
    searcher, schema = opened()
    queries = mixed_queries(searcher, schema)
    check_same(searcher, queries)
    settle()  # as the web server does when it starts
    measure(searcher, queries, 1)  # first touches of the files
    result, met = report(queries, measure(searcher, queries, rounds))
    return {"patents": searcher.num_docs, "segments": searcher.num_segments, **result}, met


def main() -> None:
    wanted = asked()
    result, met = run(HOME.with_name("city"), wanted.size(101_000, 3_000), wanted.size(30, 2))
    tell("search_overhead", wanted, result, met=met)


if __name__ == "__main__":
    main()
