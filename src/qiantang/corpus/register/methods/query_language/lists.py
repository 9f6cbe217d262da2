"""Lists of values between brackets: ``PN=(CN110083831A; CN102025678A)``."""

from __future__ import annotations

import re

from qiantang.corpus.register.methods.query_language.lexer import T, Token

_separator = re.compile(r"[;；、，]|,(?![0-9])|(?<![0-9]),")


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
