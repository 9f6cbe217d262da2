"""What a rule rests on, as the law was numbered on the day whose rules hold.

Rules cite in short: PL (Patent Law), IR (Implementing Regulations, numbers of 2023), GL (Guidelines, part/chapter). The
numbers of 2010 stand in ``values.toml``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from qiantang.scenarios.preexam.methods.checks.lists import values

_ARTICLE: Final = re.compile(r"IR (\d+)((?:\(\w+\))*(?:[–,] ?(?:\d+)?(?:\(\w+\))+)*)")


def edition(as_of: date) -> str:
    """``ir2023`` from the day on which it came into force, ``ir2010`` before."""
    return "ir2023" if as_of >= values("articles")["from"] else "ir2010"


def cited(source: str, as_of: date) -> str:
    """The source with the article numbers of its day; where the older number is not known, the edition is named."""
    if edition(as_of) == "ir2023":
        return source
    former = values("articles")["former"]

    def older(found: re.Match[str]) -> str:
        number = former.get(found[1])
        return f"IR {number}{found[2]}" if number else f"IR (2023) {found[1]}{found[2]}"

    return _ARTICLE.sub(older, source)
