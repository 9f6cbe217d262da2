"""Chinese names in Latin letters: how far a Latin name spells a Chinese one. Sound is a hint, never a proof."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from qiantang.corpus.parties.types import PartyName

_MOST_READINGS = 16


@lru_cache(maxsize=50_000)
def sound(text: str) -> str:
    """The usual reading of a Chinese text in letters without tones: 海康 gives HAIKANG."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - half a second for its tables, when names are compared

    return "".join(lazy_pinyin(text, style=Style.NORMAL, errors="ignore")).upper().replace("Ü", "V")


def same_sound(one: str, other: str) -> bool:
    """Whether two Chinese characters have a reading in common: 思 and 斯, 长 and 常."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - as above

    first, second = (set(pinyin(text, style=Style.NORMAL, heteronym=True)[0]) for text in (one, other))
    return bool(first & second)


@lru_cache(maxsize=20_000)
def readings(text: str) -> frozenset[str]:
    """Every reading of a short Chinese text, at most 16, for characters with several."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - as above

    each = pinyin(text, style=Style.NORMAL, heteronym=True, errors="ignore")
    found = []
    for chosen in product(*each):
        found.append("".join(chosen).upper())
        if len(found) == _MOST_READINGS:
            break
    return frozenset(found)


def spells_core(latin: PartyName, han: PartyName) -> bool:
    """Whether the Latin name spells the first two characters of the core of the Chinese one."""
    return any(sounded in latin.core for sounded in readings(han.core[:2]))


def spells_region(latin: PartyName, han: PartyName) -> bool:
    """Whether the Latin name spells the region the Chinese name begins with: HANGZHOU for 杭州."""
    places = [one.rstrip("省市区县") for one in han.region]
    return any(sounded in latin.core for place in places if len(place) > 1 for sounded in readings(place))
