"""A query made ready for an engine, for reads that are no page of hits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.register.methods import query_language as language
from qiantang.corpus.register.search import FACETS
from qiantang.corpus.register.selectors.searching import compiled, indexed, parse
from qiantang.corpus.register.selectors.view import register
from qiantang.engines.search.port import IndexStatus, Query, SearchEngine
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from qiantang.corpus.register.methods.query_language import Node


class Asked(NamedTuple):
    """The query as understood, as the engine takes it, and of which snapshot the answers are."""

    node: Node
    canonical: str
    query: Query
    engine: SearchEngine
    snapshot: int
    stale: bool


def asked(text: str) -> Asked:
    """A text of the query language, ready to be asked of the newest indexed snapshot.

    errors  as ``register.api.search``
    """
    node = parse(text)
    here = register()
    manifest, state = indexed(here)
    stamp = state.stamp or 0
    stale = stamp < manifest.snapshot or state.status is IndexStatus.STALE
    return Asked(node, language.canonical(node), compiled(node), here.search, stamp, stale)


def counted_field(key: str) -> str:
    """The index field that a facet counts.

    errors  Invalid ``query.facet_unknown``
    """
    if key not in FACETS:
        raise Invalid("query.facet_unknown", given=[key], known=list(FACETS))
    return str(FACETS[key].facet)
