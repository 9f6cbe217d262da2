"""A space of meaning: for every word the register uses two sets of numbers, and what a text means by its words.

The *model* numbers come from a packaged multilingual model, so that they tie Chinese and English. The *corpus* numbers come
from which words stand together in the register's own texts, so that they know its fields. A long text is placed by both. A
question of a few words is compared by the model's alone: which of its words usually meet, a question does not show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from qiantang.corpus.register.methods.meaning.words import counted, is_chinese, words_of

MODEL_DIMENSIONS, CORPUS_DIMENSIONS = 256, 128
DIMENSIONS = MODEL_DIMENSIONS + CORPUS_DIMENSIONS
_LEAST_WORDS = 12
_MODEL_POWER = 1.5  # of the rarity of a word, among the numbers of the model: see docs/explanation/similarity.md
Array = NDArray[np.float32]


@dataclass(frozen=True)
class WordSpace:
    """Words with their numbers.

    name     changes with every learning; vectors of different spaces say nothing of each other
    model    a row a word, MODEL_DIMENSIONS, each at length one
    corpus   a row a word, CORPUS_DIMENSIONS
    rarity   of each word among the texts it was learnt from: ln(1 + texts / (1 + texts that hold it))
    texts    how many texts it was learnt from
    middles  of what the model says: of words not written in Chinese, and of those that are
    basis    the directions, a column each, by which what the model says becomes its numbers here
    """

    name: str
    words: tuple[str, ...]
    model: Array
    corpus: Array
    rarity: Array
    texts: int
    middles: Array
    basis: Array
    _places: dict[str, int] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._places.update((word, place) for place, word in enumerate(self.words))

    def knows(self, word: str) -> bool:
        return word in self._places

    def word(self, word: str) -> Array:
        """The model's numbers of a word that is known."""
        return np.asarray(self.model[self._places[word]])

    def placed(self, words: Sequence[str], meanings: Array) -> Array:
        """The model's numbers of words that are not of this space, from what the model says of them."""
        script = np.array([is_chinese(word) for word in words], np.intp)
        return _at_one(np.asarray((meanings - self.middles[script]) @ self.basis, np.float32))

    def unknown(self, text: str, most: int) -> list[str]:
        """The words of a text that are not of this space."""
        return [word for word in dict.fromkeys(words_of(text)) if word not in self._places][:most]

    def question(self, text: str, others: Mapping[str, Array]) -> Array:
        """What a question means at length one, by the model's numbers alone; zeros where it holds no word that is known.

        others      numbers of words that are not of this space, by word: nothing on record holds them, so they are rare
        """
        model = np.zeros(MODEL_DIMENSIONS, np.float32)
        for word, count in Counter(words_of(text)).items():
            place = self._places.get(word)
            numbers = others.get(word) if place is None else self.model[place]
            if numbers is not None:
                rarity = np.log1p(self.texts) if place is None else self.rarity[place]
                model += (1 + np.log(count)) * rarity**_MODEL_POWER * numbers
        placed: Array = _at_one(np.concatenate([model, np.zeros(CORPUS_DIMENSIONS, np.float32)])[None])[0]
        return placed

    def is_question(self, text: str) -> bool:
        """Whether a text holds too few known words to be placed by the numbers of the corpus."""
        return len({word for word in words_of(text) if word in self._places}) < _LEAST_WORDS

    def meanings(self, texts: Sequence[str], *, question: bool = False) -> Array:
        """A row a text at length one, or of zeros where it holds no known word.

        question    leave the numbers of the corpus out
        """
        held = counted(texts, self._places)
        model = _at_one(held.multiply(self.rarity**_MODEL_POWER) @ self.model)
        corpus = _at_one(held.multiply(self.rarity) @ self.corpus)
        if question:
            corpus = np.zeros_like(corpus)
        return _at_one(np.hstack([model, corpus]))

    def to_bytes(self) -> bytes:
        file = BytesIO()
        np.savez(
            file,
            name=np.array(self.name),
            words=np.array("\n".join(self.words).encode()),
            model=self.model.astype(np.float16),
            corpus=self.corpus.astype(np.float16),
            rarity=self.rarity,
            texts=np.array(self.texts),
            middles=self.middles,
            basis=self.basis,
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> WordSpace:
        """Errors: ValueError, KeyError, OSError, EOFError (zip and numpy) where these are no such bytes."""
        with np.load(BytesIO(content), allow_pickle=False) as told:
            words = bytes(told["words"].item()).decode()
            return cls(
                name=str(told["name"]),
                words=tuple(words.split("\n")) if words else (),
                model=told["model"].astype(np.float32),
                corpus=told["corpus"].astype(np.float32),
                rarity=told["rarity"],
                texts=int(told["texts"]),
                middles=told["middles"],
                basis=told["basis"],
            )


def _at_one(rows: Array) -> Array:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), np.float32)
