"""How many words of the index a pattern stands for.

The cluster is asked for the query as each shard would run it (``_validate`` with ``rewrite``): written out as a list of
terms. One shard does not know the words of another, so only all lists together tell the number. As in the embedded
engine, words that only removed documents had are counted until the segments they stand in are merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from opensearchpy.exceptions import TransportError

from qiantang.engines.search.opensearch.client import Cluster, told
from qiantang.engines.search.opensearch.places import regex, regexp
from qiantang.engines.search.port import MOST_EXPANSIONS
from qiantang.kernel.errors import Limited

_EVERY_SHARD = {"rewrite": "true", "all_shards": "true"}


def refuse_too_many(cluster: Cluster, index: str, patterns: Iterable[tuple[str, str]]) -> None:
    """Nothing where each pattern stands for few enough words.

    errors  Limited ``search.too_many_words``; as ``Cluster.ask``
    """
    for field, pattern in dict.fromkeys(patterns):
        asked = {"query": regexp(field, regex(pattern), rewrite="scoring_boolean")}
        answer = cluster.ask("POST", f"/{index}/_validate/query", asked, params=_EVERY_SHARD)
        words = {word for one in _explanations(answer) for word in _written_out(one, field)}
        if len(words) > MOST_EXPANSIONS:
            raise Limited("search.too_many_words", pattern=pattern, limit=MOST_EXPANSIONS)


def _explanations(answer: dict[str, Any]) -> Iterator[str]:
    for one in answer.get("explanations", ()):
        if not one["valid"]:
            raise told(TransportError(400, "invalid", one.get("error", "")))
        yield one["explanation"]


def _written_out(explanation: str, field: str) -> list[str]:
    """``title:wolf title:wolfram`` as words. A pattern that stands for none is given back as it is: one word."""
    return f" {explanation}".split(f" {field}:")[1:]
