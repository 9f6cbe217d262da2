"""Reads of the search desk: hits, facets as choices, what a typed number is, why nothing was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qiantang.commons.refdata import api as refdata
from qiantang.commons.ui.api import word_for
from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.query_language.nodes import AllOf, AnyOf, Begins, Known, Match, Node, Span
from qiantang.corpus.register.types import SearchRequest, SearchResult
from qiantang.kernel import numbers
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.scenarios.query.types import Chip, DeskRequest, FacetBlock, FacetChoice, QueryFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor
    from qiantang.kernel.numbers import PatentNumber

FACETS = ("TY", "LS", "AY", "PA", "IC", "CI", "CC", "KD")
_VOCABULARY = {"TY": "type", "LS": "status", "CC": "office"}
_PAGE_SIZE = 20
_LONGEST_NUMBER = 40


def search(_actor: Actor, asked: DeskRequest) -> SearchResult:
    """The page of hits for what stands in the address bar.

    errors  as ``corpus.register.api.search``; Invalid ``query.refinement`` for a condition the page does not make
    """
    ensure_refinements(asked)
    return register.search(
        SearchRequest(
            query=whole_query(asked), sort=asked.sort, facets=FACETS, size=_PAGE_SIZE, cursor=asked.cursor or None
        )
    )


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
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{key}=="{escaped}"'


_REFINEMENT = re.compile(r'([A-Z]{2})=="((?:[^"\\]|\\.)*)"', re.DOTALL)


def _parts(condition: str) -> tuple[str, str]:
    """Field and value of a refinement; two empty texts where it is none."""
    found = _REFINEMENT.fullmatch(condition)
    return (found[1], re.sub(r"\\(.)", r"\1", found[2], flags=re.DOTALL)) if found else ("", "")


def _is_refinement(condition: str) -> bool:
    return _parts(condition)[0] in FACETS


def address(asked: DeskRequest, refinements: Sequence[str], cursor: str = "") -> str:
    """The address of the same search with these refinements."""
    given: list[tuple[str, str]] = [("q", asked.text)] if asked.text else []
    given += [("f", one) for one in refinements]
    if asked.sort != "relevance":
        given.append(("sort", asked.sort))
    if cursor:
        given.append(("page", cursor))
    return "/search?" + urlencode(given) if given else "/search"


def parameters(asked: DeskRequest) -> str:
    """What stands behind the ``?`` of this search, without the place in the list."""
    return address(asked, asked.refinements).partition("?")[2]


def facet_blocks(asked: DeskRequest, result: SearchResult) -> list[FacetBlock]:
    """Each facet with its values, the chosen ones marked; exact counts of the result at hand."""
    blocks = []
    for key in FACETS:
        values = []
        for value in result.facets[key]:
            condition = refinement(key, value.value)
            chosen = condition in asked.refinements
            others = [one for one in asked.refinements if one != condition]
            url = address(asked, others if chosen else [*asked.refinements, condition])
            values.append(FacetChoice(value.value, value_word(key, value.value, value.label), value.count, url, chosen))
        blocks.append(FacetBlock(key, facet_word(key), tuple(values)))
    return blocks


def chips(asked: DeskRequest) -> list[Chip]:
    """The refinements in force, each with the address that takes it away."""
    made = []
    for one in asked.refinements:
        key, value = _parts(one)
        label = f"{facet_word(key)}：{value_word(key, value, value)}" if key else one
        others = [other for other in asked.refinements if other != one]
        made.append(Chip(label, address(asked, others)))
    return made


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
    }
    return words.get(key, key)


def value_word(key: str, value: str, label: str) -> str:
    """A facet value in the reader's language."""
    if key == "CI" and value == "unknown":
        return _("not known")
    if key == "CI":
        regions = refdata.regions()  # a source may name a region that the table does not hold
        return regions.name(value, get_language() or "zh") if value in regions else value
    return word_for(_VOCABULARY[key], value) if key in _VOCABULARY else label


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


def zero_reason(asked: DeskRequest) -> dict[str, Any]:
    """Why nothing was found: a field that no loaded file fills, else the query; and what may help."""
    steps: list[dict[str, str]] = []
    if asked.refinements and _count(DeskRequest(text=asked.text)):
        steps.append({"text": _("Take the refinements away"), "url": address(asked, ())})
    if asked.text and not asked.refinements and _count(DeskRequest(text=_as_applicant(asked.text))):
        as_applicant = DeskRequest(text=_as_applicant(asked.text))
        steps.append({"text": _("Look for it among the applicants"), "url": address(as_applicant, ())})
    steps.append({"text": _("See what is loaded"), "url": "/coverage"})
    if _is_lacking(register.parse(whole_query(asked))):
        return {"kind": "coverage", "text": _("The files loaded so far do not carry this field."), "steps": steps}
    snapshot = register.current_snapshot()
    patents = f"{snapshot.patents:,}" if snapshot else "0"
    text = _("All %(patents)s patents on record were searched; none fits.") % {"patents": patents}
    return {"kind": "query", "text": text, "steps": steps}


def _is_lacking(node: Node) -> bool:
    """Whether the query can find nothing because it asks for a field of which no value is on record."""
    match node:
        case AllOf(parts):
            return any(map(_is_lacking, parts))
        case AnyOf(parts):
            return all(map(_is_lacking, parts))
        case Match(field) | Begins(field) | Span(field) | Known(field):
            return not _count(DeskRequest(text=f"{field}:*"))
        case _:
            return False


def _as_applicant(text: str) -> str:
    return f'PA="{text}"' if '"' not in text and "=" not in text else ""


def _count(asked: DeskRequest) -> int:
    if not asked.text:
        return 0
    try:
        return register.search(SearchRequest(query=asked.text, size=1)).total
    except Invalid:
        return 0


def fault(asked: DeskRequest, error: Invalid) -> QueryFault:
    """A syntax error with the text before and after its place: of what was typed, or else of the whole query."""
    text = asked.text if _is_broken(asked.text) else whole_query(asked)
    place = error.facts.get("position")
    position = place if isinstance(place, int) else 0
    told = {name: str(error.facts.get(name) or "") for name in ("message", "expected", "hint")}
    return QueryFault(
        position=position,
        message=told["message"] or error.code,
        expected=told["expected"],
        hint=told["hint"],
        before=text[:position],
        after=text[position:],
    )


def _is_broken(text: str) -> bool:
    try:
        register.parse(_as_number(text))
    except Invalid:
        return True
    return False
