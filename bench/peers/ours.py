"""Our engine as a peer: everything through the search port, as the service asks it."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest
from math import log
from pathlib import Path
from typing import Any

from harness import timed

from peers.corpus import Corpus, Patent
from peers.parts import Answer, Ask, Built, facets_told, folder_bytes, in_rounds, peak_memory_mb
from qiantang.engines.search.port import (
    And,
    Document,
    FacetRequest,
    FieldKind,
    Hit,
    Hits,
    IndexField,
    IndexSchema,
    Not,
    Or,
    Phrase,
    Places,
    Prefix,
    Query,
    Range,
    Slot,
    Sort,
    Term,
    Weighted,
)
from qiantang.engines.search.port import How as Met
from qiantang.engines.search.tantivy import TantivyEngine
from qiantang.kernel.paging import PageRequest

SCHEMA = IndexSchema(
    version=1,
    fields=(
        IndexField("title", FieldKind.TEXT),
        IndexField("abstract", FieldKind.TEXT),
        IndexField("ipc", FieldKind.KEYWORD),
        IndexField("ipc_subclass", FieldKind.KEYWORD, facet=True),
        IndexField("applicant", FieldKind.KEYWORD, facet=True),
        IndexField("filing_day", FieldKind.INTEGER, sortable=True),
        IndexField("filing_year", FieldKind.INTEGER, facet=True),
    ),
)
FIRST, DEEP = PageRequest(0, 10), PageRequest(10_000, 10)
FACETS = tuple(FacetRequest(field) for field in ("filing_year", "ipc_subclass", "applicant"))


def document(one: Patent) -> Document:
    return Document(
        one.id,
        {
            "title": one.title_tokens,
            "abstract": one.abstract_tokens,
            "ipc": list(one.ipc),
            "ipc_subclass": list(one.subclasses),
            "applicant": [one.applicant],
            "filing_day": one.day,
            "filing_year": one.year,
        },
        one.card,
    )


def build(engine: TantivyEngine, corpus: Corpus, first: int, patents: int) -> Built:
    """Add the patents from number ``first`` on, commit, and wait for the merges. The time of making them is left out."""

    def write() -> float:
        making = 0.0
        with engine.writer(fresh=not first) as writer:
            batches = corpus.batches(patents, first)
            while True:
                start = time.thread_time()  # of this thread: the writer's goes on meanwhile
                batch = next(batches, None)
                making += time.thread_time() - start
                if batch is None:
                    break
                writer.add(map(document, batch))
            writer.commit(patents)
        return making

    spent, making = timed(write)
    return Built(spent.wall, spent.cpu - making, making, 0, peak_memory_mb())


class Ours:
    """``place`` is the folder of the index; what was built there is kept and used again."""

    name = "ours"

    def __init__(self, place: Path) -> None:
        self.place = place
        self.engine = TantivyEngine(SCHEMA, place)

    def build(self, corpus: Corpus, patents: int) -> Built:
        shutil.rmtree(self.place, ignore_errors=True)
        self.engine = TantivyEngine(SCHEMA, self.place)
        built = build(self.engine, corpus, 0, patents)
        return built._replace(disk_bytes=folder_bytes(self.place))

    def round(self, kind: str, asks: Sequence[Ask], times: int) -> list[Answer]:
        if kind == "more like this":
            return in_rounds(similar, self.engine, asks, times, lambda hits: (len(hits), ""))
        query, how = QUERIES[kind], HOW.get(kind, {"page": FIRST})
        return in_rounds(lambda engine, ask: engine.search(query(ask), **how), self.engine, asks, times, told)

    def close(self) -> None:
        """Nothing is held."""


# --- how each kind of question is asked -------------------------------------------------------------------------------


def said(word: str) -> Term:
    return Term("abstract", word)


def _near(ask: Ask) -> Query:
    """Within five words, either first: as the query language puts ``NEAR5``."""
    left, right = ask
    pairs = [(a, b, n) for a, b in ((left, right), (right, left)) for n in range(1, 6)]
    return Or(tuple(Places("abstract", (Slot(0, a), Slot(n, b))) for a, b, n in pairs))


def _boolean(ask: Ask) -> Query:
    title, one, other, but, symbol, first, last = ask
    words = Or((Term("title", title), said(one), said(other)))
    return And((words, Term("ipc", symbol), Range("filing_day", int(first), int(last)), Not(said(but))))


def _symbol_and_days(ask: Ask) -> Query:
    start, first, last = ask
    return And((Prefix("ipc", start), Range("filing_day", int(first), int(last))))


def _one(ask: Ask) -> Query:
    return said(ask[0])


QUERIES: dict[str, Callable[[Ask], Query]] = {
    "rare term": _one,
    "common term": _one,
    "AND of 3": lambda ask: And(tuple(map(said, ask))),
    "OR of 3": lambda ask: Or(tuple(map(said, ask))),
    "phrase": lambda ask: Phrase("abstract", ask),
    "zh 2 characters": _one,
    "zh 4+ characters": lambda ask: Phrase("abstract", ask),
    "proximity": _near,
    "boolean + IPC + date": _boolean,
    "prefix": lambda ask: Places("abstract", (Slot(0, ask[0] + "*", Met.WILD),)),
    "IPC + date": _symbol_and_days,
    "facets": _one,
    "sort by date": _one,
    "deep page": _one,
}
HOW: dict[str, dict[str, Any]] = {
    "facets": {"page": FIRST, "facets": FACETS},
    "sort by date": {"page": FIRST, "sort": Sort("filing_day")},
    "deep page": {"page": DEEP},
}


def similar(engine: TantivyEngine, ask: Ask) -> tuple[Hit, ...]:
    """The 25 tokens that tell most, by how often they stand there and how rare they are, each with that weight."""
    documents = engine.state().documents
    weighed: list[tuple[float, str, str]] = []
    for field, text in zip(("title", "abstract"), ask, strict=True):
        counted = Counter(text.split())
        for (token, times), held in zip(counted.items(), engine.frequencies(field, list(counted)), strict=True):
            if held >= 5:
                weighed.append((times * (1 + log((documents + 1) / (held + 1))), field, token))
    chosen = nlargest(25, weighed)
    return engine.best(Or(tuple(Weighted(Term(field, token), w) for w, field, token in chosen)), size=10)


def told(hits: Hits) -> tuple[int, str]:
    """The total, and the facets as every peer writes them."""
    counted: Iterator[tuple[str, list[tuple[str, int]]]] = (
        (name, [(str(one.value), one.count) for one in hits.facets[field]])
        for name, field in (("year", "filing_year"), ("subclass", "ipc_subclass"), ("applicant", "applicant"))
        if field in hits.facets
    )
    return hits.total, facets_told(dict(counted))
