"""Counter-examples: a random sample of all patents of other classes, drawn where they lie.

Each patent has as its lot the SHA-256 of the seed and its id, as in ``drawing``; the smallest lots are drawn. So every patent
is as likely as any other, no order of the register matters, and the same seed draws the same patents on every engine.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from qiantang.engines.lake.port import Indicator

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMES: Final = ("ipc", "ipcr")
_SUBCLASS = 4  # characters
DRAWN: Final = 4_200
"""The largest number of counter-examples, candidates and examples together: enough are left, whatever was reached."""


def seed_number(patent_ids: Iterable[str]) -> str:
    """The seed of a draw, short enough to be told: it follows from the examples, in whatever order they come."""
    return sha256(",".join(sorted(patent_ids)).encode()).hexdigest()[:8]


def _of_other_classes(tables: Any, given: Any) -> Any:
    """Patents that have a class and stand in none of those of the examples."""
    told = tables.classifications.filter(tables.classifications.scheme.isin(SCHEMES))
    told = told.mutate(near=given.subclasses.contains(told.symbol.left(_SUBCLASS)).cast("int8"))
    apart = told.group_by("patent").agg(near=told.near.max())
    return tables.patents.semi_join(apart.filter(apart.near == 0), "patent")


def _draw(tables: Any, given: Any) -> Any:
    found = _of_other_classes(tables, given).select("patent_id")
    found = found.mutate(lot=given.seed.concat("\n", found.patent_id).hexdigest("sha256"))
    return found.order_by("lot", "patent_id").limit(DRAWN)


def _count(tables: Any, given: Any) -> Any:
    return _of_other_classes(tables, given).aggregate(n=lambda found: found.count())


DRAW: Final = Indicator("navigation.contrast", _draw, {"seed": "string", "subclasses": "array<string>"})
"""Ids by their lots, the smallest first."""
COUNT: Final = Indicator("navigation.contrast_of", _count, {"subclasses": "array<string>"})
"""From how many it is drawn."""
