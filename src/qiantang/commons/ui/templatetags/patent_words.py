"""Filters that turn the keys of a record into words, and a record into what a page shows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext

from qiantang.commons.ui.selectors.words import tone_of, word_for

register = template.Library()


class HasPart(Protocol):
    part: str
    machine: bool


class HasTexts(Protocol):
    texts: Sequence[HasPart]


class HasRole(Protocol):
    role: str
    position: int


class HasParties(Protocol):
    parties: Sequence[HasRole]


@register.filter
def status_word(key: str) -> str:
    return word_for("status", key)


@register.filter
def status_tone(key: str) -> str:
    return str(tone_of(key))


@register.filter
def flag_word(key: str) -> str:
    return word_for("flag", key)


@register.filter
def type_word(key: str) -> str:
    return word_for("type", key)


@register.filter
def office_word(key: str) -> str:
    return word_for("office", key)


@register.filter
def origin_word(key: str) -> str:
    return word_for("origin", key)


@register.filter
def field_word(key: str) -> str:
    return word_for("field", key)


@register.filter
def told_word(value: str, field: str) -> str:
    """What a source says of a field, in words: keys by their word, a family by the scheme that numbers it."""
    if field in {"office", "type"}:
        return word_for(field, value)
    if field in {"simple_family", "extended_family"}:
        scheme, _, number = value.rpartition(":")
        return (
            f"{scheme.upper()} {number}" if scheme else gettext("numbered %(number)s by the source") % {"number": value}
        )
    return value


@register.filter
def stage_word(key: str) -> str:
    return word_for("stage", key)


@register.filter
def rank_word(rank: int) -> str:
    return word_for("rank", str(rank))


@register.filter
def party_rule_word(key: str) -> str:
    return word_for("party_rule", key)


@register.filter
def party_proposal_word(key: str) -> str:
    """Why two names may be one party, of a pair that nobody has decided on yet."""
    return word_for("party_proposal", key)


@register.filter
def number_of(numbers: Mapping[str, int], name: str) -> int | None:
    """The number of the harmonised party of a name as filed; None where it has none."""
    return numbers.get(name)


@register.filter
def format_word(name: str) -> str:
    """What a file format is; one that an operator described stands under the name that was given to it."""
    return word_for("format", name)


@register.filter
def rule_word(rule: str) -> str:
    """How a region was told from an address."""
    return word_for("region_rule", rule)


@register.filter
def texts_of(patent: HasTexts, part: str) -> list[HasPart]:
    """The texts of one part (``title``, ``abstract`` …) in all languages, a human's before a machine's."""
    return sorted((text for text in patent.texts if text.part == part), key=lambda text: text.machine)


@register.filter
def parties_of(patent: HasParties, role: str) -> list[HasRole]:
    """The names of one role in their order; addresses stay where they are."""
    return sorted((party for party in patent.parties if party.role == role), key=lambda party: party.position)


@register.simple_tag
def query_url(field: str, value: str) -> str:
    """Address of the search for a field: classes with all below them, any other value whole, as filed."""
    query = f"{field}={value}" if field == "IC" else f'{field}=="{value.replace(chr(34), "")}"'
    return f"/search?{urlencode({'q': query})}"
