"""How well a node finds what belongs to it, and whether that moves when a reviewer labels again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods import sampling
from qiantang.scenarios.navigation.types import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Label:
    """A patent of a sample: whether the node finds it, and what was said of it; None: not labelled."""

    found: bool
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A share with its 95 % Wilson interval; ``unsure`` patents count for neither side and are told; ``left`` are not labelled.

    accepted   whether the share reaches the bound; None where nothing was labelled
    """

    hits: int
    sample: int
    share: float | None
    low: float
    high: float
    bound: float
    accepted: bool | None
    unsure: int
    left: int


def precision(labels: Sequence[Label], bound: float) -> Measured:
    """Of what the node finds, the share that belongs to it."""
    decided = [one for one in labels if one.verdict in (Verdict.RELEVANT, Verdict.FOREIGN)]
    return _measured(labels, sum(one.verdict is Verdict.RELEVANT for one in decided), len(decided), bound)


def recall(labels: Sequence[Label], bound: float) -> Measured:
    """Of what belongs to the node in an independent sample, the share that the node finds."""
    relevant = [one for one in labels if one.verdict is Verdict.RELEVANT]
    return _measured(labels, sum(one.found for one in relevant), len(relevant), bound)


def _measured(labels: Sequence[Label], hits: int, sample: int, bound: float) -> Measured:
    told = sampling.precision_check(hits, sample, bound)
    unsure = sum(one.verdict is Verdict.UNSURE for one in labels)
    left = sum(one.verdict is None for one in labels)
    return Measured(hits, sample, told.share, told.low, told.high, bound, told.accepted, unsure, left)


@dataclass(frozen=True, slots=True)
class Headline:
    """How many patents of a node belong to it: what it finds times precision, with the interval of the precision."""

    value: float | None
    low: float | None
    high: float | None


def headline(found: int, measured: Measured) -> Headline:
    if measured.share is None:
        return Headline(None, None, None)
    return Headline(found * measured.share, found * measured.low, found * measured.high)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A sample labelled twice, independently.

    agreement   share of the patents both decided on which both say the same; None where there is none
    kappa       Cohen's: agreement beyond chance; None where chance alone would agree on all
    first, second   the measure by the first and by the second labels, over the same patents
    moves       whether the second share lies outside the interval of the first; None where either is not known
    """

    looked_at: int
    agreement: float | None
    kappa: float | None
    first: Measured
    second: Measured
    moves: bool | None


def reviewed(pairs: Iterable[tuple[Verdict, Verdict]], bound: float, found: Sequence[bool] | None = None) -> Reviewed:
    """Two sets of labels of the same patents.

    found   whether the node finds each: of a recall sample; without it they were drawn from what the node finds
    """
    known = list(pairs)
    flags = [True] * len(known) if found is None else found
    measure = precision if found is None else recall
    both = [(a, b, flag) for (a, b), flag in zip(known, flags, strict=True) if Verdict.UNSURE not in (a, b)]
    first = measure([Label(found=flag, verdict=a) for a, _, flag in both], bound)
    second = measure([Label(found=flag, verdict=b) for _, b, flag in both], bound)
    same = sum(a is b for a, b, _ in both) / len(both) if both else None
    kappa = _kappa(same, _relevant([a for a, _, _ in both]), _relevant([b for _, b, _ in both]))
    moves = None
    if first.share is not None and second.share is not None:
        moves = not first.low <= second.share <= first.high
    return Reviewed(len(known), same, kappa, first, second, moves)


def _relevant(verdicts: Sequence[Verdict]) -> float | None:
    return sum(one is Verdict.RELEVANT for one in verdicts) / len(verdicts) if verdicts else None


def _kappa(same: float | None, one: float | None, other: float | None) -> float | None:
    if same is None or one is None or other is None:
        return None
    chance = one * other + (1 - one) * (1 - other)
    return None if chance >= 1 else (same - chance) / (1 - chance)
