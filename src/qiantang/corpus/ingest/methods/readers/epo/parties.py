"""Applicants and inventors of exchange documents, which stand in a form as filed and in normalised ones.

As filed: ``original`` (OPS), ``docdba`` (DOCDB). Normalised, in capitals without accents: ``epodoc``, ``docdb``; only these
say the country of residence. The form as filed is taken, with the country of the normalised name of the same place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qiantang.corpus.register.types import Party

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.ingest.methods.trees import Node

_FILED = ("original", "docdba")
_RESIDENCE = re.compile(r"\s*\[([A-Z]{2})\]\s*$")
_GROUPS = (("applicant", "applicants", "applicant"), ("inventor", "inventors", "inventor"))


def parties(people: Node | None, notes: list[str]) -> list[Party]:
    """Everybody of a ``parties`` element; where only normalised names stand there, a note says so."""
    if people is None:
        return []
    return [one for role, group, element in _GROUPS for one in _named(people.every(group, element), role, notes)]


def _named(entries: list[Node], role: str, notes: list[str]) -> Iterator[Party]:
    filed = [one for one in entries if one.get("data-format") in _FILED]
    if entries and not filed:
        notes.append("party_normalised_only")
    countries = dict(_residences(entries, role))
    seen: set[str] = set()
    position = 0
    for one in filed or entries:
        name = _RESIDENCE.sub("", _name(one, role))
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            position += 1
            yield Party(role, position, name, countries.get(one.get("sequence")))


def _name(entry: Node, role: str) -> str:
    text = entry.word(f"{role}-name", "name") or entry.word("name") or ""
    return text.strip(" ,;")


def _residences(entries: list[Node], role: str) -> Iterator[tuple[str | None, str]]:
    for one in entries:
        bracketed = _RESIDENCE.search(_name(one, role))
        country = one.word("residence", "country") or (bracketed[1] if bracketed else None)
        if country:
            yield one.get("sequence"), country
