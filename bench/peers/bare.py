"""tantivy without the house, on the index of ours: questions made beforehand, the ten hits read; facets not made exact."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Order

from peers.corpus import Corpus
from peers.ours import QUERIES, SCHEMA
from peers.parts import Answer, Ask, Built, in_rounds
from qiantang.engines.search.tantivy.translate import CARD, ID, Translator, native_schema, prepare
from qiantang.engines.search.tantivy.words import Words

Found = tuple[int, str]
_FACETS = {
    name: {"terms": {"field": name, "size": 10}} for name in ("filing_year", "ipc_subclass", "applicant")
}  # fmt: skip


class Bare:
    name = "bare"

    def __init__(self, place: Path) -> None:
        self._place = place
        self._searcher: tantivy.Searcher | None = None
        self._schema: Any = None
        self._made: dict[Ask, tantivy.Query] = {}

    def build(self, corpus: Corpus, patents: int) -> Built:  # noqa: ARG002 nothing is built
        return Built(0, 0, 0, 0, 0)

    def _opened(self) -> tantivy.Searcher:
        if self._searcher is None:
            generation = json.loads((self._place / "state.json").read_text())["generation"]
            index = prepare(tantivy.Index.open(str(self._place / generation)))
            index.reload()
            self._searcher, self._schema = index.searcher(), index.schema
        return self._searcher

    def round(self, kind: str, asks: Sequence[Ask], times: int) -> list[Answer]:
        searcher = self._opened()
        native = native_schema(SCHEMA)
        translate = Translator(SCHEMA, native, Words(searcher, native))
        if kind == "more like this":
            made = {ask: self._similar(ask) for ask in asks}
        else:
            made = {ask: translate(QUERIES[kind](ask)) for ask in asks}
        way = _WAYS.get(kind, _page)
        return in_rounds(lambda searcher, ask: way(searcher, made[ask]), searcher, asks, times, lambda found: found)

    def _similar(self, ask: Ask) -> tantivy.Query:
        title, abstract = ask
        return tantivy.Query.more_like_this_document_fields_query(
            self._schema, {"title": [title], "abstract": [abstract]},
            min_term_frequency=1, min_doc_frequency=5, max_query_terms=25,
        )  # fmt: skip

    def close(self) -> None:
        """Nothing is held."""


def _read(searcher: tantivy.Searcher, found: Any) -> list[tuple[Any, Any]]:
    documents = [searcher.doc(address) for _, address in found.hits]
    return [(one.get_first(ID), one.get_first(CARD)) for one in documents]


def _page(searcher: tantivy.Searcher, query: tantivy.Query, **how: Any) -> Found:
    found: Any = searcher.search(query, limit=10, count=True, **how)
    _read(searcher, found)
    return found.count, ""


def _faceted(searcher: tantivy.Searcher, query: tantivy.Query) -> Found:
    searcher.aggregate(query, _FACETS)
    return _page(searcher, query)


def _similar(searcher: tantivy.Searcher, query: tantivy.Query) -> Found:
    found: Any = searcher.search(query, limit=10, count=False)
    return len(_read(searcher, found)), ""


_WAYS: dict[str, Callable[[tantivy.Searcher, tantivy.Query], Found]] = {
    "facets": _faceted,
    "sort by date": lambda searcher, query: _page(searcher, query, order_by_field="filing_day", order=Order.Desc),
    "deep page": lambda searcher, query: _page(searcher, query, offset=10_000),
    "more like this": _similar,
}
