"""A tree as text again: one spelling for each meaning."""

from __future__ import annotations

import re

from qiantang.corpus.register.methods.query_language.fields import BY_KEY, DEFAULT, Kind
from qiantang.corpus.register.methods.query_language.lexer import T, is_word, tokens
from qiantang.corpus.register.methods.query_language.nodes import (
    AllOf,
    AnyOf,
    Begins,
    Everything,
    Known,
    Leaf,
    Loose,
    Match,
    Near,
    Node,
    Opposite,
    Span,
    Wild,
)


def canonical(node: Node) -> str:  # noqa: PLR0911 - one a kind of node
    """The query as understood; ``parse`` of it gives an equal tree."""
    match node:
        case Match() | Span():
            return _leaf(node)
        case Everything():
            return ""
        case AllOf(parts):
            return " AND ".join(_bracketed(part, AnyOf) for part in parts)
        case AnyOf(parts):
            return " OR ".join(canonical(part) for part in parts)
        case Opposite(part):
            return "NOT " + _bracketed(part, AllOf, AnyOf)
        case Near(left, right, distance, ordered):
            sign = f"{'ADJ' if ordered else 'NEAR'}{distance}"
            return f"{_bracketed(left, AnyOf)} {sign} {_bracketed(right, AnyOf, Near)}"
        case _:
            return _leaf(node)


def _bracketed(node: Node, *kinds: type[AllOf | AnyOf | Near]) -> str:
    return f"({canonical(node)})" if isinstance(node, kinds) else canonical(node)


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Match(field, value, whole):
            name = "" if field == DEFAULT else f"{field}{'==' if whole else '='}"
            return name + quoted(value)
        case Wild(field, pattern, whole):
            bare = field == DEFAULT and not whole and not _operator(pattern)
            return pattern if bare else f"{field}{'==' if whole else '='}{pattern}"
        case Loose(field, value, more):
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'{"" if field == DEFAULT else f"{field}="}"{escaped}"~{more}'
        case Begins(field, start):
            return f"{field}={start}*"
        case Known(field):
            return f"{field}:*"
        case Span(field, low, high):
            return _span(field, low, high)


def _span(field: str, low: int | None, high: int | None) -> str:
    ends = ["*" if end is None else f"{end:0{4 if BY_KEY[field].kind is Kind.YEAR else 8}d}" for end in (low, high)]
    return f"{field}=[{ends[0]} TO {ends[1]}]"


def _operator(word: str) -> bool:
    """Whether a bare word would be read as something else."""
    found = tokens(word)
    return len(found) != 2 or found[0].kind != T.WORD  # noqa: PLR2004 - the word and the end


_plain = re.compile(r"[^\s\"\\*?#~!-]+(?:-[^\s\"\\*?#~!-]+)*").fullmatch


def quoted(value: str) -> str:
    """The value as the language takes it: bare where it is one harmless word, else quoted."""
    if _plain(value):
        if is_word(value):
            return value
        found = tokens(value)
        if len(found) == 2 and found[0].kind == T.WORD:  # noqa: PLR2004 - the word and the end
            return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
