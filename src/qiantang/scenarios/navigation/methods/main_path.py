"""The way along which knowledge flowed through a node: its citation main path. Module M8."""

from __future__ import annotations

from itertools import count, pairwise
from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.measures.methods import mainpath
from qiantang.scenarios.navigation.methods.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qiantang.scenarios.navigation.types import Findings
    from qiantang.scenarios.navigation.types.facts import Fact

_TIES = 8  # paths told of those that weigh the same
_ROUTES, _DRAWN = 3, 48  # weightiest arcs whose best paths are drawn too; nodes of a drawing at most
ON_PATH, CIRCLE, KEY = "path", "circle", "key"  # marks of what is drawn


class Paths(NamedTuple):
    """``paths``: rows, one a path · ``drawing``: rows of the nodes and arcs that are drawn over the years."""

    paths: Findings
    drawing: Findings


def main_path_of(facts: Sequence[Fact]) -> Paths:
    """The main paths, and the drawing of them with the key routes. Families are one; what circles is one.

    Rows of paths: ``value`` ids parted by blanks, the oldest first; cells: patents on it, with all that were made one.
    Rows of the drawing, nodes: ``value`` id, ``label`` filing year (empty: not known), ``note`` marks ``path`` (on a main
    path), ``circle`` (several families that cite each other in a circle); cell: the patents made one. Arcs: ``value``
    ids parted by a tab, ``note`` marks ``path``, ``key`` (on the best path over the weightiest arc); cell: its SPC.
    Citations from outside the node are left out.
    """
    tally, drawing = Tally(), Tally()
    place = {one.patent_id: at for at, one in enumerate(facts)}
    arcs = [
        (one.patent_id, other) for one in facts for other in one.citing if other in place and other != one.patent_id
    ]
    tally.index("citations_inside", len(arcs))
    if not arcs:
        return Paths(tally.findings(), drawing.findings())
    families = {one.patent_id: one.family for one in facts}
    years = {one.patent_id: one.year for one in facts if one.year is not None}
    network = mainpath.citation_network(arcs, families, years)
    found = mainpath.main_path(network, most=_TIES)
    for at, path in enumerate(found.paths):
        merged = [one for name in path for one in network.merged.get(name, (name,)) if one in place]
        key = tally.count(f"path.{at}", (place[name] for name in path if name in place))
        tally.row(" ".join(path), "", key, tally.count(f"path.{at}.all", (place[one] for one in merged)))
    tally.index("path_ties", len(found.paths))
    tally.index("path_more", int(found.more))
    _draw(drawing, found, place, years, families)
    return Paths(tally.findings(), drawing.findings())


def _draw(
    drawing: Tally,
    found: mainpath.MainPath,
    place: Mapping[str, int],
    years: Mapping[str, int],
    families: Mapping[str, str],
) -> None:
    key = mainpath.key_routes(found.network, arcs=1, most=1)
    routes_too = mainpath.key_routes(found.network, arcs=_ROUTES, most=2)
    drawn = list(_readable((found.paths[0], *key, *found.paths[1:], *routes_too)))
    shown = {name for path in drawn for name in path}
    main = {arc for path in found.paths for arc in pairwise(path)}
    routes = {arc for path in key for arc in pairwise(path)}
    on_path = {name for path in found.paths for name in path}
    number = count()
    for name in sorted(shown, key=lambda one: (years.get(one, 0), one)):
        made_one = [one for one in found.network.merged.get(name, (name,)) if one in place]
        circles = len({families.get(one, one) for one in made_one}) > 1
        when = min((years[one] for one in made_one if one in years), default=None)
        marks = [ON_PATH] * (name in on_path) + [CIRCLE] * circles
        cell = drawing.count(f"path_node.{next(number)}", (place[one] for one in made_one))
        drawing.row(name, "" if when is None else str(when), cell, note=" ".join(marks))
    number = count()
    for arc in sorted({arc for path in drawn for arc in pairwise(path)}):
        marks = [ON_PATH] * (arc in main) + [KEY] * (arc in routes)
        cell = drawing.index(f"spc.{next(number)}", found.counts[arc])
        drawing.row("\t".join(arc), "", cell, note=" ".join(marks))


def _readable(paths: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """The paths in their order, each once, as long as what is drawn stays readable; the first is always there."""
    shown: set[str] = set()
    for path in dict.fromkeys(map(tuple, paths)):
        if shown and len(shown | set(path)) > _DRAWN:
            continue
        shown |= set(path)
        yield path
