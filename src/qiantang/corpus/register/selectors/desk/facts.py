"""Facts of the hits of one page that their cards do not carry: looked up for those columns alone that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qiantang.corpus.register.selectors.records import places_by_key
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import PageFacts, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.engines.lake.port import LakeView

_SINGLE = ("office", "region_code", "grant_date", "status_date", "expiry_date", "claim_count")
_NEEDS: dict[str, str] = {
    **{name: name for name in _SINGLE},
    "inventors": "parties",
    "cited_by": "keys",
    "family_size": "simple_family_id",
}


def page_facts(patent_ids: Sequence[str], wanted: Sequence[str]) -> dict[str, PageFacts]:
    """Facts by patent id, of the newest snapshot; only those fields of ``PageFacts`` are filled that are named.

    cited_by        patents on record that cite this one; 0 is known: nobody on record does
    family_size     members of the simple family on record; 1 for a patent without family
    """
    columns = sorted({_NEEDS[name] for name in wanted if name in _NEEDS})
    if not columns or not patent_ids:
        return {}
    _, view = register().current()
    places = list(places_by_key(view, [f"id:{one}" for one in patent_ids]).values())
    rows = view.lookup("records", places, ["patent_id", *columns]).to_pylist() if places else []
    cited = _cited_by(view, rows) if "cited_by" in wanted else {}
    sizes = _family_sizes(view, rows) if "family_size" in wanted else {}
    told = {}
    for row in rows:
        facts: dict[str, Any] = {name: row[name] for name in _SINGLE if name in wanted}
        if "inventors" in wanted:
            facts["inventors"] = tuple(p["name"] for p in row["parties"] or () if p["role"] == Role.INVENTOR)
        if "cited_by" in wanted:
            facts["cited_by"] = cited[row["patent_id"]]
        if "family_size" in wanted:
            facts["family_size"] = sizes.get(row["simple_family_id"], 1)
        told[row["patent_id"]] = PageFacts(**facts)
    return told


def _cited_by(view: LakeView, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many patents cite each, by whichever of its numbers."""
    owners = {key: row["patent_id"] for row in rows for key in row["keys"] or ()}
    found = view.lookup("citations", sorted(owners), ["key", "patent_id"]).to_pylist() if owners else []
    citing: dict[str, set[str]] = {row["patent_id"]: set() for row in rows}
    for one in found:
        citing[owners[one["key"]]].add(one["patent_id"])
    return {patent_id: len(those) for patent_id, those in citing.items()}


def _family_sizes(view: LakeView, rows: Sequence[Mapping[str, Any]]) -> dict[str | None, int]:
    families = sorted({row["simple_family_id"] for row in rows if row["simple_family_id"]})
    found = view.lookup("family_members", families, ["family", "scheme"]).to_pylist() if families else []
    sizes: dict[str | None, int] = {}
    for one in found:
        if one["scheme"] == "simple":
            sizes[one["family"]] = sizes.get(one["family"], 0) + 1
    return sizes
