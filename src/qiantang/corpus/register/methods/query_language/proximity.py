"""Nearness: the signs it is written with, and what may stand beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qiantang.corpus.register.methods.query_language.errors import Mend, sentence, syntax_error
from qiantang.corpus.register.methods.query_language.fields import BY_KEY, DEFAULT, Kind
from qiantang.corpus.register.methods.query_language.nodes import AnyOf, Loose, Match, Near, Node, Wild
from qiantang.corpus.register.methods.query_language.stretches import MOST_DISTANCE
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from qiantang.corpus.register.methods.query_language.lexer import Token

_written = re.compile(r"(?P<name>[A-Z]+/?)(?P<after>[0-9]*)|(?P<before>[0-9]+)(?P<letter>[WD])")
_IN_ORDER = {"ADJ": True, "PRE/": True, "W": True, "NEAR": False, "W/": False, "D": False}


def nearness(sign: Token) -> tuple[int, bool]:
    """Distance and whether the order counts: ``ADJ5`` ``<ADJ5>`` ``PRE/5`` ``5W`` keep it, ``NEAR5`` ``W/5`` ``5D`` do not.

    errors  ``query.syntax``: a distance of 0 or above 50; NEAR without one (ADJ alone is ADJ1)
    """
    found = _written.fullmatch(
        sign.text.strip("<> ")
        .replace(" ", "")
        .upper()
        .replace("NEAR/", "NEAR")
        .replace("ADJ/", "ADJ")
        .replace("$PRE", "PRE/")
        .replace("$W", "W/")
    )
    assert found is not None, "the lexer knows the signs"
    name = found["name"] or found["letter"]
    told = found["after"] or found["before"] or ("1" if name == "ADJ" else "")
    if not told:
        raise syntax_error(
            sign.at,
            sentence("%(sign)s needs a distance.", sign=name),
            expected=sentence("such as %(near)s", near=f"{name}5"),
            hint="The number says how many positions apart they may be; neighbours are 1 apart.",
            mend=Mend(sign.at, sign.end, f"{name}5"),
        )
    if not 1 <= int(told) <= MOST_DISTANCE:
        raise syntax_error(
            sign.at,
            sentence("A distance is between 1 and %(most)s.", most=MOST_DISTANCE),
            expected=sentence("such as %(near)s", near=f"{name}5"),
            hint="Terms that need not be near each other are joined by AND.",
        )
    return int(told), _IN_ORDER[name]


def field_of(node: Node) -> str:
    """The one field of which both sides of a nearness are asked.

    errors  ``query.syntax``: two fields, a field without positions, or something that is not a stretch of text
    """
    fields = set(_fields(node, node.at if isinstance(node, Near) else 0))
    return fields.pop()


def with_field(error: Invalid, near: Near, start: int) -> Invalid:
    """The error of two fields, mended where the right side, from ``start`` on, just has no field: ``TI=a NEAR5 b``."""
    try:
        left, right = (set(_fields(side, near.at)) for side in (near.left, near.right))
    except Invalid:
        return error
    if len(left) != 1 or right != {DEFAULT}:
        return error
    return Invalid(error.code, **error.facts, mend=Mend(start, start, f"{left.pop()}="))


def _fields(node: Node, at: int) -> list[str]:
    match node:
        case Match(field, _, whole) | Wild(field, _, whole) if not whole and BY_KEY[field].kind is Kind.TEXT:
            return [field]
        case Loose(field):
            return [field]
        case AnyOf(parts):
            return [one for part in parts for one in _fields(part, at)]
        case Near(left, right):
            found = [*_fields(left, at), *_fields(right, at)]
            if len(set(found)) > 1:
                one, other = sorted(set(found))[:2]
                raise syntax_error(
                    at,
                    "Both sides must be asked of the same field.",
                    expected="two terms of one field",
                    hint=sentence("Here it is %(one)s and %(other)s: TI=(a NEAR5 b)", one=one, other=other),
                )
            return found
        case _:
            raise syntax_error(
                at,
                "Only words and phrases can be near each other, and alternatives of them.",
                expected="such as a NEAR5 (b OR c)",
                hint="Whole values, dates and codes are joined by AND.",
            )
