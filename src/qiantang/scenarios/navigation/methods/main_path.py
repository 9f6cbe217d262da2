"""The way along which knowledge flowed through a node: its citation main path. Module M8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods import mainpath
from qiantang.scenarios.navigation.methods.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.scenarios.navigation.types import Findings
    from qiantang.scenarios.navigation.types.facts import Fact

_TIES = 8  # paths told of those that weigh the same


def main_path_of(facts: Sequence[Fact]) -> Findings:
    """Rows: one a path (``value``: ids parted by blanks, the oldest first). Families are one; what circles is one.

    Citations from outside the node are left out.
    """
    tally = Tally()
    place = {one.patent_id: at for at, one in enumerate(facts)}
    arcs = [
        (one.patent_id, other) for one in facts for other in one.citing if other in place and other != one.patent_id
    ]
    tally.index("citations_inside", len(arcs))
    if not arcs:
        return tally.findings()
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
    return tally.findings()
