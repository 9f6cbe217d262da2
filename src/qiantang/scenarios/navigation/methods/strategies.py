"""What finds the patents of a node: its own strategy, or all of those below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.register.methods import query_language as language

if TYPE_CHECKING:
    from qiantang.scenarios.navigation.types import Chain


def strategy_of(chain: Chain, code: str) -> str:
    """The strategy of a node in the query language, that of the whole industry with an empty code; empty: nothing is bound.

    A node with a strategy of its own and nodes below it finds what either finds, so that parts never exceed the whole.
    """
    own = node.strategy if code and (node := chain.node(code)) else ""
    parts = [own, *(strategy_of(chain, one.code) for one in chain.below(code))]
    return any_of(*parts)


def any_of(*queries: str) -> str:
    """What any of the queries finds; empty ones find nothing and are left out. The canonical form, each part once."""
    known = list(dict.fromkeys(one for one in queries if one.strip()))
    if not known:
        return ""
    return language.canonical(language.parse(" OR ".join(f"({one})" for one in known)))


def narrowed(query: str, *conditions: str) -> str:
    """What the query and every condition find; empty conditions are left out."""
    parts = [f"({one})" for one in (query, *conditions) if one.strip()]
    return language.canonical(language.parse(" AND ".join(parts)))
