"""Which passage of a text answers, and which of its words say the same as the words asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from qiantang.corpus.register.methods.meaning.space import Array, WordSpace
from qiantang.corpus.register.methods.meaning.words import words_of

_BETWEEN = re.compile(r"(?<=[。；;！？!?\n])|(?<=[a-z)]\.)\s+(?=[A-Z])")
_SHORTEST, LONGEST = 12, 180
_SAME = 0.5  # cosine of the model's numbers from which a word is shown as saying the same
_MOST_WORDS, _MOST_ASKED = 12, 30


class Passage(NamedTuple):
    """A stretch of a text, and the words in it to be marked."""

    text: str
    words: tuple[str, ...]


class Asked:
    """What is asked, ready to be held against passages."""

    def __init__(self, text: str, space: WordSpace | None, others: Mapping[str, Array] = MappingProxyType({})) -> None:
        self._space = space
        self._words = list(dict.fromkeys(words_of(text)))[:_MOST_ASKED]
        known = [word for word in self._words if space is not None and (space.knows(word) or word in others)]
        numbers = [others[word] if word in others else space.word(word) for word in known if space is not None]
        self._numbers = np.stack(numbers) if numbers else None
        self._meaning = space.question(text, others) if space is not None else None

    def best(self, texts: Sequence[str]) -> Passage | None:
        """The passage nearest to what is asked; None where the texts hold none, or none that has anything to do with it."""
        found = [one for text in texts for one in sentences(text)]
        if not found:
            return None
        nearness = np.array([self._shared(one) for one in found])
        if self._space is not None and self._meaning is not None:
            nearness = nearness + self._space.meanings(found, question=True) @ self._meaning
        place = int(nearness.argmax())
        return Passage(found[place], self.words_in(found[place])) if nearness[place] > 0 else None

    def _shared(self, sentence: str) -> float:
        """The share of the words asked that stand in a sentence."""
        held = set(words_of(sentence))
        return sum(1 for word in self._words if word in held) / max(1, len(self._words))

    def words_in(self, passage: str) -> tuple[str, ...]:
        """The words of a passage that were asked, or that say about the same in whatever language."""
        held = list(dict.fromkeys(words_of(passage)))
        same = set(self._words) & set(held)
        space = self._space
        others = [word for word in held if word not in same and space is not None and space.knows(word)]
        if self._numbers is not None and others and space is not None:
            nearest = (np.stack([space.word(word) for word in others]) @ self._numbers.T).max(axis=1)
            ordered = sorted(zip(nearest.tolist(), others, strict=True), reverse=True)
            same.update(word for near, word in ordered[:_MOST_WORDS] if near >= _SAME)
        return tuple(word for word in held if word in same)


def sentences(text: str) -> list[str]:
    """The sentences of a text, none longer than LONGEST characters."""
    found: list[str] = []
    for one in _BETWEEN.split(text):
        trimmed = one.strip()
        while len(trimmed) > LONGEST:
            cut = max((trimmed.rfind(sign, _SHORTEST, LONGEST) for sign in "，,：: "), default=-1)
            cut = cut + 1 if cut > 0 else LONGEST
            found.append(trimmed[:cut].strip())
            trimmed = trimmed[cut:].strip()
        if len(trimmed) >= _SHORTEST or not found:
            found.append(trimmed)
    return [one for one in found if one]
