"""How alike the claims of two drafts are: MinHash over pairs of characters, figures and signs left out.

Changed parameters make no difference, swapped synonyms little. The hash is keyed: a signature tells nothing to who holds no
key. It is an estimate (128 permutations: standard error below 0.05), for a human to judge.
Interfaces: A. Broder, On the resemblance and containment of documents (1997).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

_PERMUTATIONS: Final = 128
_OTHER: Final = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaffA-Za-z]+")
_SYNONYMS: Final = Path(__file__).resolve().parent / "synonyms.toml"


def shingles(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, after synonyms were made one; figures, signs and blanks are left out."""
    plain = _OTHER.sub("", unicodedata.normalize("NFKC", text)).lower()
    pattern, first = _synonyms()
    plain = pattern.sub(lambda found: first[found[0]], plain)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def signature(text: str, key: bytes) -> list[int]:
    """The signature of a text under a key; empty where there is nothing to compare."""
    from datasketch import MinHash  # noqa: PLC0415 - numpy and scipy are loaded when a draft is handed in, not at every start

    found = shingles(text)
    if not found:
        return []
    sketch = MinHash(num_perm=_PERMUTATIONS, hashfunc=_hashed(key))
    sketch.update_batch([one.encode() for one in sorted(found)])
    return [int(one) for one in sketch.hashvalues]


def percent_alike(one: Sequence[int], other: Sequence[int]) -> int:
    """How much of two texts is shared, in per cent of both together; 0 where one has nothing."""
    if not one or len(one) != len(other):
        return 0
    return round(100 * sum(a == b for a, b in zip(one, other, strict=True)) / len(one))


def _hashed(key: bytes) -> Callable[[bytes], int]:
    return lambda piece: int.from_bytes(blake2b(piece, digest_size=4, key=key).digest(), "big")


@lru_cache(maxsize=1)
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    groups: list[list[str]] = tomllib.loads(_SYNONYMS.read_text(encoding="utf-8"))["groups"]
    first = {word: group[0] for group in groups for word in group}
    return re.compile("|".join(sorted(map(re.escape, first), key=len, reverse=True))), first
