"""From the tree of the language to the query of the search port: fields to index fields, text to tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from qiantang.corpus.register.methods.families import family_number
from qiantang.corpus.register.methods.query_language.coded import UNKNOWN
from qiantang.corpus.register.methods.query_language.codes import CODES, GRANTED
from qiantang.corpus.register.methods.query_language.errors import sentence, syntax_error
from qiantang.corpus.register.methods.query_language.fields import (
    BY_KEY,
    CHARACTERS,
    DEFAULT,
    KNOWN,
    KNOWN_KEYS,
    REVERSED,
    Kind,
    QueryField,
)
from qiantang.corpus.register.methods.query_language.nodes import (
    AllOf,
    AnyOf,
    Begins,
    Everything,
    Known,
    Loose,
    Match,
    Near,
    Node,
    Opposite,
    Span,
    Wild,
)
from qiantang.corpus.register.methods.query_language.proximity import field_of
from qiantang.corpus.register.methods.query_language.stretches import Stretch, loose, near, of_pattern, of_text
from qiantang.corpus.register.methods.query_language.values import number_read
from qiantang.engines.search import port
from qiantang.kernel.text import fold, phrase

MOST_WAYS_OF_ALL = 10_000  # in which all conditions of a query together may lie
MOST_LOOKED_UP = 2_000  # single characters and wildcards in these ways: words of the index are looked up for each

_TITLE_AND_TEXT = (DEFAULT, "TA", "TI", "AB", "CL")


def whole_value(text: str) -> str:
    """A whole value as it is indexed and asked for: folded, blanks as one."""
    return " ".join(fold(text).split())


# the name of a set -> the ids of its patents; None: there is no such set
Sets = Callable[[str], "Collection[str] | None"]
# (a name of a party, whether with its parts and subsidiaries) -> all its names as filed, whole; None: no party has the name
Parties = Callable[[str, bool], "tuple[str, ...] | None"]


# (key of the field, a number's identity key) -> ids of the patents tied to it
Ties = Callable[[str, str], "Collection[str]"]


def nobody(_name: str, _with_group: bool) -> None:  # noqa: FBT001 - the shape of ``Parties``
    """The parties of a register where no name was harmonised yet."""


def no_sets(_name: str) -> None:
    """The sets of a register which nobody keeps any for."""


def no_ties(_key: str, _number: str) -> tuple[str, ...]:
    """The ties of a register where nothing cites and nothing claims a priority."""
    return ()


class _Names(NamedTuple):
    """What the names in a query stand for; ``spent`` counts its ways and what is looked up in them."""

    regions: Mapping[str, str]
    parties: Parties
    sets: Sets
    ties: Ties
    spent: Counter[str]


def compile_query(
    node: Node,
    *,
    regions: Mapping[str, str],
    parties: Parties = nobody,
    sets: Sets = no_sets,
    ties: Ties = no_ties,
) -> port.Query:
    """The query for an engine.

    regions  name of a region to its six-digit code
    parties  harmonised party to its names as filed, at the time of the query: a merge counts at once
    sets     name of a set to its patents, at the time of the query
    ties     a number to what cites it or claims its priority, on the newest snapshot
    errors   ``query.syntax`` where a region, a party or a set is not known, and where the conditions of nearness and
             wildcards can lie in too many ways together
    """
    return _compiled(node, _Names(regions, parties, sets, ties, Counter()))


def _compiled(node: Node, names: _Names) -> port.Query:  # noqa: PLR0911 - one a kind of node
    match node:
        case Match():
            return _matched(node, names)
        case AllOf(parts):
            return port.And(tuple([_compiled(part, names) for part in parts]))
        case Span(key, low, high):
            return port.Range(BY_KEY[key].index[0], low, high)
        case AnyOf(parts):
            return port.Or(tuple([_compiled(part, names) for part in parts]))
        case Opposite(part):
            return port.Not(_compiled(part, names))
        case Everything():
            return port.Everything()
        case Near(_, _):
            return _places(BY_KEY[field_of(node)], _ways(node), node, names)
        case Loose(key):
            return _places(BY_KEY[key], _ways(node), node, names)
        case Wild(key):
            return _wild(node, BY_KEY[key], names)
        case Begins(key, start):
            return port.Prefix(BY_KEY[key].index[0], start)
        case Known(key):
            return _known(BY_KEY[key])


def _matched(node: Match, names: _Names) -> port.Query:
    field = BY_KEY[node.field]
    by_itself = _MATCHES.get(field.kind)
    if by_itself is not None:
        return by_itself(node, field)
    if field.kind is Kind.REGION:
        return _region(node, field, names.regions)
    if field.kind is Kind.PARTY:
        return _party(node, field, names.parties)
    if field.kind is Kind.TIE:
        return _these(field, names.ties(field.key, number_read(node.value, field).key))
    return _set(node, field, names.sets)


def _ways(node: Node) -> list[Stretch]:
    """In which ways the text of a node may lie."""
    match node:
        case Match(_, value):
            return [of_text(value)]
        case Wild(key, pattern):
            return of_pattern(pattern, node.at, may_lead=key == "PA")
        case Loose(_, value, more):
            return loose([of_text(word) for word in value.split()], more, node.at)
        case AnyOf(parts):
            return [way for part in parts for way in _ways(part)]
        case Near(left, right, distance, ordered):
            return near(_ways(left), _ways(right), distance, ordered=ordered, at=node.at)
        case _:
            raise AssertionError(f"{node!r} has no places: the parser refuses it")


def _places(field: QueryField, ways: list[Stretch], node: Near | Loose | Wild, names: _Names) -> port.Query:
    if len(ways) > 1:  # one way is what any term is
        names.spent["ways"] += len(ways) * len(field.index)
        patterns = sum(slot.how is not port.How.EXACT for way in ways for slot in way.slots)
        names.spent["looked up"] += patterns * len(field.index)
        if names.spent["ways"] > MOST_WAYS_OF_ALL or names.spent["looked up"] > MOST_LOOKED_UP:
            raise syntax_error(
                node.at,
                "The conditions up to here can lie in too many ways together.",
                expected="smaller distances, or fewer of them",
                hint="A distance of 5 costs a tenth of one of 50; two characters, as 电池, cost less than a single one.",
            )
    return _any_of([port.Places(name, way.slots) for name in field.index for way in ways])


def _wild(node: Wild, field: QueryField, names: _Names) -> port.Query:
    if field.kind is Kind.NUMBER:
        role = "p:" if field.key == "PN" else "a:"
        if node.pattern.startswith("*"):
            return port.Prefix(REVERSED, role + node.pattern[:0:-1].replace(".", ""))
        return port.Prefix(field.index[0], role + node.pattern[:-1].replace(".", ""))
    if node.whole and field.whole is not None:
        return port.Wild(field.whole, whole_value(node.pattern))
    return _places(field, of_pattern(node.pattern, node.at, may_lead=field.key == "PA"), node, names)


def _any_of(parts: list[port.Query]) -> port.Query:
    return parts[0] if len(parts) == 1 else port.Or(tuple(parts))


def _text(node: Match, field: QueryField) -> port.Query:
    if node.whole and field.whole is not None:
        return port.Term(field.whole, whole_value(node.value))
    asked = phrase(node.value)
    if asked.single is not None:
        return _any_of([port.Term(name + CHARACTERS, asked.single) for name in field.index])
    if len(asked.tokens) == 1:
        return _any_of([port.Term(name, asked.tokens[0]) for name in field.index])
    return _any_of([port.Phrase(name, asked.tokens, asked.open_end) for name in field.index])


def _code(node: Match, field: QueryField) -> port.Query:
    name = field.index[0]
    group = CODES[field.key].groups.get(node.value)
    if group is not None and not node.whole:
        return port.Or(tuple(port.Term(name, one) for one in group))
    if field.key == "KD":
        if node.value == GRANTED:
            return port.Exists(BY_KEY["GD"].index[0])
        if not node.whole and len(node.value) == 1:  # B is B1, B2 … too
            return port.Prefix(name, node.value)
    return port.Term(name, node.value)


def _number(node: Match, field: QueryField) -> port.Query:
    return port.Term(field.index[0], number_read(node.value, field).key)


def _plain(node: Match, field: QueryField) -> port.Query:
    return port.Term(field.index[0], node.value)


def _family(node: Match, field: QueryField) -> port.Query:
    return port.Term(field.index[0], family_number(node.value))


_MATCHES: Mapping[Kind, Callable[[Match, QueryField], port.Query]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.CLASS: _plain,
    Kind.NUMBER: _number,
    Kind.KEY: _plain,
    Kind.FAMILY: _family,
}


def _region(node: Match, field: QueryField, regions: Mapping[str, str]) -> port.Query:
    name = field.index[0]
    if node.value == UNKNOWN:
        return port.Term(name, UNKNOWN)
    code = node.value if node.value.isdecimal() else regions.get(node.value)
    if code is None:
        raise syntax_error(
            node.at,
            sentence("There is no region %(given)r.", given=node.value),
            expected="a region's code or name",
            hint="The regions on record stand in the facet beside a result; CI=33 is a whole province.",
        )
    inside = code.removesuffix("00").removesuffix("00")
    return port.Term(name, code) if node.whole or inside == code else port.Prefix(name, inside)


def _party(node: Match, field: QueryField, parties: Parties) -> port.Query:
    names = parties(node.value, not node.whole)
    if names is None:
        raise syntax_error(
            node.at,
            sentence("No harmonised party has the name %(given)r.", given=node.value),
            expected="a name of the party, or its number: P12",
            hint="Names as filed, and names of persons, are searched with PA.",
        )
    return _any_of([port.Term(field.whole or field.index[0], name) for name in names])


def _set(node: Match, field: QueryField, sets: Sets) -> port.Query:
    found = sets(node.value)
    if found is None:
        raise syntax_error(
            node.at,
            "There is no such set of patents, or it was deleted.",
            expected="the name of a number list or of a dossier",
            hint="Open the list or dossier, and search in it from there.",
        )
    return _these(field, found)


def _these(field: QueryField, ids: Collection[str]) -> port.Query:
    if not ids:
        return port.Not(port.Everything())
    return _any_of([port.Term(field.index[0], one) for one in sorted(ids)])


def _known(field: QueryField) -> port.Query:
    if field.kind is Kind.REGION or field.key == "LS":  # these say so where they are not known
        return port.Not(port.Term(field.index[0], UNKNOWN))
    if field.kind in (Kind.TEXT, Kind.PARTY):
        return _any_of([port.Term(KNOWN, name) for name in field.index])
    if field.kind is Kind.FAMILY:
        return port.Exists(field.index[0])
    if field.key in KNOWN_KEYS:
        return port.Term(KNOWN, field.key)
    return port.Exists(field.facet or field.index[0]) if field.facet or field.sort else port.Everything()


class WildTerm(str):
    """A term to mark in which ``*``, ``?`` and ``#`` stand for letters."""

    __slots__ = ()


def terms_to_mark(node: Node) -> tuple[str, ...]:
    """The texts that a hit may show marked: what is asked of title, abstract and claims, and not under a NOT."""
    return tuple(dict.fromkeys(_to_mark(node)))


def _to_mark(node: Node) -> list[str]:
    match node:
        case Match(key, value):
            return [value] if key in _TITLE_AND_TEXT else []
        case AllOf(parts) | AnyOf(parts):
            return [term for part in parts for term in _to_mark(part)]
        case Near(left, right):
            return _to_mark(left) + _to_mark(right)
        case Loose(key, value) if key in _TITLE_AND_TEXT:
            return value.split()
        case Wild(key, pattern, False) if key in _TITLE_AND_TEXT:
            return [WildTerm(pattern)]
        case _:
            return []
