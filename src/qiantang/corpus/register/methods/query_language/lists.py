"""Lists between brackets: of values, ``PN=(CN110083831A; CN102025678A)``, and of fields, ``(TI,AB)=石墨``."""

from __future__ import annotations

import re

from qiantang.corpus.register.methods.query_language.fields import field_named
from qiantang.corpus.register.methods.query_language.lexer import T, Token

_separator = re.compile(r"[;；、，]|,(?![0-9])|(?<![0-9]),")

_name = re.compile(r"[^;；、，,]+")


def is_list(token: Token) -> bool:
    """Whether a word has something in it that parts values: ``CN,US``."""
    return token.kind != T.QUOTED and _separator.search(token.text) is not None


def listed(inside: list[Token]) -> list[Token]:
    """The values between the separators, each as one token; words side by side are one value."""
    values: list[list[Token]] = [[]]
    for token in inside:
        for number, piece in enumerate(_separator.split(token.text) if is_list(token) else [token.text]):
            if number:
                values.append([])
            if piece:
                values[-1].append(token._replace(text=piece))
    return [
        value[0] if len(value) == 1 else value[0]._replace(text=" ".join(one.text for one in value), kind=T.WORD)
        for value in values
        if value
    ]


def fields_listed(found: list[Token], place: int) -> list[Token]:
    """The names in a bracket that opens at ``place`` and is followed by a comparison: one token each, where it stands.

    Empty where it is no list of fields: something else stands in it, or none of the words is a field.
    """
    names: list[Token] = []
    place += 1
    while found[place].kind in (T.WORD, T.OR):
        token = found[place]
        if token.kind == T.WORD:
            names += [
                Token(T.WORD, one[0], token.at + one.start(), token.at + one.end())
                for one in _name.finditer(token.text)
            ]
        place += 1
    closed = found[place].kind == T.CLOSE and found[place + 1].kind == T.COMPARE
    return names if closed and any(field_named(one.text) for one in names) else []
