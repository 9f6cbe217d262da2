"""Editions: their numbers, the patents behind each, and what changed since the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from qiantang.corpus.register.methods.query_language import quoted
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.navigation.methods import chains as method
from qiantang.scenarios.navigation.methods import packing
from qiantang.scenarios.navigation.models import Edition, EditionNode
from qiantang.scenarios.navigation.rules import SAME_TOPIC
from qiantang.scenarios.navigation.selectors import projects
from qiantang.scenarios.navigation.types import EditionState, FigureKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.types import Chain

READY = (EditionState.READY, EditionState.PUBLISHED)
_SET = "nav"


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A number as pages show it: ``url`` opens its patents, or what it is made of; None for what has neither.

    value    None: not known, for the reason ``why``
    """

    key: str
    value: float | int | None
    kind: str
    why: str
    made_of: tuple[str, ...]
    url: str | None


def edition_row(actor: Actor, key: int) -> Edition:
    """errors: NotFound ``navigation.edition_unknown``, also for one that is not published, but for the team and auditors"""
    row = Edition.objects.filter(pk=key).select_related("project").first()
    if row is None or not (row.state == EditionState.PUBLISHED or projects.reads_inside(actor, row.project)):
        raise NotFound("navigation.edition_unknown")
    return row


def ready_edition(actor: Actor, key: int) -> Edition:
    """The same, computed. errors: NotFound ``navigation.edition_unknown``"""
    row = edition_row(actor, key)
    if row.state not in READY:
        raise NotFound("navigation.edition_unknown")
    return row


def published_edition(actor: Actor, key: int) -> Edition:
    """The same, published: what programs are given, whoever asks. errors: NotFound ``navigation.edition_unknown``"""
    row = edition_row(actor, key)
    if row.state != EditionState.PUBLISHED:
        raise NotFound("navigation.edition_unknown")
    return row


def chain_of(row: Edition) -> Chain:
    """The chain as it was counted."""
    return method.from_plain(row.chain)


def node_row(row: Edition, code: str) -> EditionNode:
    """errors: NotFound ``navigation.node_unknown``"""
    found = row.nodes.defer("members").filter(code=code).first()
    if found is None:
        raise NotFound("navigation.node_unknown", node=code[:40])
    return found


def node_rows(row: Edition) -> dict[str, EditionNode]:
    """Every node by its code, in the order of the chain; the whole industry under an empty code."""
    rows = {one.code: one for one in row.nodes.defer("members")}
    return {code: rows[code] for code in sorted(rows, key=lambda one: method.order_of(one) if one else ())}


class Book:
    """The figures of one node of an edition, for templates: ``book["year.2019"]``."""

    def __init__(self, row: Edition, node: EditionNode) -> None:
        self._edition, self.node = row, node

    def __getitem__(self, key: str) -> FigureShown:
        told: Mapping[str, Any] = self.node.figures.get(key) or {"v": None, "k": "index", "w": "not_made"}
        made = tuple(told.get("m", ()))
        opens = told["k"] == FigureKind.COUNT or made
        url = figure_url(self._edition, self.node.code, key) if opens else None
        return FigureShown(key, told["v"], told["k"], told.get("w", ""), made, url)

    def __contains__(self, key: object) -> bool:
        return key in self.node.figures

    def value(self, key: str) -> float | int | None:
        return self[key].value

    def rows(self, analysis: str) -> list[dict[str, Any]]:
        """The rows of an analysis with figures in their cells."""
        rows = self.node.tables.get(analysis, [])
        return [row | {"figures": [self[key] for key in row["cells"]]} if "cells" in row else row for row in rows]

    def has(self, analysis: str) -> bool:
        return bool(self.node.tables.get(analysis))


def book(row: Edition, code: str) -> Book:
    """errors: NotFound ``navigation.node_unknown``"""
    return Book(row, node_row(row, code))


def figure_url(row: Edition, code: str, key: str) -> str:
    """Where a number is told with its patents."""
    return f"{reverse('navigation:figure', args=[row.pk])}?{urlencode({'node': code, 'key': key})}"


def set_name(row: Edition, code: str, key: str) -> str:
    return f"{_SET}:{row.token}:{code}:{key}"


def search_query(row: Edition, code: str, key: str) -> str:
    """A query of the search desk that finds the patents of a figure as they were counted."""
    return f"SET=={quoted(set_name(row, code, key))}"


def members(row: Edition, code: str, key: str) -> tuple[str, ...]:
    """Ids of the patents behind a count, sorted. errors: NotFound ``navigation.node_unknown`` · ``navigation.figure_unknown``"""
    found = row.nodes.filter(code=code).first()
    if found is None:
        raise NotFound("navigation.node_unknown", node=code[:40])
    if key not in found.figures:
        raise NotFound("navigation.figure_unknown", key=key[:60])
    return packing.members_of(bytes(found.members), key)


def patents_of_set(name: str) -> tuple[str, ...] | None:
    """What the register asks of this room: the patents of a figure by the name of its set; None: not one of ours."""
    kind, _, rest = name.partition(":")
    if kind != _SET or rest.count(":") < 2:  # noqa: PLR2004 token, node and figure
        return None
    token, code, key = rest.split(":", 2)
    row = Edition.objects.filter(token=token, state__in=READY).first()
    if row is None:
        return None
    try:
        return members(row, code, key)
    except NotFound:
        return None


# --- topics ----------------------------------------------------------------------------------------------------------


def topic_terms(row: Edition, code: str, topic: str) -> list[str]:
    """The words of a topic. errors: NotFound ``navigation.figure_unknown``"""
    for one in node_row(row, code).tables.get("topics", []):
        if one["value"] == topic:
            return str(one["label"]).split()
    raise NotFound("navigation.figure_unknown", key=topic[:60])


def nearest_topic(row: Edition, code: str, terms: Sequence[str]) -> str | None:
    """The topic of an edition with the most words in common; None where none has enough."""
    node = row.nodes.filter(code=code).only("tables").first()
    mine = set(terms)
    best: tuple[float, str] | None = None
    for one in node.tables.get("topics", []) if node else []:
        theirs = set(str(one["label"]).split())
        share = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
        if share >= SAME_TOPIC and (best is None or share > best[0]):
            best = (share, one["value"])
    return best[1] if best else None


# --- what changed ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node in two editions: patents before and now (None: the node was not there), those that came and went."""

    code: str
    before: int | None
    now: int | None
    came: int
    went: int
    new_key_patents: tuple[dict[str, Any], ...]
    gone_key_patents: tuple[dict[str, Any], ...]
    gap_before: float | int | None
    gap_now: float | int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is another in an edition than in the one before. ``chain``: whether the chain was another version.

    parameters  of methods that are others: analysis, name, value before and now; None: not kept at that time
    """

    before: Edition
    now: Edition
    chain_changed: bool
    nodes: tuple[NodeChange, ...]
    parameters: tuple[tuple[str, str, object, object], ...] = ()


def edition_before(row: Edition) -> Edition | None:
    """The newest edition with a smaller number: of a published one the newest published, for everybody reads what changed."""
    states = (EditionState.PUBLISHED,) if row.state == EditionState.PUBLISHED else READY
    return row.project.editions.filter(number__lt=row.number, state__in=states).order_by("-number").first()


def changes(before: Edition, now: Edition) -> Changes:
    """Node by node; members are compared, so that what came and what went add up to the difference."""
    old = {one.code: one for one in before.nodes.all()}
    new = {one.code: one for one in now.nodes.all()}
    codes = sorted({*old, *new}, key=lambda one: method.order_of(one) if one else ())
    told = tuple(_node_change(code, old.get(code), new.get(code)) for code in codes)
    return Changes(before, now, before.chain != now.chain, told, tuple(_parameter_changes(before, now)))


def _parameter_changes(before: Edition, now: Edition) -> Iterator[tuple[str, str, object, object]]:
    for analysis in sorted({*before.parameters, *now.parameters}):
        was, is_now = before.parameters.get(analysis, {}), now.parameters.get(analysis, {})
        for name in sorted({*was, *is_now}):
            if was.get(name) != is_now.get(name):
                yield analysis, name, was.get(name), is_now.get(name)


def _node_change(code: str, old: EditionNode | None, new: EditionNode | None) -> NodeChange:
    was = set(packing.members_of(bytes(old.members), "")) if old else set()
    is_now = set(packing.members_of(bytes(new.members), "")) if new else set()
    keys_old = {one["id"]: one for one in old.tables.get("key_patents", [])} if old else {}
    keys_new = {one["id"]: one for one in new.tables.get("key_patents", [])} if new else {}
    return NodeChange(
        code=code,
        before=old.patents if old else None,
        now=new.patents if new else None,
        came=len(is_now - was),
        went=len(was - is_now),
        new_key_patents=tuple(keys_new[one] for one in keys_new if one not in keys_old),
        gone_key_patents=tuple(keys_old[one] for one in keys_old if one not in keys_new),
        gap_before=(old.figures.get("gap") or {}).get("v") if old else None,
        gap_now=(new.figures.get("gap") or {}).get("v") if new else None,
    )
