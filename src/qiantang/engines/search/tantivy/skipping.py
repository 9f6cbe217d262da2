"""A long Chinese phrase asked by fewer pairs.

Of the run ABCD the index holds AB, BC, CD and D, each at its place (``kernel.text.tokens``). A phrase of all pairs reads
postings and positions of each. AB and, two places on, CD read a third less; of six characters three pairs of five do. What
stands between the two begins with B: it is BC, or the B alone that ends a run, as in "AB, CD". Texts in which CD follows
such a B are few. They are taken away again unless they hold the whole phrase too, so the same documents are found, with
the same scores; only in a text with both, the interrupted phrase counts as one more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import tantivy
from tantivy import Occur

from qiantang.engines.search.bm25 import rarity
from qiantang.engines.search.tantivy.words import Words
from qiantang.kernel.text import is_pair

_MANY = 5_000  # documents that hold the rarest pair: with fewer, asking what to take away costs more than is saved


def phrase(native: tantivy.Schema, words: Words, field: str, tokens: Sequence[str]) -> tantivy.Query:
    """Documents that hold these tokens one after the other."""
    whole = tantivy.Query.phrase_query(native, field, list(tokens))
    if not any(map(is_pair, tokens[1:-1])):
        return whole
    held = {one: words.holding(field, one) for one in (*tokens, *(pair[0] for pair in tokens[1:-1]))}
    without = skipped(tokens, held)
    if not without:
        return whole
    kept = [(place, one) for place, one in enumerate(tokens) if place not in without]
    rare = {one: rarity(words.documents, held[one]) for one in tokens}
    some = tantivy.Query.phrase_query(native, field, list(kept))
    some = tantivy.Query.boost_query(some, sum(rare[one] for one in tokens) / sum(rare[one] for _, one in kept))
    interrupted = [
        tantivy.Query.phrase_query(native, field, [tokens[place][0], tokens[place + 1]]) for place in without
    ]
    wrong = tantivy.Query.boolean_query([*((Occur.Should, one) for one in interrupted), (Occur.MustNot, whole)])
    return tantivy.Query.boolean_query([(Occur.Must, some), (Occur.MustNot, wrong)])


def skipped(tokens: Sequence[str], held: Mapping[str, int]) -> list[int]:
    """Places of pairs that need not be asked: those beside them are, and tell which characters stand there.

    held  in how many documents each token stands, and the first character of each alone
    """
    found: list[int] = []
    rarest = min(held[one] for one in tokens)
    for place in range(1, len(tokens) - 1):
        before, here, after = tokens[place - 1 : place + 2]
        chained = is_pair(before) and is_pair(here) and before[1] == here[0] and here[1] == after[0]
        if chained and place - 1 not in found and saves(before, here, after, held, rarest):
            found.append(place)
    return found


def saves(before: str, here: str, after: str, held: Mapping[str, int], rarest: int) -> bool:
    """Whether leaving out the middle one saves time. A pair that is rarer than both beside it leaves few to read; a
    character that ends many runs leaves much to take away.
    """
    return rarest >= _MANY and min(held[before], held[after]) <= 1.25 * held[here] and held[here[0]] <= rarest
