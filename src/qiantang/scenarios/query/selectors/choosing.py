"""One facet opened: more of its values, those with certain letters, several of them at once, or all but them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.text import fold
from qiantang.scenarios.query.methods.refinements import Refinement, read
from qiantang.scenarios.query.methods.years import YearBar, YearsBlock, year_spans
from qiantang.scenarios.query.selectors import desk
from qiantang.scenarios.query.types import DeskRequest, FacetChoice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.corpus.register.types import FacetValue, SearchResult
    from qiantang.kernel.actor import Actor

_SEARCHED = ("PA", "IN", "IC")  # facets of very many values: the engine looks; of the others all are at hand
_MOST = 10_000
SHOWN = 50
_COMPLETE_AFTER = 2  # years, so that applications of the last are published


def conditions(asked: DeskRequest, key: str) -> list[Refinement]:
    """The refinements in force that are of this field."""
    return [one for text in asked.refinements if (one := read(text)) and one.key == key]


def refined(asked: DeskRequest, key: str, wanted: Refinement | None) -> str:
    """The address of the search with this one condition for the field, whatever was chosen of it before."""
    mine = {str(one) for one in conditions(asked, key)}
    others = [one for one in asked.refinements if one not in mine]
    return desk.address(asked, [*others, *([str(wanted)] if wanted else [])])


def choices(
    _actor: Actor, asked: DeskRequest, key: str, *, find: str, ticked: Sequence[str], most: int
) -> tuple[tuple[FacetChoice, ...], bool]:
    """Values of a facet to choose from, the ticked ones first, and whether there are more.

    Each count is that of the search with this value alone chosen of the field.

    errors  as ``desk.search``; Invalid ``query.facet_unknown``
    """
    desk.ensure_refinements(asked)
    mine = {str(one) for one in conditions(asked, key)}
    rest = replace(asked, refinements=tuple(one for one in asked.refinements if one not in mine))
    query = desk.whole_query(rest)
    if key in _SEARCHED:
        found = register.desk.facet_values(query, key, contains=find, size=most)
        values, more = list(found.values), found.more
    else:
        every = register.desk.facet_values(query, key, size=_MOST).values
        fitting = [one for one in every if _fits(key, one, find)]
        values, more = fitting[:most], len(fitting) > most
    words = desk.value_words(key, values)
    shown = [
        FacetChoice(one.value, word, one.count, "", one.value in ticked)
        for one, word in zip(values, words, strict=True)
    ]
    have = {one.value for one in values}
    shown += [_missing(rest, key, one) for one in dict.fromkeys(ticked) if one not in have]
    return tuple(sorted(shown, key=lambda one: not one.selected)), more


def _fits(key: str, value: FacetValue, find: str) -> bool:
    letters = fold(find).strip()
    return letters in fold(f"{value.value} {desk.value_word(key, value.value, value.label)}")


def _missing(rest: DeskRequest, key: str, value: str) -> FacetChoice:
    """A ticked value that is not among those found: it stays ticked, with its own count."""
    alone = replace(rest, refinements=(*rest.refinements, desk.refinement(key, value)))
    count = register.search(SearchRequest(desk.whole_query(alone), size=1)).total
    return FacetChoice(value, desk.value_word(key, value, value), count, "", selected=True)


def years_block(asked: DeskRequest, result: SearchResult, published_year: int | None) -> YearsBlock | None:
    """The years of a result as bars, each leading to its patents; None where no year is known.

    published_year  the year in which the snapshot was made: from then back the last years are not complete
    """
    key = asked.years
    spans = year_spans({int(one.value): one.count for one in result.facets[key]})
    if not spans:
        return None
    late_from = published_year - _COMPLETE_AFTER + 1 if published_year and key == "AY" else None
    bars = []
    for one in spans:
        url = refined(asked, key, Refinement(key, span=(one.low, one.high)))
        label = str(one.low) if one.low == one.high else f"{one.low}–{one.high}"
        late = late_from is not None and one.high >= late_from
        bars.append(YearBar(label, one.count, one.height, url, late, one.low, one.high))
    other = "PY" if key == "AY" else "AY"
    return YearsBlock(
        key=key,
        label=desk.facet_word(key),
        bars=tuple(bars),
        other_label=desk.facet_word(other),
        other_url=desk.address(replace(asked, years=other), asked.refinements),
        span_url=refined(asked, key, Refinement(key, span=(1111, 2222)))
        .replace("1111", "{low}")
        .replace("2222", "{high}"),
        kept=desk.kept(asked),
    )


def span(given: Mapping[str, str]) -> tuple[int | None, int | None] | None:
    """The ends of a span of years as typed, the earlier first; None where neither is a year."""
    low, high = (_year(given.get(name, "")) for name in ("low", "high"))
    if low is None and high is None:
        return None
    return (high, low) if low is not None and high is not None and low > high else (low, high)


def _year(typed: str) -> int | None:
    found = re.fullmatch(r"\s*([0-9]{4})\s*", fold(typed))
    return int(found[1]) if found else None
