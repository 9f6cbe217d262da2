"""Why a patent counts in one snapshot and not in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from qiantang.commons.metrics.types import Change
from qiantang.corpus.measures.selectors.facts import facts_of
from qiantang.kernel.errors import NotFound

if TYPE_CHECKING:
    from qiantang.corpus.measures.selectors.facts import Facts

# In this order: the first that differs is why.
_COLUMNS = (
    ("status", "status_changed"),
    ("type", "type_changed"),
    ("filing_date", "date_changed"),
    ("first_publication_date", "date_changed"),
    ("grant_date", "date_changed"),
    ("expiry_date", "date_changed"),
    ("region_code", "region_changed"),
    ("region_today", "region_changed"),
    ("extended_family_id", "family_changed"),
)


def explained(old: int | None, new: int | None, gone: Sequence[str], come: Sequence[str]) -> Iterator[Change]:
    """For each patent what became of it between the two."""
    after = facts_of(new)
    try:
        before = facts_of(old)
    except NotFound:  # pruned since
        before = None
    then, now = (_rows(facts, [*gone, *come]) for facts in (before, after))
    for one in (*gone, *come):
        came = one not in set(gone)
        yield Change(one, came, *_why(then.get(one), now.get(one), known=before is not None))


def _rows(facts: Facts | None, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    if facts is None:
        return {}
    asked: Any = pc.is_in(facts.ids, pa.array(ids, pa.string()))
    chosen = facts.table.filter(asked)
    return {row["patent_id"]: row for row in chosen.to_pylist()}


def _why(
    then: Mapping[str, Any] | None, now: Mapping[str, Any] | None, *, known: bool
) -> tuple[str, dict[str, object]]:
    if not known:
        return "snapshot_gone", {}
    if then is None:
        return "new_in_register", {}
    if now is None:
        return "left_register", {}
    for name, why in _COLUMNS:
        if then[name] != now[name]:
            return why, {"field": name, "then": then[name], "now": now[name]}
    return "other_facts", {}
