"""Texts put together from the bytes of a document."""

from __future__ import annotations

from qiantang.corpus.ingest.methods.trees.scanning.elements import BEGIN, END, LAST, NAME
from qiantang.corpus.ingest.methods.trees.scanning.signs import (
    AND,
    ASKS,
    BANG,
    CLOSES,
    FEED,
    KINDS,
    MORE,
    OPENS,
    RARE,
    RETURN,
    SPECIAL,
    STROKE,
    Array,
    U,
    behind_aside,
    character,
    compiled,
    signed,
)


@compiled
def put(value: int, out: Array, m: int) -> int:
    """A character as UTF-8."""
    if value < 0x80:
        out[m] = value
        return m + 1
    if value < 0x800:
        out[m] = 0xC0 | value >> 6
    else:
        if value < 0x10000:
            out[m] = 0xE0 | value >> 12
        else:
            out[m] = 0xF0 | value >> 18
            m += 1
            out[m] = 0x80 | (value >> 12) & 63
        m += 1
        out[m] = 0x80 | (value >> 6) & 63
    out[m + 1] = 0x80 | value & 63
    return m + 2


@compiled
def tell_text(b: Array, p: int, end: int, out: Array, m: int) -> tuple[int, int]:
    """Puts the text from p to the next tag or to the end, references resolved; gives both places."""
    while p < end:
        # Places without a sign are not looked at for counting from the end: twice as fast.
        q, w = U(p), U(m)
        while q < U(end) and not KINDS[b[q]] & SPECIAL:
            out[w] = b[q]
            q, w = q + U(1), w + U(1)
        p, m = signed(q), signed(w)
        if p == end:
            break
        c = b[U(p)]
        if c == CLOSES or c == RARE:
            out[m] = c
            m, p = m + 1, p + 1
        elif c == AND:
            value, p = character(b, p)
            m = put(value, out, m)
        elif c == RETURN:
            out[m] = FEED
            m += 1
            p += 2 if b[U(p + 1)] == FEED else 1
        else:
            return p, m
    return p, m


@compiled
def tell_aside(b: Array, p: int, out: Array, m: int) -> tuple[int, int]:
    """Puts the text of a CDATA section; comments and instructions are passed over."""
    end = behind_aside(b, p)
    if b[U(p + 1)] == BANG and b[U(p + 2)] == OPENS:
        p += 9
        while p < end - 3:
            c = b[U(p)]
            if c == RETURN:
                c = FEED
                p += b[U(p + 1)] == FEED
            out[m] = c
            m, p = m + 1, p + 1
    return end, m


@compiled
def tell(
    b: Array, table: Array, element: int, p: int, end: int, before: Array, follows: Array, out: Array, m: int
) -> int:
    """Puts all text from p to the end, and before each marked element its mark; gives the place behind it.

    element  the first whose start tag may stand there
    before   a character for each number of a name: -1 nothing
    follows  whether the content of such an element is said
    """
    while p < end:
        p, m = tell_text(b, p, end, out, m)
        if p >= end:
            break
        if b[U(p + 1)] == BANG or b[U(p + 1)] == ASKS:
            p, m = tell_aside(b, p, out, m)
        elif b[U(p + 1)] == STROKE:
            while b[U(p)] != MORE:
                p += 1
            p += 1
        else:
            name = table[element, NAME]
            p = table[element, BEGIN]
            if name < len(before):
                if before[name] >= 0:
                    out[m] = before[name]
                    m += 1
                if not follows[name]:
                    p = table[element, END]
                    element = table[element, LAST]
            element += 1
    return m


@compiled
def tell_all(b: Array, table: Array, elements: Array, before: Array, follows: Array, out: Array, ends: Array) -> None:
    """Puts all text of each element behind the other; the places behind them are taken down."""
    m = 0
    for row in range(len(elements)):
        one = elements[row]
        m = tell(b, table, one + 1, table[one, BEGIN], table[one, END], before, follows, out, m)
        ends[row] = m
