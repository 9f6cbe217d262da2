"""The signs of XML among bytes: texts, names, references, comments, instructions and sections."""

from __future__ import annotations

from typing import Any

import numpy as np

from qiantang.corpus.ingest.methods.trees.scanning.machine import compiled

Array = Any  # of numpy; what stands in it is said by its name
U = np.uint64  # a place without a sign is not looked at for counting from the end

UNSURE, FULL, ABSENT = -1, -2, -1
PAST = 48  # so many bytes 0 stand behind a document
LESS, MORE, AND, QUOTE, APOSTROPHE, STROKE, BANG, ASKS, DASH, EQUALS = map(ord, "<>&\"'/!?-=")
OPENS, CLOSES, COLON, SEMICOLON, HASH, RETURN, FEED, TAB = map(ord, "[]:;#\r\n\t")
WIDTH = 32  # so many bytes are looked at together; less than PAST
RARE = 0xEF  # may begin a character that XML forbids
SPECIAL, BLANK, STARTS, GOES_ON = 1, 2, 4, 8  # in a text; between attributes; begins a name; goes on in it
CAREFUL = 1  # of a text: it must be read sign by sign


def _word(word: bytes) -> Array:
    return np.frombuffer(word, np.uint8)


SECTION, COMMENT, XMLNS = _word(b"<![CDATA["), _word(b"<!--"), _word(b"xmlns")
LANGUAGE, SPACE = _word(b"xml:lang"), _word(b"xml:space")
REFERENCE_AND, REFERENCE_LESS, REFERENCE_MORE = _word(b"&amp;"), _word(b"&lt;"), _word(b"&gt;")
REFERENCE_QUOTE, REFERENCE_APOSTROPHE = _word(b"&quot;"), _word(b"&apos;")


def _kinds() -> Array:
    kinds = np.zeros(256, np.uint8)
    kinds[:32] = SPECIAL
    kinds[[9, 10]] = 0
    kinds[[LESS, AND, CLOSES, RARE]] = SPECIAL
    kinds[[9, 10]] = 0
    kinds[[9, 10, 13, 32]] |= BLANK
    for one in range(128):
        if chr(one).isalpha() or chr(one) == "_":
            kinds[one] |= STARTS | GOES_ON
        elif chr(one).isdigit() or chr(one) in "-.":
            kinds[one] |= GOES_ON
    return kinds


KINDS = _kinds()


_EACH, _HIGH = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_LESS, _AND, _CLOSES, _RARE = (_EACH * np.uint64(one) for one in (LESS, AND, CLOSES, RARE))
_CONTROLS = _EACH * np.uint64(32)
_PLACES = np.uint64(0x0001020304050607)


@compiled
def eight(b: Array, p: np.uint64) -> np.uint64:
    """Eight bytes as one number, which machine code reads at once."""
    return (
        U(b[p]) | U(b[p + U(1)]) << U(8) | U(b[p + U(2)]) << U(16) | U(b[p + U(3)]) << U(24)
        | U(b[p + U(4)]) << U(32) | U(b[p + U(5)]) << U(40) | U(b[p + U(6)]) << U(48) | U(b[p + U(7)]) << U(56)
    )  # fmt: skip


@compiled
def put_eight(said: np.uint64, out: Array, w: np.uint64) -> None:
    """Eight bytes, which machine code writes at once."""
    out[w], out[w + U(1)], out[w + U(2)], out[w + U(3)] = said, said >> U(8), said >> U(16), said >> U(24)
    out[w + U(4)], out[w + U(5)], out[w + U(6)], out[w + U(7)] = (
        said >> U(32),
        said >> U(40),
        said >> U(48),
        said >> U(56),
    )


@compiled
def stops(eight: np.uint64) -> np.uint64:
    """Which of eight bytes stop a text: 0 where none does, else the lowest bit that is set belongs to the first.

    Anderson's "Determine if a word has a zero byte" and "a byte less than n": what is said of bytes behind the first one
    found is not exact.
    """
    less, und, closes, rare = eight ^ _LESS, eight ^ _AND, eight ^ _CLOSES, eight ^ _RARE
    found = (less - _EACH) & ~less | (und - _EACH) & ~und | (closes - _EACH) & ~closes | (rare - _EACH) & ~rare
    return (found | (eight - _CONTROLS) & ~eight) & _HIGH


@compiled
def controls(eight: np.uint64) -> np.uint64:
    """Which of eight bytes are below the blank, in the same way."""
    return (eight - _CONTROLS) & ~eight & _HIGH


@compiled
def all_plain(b: Array, q: np.uint64) -> bool:
    """Whether none of ``WIDTH`` bytes stops a text; machine code looks at them at once."""
    found = False
    for at in range(WIDTH):
        c = b[q + U(at)]
        found |= (c == LESS) | (c == AND) | (c == CLOSES) | (c == RARE) | (c < 32)
    return not found


@compiled
def first_of(found: np.uint64) -> np.uint64:
    """The place among eight bytes of the first one found."""
    return ((found & (U(0) - found)) >> U(7)) * _PLACES >> U(56)


@compiled
def signed(place: np.uint64) -> int:
    return np.int64(place)  # type: ignore[return-value]  # machine code has one kind of whole number with a sign


@compiled
def stands(b: Array, p: int, word: Array) -> bool:
    """Whether a word stands at p."""
    for at in range(len(word)):
        if b[U(p + at)] != word[at]:
            return False
    return True


@compiled
def same(b: Array, p: int, q: int, length: int) -> bool:
    for at in range(length):
        if b[U(p + at)] != b[U(q + at)]:
            return False
    return True


@compiled
def begins_xml(b: Array, p: int, length: int) -> bool:
    return length >= 3 and b[U(p)] | 32 == 120 and b[U(p + 1)] | 32 == 109 and b[U(p + 2)] | 32 == 108


@compiled
def is_forbidden(b: Array, p: int) -> bool:
    """Whether a special byte of a text is one that no XML may hold: a control character, U+FFFE or U+FFFF."""
    c = b[U(p)]
    if c == RARE:
        return bool(b[U(p + 1)] == 0xBF and b[U(p + 2)] >= 0xBE)
    return bool(c < 32 and c != RETURN)


@compiled
def behind_name(b: Array, p: int) -> int:
    """The place behind a name without a colon; p where there is none."""
    if not KINDS[b[U(p)]] & STARTS:
        return p
    p += 1
    while KINDS[b[U(p)]] & GOES_ON:
        p += 1
    return p


@compiled
def behind_blanks(b: Array, p: int) -> int:
    while KINDS[b[U(p)]] & BLANK:
        p += 1
    return p


@compiled
def numbered(b: Array, p: int) -> tuple[int, int]:
    """As ``character``, of a reference that begins with a number sign."""
    base = 16 if b[U(p + 2)] == 120 else 10
    p += 3 if base == 16 else 2
    begins, value = p, 0
    while p < begins + 8:
        c = b[U(p)]
        if 48 <= c <= 57:
            value = value * base + int(c) - 48
        elif base == 16 and (97 <= c <= 102 or 65 <= c <= 70):
            value = value * 16 + int(c & 15) + 9
        else:
            break
        p += 1
    known = value in (9, 10, 13) or 32 <= value < 0xD800 or 0xE000 <= value < 0xFFFE or 0xFFFF < value < 0x110000
    return (value, p + 1) if known and p > begins and b[U(p)] == SEMICOLON else (0, p)


@compiled
def character(b: Array, p: int) -> tuple[int, int]:
    """The character that the reference at p stands for, and the place behind it; 0 where it is none that XML knows."""
    if b[U(p + 1)] == HASH:
        return numbered(b, p)
    if stands(b, p, REFERENCE_AND):
        return AND, p + 5
    if stands(b, p, REFERENCE_LESS):
        return LESS, p + 4
    if stands(b, p, REFERENCE_MORE):
        return MORE, p + 4
    if stands(b, p, REFERENCE_QUOTE):
        return QUOTE, p + 6
    return (APOSTROPHE, p + 6) if stands(b, p, REFERENCE_APOSTROPHE) else (0, p)


@compiled
def behind_text(b: Array, p: int) -> tuple[int, int]:
    """The place of the next tag or section, and what the text before it is: CAREFUL or 0; UNSURE: no such text."""
    found = 0
    while True:
        q = U(p)
        stop = stops(eight(b, q))
        while stop == U(0):
            q += U(8)
            while all_plain(b, q):
                q += U(WIDTH)
            stop = stops(eight(b, q))
        q += first_of(stop)
        p = signed(q)
        c = b[q]
        if c == LESS:
            return p, found
        if c == FEED or c == TAB:
            p += 1
        elif c == AND:
            value, p = character(b, p)
            if value == 0:
                return UNSURE, found
            found = CAREFUL
        elif is_forbidden(b, p) or (c == CLOSES and b[U(p + 1)] == CLOSES and b[U(p + 2)] == MORE):
            return UNSURE, found
        else:
            if c == RETURN:
                found = CAREFUL
            p += 1


@compiled
def behind_instruction(b: Array, p: int) -> int:
    q = behind_name(b, p + 2)
    if q == p + 2 or begins_xml(b, p + 2, q - p - 2) or not (KINDS[b[U(q)]] & BLANK or b[U(q)] == ASKS):
        return UNSURE
    while b[U(q)] != ASKS or b[U(q + 1)] != MORE:
        if KINDS[b[U(q)]] & SPECIAL and is_forbidden(b, q):
            return UNSURE
        q += 1
    return q + 2


@compiled
def behind_aside(b: Array, p: int) -> int:
    """The place behind the comment, instruction or CDATA section at p; UNSURE where it is none of these."""
    if b[U(p + 1)] == ASKS:
        return behind_instruction(b, p)
    is_section = stands(b, p, SECTION)
    if not is_section and not stands(b, p, COMMENT):
        return UNSURE
    twice = CLOSES if is_section else DASH
    q = p + (9 if is_section else 4)
    while True:
        c = b[U(q)]
        if KINDS[c] & SPECIAL and is_forbidden(b, q):
            return UNSURE
        if c == twice and b[U(q + 1)] == twice:
            if b[U(q + 2)] == MORE:
                return q + 3
            if not is_section:  # two dashes end a comment, or make it none
                return UNSURE
        q += 1


@compiled
def behind_value(b: Array, p: int) -> int:
    """The place behind a value in quotes; UNSURE where it is none."""
    quote = b[U(p)]
    if quote != QUOTE and quote != APOSTROPHE:
        return UNSURE
    p += 1
    while b[U(p)] != quote:
        c = b[U(p)]
        if KINDS[c] & SPECIAL:
            if c == LESS or is_forbidden(b, p):
                return UNSURE
            if c == AND:
                value, p = character(b, p)
                if value == 0:
                    return UNSURE
                continue
        p += 1
    return p + 1
