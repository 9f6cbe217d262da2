"""Texts put together from the bytes of a document."""

from __future__ import annotations

import numpy as np

from qiantang.corpus.ingest.methods.trees.scanning.closing import close_up, moved, stripped
from qiantang.corpus.ingest.methods.trees.scanning.elements import (
    BEGIN,
    CARE,
    END,
    LAST,
    NAME,
    PIECE,
    PIECE_BEGIN,
    PIECE_END,
    PIECE_KIND,
    TAG,
)
from qiantang.corpus.ingest.methods.trees.scanning.looking import first
from qiantang.corpus.ingest.methods.trees.scanning.machine import compiled
from qiantang.corpus.ingest.methods.trees.scanning.signs import (
    AND,
    ASKS,
    BANG,
    CAREFUL,
    CLOSES,
    COLON,
    FEED,
    FULL,
    KINDS,
    MORE,
    OPENS,
    RARE,
    RETURN,
    SPECIAL,
    STROKE,
    UNSURE,
    Array,
    U,
    behind_aside,
    behind_blanks,
    behind_name,
    character,
    eight,
    put_eight,
    signed,
    stands,
    stops,
)

END_OF_WORD, NOT_THERE = 0x1E, 0x1F  # no XML document can hold these characters
BLANK_SIGN = 32
NOT_BEFORE, NOT_FOLLOWS = np.empty(0, np.int16), np.empty(0, np.bool_)


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
        while q + U(8) <= U(end):
            said = eight(b, q)
            if stops(said) != U(0):
                break
            put_eight(said, out, w)
            q, w = q + U(8), w + U(8)
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
def copied(b: Array, p: int, end: int, out: Array, m: int) -> int:
    """Puts bytes as they stand; gives the place behind them."""
    for at in range(end - p):
        out[U(m + at)] = b[U(p + at)]
    return m + end - p


@compiled
def tell_piece(b: Array, pieces: Array, piece: int, p: int, out: Array, m: int) -> tuple[int, int]:
    """Puts a piece, or what of it stands behind p; gives the places behind it."""
    begins, end = max(p, pieces[piece, PIECE_BEGIN]), pieces[piece, PIECE_END]
    if pieces[piece, PIECE_KIND] & CAREFUL:
        return tell_text(b, begins, end, out, m)
    return end, copied(b, begins, end, out, m)


@compiled
def tell(
    b: Array,
    table: Array,
    pieces: Array,
    element: int,
    piece: int,
    p: int,
    end: int,
    before: Array,
    follows: Array,
    out: Array,
    m: int,
) -> int:
    """Puts all text from p to the end, and before each marked element its mark; gives the place behind it.

    element  the first whose start tag may stand there
    piece    the number of the piece that begins at p
    before   a character for each number of a name: -1 nothing
    follows  whether the content of such an element is said
    """
    while p < end:
        p, m = tell_piece(b, pieces, piece, p, out, m)
        piece += 1
        if p >= end:
            break
        if b[U(p + 1)] == BANG or b[U(p + 1)] == ASKS:
            p, m = tell_aside(b, p, out, m)
        elif b[U(p + 1)] != STROKE:
            name = table[element, NAME]
            if name < len(before):
                if before[name] >= 0:
                    out[m] = before[name]
                    m += 1
                if not follows[name]:
                    p = table[element, END]
                    element = table[element, LAST]
                    while pieces[piece, PIECE_END] < p:
                        piece += 1
            element += 1
    return m


@compiled
def has_room(table: Array, elements: Array, out: Array) -> bool:
    size = 0
    for row in range(len(elements)):
        size += table[elements[row], END] - table[elements[row], BEGIN]
    return size <= len(out)


@compiled
def tell_all(
    b: Array, table: Array, pieces: Array, elements: Array, before: Array, follows: Array, out: Array, ends: Array
) -> int:
    """Puts all text of each element behind the other; the places behind them are taken down. The last of them, or FULL."""
    if not has_room(table, elements, out):
        return FULL
    m = 0
    for row in range(len(elements)):
        one = elements[row]
        begins, end, piece = table[one, BEGIN], table[one, END], table[one, PIECE]
        m = tell(b, table, pieces, one + 1, piece, begins, end, before, follows, out, m)
        ends[row] = m
    return m


@compiled
def tell_closed(
    b: Array,
    table: Array,
    pieces: Array,
    elements: Array,
    before: Array,
    follows: Array,
    marks: tuple[int, int],
    out: Array,
    ends: Array,
) -> int:
    """As ``tell_all``, with the lines closed up; behind each place stands whether something was left out.

    marks  what begins a line, and what stands in the place of something that is left out
    """
    if not has_room(table, elements, out):
        return FULL
    m = 0
    for row in range(len(elements)):
        one = elements[row]
        begins, end, piece = table[one, BEGIN], table[one, END], table[one, PIECE]
        told = tell(b, table, pieces, one + 1, piece, begins, end, before, follows, out, m)
        m, left_out = close_up(out, m, told, marks[0], marks[1])
        ends[row, 0], ends[row, 1] = m, left_out
    return m


@compiled
def tell_word(b: Array, table: Array, pieces: Array, one: int, out: Array, m: int) -> int:
    """Puts the text at the beginning of an element, without the blanks around it; FULL where there is no room for it."""
    begins = table[one, BEGIN]
    end = table[one + 1, TAG] if table[one, LAST] > one else table[one, END]
    if m + end - begins >= len(out):
        return FULL
    if not table[one, CARE]:
        begins, end = stripped(b, begins, end)
        return copied(b, begins, end, out, m)
    told = tell(b, table, pieces, one + 1, table[one, PIECE], begins, end, NOT_BEFORE, NOT_FOLLOWS, out, m)
    begins, end = stripped(out, m, told)
    return moved(out, begins, end, m)


@compiled
def tell_rows(b: Array, table: Array, pieces: Array, elements: Array, paths: Array, limits: Array, out: Array) -> int:
    """Puts the word of the first element at each path below each element, and END_OF_WORD behind each, found or not.

    The number of bytes, or FULL.
    """
    m = 0
    for row in range(len(elements)):
        for column in range(len(paths)):
            one = first(table, elements[row], paths[column], limits)
            if one >= 0:
                m = tell_word(b, table, pieces, one, out, m)
            if m < 0 or m == len(out):
                return FULL
            out[m] = END_OF_WORD
            m += 1
    return m


@compiled
def tell_attribute(b: Array, p: int, name: Array, out: Array, m: int) -> int:
    """Puts the value of an attribute, or NOT_THERE; UNSURE where it must be looked up with care. p is behind a tag's name."""
    while True:
        p = behind_blanks(b, p)
        if b[U(p)] == MORE or b[U(p)] == STROKE:
            out[m] = NOT_THERE
            return m + 1
        local = p
        p = behind_name(b, p)
        has_prefix = b[U(p)] == COLON
        if has_prefix:
            local = p + 1
            p = behind_name(b, local)
        found = p - local == len(name) and stands(b, local, name)
        begins = behind_blanks(b, behind_blanks(b, p) + 1) + 1
        end, is_plain = begins, True
        while b[U(end)] != b[U(begins - 1)]:
            is_plain &= b[U(end)] >= BLANK_SIGN and b[U(end)] != AND
            end += 1
        if found:
            return copied(b, begins, end, out, m) if is_plain and not has_prefix else UNSURE
        p = end + 1


@compiled
def tell_attributes(b: Array, table: Array, elements: Array, name: Array, out: Array) -> int:
    """Puts the value of an attribute of each element, and END_OF_WORD behind each. The number of bytes, UNSURE, or FULL."""
    m = 0
    for row in range(len(elements)):
        tag, begins = table[elements[row], TAG], table[elements[row], BEGIN]
        if m + begins - tag >= len(out):
            return FULL
        p = behind_name(b, tag + 1)
        if b[U(p)] == COLON:
            p = behind_name(b, p + 1)
        m = tell_attribute(b, p, name, out, m)
        if m < 0:
            return m
        out[m] = END_OF_WORD
        m += 1
    return m
