"""How two sets of claims differ: which claims belong together, and the words inserted and deleted in each.

Words are compared: characters of Chinese one by one, Latin words and numbers whole. Width and compatibility forms of a sign
(ＡＢ and AB) and the kind of blank make no difference; everything else does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple


class Change(StrEnum):
    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


class Piece(NamedTuple):
    """A stretch of text. SAME and INSERTED ones make the new text; SAME and DELETED ones the old, but for width and blanks."""

    change: Change
    text: str


class Pair(NamedTuple):
    """Places of claims that belong together, in the old and the new set; None: it has no counterpart."""

    old: int | None
    new: int | None


_CJK: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_word: Final = re.compile(rf"\s+|[{_CJK}]|[^\W{_CJK}]+|.", re.DOTALL).findall
_clause: Final = re.compile(r"[^，,；;。\n]*[，,；;。\n]?").findall
_MOST_WORDS = 2_500  # of a claim that is compared word by word; a longer one is compared clause by clause
_MOST_CLAUSES = 1_500  # beyond that nothing is compared
_MOST_PAIRS = 40_000  # of claims that are weighed against each other
_LEAST_ALIKE = 0.3  # of two claims that may belong together, from 0 to 1
_SHORT_SAME = 2  # letters between two changes that are read as one change


def words(text: str) -> list[str]:
    """The words of a text, blanks and signs among them; put together again they are the text."""
    found: list[str] = _word(text)
    return found


@lru_cache(maxsize=65_536)
def _essence(word: str) -> str:
    return " " if word.isspace() else unicodedata.normalize("NFKC", word)


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """The old and the new text as one run of pieces, a deletion before the insertion that takes its place.

    A sign or two that stayed the same between changes are shown as changed, so that a reader sees phrases, not letters.
    """
    before, after = _units(old), _units(new)
    if len(before) > _MOST_WORDS or len(after) > _MOST_WORDS:
        return (Piece(Change.DELETED, old), Piece(Change.INSERTED, new))
    matcher = SequenceMatcher(None, [*map(_essence, before)], [*map(_essence, after)], autojunk=False)
    return _smoothed(
        [("".join(before[i:j]), "".join(after[k:m]), tag == "equal") for tag, i, j, k, m in matcher.get_opcodes()]
    )


def _units(text: str) -> list[str]:
    found = words(text)
    if len(found) <= _MOST_WORDS:
        return found
    clauses = [one for one in _clause(text) if one]
    return clauses if len(clauses) <= _MOST_CLAUSES else found


def _smoothed(steps: Sequence[tuple[str, str, bool]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    deleted = inserted = ""
    for place, (before, after, same) in enumerate(steps):
        inside = 0 < place < len(steps) - 1
        if same and not (inside and len(after.strip()) <= _SHORT_SAME and _is_bridge(steps, place)):
            pieces += _changed(deleted, inserted)
            deleted = inserted = ""
            pieces.append(Piece(Change.SAME, after))
        else:
            deleted, inserted = deleted + before, inserted + after
    return (*pieces, *_changed(deleted, inserted))


def _is_bridge(steps: Sequence[tuple[str, str, bool]], place: int) -> bool:
    """Whether both neighbours change more than what lies between them, and both ways."""
    least = len(steps[place][1].strip())
    beside = (steps[place - 1], steps[place + 1])
    return all(max(len(before), len(after)) > least for before, after, _ in beside) and any(
        b and a for b, a, _ in beside
    )


def _changed(deleted: str, inserted: str) -> list[Piece]:
    found = [Piece(Change.DELETED, deleted), Piece(Change.INSERTED, inserted)]
    return [one for one in found if one.text]


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """From 0 (no word in common) to 1 (the same words): the coefficient of Dice over words with their numbers."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


def aligned(old: Sequence[str], new: Sequence[str]) -> tuple[Pair, ...]:
    """Which claims belong together, in the order of both sets: the pairing with the greatest likeness in all.

    Claims that are hardly alike stay alone. Very large sets are paired by their place.
    """
    if len(old) * len(new) > _MOST_PAIRS:
        return _by_place(len(old), len(new))
    bags = [[Counter(w for w in map(_essence, words(text)) if w != " ") for text in side] for side in (old, new)]
    alike = [[likeness(one, other) for other in bags[1]] for one in bags[0]]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= _LEAST_ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return _walked(alike, best)


def _walked(alike: Sequence[Sequence[float]], best: Sequence[Sequence[float]]) -> tuple[Pair, ...]:
    pairs: list[Pair] = []
    i = j = 0
    rows, columns = len(best) - 1, len(best[0]) - 1
    while i < rows or j < columns:
        together = i < rows and j < columns and alike[i][j] >= _LEAST_ALIKE
        if together and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append(Pair(i, j))
            i, j = i + 1, j + 1
        elif i < rows and (j == columns or best[i][j] == best[i + 1][j]):
            pairs.append(Pair(i, None))
            i += 1
        else:
            pairs.append(Pair(None, j))
            j += 1
    return tuple(pairs)


def _by_place(old: int, new: int) -> tuple[Pair, ...]:
    return tuple(Pair(i if i < old else None, i if i < new else None) for i in range(max(old, new)))
