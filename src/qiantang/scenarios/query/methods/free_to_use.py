"""The list of inventions that have become free to use: what is asked, as a query of the register."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qiantang.corpus.register.methods.query_language import quoted
from qiantang.kernel.errors import Invalid
from qiantang.kernel.legalstatus import Bucket, Status, bucket
from qiantang.scenarios.query.types.asking import FreeRequest

# Chinese inventions and utility models that were published and whose right ended or never came to be.
BASE = "CC=CN AND TY=(invention, utility_model) AND PD:*"
ENDED = tuple(str(one) for one in Status if bucket(one) is Bucket.DEAD)
TYPES = ("invention", "utility_model")
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "field": re.compile(r"(?:[1-9]|[12][0-9]|3[0-5])?"),
    "year": re.compile(r"(?:[12][0-9]{3})?"),
    "region": re.compile(r"(?:[0-9]{6}|unknown)?"),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {"why": ("", *ENDED), "type": ("", *TYPES)}
_LONGEST = 300
# request -> field of the query language
KEYS: Mapping[str, str] = {"field": "TF", "year": "SY", "region": "CI", "why": "LS", "type": "TY"}
# How the office prints that a utility model was given up for the invention patent of the same day.
_TWIN = re.compile("避免重复授|避免重複授|double patenting", re.IGNORECASE)


def request_from(given: Mapping[str, Sequence[str]]) -> FreeRequest:
    """What stands in the address.

    errors  Invalid ``query.address``
    """
    told = {name: (given.get(name) or [""])[-1].strip() for name in ("words", *KEYS)}
    wrong = [name for name, pattern in _PATTERNS.items() if not pattern.fullmatch(told[name])]
    wrong += [name for name, choices in _CHOICES.items() if told[name] not in choices]
    if len(told["words"]) > _LONGEST or "\x00" in told["words"]:
        wrong.append("words")
    if wrong:
        raise Invalid("query.address", fields=", ".join(wrong))
    return FreeRequest(**told)


def query_of(asked: FreeRequest, but: str = "") -> str:
    """The query; ``but`` leaves one of the narrowings out, so that its other values can be counted."""
    parts = [BASE, f"LS=({', '.join(ENDED)})"] + [
        f"{key}=={quoted(value)}" for name, key in KEYS.items() if name != but and (value := getattr(asked, name))
    ]
    return " AND ".join([*parts, f"({asked.words})"] if asked.words else parts)


def was_given_up_for_a_twin(code: str | None, text: str | None) -> bool:
    """Whether the right was given up so that an invention patent of the same day could be granted: that one may be in force."""
    return _TWIN.search(f"{code or ''} {text or ''}") is not None
