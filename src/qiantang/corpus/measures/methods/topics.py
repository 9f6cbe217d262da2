"""Topics of a set of patents: the same clusters with the same numbers on every run, and names that outlive a run.

Words are weighed by rarity (TF-IDF), reduced to the strongest directions (latent semantic analysis) and grouped (k-means).
Every draw has a fixed seed, documents are taken in the order of their ids, and all of it runs on one thread, so that sums are
made in one order.
Sources: Deerwester et al. (1990); Arthur and Vassilvitskii (2007); Hennig, Computational Statistics and Data Analysis 52
(2007) for the stability of a cluster; Kuhn (1955) for matching.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qiantang.corpus.register.methods.meaning.words import words_of

_SEED = 20_210_401
_DIRECTIONS = 50
_MANY = 20_000  # documents from which means are moved by batches
_RUNS, _SHARE = 8, 0.8  # of the test of stability
_WORDS = 10
_LEAST_OVERLAP = 0.25
_Floats = NDArray[np.float64]


class Topic(NamedTuple):
    """A group of documents.

    number      1 is the largest; equal ones by their first document
    documents   ids in order
    words       the most telling, most telling first
    stability   mean of the best overlap (Jaccard) with the groups of runs on four fifths of the documents, 0 to 1; below
                about 0.6 a group should not be believed; None where it was not measured
    """

    number: int
    documents: tuple[str, ...]
    words: tuple[str, ...]
    stability: float | None


class TopicModel(NamedTuple):
    """``topics`` by number; ``unplaced``: documents without a word that others share, in order."""

    topics: tuple[Topic, ...]
    unplaced: tuple[str, ...]


def topics(texts: Mapping[str, str], number: int, *, most_words: int = 5_000, stability: bool = True) -> TopicModel:
    """Topics of documents.

    texts      id -> title and abstract, in any language; Chinese is cut by a dictionary
    number     groups that are asked for; fewer where documents are few
    errors     ValueError for a number below 1
    """
    if number < 1:
        raise ValueError("at least one topic")
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 comes with the library of clusters and is needed with it

    names = sorted(texts)
    matrix, words = _weighed([words_of(texts[name]) for name in names], most_words)
    placed = np.flatnonzero(np.diff(matrix.indptr))
    if not len(placed):
        return TopicModel((), tuple(names))
    with threadpool_limits(1):
        rows = matrix[placed]
        space = _reduced(rows)
        labels = _grouped(space, number)
        steady = _stability(space, labels, number) if stability else {}
    found = []
    for label in np.unique(labels):
        inside = np.flatnonzero(labels == label)
        members = tuple(names[placed[at]] for at in inside)
        found.append((members, _telling(rows, inside, words), steady.get(int(label))))
    found.sort(key=lambda one: (-len(one[0]), one[0]))
    ordered = tuple(Topic(at, *one) for at, one in enumerate(found, start=1))
    return TopicModel(ordered, tuple(names[at] for at in sorted(set(range(len(names))) - set(placed.tolist()))))


def _weighed(documents: list[list[str]], most: int) -> tuple[Any, list[str]]:
    """TF-IDF with rows of length 1, shape (documents, words); words in two documents or more and in no more than half of many."""
    from scipy import sparse  # noqa: PLC0415 with the others

    holding: Counter[str] = Counter()
    for one in documents:
        holding.update(set(one))
    ceiling = len(documents) / 2 if len(documents) >= 10 else len(documents)  # noqa: PLR2004 of few, half says little
    kept = sorted(((-count, word) for word, count in holding.items() if 2 <= count <= ceiling))[:most]  # noqa: PLR2004 shared
    words = sorted(word for _, word in kept)
    place = {word: at for at, word in enumerate(words)}
    starts, columns, values = [0], [], []
    for one in documents:
        counted = sorted((place[word], count) for word, count in Counter(one).items() if word in place)
        columns += [at for at, _ in counted]
        values += [1 + np.log(count) for _, count in counted]
        starts.append(len(columns))
    rare = np.array([np.log((1 + len(documents)) / (1 + holding[word])) + 1 for word in words])
    weights = (
        np.asarray(values, dtype=np.float64) * rare[np.asarray(columns, dtype=np.int64)] if columns else np.zeros(0)
    )
    matrix = sparse.csr_array((weights, columns, starts), shape=(len(documents), len(words)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).reshape(-1))
    matrix.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(matrix.indptr))
    return matrix, words


def _reduced(rows: Any) -> _Floats:
    """Each document in at most fifty directions, with length 1; shape (documents, directions)."""
    from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415 seconds to import, and only topics need it

    directions = min(_DIRECTIONS, min(rows.shape) - 1)
    if directions < 1:
        return np.ones((rows.shape[0], 1))
    left, strengths, _ = randomized_svd(rows, directions, n_iter=7, random_state=_SEED)
    space: _Floats = left * strengths
    lengths = np.linalg.norm(space, axis=1, keepdims=True)
    return space / np.where(lengths > 0, lengths, 1)


def _grouped(space: _Floats, number: int) -> NDArray[np.int64]:
    from sklearn.cluster import KMeans, MiniBatchKMeans  # noqa: PLC0415 as above

    groups = min(number, len(np.unique(space, axis=0)))
    if len(space) > _MANY:
        model = MiniBatchKMeans(groups, random_state=_SEED, n_init=5, batch_size=4_096)
    else:
        model = KMeans(groups, random_state=_SEED, n_init=5, algorithm="lloyd")
    labels: NDArray[np.int64] = model.fit_predict(space).astype(np.int64)
    return labels


def _stability(space: _Floats, labels: NDArray[np.int64], number: int) -> dict[int, float]:
    random = np.random.default_rng(_SEED)
    sums = dict.fromkeys(map(int, np.unique(labels)), 0.0)
    for _ in range(_RUNS):
        some = np.sort(random.choice(len(space), max(1, round(_SHARE * len(space))), replace=False))
        other = _grouped(space[some], number)
        table = np.zeros((int(labels.max()) + 1, int(other.max()) + 1))
        np.add.at(table, (labels[some], other), 1)
        union = table.sum(1, keepdims=True) + table.sum(0, keepdims=True) - table
        best = (table / np.where(union > 0, union, 1)).max(1)
        for label in sums:
            sums[label] += float(best[label])
    return {label: total / _RUNS for label, total in sums.items()}


def _telling(rows: Any, inside: NDArray[np.int64], words: list[str]) -> tuple[str, ...]:
    """The words that weigh more inside than outside, by the difference of their means; equal ones by name."""
    within = np.asarray(rows[inside].sum(0)).reshape(-1)
    rest = np.asarray(rows.sum(0)).reshape(-1) - within
    outside = rows.shape[0] - len(inside)
    gain = within / len(inside) - (rest / outside if outside else 0)
    order = sorted(range(len(words)), key=lambda at: (-round(float(gain[at]), 12), words[at]))
    return tuple(words[at] for at in order[:_WORDS] if gain[at] > 0)


def carried_labels(
    before: Mapping[str, Collection[str]], now: Mapping[str, Collection[str]], least: float = _LEAST_OVERLAP
) -> dict[str, str | None]:
    """Which earlier group each new one carries on, so that its name given by a person stays; None: it is new.

    before, now   group -> documents; overlap (Jaccard) is looked at among the documents of both runs, and the sum of overlaps is
                  made the largest
    least         of overlap, and of the share of the smaller group that both hold, below which a pair is none
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 half a second that only this needs

    olds, news = sorted(before), sorted(now)
    both = {one for held in before.values() for one in held} & {one for held in now.values() for one in held}
    overlap = np.zeros((len(news), len(olds)))
    for i, new in enumerate(news):
        held = both.intersection(now[new])
        for j, old in enumerate(olds):
            known = both.intersection(before[old])
            union = len(held | known)
            enough = len(held & known) >= least * min(len(set(now[new])), len(set(before[old])))
            overlap[i, j] = len(held & known) / union if union and enough else 0.0
    found: dict[str, str | None] = dict.fromkeys(news)
    if overlap.size:
        for i, j in zip(*linear_sum_assignment(overlap, maximize=True), strict=True):
            if overlap[i, j] >= least:
                found[news[i]] = olds[j]
    return found
