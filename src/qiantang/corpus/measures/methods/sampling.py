"""Recall and precision of a search strategy on samples, with their intervals. Source: domain text, section 1."""

from __future__ import annotations

from typing import NamedTuple

from qiantang.kernel.share import Share

RECALL, RECALL_OF_BRANCH, PRECISION = 0.90, 0.85, 0.85  # accepted from; a project may set others


class SampleCheck(NamedTuple):
    """``hits`` of ``sample``: the share with its 95 % interval, all None (0 to 1) without a sample; and whether it passes.

    accepted   None where nothing was sampled
    """

    hits: int
    sample: int
    share: float | None
    low: float
    high: float
    bound: float
    accepted: bool | None


def _check(hits: int, sample: int, bound: float) -> SampleCheck:
    if not 0 <= hits <= sample:
        raise ValueError("hits lie between 0 and the size of the sample")
    told = Share(hits, sample)
    return SampleCheck(
        hits, sample, told.value, *told.interval, bound, None if told.value is None else told.value >= bound
    )


def recall_check(found: int, sample: int, bound: float = RECALL) -> SampleCheck:
    """``found`` of an independent ``sample`` of relevant patents (say, all of three known applicants).

    errors  ValueError where ``found`` is not between 0 and ``sample``
    """
    return _check(found, sample, bound)


def precision_check(relevant: int, sample: int, bound: float = PRECISION) -> SampleCheck:
    """``relevant`` of a random ``sample`` of hits.

    errors  ValueError where ``relevant`` is not between 0 and ``sample``
    """
    return _check(relevant, sample, bound)
