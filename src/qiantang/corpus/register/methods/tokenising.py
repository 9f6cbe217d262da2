"""``kernel.text.index_text`` and ``characters`` for many texts at once, on arrays of code points.

What is CJK and what is a word is asked of ``kernel.text`` once a character and kept in a table, so there is one rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qiantang.kernel.text import characters, fold, index_text

_OTHER, _WORD, _CJK, _END, _NOT_ASKED = 0, 1, 2, 3, 255
_MARK = "\x00"  # ends a text among many
_ENCODING = "utf-32-le"
_CODE_POINTS = 0x110000
_MOST_CHARACTERS, _MOST_TEXTS = 100_000, 1_024  # at a time: a few megabytes

Array = NDArray[Any]


class Tokenised(NamedTuple):
    """``tokens`` as ``index_text`` gives them; ``characters`` as ``characters`` gives them, in the order of code points."""

    tokens: str
    characters: str


def _kind(character: str) -> int:
    if character == _MARK:
        return _END
    if characters(character):
        return _CJK
    return _WORD if index_text(character) else _OTHER


_kinds = np.full(_CODE_POINTS, _NOT_ASKED, np.uint8)


def _kinds_of(codes: Array) -> Array:
    kinds = _kinds[codes]
    unknown = kinds == _NOT_ASKED
    if unknown.any():
        for code in np.unique(codes[unknown]).tolist():
            _kinds[code] = _kind(chr(code))
        kinds = _kinds[codes]
    return kinds


def tokenised(texts: Sequence[str]) -> list[Tokenised]:
    """Tokens and characters of each text."""
    found: list[Tokenised] = []
    for some in _portions(texts):
        joined = "".join([text.replace(_MARK, " ") + _MARK for text in some])
        folded = fold(joined)
        codes = np.frombuffer(folded.encode(_ENCODING, "surrogatepass"), np.uint32)
        kinds = _kinds_of(codes)
        found += map(Tokenised, _tokens(codes, kinds), _characters(codes, kinds, len(some)))
    return found


def _portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    start = size = 0
    for place, text in enumerate(texts):
        if place > start and (size + len(text) > _MOST_CHARACTERS or place - start == _MOST_TEXTS):
            yield texts[start:place]
            start, size = place, 0
        size += len(text)
    if start < len(texts):
        yield texts[start:]


_LENGTHS = np.array([0, 1, 2, 1], np.int32)  # nothing; the letter; the character and a blank; the mark


def _tokens(codes: Array, kinds: Array) -> list[str]:
    cjk, word = kinds == _CJK, kinds == _WORD
    pairs, word_ends = cjk.copy(), word.copy()  # the last code is a mark: it is neither
    pairs[:-1] &= cjk[1:]
    word_ends[:-1] &= ~word[1:]
    lengths = _LENGTHS[kinds]
    lengths += pairs
    lengths += word_ends
    ends = np.cumsum(lengths)
    out = np.full(int(ends[-1]), ord(" "), np.uint32)
    starts = ends - lengths
    kept = kinds != _OTHER
    out[starts[kept]] = codes[kept]
    first = np.flatnonzero(pairs)
    out[starts[first] + 1] = codes[first + 1]
    return [one[:-1] for one in _texts(out)]


def _characters(codes: Array, kinds: Array, count: int) -> list[str]:
    cjk = np.flatnonzero(kinds == _CJK)
    met = np.zeros(_CODE_POINTS, np.bool_)
    met[codes[cjk]] = True
    distinct = np.flatnonzero(met)
    rank = np.zeros(_CODE_POINTS, np.int32)
    rank[distinct] = np.arange(len(distinct), dtype=np.int32)
    owner = np.cumsum(kinds == _END)[cjk]  # a mark ends its text, so texts count from 0
    seen = np.zeros((count, len(distinct)), np.bool_)
    seen[owner, rank[codes[cjk]]] = True
    texts, ranks = np.nonzero(seen)
    out = np.full(2 * len(texts) + count, ord(" "), np.uint32)
    out[2 * np.arange(len(texts)) + texts] = distinct[ranks]
    out[2 * np.cumsum(seen.sum(axis=1)) + np.arange(count)] = ord(_MARK)
    return [one[:-1] for one in _texts(out)]


def _texts(out: Array) -> list[str]:
    """The texts between the marks, each with a blank behind its last token."""
    return out.tobytes().decode(_ENCODING, "surrogatepass").split(_MARK)[:-1]
