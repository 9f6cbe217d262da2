"""Whether a text tells who somebody is: names that were given, and numbers by which people and files are known."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_SHORTEST = 2
# what is found -> how it looks, in folded text
_LOOKS = {
    "id": re.compile(r"(?<!\d)\d{17}[\dx](?!\d)"),
    "phone": re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"),
    "mail": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    "company_number": re.compile(r"(?<![0-9a-z])9[0-9a-hj-npqrtuwxy]{17}(?![0-9a-z])"),
    "file_number": re.compile(r"[(（]\d{4}[)）][^\s]{1,12}\d+号|(?<![0-9a-z])(?:zl|cn)\d{8,13}(?:\.[\dx])?"),
}


def telltales(text: str, names: Collection[str]) -> tuple[str, ...]:
    """What in a text tells who it is about: the words of ``_LOOKS``, ``name`` for one of the names."""
    folded = _folded(text)
    found = [kind for kind, looks in _LOOKS.items() if looks.search(folded)]
    close = "".join(folded.split())
    if any(len(name) >= _SHORTEST and name in close for name in ("".join(_folded(one).split()) for one in names)):
        found.append("name")
    return tuple(found)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
