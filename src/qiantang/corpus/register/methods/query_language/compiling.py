"""From the tree of the language to the query of the search port: fields to index fields, text to tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qiantang.corpus.register.methods.query_language.codes import CODES, GRANTED
from qiantang.corpus.register.methods.query_language.errors import syntax_error
from qiantang.corpus.register.methods.query_language.fields import (
    BY_KEY,
    CHARACTERS,
    DEFAULT,
    KNOWN,
    KNOWN_KEYS,
    Kind,
    QueryField,
)
from qiantang.corpus.register.methods.query_language.nodes import (
    AllOf,
    AnyOf,
    Begins,
    Everything,
    Known,
    Match,
    Node,
    Opposite,
    Span,
)
from qiantang.corpus.register.methods.query_language.values import UNKNOWN, number_read
from qiantang.engines.search import port
from qiantang.kernel.text import fold, phrase

_TITLE_AND_TEXT = (DEFAULT, "TA", "TI", "AB", "CL")


def whole_value(text: str) -> str:
    """A whole value as it is indexed and asked for: folded, blanks as one."""
    return " ".join(fold(text).split())


def compile_query(node: Node, *, regions: Mapping[str, str]) -> port.Query:  # noqa: PLR0911 - one a kind of node
    """The query for an engine.

    regions  name of a region to its six-digit code
    errors   ``query.syntax`` where a region is not known
    """
    match node:
        case Everything():
            return port.Everything()
        case AllOf(parts):
            return port.And(tuple(compile_query(part, regions=regions) for part in parts))
        case AnyOf(parts):
            return port.Or(tuple(compile_query(part, regions=regions) for part in parts))
        case Opposite(part):
            return port.Not(compile_query(part, regions=regions))
        case Span(key, low, high):
            return port.Range(BY_KEY[key].index[0], low, high)
        case Begins(key, start):
            return port.Prefix(BY_KEY[key].index[0], start)
        case Known(key):
            return _known(BY_KEY[key])
        case Match(key):
            field = BY_KEY[key]
            if field.kind is Kind.REGION:
                return _region(node, field, regions)
            return _MATCHES[field.kind](node, field)


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


_MATCHES: Mapping[Kind, Callable[[Match, QueryField], port.Query]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.CLASS: _plain,
    Kind.NUMBER: _number,
    Kind.KEY: _plain,
}


def _region(node: Match, field: QueryField, regions: Mapping[str, str]) -> port.Query:
    name = field.index[0]
    if node.value == UNKNOWN:
        return port.Term(name, UNKNOWN)
    code = node.value if node.value.isdecimal() else regions.get(node.value)
    if code is None:
        raise syntax_error(node.at, f"There is no region {node.value!r}.", expected="a region's code or name")
    inside = code.removesuffix("00").removesuffix("00")
    return port.Term(name, code) if node.whole or inside == code else port.Prefix(name, inside)


def _known(field: QueryField) -> port.Query:
    if field.kind is Kind.REGION or field.key == "LS":  # these say so where they are not known
        return port.Not(port.Term(field.index[0], UNKNOWN))
    if field.kind is Kind.TEXT:
        return _any_of([port.Term(KNOWN, name) for name in field.index])
    if field.key in KNOWN_KEYS:
        return port.Term(KNOWN, field.key)
    return port.Exists(field.facet or field.index[0]) if field.facet or field.sort else port.Everything()


def terms_to_mark(node: Node) -> tuple[str, ...]:
    """The texts that a hit may show marked: what is asked of title, abstract and claims, and not under a NOT."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            return tuple(dict.fromkeys(term for part in parts for term in terms_to_mark(part)))
        case Match(key, value) if key in _TITLE_AND_TEXT:
            return (value,)
        case _:
            return ()
