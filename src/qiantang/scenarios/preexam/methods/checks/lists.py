"""Words and values that the rules look for. They stand in ``words.toml`` and ``values.toml``; code has none of its own."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).resolve().parent


@lru_cache(maxsize=4)
def table(name: str) -> dict[str, Any]:
    """A file of values of this folder."""
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def words(name: str) -> tuple[str, ...]:
    """A list of words."""
    found: dict[str, list[str]] = table("words.toml")
    return tuple(found[name])


@lru_cache(maxsize=64)
def any_of(name: str) -> re.Pattern[str]:
    """A pattern for any word of a list, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words(name), key=len, reverse=True))))


@lru_cache(maxsize=1)
def advertising() -> re.Pattern[str]:
    """Words that praise: those of the list, and a reach beside a superlative."""
    pair = f"(?:{any_of('praise_reach').pattern})(?:范围内|水平|上)?(?:{any_of('praise_rank').pattern})"
    return re.compile(f"{pair}|{any_of('advertising').pattern}")


def values(name: str) -> dict[str, Any]:
    """Dated values: limits, fees, numbers of articles."""
    found: dict[str, Any] = table("values.toml")[name]
    return found
