"""How a patent with several parties counts for regions.

Whose addresses are passed is the other choice: the applicants' (the usual one of Chinese statistics) or the inventors'
(the usual one of the OECD and the Global Innovation Index). Chinese sources print no inventors' addresses; the data of
the United States and of the European Patent Office do. Source: OECD Patent Statistics Manual, chapter 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from qiantang.corpus.places.types import Counting


def weights(regions: Sequence[str | None], counting: Counting) -> dict[str | None, Fraction]:
    """Region -> weight of one patent, for the regions of its applicants or of its inventors in their order.

    regions  codes at one level; None: not known, and counted as such, so that no patent is lost
    First and fractional counting give weights whose sum is 1, whole counting 1 for each region; no party gives {None: 1}.
    """
    named = list(regions) or [None]
    if counting is Counting.FIRST:
        return {named[0]: Fraction(1)}
    if counting is Counting.WHOLE:
        return dict.fromkeys(named, Fraction(1))
    return {region: Fraction(named.count(region), len(named)) for region in dict.fromkeys(named)}
