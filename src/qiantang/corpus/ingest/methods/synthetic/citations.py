"""Who cites whom: about four earlier documents a patent, more often the fit ones and those of its own topic.

Each patent has a fitness with a heavy tail; a citing patent draws from what was published before it was filed, by fitness,
within its topic, its branch or a branch at hand. So citations gather on few, and none looks into the future.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.draws import Draws, Ints
from qiantang.corpus.ingest.methods.synthetic.filings import CN, DESIGN, INVENTION, Rows
from qiantang.corpus.ingest.methods.synthetic.words import BRANCHES

ORIGINS = ("examiner", "applicant")
CATEGORIES = ("A", "Y", "X")


@dataclass(frozen=True, slots=True)
class CitationColumns:
    """Edges by citing row: positions in rows, origin and category (-1: none); ``literature`` counts works besides patents."""

    citing: Ints
    cited: Ints
    origin: Ints
    category: Ints
    literature: Ints


def _fitness(draws: Draws, rows: Rows) -> Ints:
    """A whole number with a heavy tail: 60 over a uniform draw; designs are not cited."""
    drawn = 1 + draws.below("cite.fitness", rows.work * 8 + rows.office, 1000)
    return np.where(rows.type == DESIGN, 0, np.minimum(6000 // drawn, 900) + 1)


def _wanted(draws: Draws, rows: Rows) -> Ints:
    """How many documents each row cites."""
    index = rows.work * 8 + rows.office
    few, many = draws.below("cite.few", index, 4), draws.below("cite.many", index, 6)
    wanted = np.where(rows.type == INVENTION, 3 + many, 1 + few)
    wanted = np.where(rows.office == CN, wanted, 4 + many)
    return np.where(rows.type == DESIGN, 0, wanted)


def _earlier(draws: Draws, groups: Ints, rows: Rows, asked: tuple[Ints, Ints, Ints]) -> Ints:
    """For each (group, day, draw index): a row of the group published before the day, by fitness, or -1."""
    group, before, index = asked
    order = np.lexsort((rows.published, groups))
    stamp = groups[order] * 100_000 + rows.published[order]
    low = np.searchsorted(stamp, group * 100_000, side="left")
    high = np.searchsorted(stamp, group * 100_000 + before, side="left")
    reach = np.r_[0, np.cumsum(_fitness(draws, rows)[order])]
    mass = reach[high] - reach[low]
    drawn = draws.below("cite.draw", index, np.maximum(mass, 1)) + reach[low]
    found = np.searchsorted(reach, drawn, side="right") - 1
    return np.where(mass > 0, order[np.minimum(found, len(order) - 1)], -1)


def cite(draws: Draws, rows: Rows) -> CitationColumns:
    """All citations among the rows; of each pair one, none inside a family, none to what came later."""
    wanted = _wanted(draws, rows)
    citing = np.repeat(np.arange(len(rows)), wanted)
    index = (
        (rows.work * 8 + rows.office)[citing] * 16
        + np.arange(len(citing))
        - np.repeat(np.cumsum(wanted) - wanted, wanted)
    )
    near = draws.pick("cite.near", index, [40, 48, 12])
    topic = (rows.branch * 8 + rows.thing) * 8 + rows.means
    other = draws.below("cite.branch", index, len(BRANCHES))
    branch = np.where(near == 2, other, rows.branch[citing])  # noqa: PLR2004  # the third choice: any branch
    before = rows.filed[citing]
    in_topic = _earlier(draws, topic, rows, (topic[citing], before, index))
    in_branch = _earlier(draws, rows.branch, rows, (branch, before, index))
    cited = np.where((near == 0) & (in_topic >= 0), in_topic, in_branch)
    keep = (cited >= 0) & (rows.work[cited] != rows.work[citing])
    citing, cited, index = citing[keep], cited[keep], index[keep]
    _, once = np.unique(citing * len(rows) + cited, return_index=True)
    citing, cited, index = citing[once], cited[once], index[once]
    origin = draws.pick("cite.origin", index, [72, 28])
    category = np.where(origin == 0, draws.pick("cite.category", index, [58, 27, 15]), -1)
    literature = np.where(
        (rows.type == INVENTION) & (wanted > 0),
        draws.pick("cite.literature", rows.work * 8 + rows.office, [80, 14, 6]),
        0,
    )
    return CitationColumns(citing, cited, origin, category, literature)
