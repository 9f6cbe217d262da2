"""What was read as it stands, and is likely to mean something else on another platform.

``电池 4w 隔膜`` asks for the word *4w*; where it comes from, that is a distance. Such a query is right here, so it is no
error and is answered; but its reader should know, and have the other query at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qiantang.corpus.register.methods.query_language.errors import Mend, Sentence, sentence
from qiantang.corpus.register.methods.query_language.fields import Kind, field_named
from qiantang.corpus.register.methods.query_language.lexer import IN_A_SENTENCE, T, Token, tokens
from qiantang.corpus.register.methods.query_language.parser import parse
from qiantang.kernel.errors import Invalid


class Remark(NamedTuple):
    """What is remarked at a place of the text (from 0), and the whole query as it may have been meant."""

    position: int
    message: Sentence
    instead: str


_ENDS = (T.WORD, T.QUOTED, T.CLOSE)
_BEGINS = (T.WORD, T.QUOTED, T.OPEN)
_distance = re.compile(r"(?:near|adj|nr|n)/?(?P<n>[0-9]{0,2})|(?P<many>[0-9]{1,2})(?P<letter>[wn])", re.IGNORECASE)
_sentence = re.compile(r"SAME|WITH|\$SEN|\$PARA|/SEN|/PARA|S|P")  # bare S and P: (S) and (P)
_symbol = re.compile(r"[A-H][0-9]{2}[A-Z](?:[0-9]{1,4}(?:/[0-9]{2,6})?)?", re.IGNORECASE)
_parted = re.compile(r"[;；、，]|(?<![0-9]),|,(?![0-9])")
_SAME_SENTENCE = f"NEAR{IN_A_SENTENCE}"
_MOST = 3  # remarks of one query
_MOST_TRIED = 10  # each is a whole query that is read


def remarks(text: str) -> tuple[Remark, ...]:
    """The remarks on a query that can be read, at most three; none on one that cannot."""
    try:
        found = tokens(text)
    except Invalid:
        return ()
    made: list[Remark] = []
    tried = 0
    for place, token in enumerate(found):
        if token.kind != T.WORD:
            continue
        for message, mend in _of_word(found, place):
            tried += 1
            instead = text[: mend.start] + mend.text + text[mend.end :]
            if _can_be_read(instead):
                made.append(Remark(token.at, message, instead))
                break
        if len(made) == _MOST or tried >= _MOST_TRIED:
            break
    return tuple(made)


def _can_be_read(text: str) -> bool:
    try:
        parse(text)
    except Invalid:
        return False
    return True


def _of_word(found: Sequence[Token], place: int) -> Iterator[tuple[Sentence, Mend]]:
    token = found[place]
    compared = place > 0 and found[place - 1].kind == T.COMPARE
    if not compared and place > 0 and _is_between(found, place):
        yield from _as_operator(found, place)
    if found[place + 1].kind == T.COMPARE:
        return
    field = field_named(found[place - 2].text) if compared and place > 1 else None
    if field is not None and field.kind is not Kind.TEXT:
        return
    start = found[place - 2].at if field is not None else token.at
    if (field is None or field.key == "CL") and _symbol.fullmatch(token.text):
        yield (
            sentence("“%(given)s” was looked for as a word. A class is asked for with IC.", given=token.text),
            Mend(start, token.end, f"IC={token.text}"),
        )
    parts = [one for one in _parted.split(token.text) if one]
    if len(parts) > 1 and all(len(one) > 1 for one in parts) and not _is_inside_list(found, place):
        listed = f"({' OR '.join(parts)})" if field is not None else " AND ".join(parts)
        yield (
            sentence("“%(given)s” was looked for as one piece.", given=token.text),
            Mend(token.at, token.end, listed),
        )


def _is_between(found: Sequence[Token], place: int) -> bool:
    """Whether a word, or a word in brackets of its own, stands between two terms."""
    before, behind = found[place - 1], found[place + 1]
    if before.kind == T.OPEN and behind.kind == T.CLOSE and place > 1:
        before, behind = found[place - 2], found[place + 2]
    return before.kind in _ENDS and behind.kind in _BEGINS


def _as_operator(found: Sequence[Token], place: int) -> Iterator[tuple[Sentence, Mend]]:
    token = found[place]
    bracketed = found[place - 1].kind == T.OPEN and found[place + 1].kind == T.CLOSE
    start, end = (found[place - 1].at, found[place + 1].end) if bracketed else (token.at, token.end)
    near = _distance.fullmatch(token.text)
    if near is not None and (token.text.lower() != "n" or bracketed):
        ordered = (near["letter"] or "").lower() == "w" or token.text.lower().startswith("adj")
        many = near["n"] or near["many"] or ("1" if ordered else "5")
        operator = f"{'ADJ' if ordered else 'NEAR'}{many}"
        yield (
            sentence(
                "“%(given)s” was looked for as a word. A distance is written %(near)s.", given=token.text, near=operator
            ),
            Mend(start, end, operator),
        )
    elif _sentence.fullmatch(token.text) and (len(token.text) > 1 or bracketed):
        yield (
            sentence(
                "“%(given)s” was looked for as a word. Sentences are not marked in the sources; %(near)s comes close.",
                given=token.text,
                near=_SAME_SENTENCE,
            ),
            Mend(start, end, _SAME_SENTENCE),
        )


def _is_inside_list(found: Sequence[Token], place: int) -> bool:
    """Whether the word stands in the brackets of a list, where signs part values: ``PA=(甲厂;乙厂)``."""
    back = place - 1
    while back > 0 and found[back].kind in (T.WORD, T.QUOTED):
        back -= 1
    return back > 0 and found[back].kind == T.OPEN and found[back - 1].kind == T.COMPARE
