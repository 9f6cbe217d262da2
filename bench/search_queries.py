"""A mixed set of queries for the demo city, each in the words of the query language and as a raw query of tantivy.

The raw side is put together here from tantivy's own queries and bigrams cut by hand, not by the compiler of the house, so
that the two can be held against each other: they must find the same documents.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import tantivy
from tantivy import FieldType, Occur

from qiantang.corpus.register.api import register

SEED = 11
_FIELDS = ("title", "abstract", "claims")
_RUNS = re.compile("[\u4e00-\u9fff]{2,}")
_SUBCLASSES = ("H01M", "G06F", "B62D", "A61K", "G06T", "B01J", "F16H", "H04L")
_PERIODS = ((2020, 2020), (2018, 2021), (2010, 2014), (2023, 2025))
_TRIED = 60  # stretches of each length among which the commonest and the rarest are chosen


class Asked(NamedTuple):
    """``text`` is what a person types; ``raw`` finds the same documents."""

    kind: str
    text: str
    raw: tantivy.Query


class Raw:
    """Raw queries over one index."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def words(self, text: str, fields: Sequence[str] = _FIELDS) -> tantivy.Query:
        """A stretch of two Chinese characters or more in any of the fields."""
        pairs = [text[i : i + 2] for i in range(len(text) - 1)]
        found = [self._stretch(field, pairs) for field in fields]
        return found[0] if len(found) == 1 else tantivy.Query.boolean_query([(Occur.Should, one) for one in found])

    def _stretch(self, field: str, pairs: list[str]) -> tantivy.Query:
        if len(pairs) == 1:
            return tantivy.Query.term_query(self._schema, field, pairs[0])
        return tantivy.Query.phrase_query(self._schema, field, list(pairs))

    def subclass(self, symbol: str) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_query(self._schema, "ipc", symbol), 0.0)

    def filed(self, first: int, last: int) -> tantivy.Query:
        """Filed in these years, both included."""
        days = (first * 10_000 + 101, last * 10_000 + 1231)
        return tantivy.Query.const_score_query(
            tantivy.Query.range_query(self._schema, "filing_day", FieldType.Integer, *days), 0.0
        )

    @staticmethod
    def all_of(*parts: tantivy.Query, but: tantivy.Query | None = None) -> tantivy.Query:
        clauses = [(Occur.Must, part) for part in parts]
        return tantivy.Query.boolean_query(clauses if but is None else [*clauses, (Occur.MustNot, but)])


def stretches(rng: random.Random, length: int, count: Callable[[str], int], keep: int) -> tuple[list[str], list[str]]:
    """The commonest and the rarest of some stretches of so many characters that stand in the register's texts."""
    _, view = register().current()
    batch = next(view.scan("records", ["texts"]))
    texts = [t["text"] for texts in batch.column("texts").to_pylist() for t in texts if t["part"] in _FIELDS]
    runs = sorted({run for text in texts for run in _RUNS.findall(text) if len(run) >= length})
    tried: dict[str, int] = {}
    for run in rng.choices(runs, k=_TRIED):
        start = rng.randrange(len(run) - length + 1)
        tried[run[start : start + length]] = 0
    tried = {text: count(text) for text in tried}
    ordered = sorted(tried, key=lambda text: (-tried[text], text))
    return ordered[:keep], ordered[-keep:]


def mixed_queries(searcher: tantivy.Searcher, schema: tantivy.Schema) -> list[Asked]:
    """72 queries: words of 2 to 6 characters, common and rare; with AND, NOT, a subclass of the IPC, a filing date."""
    raw = Raw(schema)
    rng = random.Random(SEED)  # noqa: S311 no secret

    def count(query: tantivy.Query) -> int:
        return int(searcher.search(query, limit=1, count=True).count)

    common: list[str] = []
    asked: list[Asked] = []
    for length in range(2, 7):
        often, seldom = stretches(rng, length, lambda text: count(raw.words(text)), 4)
        asked += [Asked(f"{length} characters, common", text, raw.words(text)) for text in often]
        asked += [Asked(f"{length} characters, rare", text, raw.words(text)) for text in seldom]
        common += often
    for one, other in zip(common[:8], common[8:16], strict=True):
        asked.append(Asked("AND", f"{one} AND {other}", raw.all_of(raw.words(one), raw.words(other))))
    for one, other in zip(common[:4], common[4:8], strict=True):
        text = f"{one} AND NOT {other}"
        asked.append(Asked("NOT", text, raw.all_of(raw.words(one), but=raw.words(other))))
    titled = sorted(common, key=lambda text: count(raw.words(text, ["title"])))[-4:]
    asked += [Asked("title", f"TI={one}", raw.words(one, ["title"])) for one in titled]
    return asked + _narrowed(raw, common, count)


def _narrowed(raw: Raw, common: Sequence[str], count: Callable[[tantivy.Query], int]) -> list[Asked]:
    """Words with a subclass, with a filing date, with both; the subclass is the one in which a word is commonest."""
    asked = []
    for place, one in enumerate(common[:8]):
        found = {symbol: count(raw.all_of(raw.words(one), raw.subclass(symbol))) for symbol in _SUBCLASSES}
        symbol = max(found, key=lambda symbol: found[symbol])
        first, last = _PERIODS[place % len(_PERIODS)]
        words, subclass, filed = raw.words(one), raw.subclass(symbol), raw.filed(first, last)
        asked.append(Asked("IPC", f"{one} AND IC={symbol}", raw.all_of(words, subclass)))
        if place % 2:
            asked.append(Asked("date", f"{one} AND AD=[{first} TO {last}]", raw.all_of(words, filed)))
        else:
            text = f"{one} AND IC={symbol} AND AD=[{first} TO {last}]"
            asked.append(Asked("IPC and date", text, raw.all_of(words, subclass, filed)))
    return asked
