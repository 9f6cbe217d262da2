"""Made-up patents for benches of search: title and abstract, seven in ten Chinese, the rest English.

Nothing stands in it that anyone wrote: words are characters and syllables drawn with Zipf frequencies, names likewise.
Patents come in batches of 10,000, each from its own number alone, so any part of the corpus can be made again, in any
process, and nothing is kept on disk. What makes it like patents: 640 subclasses of the IPC with Zipf frequencies, each
with words of its own and collocations that come again; some terms of art shared by many subclasses; 50,000 applicants
with Zipf frequencies; filing years 1985 to 2025, rising.

Every engine is given the same tokens, parted by blanks: words in small letters, Chinese as overlapping pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import harness  # noqa: F401 - the settings must stand before anything of the platform is imported
import numpy as np
import orjson
from numpy.typing import NDArray

from qiantang.corpus.register.methods.tokenising import tokenised
from qiantang.kernel.text import fold

VERSION = 1  # of what is made: a change makes kept indexes useless
SEED = 20_26
BATCH = 10_000
_WORDS, _SUBCLASSES, _TOPICAL, _COLLOCATIONS, _TERMS_OF_ART = 60_000, 640, 300, 60, 40
_APPLICANTS = {True: 35_000, False: 15_000}
_URN = 1 << 20  # words are drawn from an urn that holds each as often as it is frequent
_LETTERS = (
    [
        "b",
        "c",
        "d",
        "f",
        "g",
        "h",
        "k",
        "l",
        "m",
        "n",
        "p",
        "r",
        "s",
        "t",
        "v",
        "w",
        "z",
        "br",
        "ch",
        "cl",
        "cr",
        "dr",
        "fl",
        "gr",
        "pl",
        "pr",
        "sh",
        "sl",
        "st",
        "tr",
    ],
    list("aeiou"),
)

Array = NDArray[Any]


class Patent(NamedTuple):
    """``ipc`` holds each symbol with all above it; ``day`` is the filing day as yyyymmdd; ``card`` is kept with a hit."""

    id: str
    title: str
    abstract: str
    title_tokens: str
    abstract_tokens: str
    ipc: tuple[str, ...]
    subclasses: tuple[str, ...]
    applicant: str
    day: int
    card: str

    @property
    def year(self) -> int:
        return self.day // 10_000


class _Tongue(NamedTuple):
    """Words of one language: the first of each pair of arrays as they stand, the second behind a comma."""

    spelled: Array
    urn: Array  # of word numbers, by frequency
    topical: Array  # subclass x 300 word numbers
    glue: str


def _zipf(count: int, exponent: float) -> Array:
    weights = 1 / np.arange(1, count + 1) ** exponent
    return np.asarray(weights / weights.sum())


def _urn(rng: np.random.Generator, weights: Array, size: int = _URN) -> Array:
    return rng.choice(len(weights), size=size, p=weights).astype(np.int32)


class Corpus:
    """The batches of one seed. Making the tables takes a few seconds, a batch of 10,000 about half a second."""

    def __init__(self, seed: int = SEED) -> None:
        self.seed = seed
        rng = np.random.default_rng(seed)
        self.topics = _zipf(_SUBCLASSES, 0.9)
        self._topic_urn = _urn(rng, self.topics)
        self.subclasses, self._symbols = _classification(rng)
        zh, en = _chinese(rng, _WORDS), _english(rng, _WORDS)
        self.terms_of_art = {True: _joined(rng, zh, ""), False: _joined(rng, en, " ")}
        self._tongues = {True: self._tongue(rng, zh, ""), False: self._tongue(rng, en, " ")}
        self._applicants = {True: _companies(rng, zh, "", 35_000), False: _companies(rng, en, " ", 15_000)}
        self._applicant_urn = {tongue: _urn(rng, _zipf(count, 0.95)) for tongue, count in _APPLICANTS.items()}
        self._topical_urn = _urn(rng, _zipf(_TOPICAL, 0.8), 1 << 16)
        self._collocation_urn = _urn(rng, _zipf(_COLLOCATIONS, 0.9), 1 << 16)

    def _tongue(self, rng: np.random.Generator, words: list[str], glue: str) -> _Tongue:
        topical = rng.integers(300, _WORDS, (_SUBCLASSES, _TOPICAL)).astype(np.int32)
        pairs = rng.integers(0, _TOPICAL, (_SUBCLASSES, _COLLOCATIONS - 2, 2))
        art = self.terms_of_art[not glue]
        collocations = [
            [art[s % len(art)], art[(s * 7 + 3) % len(art)]]
            + [glue.join((words[topical[s, a]], words[topical[s, b]])) for a, b in pairs[s]]
            for s in range(_SUBCLASSES)
        ]
        every = words + [one for of_topic in collocations for one in of_topic]
        comma = "，" if not glue else ", "
        spelled = np.array(every + [comma + one for one in every], dtype=object)
        return _Tongue(spelled, _urn(rng, _zipf(_WORDS, 0.85)), topical, glue)

    def batches(self, patents: int, first: int = 0) -> Iterator[list[Patent]]:
        """The patents from number ``first`` (a multiple of the batch) up to ``patents``."""
        for start in range(first, patents, BATCH):
            yield self.batch(start // BATCH)[: patents - start]

    def batch(self, number: int) -> list[Patent]:
        rng = np.random.default_rng([self.seed, number])
        chinese = rng.random(BATCH) < 0.7
        topic = self._topic_urn[rng.integers(0, _URN, BATCH)]
        titles, abstracts, applicants = ([""] * BATCH for _ in range(3))
        for tongue in (True, False):
            rows = np.flatnonzero(chinese == tongue)
            lengths = rng.integers(6, 14, len(rows)), np.clip(rng.normal(115, 35, len(rows)), 30, 240).astype(int)
            for texts, length in zip((titles, abstracts), lengths, strict=True):
                for row, text in zip(rows.tolist(), self._texts(rng, tongue, topic[rows], length), strict=True):
                    texts[row] = text
            drawn = self._applicant_urn[tongue][rng.integers(0, _URN, len(rows))]
            for row, name in zip(rows.tolist(), self._applicants[tongue][drawn].tolist(), strict=True):
                applicants[row] = name
        days = _days(rng)
        told = tokenised([text for pair in zip(titles, abstracts, strict=True) for text in pair])
        first = number * BATCH
        return [
            self._patent(
                first + i, titles[i], abstracts[i], (told[2 * i].tokens, told[2 * i + 1].tokens),
                symbols, applicants[i], day,
            )
            for i, (symbols, day) in enumerate(zip(self._classes(rng, topic), days, strict=True))
        ]  # fmt: skip

    def _texts(self, rng: np.random.Generator, chinese: bool, topic: Array, lengths: Array) -> Iterator[str]:  # noqa: FBT001 - which language
        """A text of so many words for each topic."""
        tongue = self._tongues[chinese]
        total = int(lengths.sum())
        ends = np.cumsum(lengths)
        about = np.repeat(topic, lengths)
        place = np.arange(total) - np.repeat(ends - lengths, lengths)
        share = rng.random(total)
        words = tongue.urn[rng.integers(0, _URN, total)]
        own = share < 0.42
        words[own] = tongue.topical[about[own], self._topical_urn[rng.integers(0, 1 << 16, int(own.sum()))]]
        set_phrase = share > 0.93
        drawn = self._collocation_urn[rng.integers(0, 1 << 16, int(set_phrase.sum()))]
        words[set_phrase] = _WORDS + about[set_phrase] * _COLLOCATIONS + drawn
        behind_comma = (place % 9 == 0) & (place > 0)
        words[behind_comma] += _WORDS + _SUBCLASSES * _COLLOCATIONS
        spelled = tongue.spelled[words].tolist()
        start = 0
        for end in ends.tolist():
            yield tongue.glue.join(spelled[start:end])
            start = end

    def _classes(self, rng: np.random.Generator, topic: Array) -> Iterator[list[str]]:
        """One to four symbols a patent, mostly of its topic."""
        count = rng.integers(1, 5, BATCH)
        kept = np.arange(4) < count[:, None]
        other = self._topic_urn[rng.integers(0, _URN, (BATCH, 4))]
        of = np.where((rng.random((BATCH, 4)) < 0.6) | (np.arange(4) == 0), topic[:, None], other)
        rank = rng.random((BATCH, 4)) ** 2
        for subclasses, ranks, known in zip(of.tolist(), rank.tolist(), kept.tolist(), strict=True):
            own = (self._symbols[s] for s in subclasses)
            yield [g[int(len(g) * r)] for g, r, k in zip(own, ranks, known, strict=True) if k]

    @cached_property
    def _lineages(self) -> dict[str, tuple[str, ...]]:
        return {s: (s[0], s[:3], s[:4], s.partition("/")[0], s) for own in self._symbols for s in own}

    def _patent(
        self, number: int, title: str, abstract: str, tokens: tuple[str, str], symbols: list[str], applicant: str, day: int
    ) -> Patent:  # fmt: skip
        levels = tuple(dict.fromkeys(one for symbol in symbols for one in self._lineages[symbol]))
        name = f"CN{number:09d}"
        told = {"number": name, "title": title, "abstract": abstract, "applicant": applicant, "ipc": symbols}
        return Patent(
            name, title, abstract, *tokens, levels,
            tuple(dict.fromkeys(one[:4] for one in symbols)), applicant, day, orjson.dumps(told).decode(),
        )  # fmt: skip


def _days(rng: np.random.Generator) -> list[int]:
    years = np.minimum(1985 + (41 * rng.random(BATCH) ** 0.45).astype(int), 2025)
    days: list[int] = (years * 10_000 + rng.integers(1, 13, BATCH) * 100 + rng.integers(1, 29, BATCH)).tolist()
    return days


def _classification(rng: np.random.Generator) -> tuple[list[str], list[list[str]]]:
    """Subclasses in the form of the IPC, and the groups of each, the frequent ones first."""
    made: dict[str, None] = {}
    while len(made) < _SUBCLASSES:
        made[f"{'ABCDEFGH'[rng.integers(8)]}{rng.integers(1, 60):02d}{'BCDFGHJKLMNPQRST'[rng.integers(16)]}"] = None
    groups = []
    for subclass in made:
        mains = sorted(set(rng.integers(1, 99, rng.integers(5, 80)).tolist()))
        own = [f"{subclass}{a}/{b:02d}" for a in mains for b in sorted(set(rng.integers(0, 99, 6).tolist()))]
        rng.shuffle(own)
        groups.append(own)
    return list(made), groups


def _chinese(rng: np.random.Generator, count: int) -> list[str]:
    """Words of one to four characters, two of three of them of two."""
    kept = [one for one in map(chr, range(0x4E00, 0x9FA0)) if fold(one) == one]
    characters = np.array(kept, dtype=object)[rng.permutation(len(kept))[:3_500]]
    urn = _urn(rng, _zipf(len(characters), 0.7))
    made: dict[str, None] = {}
    while len(made) < count:
        length = rng.choice(4, p=(0.05, 0.68, 0.15, 0.12)) + 1
        made["".join(characters[urn[rng.integers(0, _URN, length)]])] = None
    return list(made)


def _english(rng: np.random.Generator, count: int) -> list[str]:
    heads, vowels = _LETTERS
    made: dict[str, None] = {}
    while len(made) < count:
        syllables = rng.integers(1, 5)
        drawn = zip(rng.integers(0, len(heads), syllables), rng.integers(0, len(vowels), syllables), strict=True)
        made["".join(heads[a] + vowels[b] for a, b in drawn) + ("", "n", "r", "s")[rng.integers(4)]] = None
    return list(made)


def _joined(rng: np.random.Generator, words: list[str], glue: str) -> list[str]:
    """Terms of art of two words, of four to six characters where they are Chinese."""
    made: list[str] = []
    while len(made) < _TERMS_OF_ART:
        term = glue.join(words[i] for i in rng.integers(2_000, _WORDS, 2))
        if glue or 4 <= len(term) <= 6:
            made.append(term)
    return made


def _companies(rng: np.random.Generator, words: list[str], glue: str, count: int) -> Array:
    made: dict[str, None] = {}
    ends = (("有限公司", "大学", "研究院", "集团") if not glue else ("Ltd", "Inc", "University", "Institute"))  # fmt: skip
    while len(made) < count:
        a, b, c = rng.integers(200, 20_000, 3)
        made[glue.join((words[a].title(), words[b].title(), ends[c % len(ends)]))] = None
    return np.array(list(made), dtype=object)
