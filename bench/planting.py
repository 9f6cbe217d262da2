"""Planting defects into drafts: what a mistake is, and how texts are changed.

What plants a defect knows neither the rules nor their word lists: it imports nothing of the platform. It is told in the
words of a drafter's mistakes (forgot the full stop, renumbered by hand, copied a claim), and beside each mistake stands the
rule that should see it, for the score alone, with those that may rightly see it too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from clean_drafts import Whole


@dataclass(frozen=True)
class Mistake:
    """A way to go wrong. ``rule`` should see it; ``also`` may rightly see it as well. None where a draft has no place for it."""

    rule: str
    also: frozenset[str]
    make: Callable[[Whole, random.Random], Whole | None]


MISTAKES: list[Mistake] = []


def mistake(rule: str, *also: str) -> Callable[[Callable[[Whole, random.Random], Whole | None]], None]:
    def kept(make: Callable[[Whole, random.Random], Whole | None]) -> None:
        MISTAKES.append(Mistake(rule, frozenset(also), make))

    return kept


def in_claim(whole: Whole, place: int, old: str, new: str) -> Whole | None:
    if place >= len(whole.claims) or old not in whole.claims[place]:
        return None
    lines = list(whole.claims)
    lines[place] = lines[place].replace(old, new, 1)
    return whole.changed("claims", lines)


def dependent(whole: Whole, chance: random.Random) -> int | None:
    found = [
        place for place, line in enumerate(whole.claims) if re.match(r"\d+[.．、] *(?:根据|如)权利要求\d+所述", line)
    ]
    return chance.choice(found) if found else None


def subject(whole: Whole) -> str:
    return re.split("[，,：:]", re.sub(r"^\s*\d+\s*[.．、]\s*(?:一种)?", "", whole.claims[0]))[0]


def swapped(whole: Whole, part: str, old: str, new: str) -> Whole | None:
    lines = getattr(whole, part)
    place = next((place for place, line in enumerate(lines) if old in line), None)
    if place is None:
        return None
    return whole.changed(part, [*lines[:place], lines[place].replace(old, new, 1), *lines[place + 1 :]])


def without(whole: Whole, part: str, begin: str) -> Whole | None:
    lines = getattr(whole, part)
    kept = [line for line in lines if not line.startswith(begin)]
    return whole.changed(part, kept) if len(kept) < len(lines) else None
