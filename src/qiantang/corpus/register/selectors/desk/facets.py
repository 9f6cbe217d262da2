"""Values of one facet: as many as asked for, those in which some letters stand, and how people spell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.register.methods.documents import spelling
from qiantang.corpus.register.methods.query_language.compiling import whole_value
from qiantang.corpus.register.search import FACETS
from qiantang.corpus.register.selectors.desk.asking import asked, counted_field
from qiantang.corpus.register.selectors.records import places_by_key
from qiantang.corpus.register.selectors.searching import region_label
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import FacetValue, Role, Values
from qiantang.engines.search.port import FacetCount, FacetRequest, Term
from qiantang.kernel.paging import PageRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.engines.search.port import SearchEngine

NAMES = ("PA", "IN")  # facets whose values are folded names


def facet_values(text: str, key: str, *, contains: str = "", size: int = 20) -> Values:
    """Values of a facet among the hits of a query, the most frequent first, each with its exact count.

    contains    letters that must stand in the value as it is indexed: of names in any case and width, simplified or
                traditional; of classes the symbol
    size        1 to 10,000
    errors      as ``register.api.search``; Invalid ``query.facet_unknown``
    """
    asking = asked(text)
    field = counted_field(key)
    letters = whole_value(contains) if key in NAMES else contains.strip().upper()
    request = FacetRequest(field, size + 1, letters)
    found = asking.engine.search(asking.query, page=PageRequest(size=1), facets=[request]).facets[field]
    return Values(key, labelled(asking.engine, key, found[:size]), more=len(found) > size)


def labelled(engine: SearchEngine, key: str, counts: Sequence[FacetCount]) -> tuple[FacetValue, ...]:
    """The values with what people read: for a folded name a spelling that stands in one of its patents, a region's name."""
    if key == "CI":
        return tuple(FacetValue(str(c.value), c.count, region_label(str(c.value))) for c in counts)
    spelled = _spellings(engine, key, [str(one.value) for one in counts]) if key in NAMES else {}
    return tuple(FacetValue(str(c.value), c.count, spelled.get(str(c.value), str(c.value))) for c in counts)


def _spellings(engine: SearchEngine, key: str, values: Sequence[str]) -> dict[str, str]:
    field = str(FACETS[key].facet)
    found = {value: engine.search(Term(field, value), page=PageRequest(size=1)).hits for value in values}
    if key == "PA":
        return {value: spelling(value, hits[0].card) for value, hits in found.items() if hits}
    _, view = register().current()
    keys = [f"id:{hits[0].id}" for hits in found.values() if hits]
    places = list(places_by_key(view, keys).values()) if keys else []
    rows = view.lookup("records", places, ["parties"]).to_pylist() if places else []
    names = {p["name"] for row in rows for p in row["parties"] or () if p["role"] == Role.INVENTOR and p["name"]}
    return {whole_value(name): name for name in sorted(names)}
