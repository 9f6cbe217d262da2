"""The elements of a document: one pass that proves it well-formed and takes down where each of them stands."""

from __future__ import annotations

import numpy as np

from qiantang.corpus.ingest.methods.trees.scanning.machine import compiled
from qiantang.corpus.ingest.methods.trees.scanning.signs import (
    ASKS,
    BANG,
    CAREFUL,
    COLON,
    EQUALS,
    FULL,
    LANGUAGE,
    LESS,
    MORE,
    OPENS,
    PAST,
    SPACE,
    STROKE,
    UNSURE,
    XMLNS,
    Array,
    U,
    begins_xml,
    behind_aside,
    behind_blanks,
    behind_name,
    behind_text,
    behind_value,
    eight,
    same,
    signed,
    stands,
)

# The columns of the table: number of the local name, first byte of the start tag, first byte behind it, first byte of the
# end tag (or behind an empty element), the last element inside (or the element itself), whether the text before the first
# element inside must be read with care: it holds a reference, a section, a comment or a carriage return; the number of the
# piece of text behind the start tag.
NAME, TAG, BEGIN, END, LAST, CARE, PIECE = range(7)
WIDE = 7
# Of the pieces, one behind each tag, section, comment and instruction, most of them empty: begin, end, CAREFUL or 0.
PIECE_BEGIN, PIECE_END, PIECE_KIND = range(3)
PIECE_WIDE = 3
LEVELS = 255  # libxml2 takes 256; what reaches that is for it to judge
PREFIXES, ATTRIBUTES = 16, 64
DEEP = LEVELS + 1
ROOMS = DEEP + PREFIXES + ATTRIBUTES, 2
NAMES, NAME_BYTES, SLOTS = 4096, 1 << 17, 1 << 14
MIXED = U(0x9E3779B97F4A7C15)  # Knuth's golden ratio for multiplicative hashing


@compiled
def is_declared(b: Array, p: int, length: int, prefixes: Array, declared: int) -> bool:
    for one in range(declared):
        if prefixes[one, 1] == length and same(b, p, prefixes[one, 0], length):
            return True
    return False


@compiled
def is_xmlns(b: Array, p: int, length: int) -> bool:
    return length == 5 and stands(b, p, XMLNS)


@compiled
def is_own(b: Array, p: int, q: int, first: int, prefixes: Array, state: Array) -> bool:
    """Whether a prefix (from p to its colon q) may stand before an attribute; one that declares another is taken down."""
    length = q - p
    if is_xmlns(b, p, length):
        end = behind_name(b, q + 1)
        if not first or state[0] >= len(prefixes) or begins_xml(b, q + 1, end - q - 1):
            return False
        if first == 1:
            prefixes[state[0], 0], prefixes[state[0], 1] = q + 1, end - q - 1
            state[0] += 1
            state[1] += 1
        return True
    if begins_xml(b, p, length):  # xml:lang and xml:space, whose values nobody judges
        end = behind_name(b, q + 1)
        return (stands(b, p, LANGUAGE) and end == p + 8) or (stands(b, p, SPACE) and end == p + 9)
    return first == 1 or is_declared(b, p, length, prefixes, state[0])


@compiled
def behind_attributes(b: Array, p: int, first: int, prefixes: Array, state: Array, seen: Array) -> int:
    """The place of the ``>`` or ``/>`` that ends a start tag, p being behind its name; UNSURE where it does not end so.

    first  1: of the document element, whose declarations are taken down; 2: of the document element once more
    """
    count = 0
    while True:
        q = behind_blanks(b, p)
        if b[U(q)] == MORE or (b[U(q)] == STROKE and b[U(q + 1)] == MORE):
            return q
        local, end = q, behind_name(b, q)
        if q == p or end == q or count == len(seen):
            return UNSURE
        if b[U(end)] == COLON:
            if not is_own(b, q, end, first, prefixes, state):
                return UNSURE
            local = end + 1
            end = behind_name(b, local)
            if end == local or b[U(end)] == COLON:
                return UNSURE
        elif is_xmlns(b, q, end - q):
            if not first:
                return UNSURE
            state[1] += first == 1
        for one in range(count):
            if seen[one, 1] == end - local and same(b, local, seen[one, 0], end - local):
                return UNSURE
        seen[count, 0], seen[count, 1] = local, end - local
        count += 1
        p = behind_blanks(b, end)
        if b[U(p)] != EQUALS:
            return UNSURE
        p = behind_value(b, behind_blanks(b, p + 1))
        if p < 0:
            return UNSURE


@compiled
def begins_with(b: Array, p: int, length: int) -> np.uint64:
    """The first eight bytes of a name as one number, zeros behind its end."""
    said = eight(b, U(p))
    return said if length >= 8 else said & ((U(1) << U(8 * length)) - U(1))


@compiled
def is_name(b: Array, p: int, pool: Array, begins: int, length: int) -> bool:
    """Whether the names at two places are the same; both have one length."""
    if begins_with(b, p, length) != begins_with(pool, begins, length):
        return False
    at = 8
    while at < length:
        at = min(at, length - 8)
        if eight(b, U(p + at)) != eight(pool, U(begins + at)):
            return False
        at += 8
    return True


@compiled
def number_of(b: Array, p: int, end: int, pool: Array, ends: Array, slots: Array) -> int:
    """The number of a name, the same for the same bytes; UNSURE where there are too many."""
    length = end - p
    h = begins_with(b, p, length) + U(length)
    if length > 8:
        h = (h * MIXED) ^ eight(b, U(end - 8))
    slot = signed((h * MIXED) >> U(40)) & (len(slots) - 1)
    while slots[slot] != 0:
        one = int(slots[slot]) - 1
        begins = ends[one]
        if ends[one + 1] - begins == length and is_name(b, p, pool, begins, length):
            return one
        slot = (slot + 1) & (len(slots) - 1)
    one = int(ends[len(ends) - 1])
    begins = ends[one]
    if one + 3 >= len(ends) or begins + length + PAST > len(pool):
        return UNSURE
    for at in range(length):
        pool[begins + at] = b[U(p + at)]
    ends[one + 1] = begins + length
    ends[len(ends) - 1] = one + 1
    slots[slot] = one + 1
    return one


@compiled
def begin(
    b: Array,
    p: int,
    count: int,
    table: Array,
    pool: Array,
    ends: Array,
    slots: Array,
    prefixes: Array,
    state: Array,
    seen: Array,
) -> int:
    """Takes down the element whose start tag is at p; gives the place of the end of that tag, or UNSURE."""
    q = behind_name(b, p + 1)
    if q == p + 1:
        return UNSURE
    local, colon = p + 1, 0
    if b[U(q)] == COLON:
        colon, local = q, q + 1
        q = behind_name(b, local)
        if q == local or b[U(q)] == COLON or begins_xml(b, p + 1, colon - p - 1):
            return UNSURE
    end = q
    state[3] = end - p - 1
    if b[U(q)] != MORE:
        if count == 0 and behind_attributes(b, q, 1, prefixes, state, seen) < 0:
            return UNSURE
        q = behind_attributes(b, q, 2 if count == 0 else 0, prefixes, state, seen)
        if q < 0:
            return UNSURE
    if colon and not is_declared(b, p + 1, colon - p - 1, prefixes, state[0]):
        return UNSURE
    name = number_of(b, local, end, pool, ends, slots)
    table[count, NAME], table[count, TAG], table[count, LAST], table[count, CARE] = name, p, count, 0
    return q if name >= 0 else UNSURE


@compiled
def behind_end(b: Array, p: int, tag: int, length: int) -> int:
    """The place behind the end tag at p of the element whose start tag is at ``tag``; UNSURE where it is another's.

    length  of the name, its prefix included
    """
    if not is_name(b, p + 2, b, tag + 1, length):
        return UNSURE
    p += 2 + length
    if b[U(p)] == MORE:
        return p + 1
    p = behind_blanks(b, p)  # what goes on as a name does not end here either
    return p + 1 if b[U(p)] == MORE else UNSURE


@compiled
def ends_here(b: Array, p: int, end: int) -> bool:
    """Whether nothing but blanks, comments and instructions follows."""
    while True:
        p = behind_blanks(b, p)
        if p == end:
            return True
        if b[U(p)] != LESS or (b[U(p + 1)] != ASKS and b[U(p + 1)] != BANG) or b[U(p + 2)] == OPENS:
            return False
        p = behind_aside(b, p)
        if p < 0:
            return False


@compiled
def taken_down(b: Array, p: int, pieces: Array, state: Array) -> tuple[int, int]:
    """The text at p becomes a piece; what ``behind_text`` says of it."""
    end, kind = behind_text(b, p)
    one = state[2]
    pieces[one, PIECE_BEGIN], pieces[one, PIECE_END], pieces[one, PIECE_KIND] = p, end, kind
    state[2] = one + 1
    return end, kind


@compiled
def begun(b: Array, p: int, count: int, depth: int, table: Array, stack: Array, state: Array) -> tuple[int, int]:
    """The place behind the start tag that ends at p, and the depth there; both are taken down."""
    if p >= 0 and b[U(p)] == STROKE:
        p += 2
    elif p >= 0:
        p += 1
        stack[depth, 0], stack[depth, 1] = count, state[3]
        depth += 1
    table[count, BEGIN] = table[count, END] = p
    table[count, PIECE] = state[2]
    return p, depth


@compiled
def ended(b: Array, p: int, count: int, depth: int, table: Array, stack: Array) -> int:
    """Takes down where an element ends, and which is the last inside; gives the place behind its end tag, or UNSURE."""
    one = stack[depth, 0]
    table[one, END], table[one, LAST] = p, count - 1
    return behind_end(b, p, table[one, TAG], stack[depth, 1])


@compiled
def scan(
    b: Array, table: Array, pieces: Array, pool: Array, ends: Array, slots: Array, rooms: Array, state: Array
) -> int:
    """The number of elements, taken down in the table; UNSURE, or FULL where a table is too short.

    rooms  to work in: for elements that have not ended and how long their names are, prefixes, attributes of one tag
    state  filled with the number of prefixes and of name spaces that were declared, and of the pieces; how long the name
           of the last start tag is
    """
    stack, prefixes, seen = rooms[:DEEP], rooms[DEEP : DEEP + PREFIXES], rooms[DEEP + PREFIXES :]
    p, count, depth, care = 0, 0, 0, 0
    state[:] = 0
    while p >= 0 and b[U(p)] == LESS:
        c = b[U(p + 1)]
        if depth and c == STROKE:
            depth -= 1
            p = ended(b, p, count, depth, table, stack)
        elif depth and (c == BANG or c == ASKS):
            p = behind_aside(b, p)
            care = CAREFUL
        elif count == len(table):
            return FULL
        else:
            p = begin(b, p, count, table, pool, ends, slots, prefixes, state, seen)
            p, depth = begun(b, p, count, depth, table, stack, state)
            count += 1
        if p < 0 or depth > LEVELS:
            return UNSURE
        if depth == 0:
            return count if ends_here(b, p, len(b) - PAST) else UNSURE
        if state[2] == len(pieces):
            return FULL
        p, kind = taken_down(b, p, pieces, state)
        if (care | kind) & CAREFUL and stack[depth - 1, 0] == count - 1:
            table[count - 1, CARE] = 1
        care = 0
    return UNSURE
