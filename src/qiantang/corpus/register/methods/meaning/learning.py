"""How a space of meaning is learnt: the same texts and the same model give the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np

from qiantang.corpus.register.methods.meaning.space import CORPUS_DIMENSIONS, MODEL_DIMENSIONS, Array, WordSpace
from qiantang.corpus.register.methods.meaning.words import Counts, counted, is_chinese

LEARNT = 1  # of how this module works; a change makes old spaces stale
_COMMON = 2  # directions all words share, which say how a word is written rather than what it means
_SEED, _ROUNDS, _SPARE, _NOISE = 20_260_101, 3, 16, 1e-9


def rarity_of(counts: Counts, words: Sequence[str]) -> Array:
    held = np.array([counts.holding[word] for word in words], np.float32)
    return np.asarray(np.log1p(counts.texts / (1 + held)), np.float32)


def settled(meanings: Array, words: Sequence[str]) -> tuple[Array, Array]:
    """Middles and basis of a space: each language about its own middle, what all words share taken out.

    After Mu and Viswanath, All-but-the-Top, 2018: the strongest directions of word vectors are common to all of them.
    """
    told = np.array(meanings, np.float32)
    width = told.shape[1] if told.ndim == 2 else 0  # noqa: PLR2004 - rows and columns
    middles, chinese = np.zeros((2, width), np.float32), np.array([is_chinese(word) for word in words], bool)
    for place, some in enumerate((~chinese, chinese)):
        if some.any():
            middles[place] = told[some].mean(axis=0)
            told[some] -= middles[place]
    if not len(words):
        return middles, np.zeros((width, MODEL_DIMENSIONS), np.float32)
    _, vectors = np.linalg.eigh(np.asarray(told.T @ told, np.float64))  # the strongest last
    kept = np.ascontiguousarray(vectors[:, ::-1][:, _COMMON : _COMMON + MODEL_DIMENSIONS])
    kept *= np.where(kept[np.abs(kept).argmax(axis=0), np.arange(kept.shape[1])] < 0, -1, 1)  # one of two signs
    return middles, _wide(np.asarray(kept, np.float32), MODEL_DIMENSIONS)


def together(texts: Sequence[str], words: Sequence[str], rarity: Array) -> Array:
    """The numbers of each word by which words it stands together with: latent semantic analysis (Deerwester 1990).

    A truncated singular value decomposition of the weighted matrix of texts and words, by random projection
    (Halko, Martinsson, Tropp 2011).
    """
    from scipy import sparse  # noqa: PLC0415 - half a second that only the space of meaning needs

    held = counted(texts, {word: place for place, word in enumerate(words)}).multiply(rarity).tocsr()
    lengths = np.sqrt(np.asarray(held.multiply(held).sum(axis=1)).ravel())
    held = sparse.diags(1 / np.where(lengths > 0, lengths, 1)).astype(np.float32) @ held
    wanted = min(CORPUS_DIMENSIONS + _SPARE, *held.shape)
    if wanted == 0:
        return np.zeros((len(words), CORPUS_DIMENSIONS), np.float32)
    guess = np.random.default_rng(_SEED).standard_normal((held.shape[1], wanted)).astype(np.float32)
    for _ in range(_ROUNDS):
        guess = _orthonormal(held.T @ (held @ _orthonormal(guess)))
    seen = np.asarray(held @ guess, np.float64)
    strengths, turn = np.linalg.eigh(seen.T @ seen)  # the strongest last
    strong = strengths > strengths[-1] * _NOISE
    placed = np.asarray(guess @ turn[:, strong][:, ::-1], np.float32)[:, :CORPUS_DIMENSIONS]
    return _kept(_wide(placed, CORPUS_DIMENSIONS))


def learnt(
    model_name: str, words: Sequence[str], meanings: Mapping[str, Array], counts: Counts, texts: Sequence[str]
) -> WordSpace:
    """The space of these words.

    meanings    of the model, by word; of more than these words, so that each language has a middle
    counts      over all texts or a sample of them
    texts       from which it is learnt what stands together
    """
    every = list(meanings)
    middles, basis = settled(np.array([meanings[word] for word in every], np.float32), every)
    rarity = rarity_of(counts, words)
    corpus = together(texts, words, rarity)
    told = sha256(f"{LEARNT} {model_name}\n".encode())
    for part in ("\n".join(words).encode(), middles.tobytes(), basis.tobytes(), corpus.tobytes(), rarity.tobytes()):
        told.update(part)
    empty = np.zeros((len(words), MODEL_DIMENSIONS), np.float32)
    space = WordSpace(
        f"{LEARNT}-{told.hexdigest()[:16]}", tuple(words), empty, corpus, rarity, counts.texts, middles, basis
    )
    if not words:
        return space
    return replace(space, model=_kept(space.placed(words, np.array([meanings[word] for word in words], np.float32))))


def _orthonormal(columns: Array) -> Array:
    """The same span by columns at right angles, by way of their products: rows are many, columns few."""
    wide = np.asarray(columns, np.float64)
    strengths, turn = np.linalg.eigh(wide.T @ wide)
    strong = strengths > strengths[-1] * _NOISE
    return np.asarray(wide @ (turn[:, strong] / np.sqrt(strengths[strong])), np.float32)


def _kept(rows: Array) -> Array:
    """As precise as it is written: what was read again gives the same vectors."""
    return rows.astype(np.float16).astype(np.float32)


def _wide(rows: Array, columns: int) -> Array:
    return np.pad(rows, ((0, 0), (0, columns - rows.shape[1])))
