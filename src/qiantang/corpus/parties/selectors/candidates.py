"""Which names a new name is compared with, and what each pair shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from django.db.models import Count, Q
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from qiantang.corpus.parties.methods.judging import LIKE, judge
from qiantang.corpus.parties.models import FiledName, NameEvidence, ReviewItem
from qiantang.corpus.parties.selectors.cards import chunks
from qiantang.corpus.parties.selectors.reading import name_reader, places
from qiantang.corpus.parties.types import Action, EvidenceKind, Shared

MOST_IN_BLOCK = 3_000  # names; a larger block is narrowed to the first four characters (Latin: eight)
_FIELDS = {
    EvidenceKind.INVENTOR: "inventors",
    EvidenceKind.ADDRESS: "addresses",
    EvidenceKind.FAMILY: "families",
    EvidenceKind.CREDIT_CODE: "credit_codes",
}
_EVERYTHING = Shared(1, 1, 1, 0)


class Row(NamedTuple):
    """What of a name as filed is needed to compare it; lighter than the model, of which a block has thousands."""

    pk: int
    text: str
    standard: str
    also: str
    owner: str
    block: str
    near: str


class Pair(NamedTuple):
    """Two names by number, the smaller first, with their texts."""

    first: int
    second: int
    first_text: str
    second_text: str


def _pair(a: Row | FiledName, b: Row | FiledName) -> Pair:
    low, high = (a, b) if a.pk < b.pk else (b, a)
    return Pair(low.pk, high.pk, low.text, high.text)


def _rows(**wanted: object) -> list[Row]:
    return [Row(*one) for one in FiledName.objects.filter(**wanted).order_by("pk").values_list(*Row._fields)]


def candidates(names: Sequence[FiledName]) -> set[Pair]:
    """The pairs of a new name and another of which anything might follow."""
    new = [Row(*(getattr(one, field) for field in Row._fields)) for one in names]
    read = name_reader().read
    likely = {
        pair
        for pair in _by_spelling(new) | _by_block(new) | _by_key(new, EvidenceKind.FAMILY)
        if judge(read(pair.first_text), read(pair.second_text), _EVERYTHING, places()).action is not Action.NONE
    }
    return likely | _by_key(new, EvidenceKind.CREDIT_CODE)


def open_questions(known: Iterable[int]) -> set[Pair]:
    """The undecided pairs of names that were seen again: what is new beside them may settle the question."""
    found: set[Pair] = set()
    for some in chunks(known):
        rows = ReviewItem.objects.filter(Q(first__in=some) | Q(second__in=some), state=ReviewItem.State.OPEN)
        found |= {_pair(row.first, row.second) for row in rows.select_related("first", "second")}
    return found


def _by_spelling(new: Sequence[Row]) -> set[Pair]:
    """One standard spelling, a name that stands in another's brackets, a body and its parts: exact look-ups."""
    found: set[Pair] = set()
    for mine, theirs in (
        ("standard", "standard"),
        ("also", "standard"),
        ("standard", "also"),
        ("owner", "standard"),
        ("standard", "owner"),
    ):
        asked: dict[str, list[Row]] = defaultdict(list)
        for one in new:
            if getattr(one, mine):
                asked[getattr(one, mine)].append(one)
        for some in chunks(asked):
            for other in _rows(**{f"{theirs}__in": some}):
                found |= {_pair(one, other) for one in asked[getattr(other, theirs)] if one.pk != other.pk}
    return found


def _by_key(new: Sequence[Row], kind: EvidenceKind) -> set[Pair]:
    """Names that share a credit code; or a family, where one is Latin and the other is not."""
    mine = {one.pk: one for one in new}
    keys: dict[int, list[int]] = defaultdict(list)
    for some in chunks(mine):
        for name, digest in NameEvidence.objects.filter(name__in=some, kind=kind).values_list("name", "digest"):
            keys[digest].append(name)
    found: set[Pair] = set()
    for some in chunks(keys):
        for row in NameEvidence.objects.filter(kind=kind, digest__in=some).select_related("name"):
            for one in (mine[pk] for pk in keys[row.digest]):
                if one.pk != row.name_id and (
                    kind is EvidenceKind.CREDIT_CODE or one.text.isascii() != row.name.text.isascii()
                ):
                    found.add(_pair(one, row.name))
    return found


def _by_block(new: Sequence[Row]) -> set[Pair]:
    """Names of one block whose cores are alike."""
    found: set[Pair] = set()
    for mine, theirs in _blocks(new):
        read = name_reader().read
        cores = [read(one.text).core for one in theirs]
        matrix = cdist([read(one.text).core for one in mine], cores, scorer=JaroWinkler.similarity, score_cutoff=LIKE)
        for i, j in np.argwhere(matrix >= LIKE).tolist():
            if mine[i].pk != theirs[j].pk:
                found.add(_pair(mine[i], theirs[j]))
        if mine[0].block.isascii():
            found |= _by_words(mine, theirs)
    return found


def _by_words(mine: Sequence[Row], theirs: Sequence[Row]) -> set[Pair]:
    """Latin names with most words in common, whatever their order; first letters, so that abbreviations meet."""
    read = name_reader().read
    heads = {one.pk: frozenset(word[:3] for word in read(one.text).words) for one in theirs}
    found: set[Pair] = set()
    for one in mine:
        own = frozenset(word[:3] for word in read(one.text).words)
        for other in theirs:
            together = heads[other.pk]
            if one.pk != other.pk and len(own & together) * 4 >= len(own | together) * 3:
                found.add(_pair(one, other))
    return found


def _blocks(new: Sequence[Row]) -> Iterable[tuple[list[Row], list[Row]]]:
    """(new names, all names) of each block; a block grown too large in its finer parts."""
    mine = _grouped(new, "block")
    sizes: Counter[str] = Counter()
    for some in chunks(mine):
        sizes.update(dict(FiledName.objects.filter(block__in=some).values_list("block").annotate(Count("pk"))))
    small = [one for block, names in mine.items() if sizes[block] <= MOST_IN_BLOCK for one in names]
    large = [one for block, names in mine.items() if sizes[block] > MOST_IN_BLOCK for one in names]
    for names, column in ((small, "block"), (large, "near")):
        grouped = _grouped(names, column)
        for some in chunks(grouped):
            rows = _grouped(_rows(**{f"{column}__in": some}), column)
            for key, theirs in rows.items():
                yield grouped[key], theirs[-MOST_IN_BLOCK:]


def _grouped(names: Iterable[Row], column: str) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for one in names:
        found[getattr(one, column)].append(one)
    return found


def shared_by(pairs: Iterable[Pair]) -> dict[Pair, Shared]:
    """What the two names of each pair have in common."""
    known = list(pairs)
    kept: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for some in chunks(dict.fromkeys(pk for pair in known for pk in (pair.first, pair.second))):
        rows = NameEvidence.objects.filter(name__in=some).values_list("name", "kind", "digest")
        for name, kind, digest in rows:
            kept[name].add((kind, digest))
    found = {}
    for pair in known:
        counted = Counter(kind for kind, _ in kept[pair.first] & kept[pair.second])
        found[pair] = Shared(**{field: counted[kind] for kind, field in _FIELDS.items()})
    return found
