"""Services found by the words people use: 别人抄我的产品 finds the help against infringement.

Each service has everyday words. One that stands in the question counts by its length; what the question shares with name, aim
and result counts by pairs of characters. Nothing is guessed: without any of both a service is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qiantang.kernel.text import fold
from qiantang.portal.hall.types.items import Service

_WORD = re.compile(r"[a-z0-9]+|[^\W\d_a-z]+")
_LONG_ENOUGH = 0.2  # of the pairs of the question that must be shared where no everyday word is in it


def found(question: str, services: Iterable[Service]) -> list[Service]:
    """The services for a question, best first; empty for an empty question."""
    asked = fold(question)
    pieces = _WORD.findall(asked)
    if not pieces:
        return []
    scored = [(_score(asked, pieces, one), one) for one in services]
    kept = [(score, one) for score, one in scored if score > 0]
    return [one for _score_of, one in sorted(kept, key=lambda two: (-two[0], two[1].code))]


def _score(asked: str, pieces: Sequence[str], service: Service) -> float:
    everyday = sum(len(word) for word in {fold(one) for one in service.words} if _holds(asked, pieces, word))
    names = fold(" ".join((*service.name, *service.goal, *service.result)))
    pairs = _pairs(pieces)
    shared = sum(pair in names for pair in pairs) / len(pairs) if pairs else 0.0
    whole = 4.0 if asked.strip() and asked.strip() in names else 0.0
    if not everyday and not whole and shared < _LONG_ENOUGH:
        return 0.0
    return everyday + whole + 3 * shared


def _holds(asked: str, pieces: Sequence[str], word: str) -> bool:
    """A Latin word as a word, a Chinese one anywhere."""
    return word in pieces if word.isascii() else word in asked


def _pairs(pieces: Sequence[str]) -> list[str]:
    """Latin words whole, Chinese ones by two characters."""
    made: list[str] = []
    for piece in pieces:
        made += [piece] if piece.isascii() or len(piece) < 2 else [piece[at : at + 2] for at in range(len(piece) - 1)]  # noqa: PLR2004 - pairs
    return made
