"""Reads of the search desk: hits, facets as choices, what a typed number is, why nothing was found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus, urlencode

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from qiantang.commons.refdata import api as refdata
from qiantang.commons.ui.api import word_for
from qiantang.corpus.classes import api as classes
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import FamilyResult, Scheme, SearchRequest, SearchResult
from qiantang.kernel import numbers
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.scenarios.query.methods.refinements import Refinement, read
from qiantang.scenarios.query.selectors.faults import words_of
from qiantang.scenarios.query.types import Chip, DeskRequest, FacetBlock, FacetChoice, QueryFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.corpus.register.types import FacetValue
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.numbers import PatentNumber

FACETS = ("TY", "LS", "AY", "PA", "IC", "CI", "CC", "KD")
COUNTED = (*FACETS, "PY", "IN", "TF", "SY")  # what can be counted, and so looked into and refined by
REFINED = (*COUNTED, "SF", "EF")
_VOCABULARY = {"TY": "type", "LS": "status", "CC": "office"}
_YEARS = ("AY", "PY")
_MOST_YEARS = 400
_RANKED = {"cited": "cited_by", "family": "family_size"}
_LONGEST_NUMBER = 40
_TITLE_WIDTH = 64


def search(_actor: Actor, asked: DeskRequest) -> SearchResult:
    """The page of hits for what stands in the address bar; where it asks for families, the counts beside them.

    errors  as ``corpus.register.api.search``; Invalid ``query.refinement`` for a condition the page does not make
    """
    ensure_refinements(asked)
    grouped = bool(asked.grouping)
    return register.search(
        SearchRequest(
            query=whole_query(asked),
            sort=asked.sort,
            facets=tuple(asked.years if key in _YEARS else key for key in FACETS),
            facet_sizes=((asked.years, _MOST_YEARS),),
            size=1 if grouped else asked.size,
            cursor=None if grouped else asked.cursor or None,
        )
    )


def by_family(_actor: Actor, asked: DeskRequest) -> FamilyResult:
    """The page of families for what stands in the address bar. Errors as for ``search``."""
    ensure_refinements(asked)
    request = SearchRequest(whole_query(asked), sort=asked.sort, size=asked.size, cursor=asked.cursor or None)
    return register.desk.by_family(request, Scheme(asked.grouping))


def ranked(actor: Actor, asked: DeskRequest) -> SearchResult:
    """The page of hits in the order of a figure, with the facets of the whole. Errors as for ``search``.

    errors  Limited ``query.too_many_to_rank``
    """
    ensure_refinements(asked)
    request = SearchRequest(whole_query(asked), size=asked.size, cursor=asked.cursor or None)
    found = register.desk.ranked(request, _RANKED[asked.rank])
    counted = search(actor, replace(asked, cursor="", size=1))
    return replace(found, facets=counted.facets)


def ensure_refinements(asked: DeskRequest) -> None:
    """errors: Invalid ``query.refinement`` for a condition the page does not make"""
    if not all(map(_is_refinement, asked.refinements)):
        raise Invalid("query.refinement")


def whole_query(asked: DeskRequest) -> str:
    """The typed query with every refinement in force, in the query language; a sound number is looked for as a number.

    errors  Invalid ``query.syntax`` where the typed text by itself is no query: inside brackets it might become one
    """
    text = _as_number(asked.text)
    register.parse(text)
    parts = [f"({text})" if text and asked.refinements else text, *asked.refinements]
    return " AND ".join(part for part in parts if part)


def _as_number(text: str) -> str:
    if not any(reading.valid for reading in _readings(text)):
        return text
    value = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'PN="{value}" OR AN="{value}"'


def refinement(key: str, value: str) -> str:
    """``FIELD==value`` as the query language wants it written."""
    return str(Refinement(key, (value,)))


def _is_refinement(condition: str) -> bool:
    found = read(condition)
    return found is not None and found.key in REFINED


def address(asked: DeskRequest, refinements: Sequence[str], cursor: str = "") -> str:
    """The address of the same search with these refinements."""
    given = [*_parameters(asked, refinements), *_manner(asked)]
    if cursor:
        given.append(("page", cursor))
    return "/search?" + urlencode(given) if given else "/search"


def _parameters(asked: DeskRequest, refinements: Sequence[str]) -> list[tuple[str, str]]:
    given: list[tuple[str, str]] = [("q", asked.text)] if asked.text else []
    given += [("f", one) for one in refinements]
    if asked.sort != "relevance":
        given.append(("sort", asked.sort))
    return given


def _manner(asked: DeskRequest) -> list[tuple[str, str]]:
    """How the result is shown, where the address says so."""
    told = (
        ("sort", asked.rank, ""),
        ("group", asked.grouping, ""),
        ("size", str(asked.size), "20"),
        ("years", asked.years, "AY"),
    )
    given = [(name, value) for name, value, usual in told if value != usual]
    if asked.layout is not None:
        given.append(("view", "table" if asked.layout.table else "cards"))
        given += [("col", one) for one in asked.layout.columns]
    return given


def parameters(asked: DeskRequest) -> str:
    """What stands behind the ``?`` of this search: what is asked, without place in the list and manner of showing."""
    return urlencode(_parameters(asked, asked.refinements))


def kept(asked: DeskRequest, *named: str) -> tuple[tuple[str, str], ...]:
    """What a form carries on of this search beside the fields that it has itself."""
    given = [*_parameters(asked, asked.refinements), *_manner(asked)]
    return tuple((name, value) for name, value in given if name not in named)


def facet_blocks(asked: DeskRequest, result: SearchResult) -> list[FacetBlock]:
    """Each facet with its values, the chosen ones marked; exact counts of the result at hand. Years are drawn elsewhere."""
    in_force = [one for condition in asked.refinements if (one := read(condition))]
    begun = address(asked, asked.refinements)
    joint = "&" if "?" in begun else "?"
    blocks = []
    for key in FACETS:
        if key in _YEARS:
            continue
        values = []
        counted = result.facets[key]
        for value, word in zip(counted, value_words(key, counted), strict=True):
            chosen = [one for one in in_force if one.key == key and value.value in one.values and not one.excluded]
            url = (
                _without(asked, in_force, chosen, value.value)
                if chosen
                else (f"{begun}{joint}f={quote_plus(refinement(key, value.value))}")
            )
            values.append(FacetChoice(value.value, word, value.count, url, bool(chosen)))
        blocks.append(FacetBlock(key, facet_word(key), tuple(values), values_address(asked, key)))
    return blocks


def _without(asked: DeskRequest, in_force: list[Refinement], chosen: list[Refinement], value: str) -> str:
    """The search without a value that was chosen, alone or with others."""
    rest = [one for one in in_force if one not in chosen]
    rest += [less for one in chosen if (less := one.without(value))]
    return address(asked, list(map(str, rest)))


def values_address(asked: DeskRequest, key: str) -> str:
    """Where the values of a facet are looked into."""
    return "/search/values?" + urlencode([("key", key), *kept(asked)])


def chips(asked: DeskRequest) -> list[Chip]:
    """The refinements in force, each with the address that takes it away."""
    made = []
    for one in asked.refinements:
        others = [other for other in asked.refinements if other != one]
        made.append(Chip(condition_words(one), address(asked, others)))
    return made


def condition_words(condition: str) -> str:
    """A refinement in the reader's language; a condition that is none as it stands."""
    found = read(condition)
    if found is None:
        return condition
    if found.span is not None:
        low, high = ("" if end is None else str(end) for end in found.span)
        told = low if low == high else f"{low}–{high}"
    elif found.values:
        told = "、".join(value_word(found.key, one, one) for one in found.values)
    else:
        state = _("not known") if found.excluded else pgettext("of a value", "known")
        return f"{facet_word(found.key)}：{state}"
    label = f"{facet_word(found.key)}：{told}"
    return _("without %(condition)s") % {"condition": label} if found.excluded else label


def facet_word(key: str) -> str:
    words = {
        "TY": _("Type"),
        "LS": _("Legal status"),
        "AY": _("Filing year"),
        "PA": _("Applicant"),
        "IC": _("IPC subclass"),
        "CI": _("Region"),
        "CC": _("Office"),
        "KD": _("Kind code"),
        "PY": _("Publication year"),
        "SY": _("Year of the status"),
        "IN": _("Inventor"),
        "TF": _("Field of technology"),
        "SF": _("Simple family"),
        "EF": _("Extended family"),
    }
    return words.get(key, key)


def value_word(key: str, value: str, label: str) -> str:
    """A facet value in the reader's language."""
    if key == "CI" and value == "unknown":
        return _("not known")
    if key == "CI":
        regions = refdata.regions()  # a source may name a region that the table does not hold
        return regions.name(value, get_language() or "zh") if value in regions else value
    if key == "IC":
        title = class_title(value)
        return f"{label} {title}" if title else label
    if key == "TF":
        return next((one.name(get_language() or "zh") for one in classes.FIELDS if str(one.number) == value), label)
    return word_for(_VOCABULARY[key], value) if key in _VOCABULARY else label


def class_title(symbol: str) -> str:
    """What an IPC subclass is about, in few words: its title up to the first stop; in English, where examples stand in the
    middle of a title, a few words more.
    """
    found = classes.titles().get(symbol)
    language = get_language() or "zh"
    title = found.title(language) if found else ""
    if not language.startswith("zh"):
        return shorten(title.partition(";")[0].partition("(")[0], _TITLE_WIDTH, placeholder=" …")
    return next(iter(re.split("[；;，,（(]", title))).strip()


def value_words(key: str, values: Sequence[FacetValue]) -> list[str]:
    """Values in the reader's language; where two have one word, as regions of one name, with the code behind it."""
    words = [value_word(key, one.value, one.label) for one in values]
    often = Counter(words)
    return [f"{word} {one.value}" if often[word] > 1 else word for word, one in zip(words, values, strict=True)]


def _readings(text: str) -> tuple[PatentNumber, ...]:
    return numbers.candidates(text) if text and len(text) <= _LONGEST_NUMBER else ()


def number_answer(text: str) -> dict[str, Any] | None:
    """What a number typed into the box is; None where the text is no number."""
    readings = _readings(text)
    if not readings:
        return None
    wrong = None if any(reading.valid for reading in readings) else readings[0]
    asked = numbers.parse(wrong.stem).canonical if wrong else text
    best = wrong or next(reading for reading in readings if reading.valid)
    digit = best.check_digit
    return {
        "given": text,
        "office": best.office,
        "canonical": best.canonical,
        "found": _found(asked),
        "wrong": {
            "given": digit.given if digit else "",
            "expected": digit.expected if digit else "",
            "right_number": asked,
            "right_url": "/search?" + urlencode({"q": asked}),
        }
        if wrong
        else None,
        "coverage_url": "/coverage",
    }


def _found(number: str) -> dict[str, str] | None:
    try:
        record = register.get(number)
    except (NotFound, Invalid):
        return None
    return {
        "url": f"/patents/{quote(record.patent_id)}",
        "title": record.title or record.patent_id,
        "number": record.number_shown,
    }


def fault(asked: DeskRequest, error: Invalid) -> QueryFault:
    """A syntax error with the text before and after its place: of what was typed, or else of the whole query."""
    text = asked.text if _is_broken(asked.text) else whole_query(asked)
    place = error.facts.get("position")
    position = place if isinstance(place, int) else 0
    told = words_of(error)
    repair = str(error.facts.get("repair") or "") if text == asked.text else ""
    url = address(replace(asked, text=repair, cursor=""), asked.refinements) if repair else ""
    return QueryFault(position, before=text[:position], after=text[position:], repair=repair, repair_url=url, **told)


def _is_broken(text: str) -> bool:
    try:
        register.parse(_as_number(text))
    except Invalid:
        return True
    return False
