"""24 questions of each kind, drawn from the first 50,000 patents of the corpus, the same whatever its size.

A question is a tuple of texts: a token; tokens; for ``boolean + IPC + date`` a title word, two words, one that must not
stand there, a symbol, the first and the last day. How frequent its words are decides its kind, as in the goals.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from peers.corpus import Corpus
from peers.parts import Ask

EACH = 24
_LOOKED_AT = 50_000

Draw = Callable[[], Ask | None]


def questions(corpus: Corpus) -> dict[str, list[Ask]]:
    drawn = _Drawn(corpus)
    return {
        "rare term": drawn.half_and_half(0.00008, 0.0003),
        "common term": drawn.half_and_half(0.03, 0.5),
        "AND of 3": drawn.many(drawn.three_of_one),
        "OR of 3": drawn.many(lambda: tuple(drawn.rng.sample(drawn.common, 3))),
        "phrase": drawn.many(drawn.english_phrase),
        "zh 2 characters": [(one,) for one in drawn.rng.sample(drawn.tokens(0.003, 0.03, chinese=True), EACH)],
        "zh 4+ characters": [_pairs(one) for one in corpus.terms_of_art[True][:EACH]],
        "proximity": drawn.many(drawn.two_near),
        "boolean + IPC + date": drawn.many(drawn.boolean),
        "prefix": drawn.many(drawn.start_of_word),
        "IPC + date": drawn.many(drawn.symbol_and_days),
        "facets": drawn.half_and_half(0.03, 0.5),
        "sort by date": drawn.half_and_half(0.03, 0.5),
        "deep page": drawn.half_and_half(0.03, 0.5),
        "more like this": [
            (one.title_tokens, one.abstract_tokens) for one in drawn.rng.sample(drawn.patents, EACH)
        ],
    }  # fmt: skip


def is_chinese(text: str) -> bool:
    return text >= "\u4e00"


def _pairs(text: str) -> Ask:
    return tuple(text[i : i + 2] for i in range(len(text) - 1))


class _Drawn:
    def __init__(self, corpus: Corpus) -> None:
        self.rng = random.Random(corpus.seed)  # noqa: S311 no secret
        self.patents = [one for batch in corpus.batches(_LOOKED_AT) for one in batch]
        self.held: Counter[str] = Counter()
        for one in self.patents:
            self.held.update(set(one.abstract_tokens.split()))
        self._known: dict[tuple[float, float, bool], list[str]] = {}
        self.english = [one for one in self.patents if not is_chinese(one.abstract[0])]
        self.common = self.tokens(0.03, 0.5, chinese=True) + self.tokens(0.03, 0.5, chinese=False)
        symbols = Counter(symbol for one in self.patents for symbol in one.subclasses)
        self.symbols = [symbol for symbol, _ in symbols.most_common(40)]
        self.titled = Counter(word for one in self.patents for word in set(one.title_tokens.split()))

    def share(self, token: str) -> float:
        return self.held[token] / len(self.patents)

    def tokens(self, low: float, high: float, *, chinese: bool) -> list[str]:
        """Tokens that so large a share of the abstracts hold, in order of the alphabet; none of a single character."""
        wanted = (low, high, chinese)
        if wanted not in self._known:
            count = len(self.patents)
            self._known[wanted] = sorted(
                token
                for token, held in self.held.items()
                if low * count <= held < high * count and is_chinese(token) == chinese and len(token) > 1
            )
        return self._known[wanted]

    def half_and_half(self, low: float, high: float) -> list[Ask]:
        """Half of them Chinese, the rest English."""
        found = []
        for chinese in (True, False):
            known = self.tokens(low, high, chinese=chinese)
            found += [(one,) for one in self.rng.sample(known, min(EACH // 2, len(known)))]
        return found

    def many(self, draw: Draw) -> list[Ask]:
        found: dict[Ask, None] = {}
        while len(found) < EACH:
            if (one := draw()) is not None:
                found[one] = None
        return list(found)

    def three_of_one(self) -> Ask | None:
        """Three words of one patent, each in 0.3 % to 20 % of all."""
        words = sorted(set(self.rng.choice(self.patents).abstract_tokens.split()))
        known = [one for one in words if 0.003 < self.share(one) < 0.2]
        return tuple(self.rng.sample(known, 3)) if len(known) >= 3 else None

    def english_phrase(self) -> Ask | None:
        words = self._stretch(2)
        return words if words[0] != words[1] and all(self.share(one) > 0.001 for one in words) else None

    def two_near(self) -> Ask | None:
        first, *_, last = self._stretch(5)
        known = first != last and all(0.005 < self.share(one) < 0.2 for one in (first, last))
        return (first, last) if known else None

    def _stretch(self, length: int) -> Ask:
        words = self.rng.choice(self.english).abstract_tokens.split()
        start = self.rng.randrange(len(words) - length)
        return tuple(words[start : start + length])

    def boolean(self) -> Ask:
        chinese = self.rng.random() < 0.5
        often = [one for one in self.common if is_chinese(one) == chinese]
        middling = self.tokens(0.004, 0.03, chinese=chinese)
        year = self.rng.randint(2000, 2018)
        title, one, other = (self.rng.choice(often) for _ in range(3))
        return (
            title, one, other, self.rng.choice(middling), self.rng.choice(self.symbols[:12]),
            f"{year}0101", f"{year + 5}1231",
        )  # fmt: skip

    def start_of_word(self) -> Ask | None:
        word = self.rng.choice(self.tokens(0.004, 0.03, chinese=False))
        return (word[:4],) if len(word) > 5 else None

    def symbol_and_days(self) -> Ask:
        start = self.rng.choice(self.symbols) + str(self.rng.randint(1, 9))
        return start, f"{self.rng.randint(1990, 2015)}0101", "20251231"
