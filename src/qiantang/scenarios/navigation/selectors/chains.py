"""Chains: those that are shipped, those that a city made, their versions and drafts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted, Unavailable
from qiantang.scenarios.navigation import policies
from qiantang.scenarios.navigation.methods import chains
from qiantang.scenarios.navigation.methods.strategies import narrowed, strategy_of
from qiantang.scenarios.navigation.models import ChainVersion

if TYPE_CHECKING:
    from datetime import datetime

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.types import Chain, Node

_PACKS = Path(__file__).parent.parent / "methods" / "industries"


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version as lists show it. ``shipped``: it came with the platform."""

    number: int
    note: str
    author: str
    changed_at: datetime | None
    shipped: bool


@dataclass(frozen=True, slots=True)
class NodeShown:
    """A node with what it finds now; ``patents`` None: not known, nothing is bound or the index is not there."""

    node: Node
    strategy: str
    patents: int | None
    leaf: bool


@lru_cache(maxsize=1)
def shipped() -> dict[str, Chain]:
    """The packs of this version of the platform by key."""
    found = [chains.read_pack(path.read_text("utf-8")) for path in sorted(_PACKS.glob("*.toml"))]
    return {one.key: one for one in found}


def ensure_may_keep(actor: Actor) -> None:
    """errors: NotPermitted ``navigation.analysts_only``"""
    decision = policies.may_keep_chains(actor)
    if not decision:
        raise NotPermitted(decision.code)


def industries(_actor: Actor) -> tuple[Chain, ...]:
    """Every industry in its newest published version: the shipped ones first, then those of the city by key."""
    kept = {row.key: row for row in ChainVersion.objects.exclude(number=None).order_by("number")}
    newest = {**shipped(), **{key: chains.from_plain(row.body) for key, row in sorted(kept.items())}}
    return tuple(newest.values())


def chain(_actor: Actor, key: str, version: int | None = None) -> Chain:
    """An industry in a version, the newest without one.

    errors  NotFound ``navigation.industry_unknown`` · ``navigation.version_unknown``
    """
    rows = ChainVersion.objects.filter(key=key).exclude(number=None)
    pack = shipped().get(key)
    if version is None:
        row = rows.order_by("-number").first()
        if row is None and pack is None:
            raise NotFound("navigation.industry_unknown", given=key[:60])
        return chains.from_plain(row.body) if row else pack  # type: ignore[return-value] # one of both is there
    row = rows.filter(number=version).first()
    if row is not None:
        return chains.from_plain(row.body)
    if pack is not None and pack.version == version:
        return pack
    raise NotFound("navigation.version_unknown", version=version)


def draft(actor: Actor, key: str) -> Chain | None:
    """The draft of a chain; None where nothing was changed.

    errors  NotPermitted ``navigation.analysts_only``
    """
    ensure_may_keep(actor)
    row = ChainVersion.objects.filter(key=key, number=None).first()
    return chains.from_plain(row.body) if row else None


def draft_or_newest(actor: Actor, key: str) -> Chain:
    """What the editor shows: the draft, else the newest version, as draft (version 0). Errors as for both."""
    return draft(actor, key) or replace(chain(actor, key), version=0)


def versions(actor: Actor, key: str) -> tuple[VersionShown, ...]:
    """All published versions, the newest first."""
    newest = chain(actor, key)
    rows = ChainVersion.objects.filter(key=newest.key).exclude(number=None).order_by("-number")
    found = [VersionShown(row.number or 0, row.note, row.author_name, row.changed_at, shipped=False) for row in rows]
    pack = shipped().get(key)
    if pack is not None:
        found.append(VersionShown(pack.version, "", "", None, shipped=True))
    return tuple(found)


def count_of(query: str) -> int | None:
    """How many patents a query finds now; None where that cannot be said.

    errors  Invalid ``query.syntax``
    """
    if not query:
        return None
    try:
        return register.search(SearchRequest(query, size=1)).total
    except (NotFound, Unavailable):
        return None


def tree(_actor: Actor, of: Chain) -> tuple[NodeShown, ...]:
    """The nodes with what each finds now."""
    leaves = {one.code for one in of.leaves()}
    shown = []
    for node in of.nodes:
        strategy = strategy_of(of, node.code)
        shown.append(NodeShown(node, strategy, count_of(strategy), node.code in leaves))
    return tuple(shown)


def node_of(of: Chain, code: str) -> Node:
    """errors: NotFound ``navigation.node_unknown``"""
    node = of.node(code)
    if node is None:
        raise NotFound("navigation.node_unknown", node=code[:40])
    return node


@dataclass(frozen=True, slots=True)
class Tried:
    """What a strategy finds before it is kept; ``error`` where it cannot be read."""

    canonical: str
    patents: int | None
    overlap: int | None
    error: Invalid | None = None


def tried(_actor: Actor, strategy: str, beside: str = "") -> Tried:
    """The strategy as understood, its hits, and how many of them another query (what is bound now) finds too."""
    try:
        chains.ensure_readable(strategy, "")
    except Invalid as error:
        return Tried("", None, None, error)
    if not strategy:
        return Tried("", None, None)
    canonical = narrowed(strategy)
    both = count_of(narrowed(strategy, beside)) if beside else None
    return Tried(canonical, count_of(canonical), both)
