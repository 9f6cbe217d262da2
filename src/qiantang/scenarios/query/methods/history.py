"""The queries of one sitting by number: what ``#n`` stands for. Values in, values out; where they are kept is not known here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from qiantang.corpus.register.methods.query_language import canonical, parse
from qiantang.corpus.register.methods.query_language.lexer import T, tokens
from qiantang.scenarios.query.types.asking import History, Past

_number = re.compile(r"#\d")
# how two or more are combined -> what stands between them
JOINS: Mapping[str, str] = {"and": " AND ", "or": " OR ", "not": " NOT "}


def remembered(history: History, query: str, total: int, snapshot: int) -> History:
    """The history with a query that was asked; one asked before keeps its number and comes to the end."""
    known = next((past for past in history.queries if past.query == query), None)
    number = known.number if known else history.next_number
    others = tuple(past for past in history.queries if past is not known)
    return History((*others, Past(number, query, total, snapshot)), max(history.next_number, number + 1))


def forgotten(history: History, number: int) -> History:
    """The history without one query; its number is not given again."""
    return replace(history, queries=tuple(past for past in history.queries if past.number != number))


def shortened(history: History) -> History:
    """The history without its oldest query."""
    return replace(history, queries=history.queries[1:])


def texts(history: History) -> dict[int, str]:
    """What each number stands for."""
    return {past.number: past.query for past in history.queries}


def spelled_out(text: str, history: History) -> str | None:
    """The query with every ``#n`` written out, in canonical form; None where it names none.

    errors  ``query.syntax`` with the place of a number that stands for nothing
    """
    if not _number.search(text) or all(token.kind != T.HISTORY for token in tokens(text)):
        return None
    return canonical(parse(text, texts(history)))


def combined(numbers: Sequence[int], how: str) -> str:
    """``#1 AND #3``: in the order given; of NOT the first without all others."""
    return JOINS[how].join(f"#{number}" for number in dict.fromkeys(numbers))


# --- as plain values, for keeping ---


def packed(history: History) -> list[Any]:
    return [history.next_number, [[past.number, past.query, past.total, past.snapshot] for past in history.queries]]


def unpacked(kept: Any) -> History:
    """Errors  ValueError, TypeError for anything but what ``packed`` gives"""
    next_number, rows = kept
    return History(tuple(Past(*row) for row in rows), int(next_number))
