"""A matter as a picture: where each case stands in it. The table beside it says the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qiantang.commons.ui.types.charts import Chart, ChartKind, Citation, Link, Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.casework.types.graph import MatterFound


def matter_chart(matter: MatterFound) -> Chart:
    """Cases by how far they are from where the matter began, downwards; the case one came from is the largest."""
    places = _places(matter)
    nodes = [
        Node(
            key=card.number,
            label=f"{card.kind_title} {card.number}",
            size=3 if card.number == matter.start else 1,
            group=card.kind_title,
            url=card.url,
            x=places[card.number][0],
            y=places[card.number][1],
        )
        for card in matter.cards
    ]
    return Chart(
        kind=ChartKind.NETWORK,
        key="matter",
        title=_("Which cases belong together?"),
        label_head=_("Case"),
        nodes=tuple(nodes),
        links=tuple(Link(one.first, one.second, 1) for one in matter.edges),
        note="" if matter.whole else _("More cases belong to this matter than are shown."),
        citation=Citation(source=_("Cases of this office that you may see")),
    )


def _places(matter: MatterFound) -> Mapping[str, tuple[float, float]]:
    """Places from 0 to 1: rows by the longest way of links down from a case that arises from none, ordered by age."""
    origins: dict[str, set[str]] = defaultdict(set)
    for edge in matter.edges:
        origins[edge.first].add(edge.second)
    numbers = [card.number for card in matter.cards]
    depth = dict.fromkeys(numbers, 0)
    for _round in numbers:  # links may lead in a circle: no more rounds than cases
        deeper = {one: max((depth[two] + 1 for two in origins[one]), default=0) for one in numbers}
        if deeper == depth:
            break
        depth = {one: min(level, len(numbers)) for one, level in deeper.items()}
    levels = sorted(set(depth.values()))
    rows = {level: [one for one in numbers if depth[one] == level] for level in levels}
    return {
        one: (_across(at, len(row), down), _down(at, down, len(levels)))
        for down, row in enumerate(rows.values())
        for at, one in enumerate(row)
    }


def _across(at: int, many: int, down: int) -> float:
    """Every second row stands aside: a picture without any width is drawn without measure."""
    return 0.15 + 0.7 * (at + 0.5) / many + (0.12 if down % 2 else -0.12)


def _down(at: int, down: int, levels: int) -> float:
    return down / (levels - 1) if levels > 1 else 0.25 + 0.5 * (at % 2)
