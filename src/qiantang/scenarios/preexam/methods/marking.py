"""A text cut at the places that findings name, so that each stretch can be marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_HEAVIEST: Final = ("harm", "wait", "plain")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text. ``findings`` are the numbers of those that name it; the first stretch of a finding is ``first``."""

    text: str
    findings: tuple[int, ...] = ()
    first: tuple[int, ...] = ()
    tone: str = ""


def marked(text: str, places: Sequence[tuple[int, int, int, str]]) -> tuple[Stretch, ...]:
    """The stretches of a text; joined they are the text.

    places  (number of the finding, start, end, tone); they may overlap, empty ones mark nothing
    """
    kept = [(number, max(0, start), min(end, len(text)), tone) for number, start, end, tone in places if end > start]
    cuts = sorted({0, len(text), *(one[1] for one in kept), *(one[2] for one in kept)})
    stretches = []
    for start, end in pairwise(cuts):
        over = [one for one in kept if one[1] <= start and end <= one[2]]
        tones = {one[3] for one in over}
        stretches.append(
            Stretch(
                text[start:end],
                tuple(one[0] for one in over),
                tuple(one[0] for one in over if one[1] == start),
                next((tone for tone in _HEAVIEST if tone in tones), ""),
            )
        )
    return tuple(stretches)
