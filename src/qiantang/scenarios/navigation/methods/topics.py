"""Topics of a node: words of titles that stand together more often than by chance, and the patents that speak of them.

Nothing is drawn by chance but with a fixed seed, and every tie is broken by order: the same titles give the same topics with
the same ids on every run. Words: ``corpus.register`` cuts and folds them. Communities: Blondel et al. (2008).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from hashlib import sha256
from math import log
from types import MappingProxyType
from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods import cooccurrence
from qiantang.corpus.register.methods.meaning.words import words_of
from qiantang.scenarios.navigation.methods.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qiantang.scenarios.navigation.types import Findings
    from qiantang.scenarios.navigation.types.facts import Fact

SHOWN, WORDS_SHOWN = 12, 8
_TERMS = 240  # words from which topics are made: the most frequent that are neither rare nor everywhere
_LEAST, _MOST = 3, 0.25  # patents, and share of all patents, in which such a word stands
_FEWEST_WORDS = 3  # of a topic
_TIED = 1.5  # times as often together as by chance
_EMPTY = frozenset(
    {
        *(
            "一种",
            "方法",
            "装置",
            "系统",
            "设备",
            "用于",
            "基于",
            "及其",
            "以及",
            "应用",
            "制备",
            "结构",
            "场景",
            "新型",
        ),
        *("method", "device", "system", "apparatus", "using", "based", "thereof", "same", "for", "and", "the", "with"),
    }
)
Topic = tuple[str, ...]
PARAMETERS: Mapping[str, float | int | str] = MappingProxyType(
    {
        "method": "louvain-title-words/1",
        "seed": cooccurrence.SEED,
        "words": _TERMS,
        "least_patents": _LEAST,
        "most_share": _MOST,
        "fewest_words": _FEWEST_WORDS,
        "tied": _TIED,
        "topics_shown": SHOWN,
        "words_shown": WORDS_SHOWN,
        "words_left_out": sha256("\n".join(sorted(_EMPTY)).encode()).hexdigest()[:12],
    }
)
"""What the topics of an edition depend on beside its titles: kept with it, so that a re-run shows whether it changed."""


def topics_of(facts: Sequence[Fact]) -> Findings:
    """Rows: topics by their patents; ``value`` a stable id, ``label`` the words, the most telling first; a patent stands in one.

    Figures: how many patents are in a topic, in none, and how stable topics are: made again of each half of the patents,
    the mean share of words that come back (1: the same).
    """
    spoken = [terms_of(one.title) for one in facts]
    topics = make_topics(spoken)
    weights = _rarity(spoken)
    members: dict[int, list[int]] = defaultdict(list)
    for at, terms in enumerate(spoken):
        chosen = _topic_of(terms, topics, weights)
        if chosen is not None:
            members[chosen].append(at)
    tally = Tally()
    order = sorted(members, key=lambda one: (-len(members[one]), topics[one]))
    for place in order[:SHOWN]:
        key = topic_id(topics[place])
        tally.row(key, " ".join(topics[place][:WORDS_SHOWN]), tally.count(f"topic.{key}", members[place]))
    told = {at for place in order[:SHOWN] for at in members[place]}
    tally.count("topics_total", told)
    tally.count("topics_none", set(range(len(facts))) - told)
    tally.rate("topics_stability", stability(facts, spoken, topics), ("topics_total",), "few_nodes")
    return tally.findings()


def topic_id(topic: Topic) -> str:
    """A name made of the topic's words alone."""
    return sha256("\n".join(sorted(topic[:WORDS_SHOWN])).encode()).hexdigest()[:8]


def terms_of(title: str) -> frozenset[str]:
    return frozenset(word for word in words_of(title) if word not in _EMPTY and len(word) > 1)


def make_topics(spoken: Sequence[frozenset[str]]) -> tuple[Topic, ...]:
    """Groups of words, the words by how many patents hold them; groups by their first words."""
    counts = Counter(word for terms in spoken for word in terms)
    usual = [w for w, n in counts.items() if _LEAST <= n <= _MOST * len(spoken)]
    usual.sort(key=lambda word: (-counts[word], word))
    kept = frozenset(usual[:_TERMS])
    found = cooccurrence.cooccurrence((terms & kept for terms in spoken), _LEAST)
    ties = {
        (pair.one, pair.other): pair.together
        for pair in found.pairs
        if pair.ties.association is not None and pair.ties.association >= _TIED
    }
    groups = cooccurrence.communities(sorted({end for pair in ties for end in pair}), ties)
    named = (tuple(sorted(group, key=lambda word: (-counts[word], word))) for group in groups)
    return tuple(sorted(group for group in named if len(group) >= _FEWEST_WORDS))


def _rarity(spoken: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(word for terms in spoken for word in terms)
    return {word: log(1 + len(spoken) / n) for word, n in counts.items()}


def _topic_of(terms: frozenset[str], topics: Sequence[Topic], weights: Mapping[str, float]) -> int | None:
    best: tuple[float, int] | None = None
    for at, topic in enumerate(topics):
        score = round(sum(weights[word] for word in topic if word in terms), 9)
        if score and (best is None or score > best[0]):
            best = (score, at)
    return best[1] if best else None


def stability(facts: Sequence[Fact], spoken: Sequence[frozenset[str]], topics: Sequence[Topic]) -> float | None:
    """The mean, over topics and halves, of the greatest share of words that a topic of the half has in common with it."""
    if not topics:
        return None
    halves: tuple[list[frozenset[str]], list[frozenset[str]]] = ([], [])
    for one, terms in zip(facts, spoken, strict=True):
        halves[sha256(one.patent_id.encode()).digest()[0] % 2].append(terms)
    shares = [_nearest(topic, make_topics(half)) for half in halves for topic in topics]
    return sum(shares) / len(shares)


def _nearest(topic: Topic, others: Iterable[Topic]) -> float:
    mine = set(topic)
    return max((len(mine & set(one)) / len(mine | set(one)) for one in others), default=0.0)
