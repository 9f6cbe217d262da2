"""How often the resolver is right, on addresses that were labelled by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from qiantang.corpus.places.types import Accuracy, Place
from qiantang.kernel.share import wilson

LEVELS = ("country", "province", "city", "district", "today")
NO_REGION = "none"
"""The label of an address that lies in no district of the code: a zone of its own."""


def measure(labels: Iterable[Mapping[str, str]], resolve: Callable[[str, date], Place]) -> tuple[Accuracy, ...]:
    """One row a half and level. A blank label is not measured: abroad, or not to be told from the address."""
    counts: dict[tuple[str, str], list[int]] = {}
    for label in labels:
        place = resolve(label["address"], date.fromisoformat(label["day"]))
        for level in LEVELS:
            wanted = label[level]
            if not wanted:
                continue
            said = getattr(place, level)
            right = said == (None if wanted == NO_REGION else wanted)
            tally = counts.setdefault((label["half"], level), [0, 0, 0])
            tally[0 if right else 2 if said is None else 1] += 1
    return tuple(_row(half, level, *tally) for (half, level), tally in sorted(counts.items(), key=_order))


def _order(item: tuple[tuple[str, str], list[int]]) -> tuple[str, int]:
    (half, level), _ = item
    return half, LEVELS.index(level)


def _row(half: str, level: str, right: int, wrong: int, unknown: int) -> Accuracy:
    low, high = wilson(right, right + wrong + unknown)
    sure_low, sure_high = wilson(right, right + wrong)
    return Accuracy(half, level, right, wrong, unknown, *(round(end, 3) for end in (low, high, sure_low, sure_high)))
