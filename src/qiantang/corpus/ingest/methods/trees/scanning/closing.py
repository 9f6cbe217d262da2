"""Lines of a text closed up where they stand: what ``port.closed_up`` does, among bytes of UTF-8."""

from __future__ import annotations

from qiantang.corpus.ingest.methods.trees.scanning.machine import compiled
from qiantang.corpus.ingest.methods.trees.scanning.signs import (
    FEED,
    RETURN,
    TAB,
    Array,
    U,
    controls,
    eight,
    put_eight,
    signed,
)

SPACE = 32


@compiled
def blank_at(b: Array, p: int, end: int) -> int:
    """How many bytes the blank at p has, 0 where none stands there: the blanks of Unicode that XML may hold."""
    c = b[U(p)]
    if c == SPACE or c == FEED or c == TAB or c == RETURN:
        return 1
    if c < 0xC2 or c > 0xE3:
        return 0
    if c == 0xC2:  # next line, and the blank that does not break
        return 2 if p + 1 < end and (b[U(p + 1)] == 0x85 or b[U(p + 1)] == 0xA0) else 0
    if c < 0xE1 or p + 2 >= end:
        return 0
    d, e = b[U(p + 1)], b[U(p + 2)]
    if c == 0xE2:  # U+2000 to U+200A, U+2028, U+2029, U+202F; U+205F
        found = (d == 0x80 and (e <= 0x8A or e == 0xA8 or e == 0xA9 or e == 0xAF)) or (d == 0x81 and e == 0x9F)
    else:  # U+1680, U+3000
        found = e == 0x80 and d == (0x9A if c == 0xE1 else 0x80)
    return 3 if found else 0


@compiled
def blank_before(b: Array, begins: int, p: int) -> int:
    """How many bytes the blank before p has, 0 where none stands there."""
    if p == begins:
        return 0
    if b[U(p - 1)] < 0x80:
        return blank_at(b, p - 1, p)
    if p - 2 >= begins and blank_at(b, p - 2, p) == 2:
        return 2
    return 3 if p - 3 >= begins and blank_at(b, p - 3, p) == 3 else 0


@compiled
def stripped(b: Array, begins: int, end: int) -> tuple[int, int]:
    """The places of a text without the blanks around it."""
    wide = blank_at(b, begins, end) if begins < end else 0
    while wide:
        begins += wide
        wide = blank_at(b, begins, end) if begins < end else 0
    wide = blank_before(b, begins, end)
    while wide:
        end -= wide
        wide = blank_before(b, begins, end)
    return begins, end


@compiled
def moved(b: Array, p: int, end: int, w: int) -> int:
    """Moves bytes to a place before them; gives the place behind."""
    if p == w:
        return end
    for at in range(end - p):
        b[U(w + at)] = b[U(p + at)]
    return w + end - p


@compiled
def collapsed(b: Array, p: int, end: int, w: int) -> int:
    """Moves the words of a stripped text to a place before them, one blank between them; gives the place behind."""
    while p < end:
        wide = blank_at(b, p, end)
        if wide:
            b[U(w)] = SPACE
            w += 1
            while wide:
                p += wide
                wide = blank_at(b, p, end)
        else:
            b[U(w)] = b[U(p)]
            p, w = p + 1, w + 1
    return w


@compiled
def line_moved(b: Array, p: int, end: int, w: int, line: int, gap: int) -> tuple[int, int, int, int]:
    """Moves a line to a place before it, a feed for each gap; where it ended, the place behind it, its first tab or feed
    (behind it where it has none), and whether a gap stood there.
    """
    q, o = U(p), U(w)
    first, gaps = -1, 0
    while True:
        while q + U(8) <= U(end):
            said = eight(b, q)
            if controls(said) != U(0):
                break
            put_eight(said, b, o)
            q, o = q + U(8), o + U(8)
        while q < U(end) and b[q] >= SPACE:
            b[o] = b[q]
            q, o = q + U(1), o + U(1)
        if q >= U(end) or b[q] == line:
            break
        c = b[q]
        if c == gap:
            c, gaps = FEED, 1
        if first < 0 and (c == FEED or c == TAB):
            first = signed(o)
        b[o] = c
        q, o = q + U(1), o + U(1)
    return signed(q), signed(o), first if first >= 0 else signed(o), gaps


@compiled
def is_broken(b: Array, p: int, end: int) -> bool:
    for at in range(p, end):
        if b[U(at)] == FEED or b[U(at)] == TAB:
            return True
    return False


@compiled
def close_up(b: Array, begins: int, end: int, line: int, gap: int) -> tuple[int, int]:
    """Closes up the lines between two places, a feed between them and empty ones left out.

    Gives the place behind them, and whether a gap stood among them.
    """
    p, w, gaps = begins, begins, 0
    while p < end:
        start = w + 1 if w > begins else w  # a feed stands between them
        p, stop, first, gap_here = line_moved(b, p, end, start, line, gap)
        p, gaps = p + 1, gaps | gap_here
        at, stop = stripped(b, start, stop)
        if at < stop:
            if start > begins:
                b[U(w)] = FEED
            if first < stop and (first >= at or is_broken(b, at, stop)):
                w = collapsed(b, at, stop, start)
            else:
                w = moved(b, at, stop, start)
    return w, gaps
