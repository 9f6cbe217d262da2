"""All analyses of one node, in one place: what an edition keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qiantang.scenarios.navigation.methods import (
    key_patents,
    life,
    main_path,
    matrix,
    owners,
    position,
    situation,
    tallies,
    topics,
)
from qiantang.scenarios.navigation.methods.packing import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qiantang.scenarios.navigation.types import Figure, Findings
    from qiantang.scenarios.navigation.types.facts import Fact

BRANCH_YEARS = 12
# analyses by the key under which their rows stand; ``heavy`` ones are made for the industry and the first two levels alone
ANALYSES = (
    *(
        "situation",
        "life",
        "offices",
        "origins",
        "types",
        "states",
        "applicants",
        "branches",
        "branch_years",
        "key_patents",
        "layout",
        "networks",
    ),
    *("people", "position", "matrix", "main_path", "path_drawing", "topics", "talent", "risk"),
)


def parameters() -> dict[str, dict[str, float | int | str]]:
    """Of each analysis that has a choice what was chosen, as an edition keeps it."""
    return {"topics": dict(topics.PARAMETERS)}


@dataclass(frozen=True, slots=True)
class Setting:
    """What all nodes of an edition have in common.

    standards   whether a list of declarations for standards was brought in
    terms   for the matrix: name of an effect or means -> ids of its patents; ``effects`` and ``means`` name them in order
    """

    as_of: date
    margins: position.Margins
    means_of_cohorts: Mapping[tuple[int, int], float]
    effects: Sequence[str] = ()
    means: Sequence[str] = ()
    terms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    standards: bool = False


@dataclass(slots=True)
class NodeResult:
    """Figures and tables of a node, ready to be kept."""

    figures: list[Figure] = field(default_factory=list)
    tables: dict[str, Any] = field(default_factory=dict)

    def take(self, analysis: str, found: Findings) -> None:
        self.figures.extend(found.figures)
        self.tables[analysis] = rows_of(found)


def analyse(
    facts: Sequence[Fact], setting: Setting, below: Mapping[str, frozenset[str]], *, heavy: bool = True
) -> NodeResult:
    """Every analysis of a node.

    facts   in the order of their ids
    below   code of each node right below -> ids of its patents
    heavy   networks, topics and main path too
    """
    made = NodeResult()
    made.take("situation", situation.situation(facts, setting.as_of))
    made.take("life", life.life(facts, setting.as_of))
    for analysis in ("offices", "origins", "types", "states"):
        made.take(analysis, situation.by_value(facts, analysis))
    made.take("applicants", owners.applicants(facts, setting.as_of))
    made.take("branches", branches(facts, below))
    made.take("branch_years", branch_years(facts, below, setting.as_of))
    found, rows = key_patents.key_patents(facts, setting.means_of_cohorts, standards=setting.standards)
    made.take("key_patents", found)
    made.tables["key_patents"] = rows
    made.take("layout", key_patents.layout(facts, [row["id"] for row in rows]))
    made.take("position", position.position(facts, setting.margins, setting.as_of))
    made.take("talent", owners.talent(facts, setting.margins.region))
    made.take("risk", owners.risk(facts, setting.margins.region, setting.as_of))
    made.take("matrix", matrix.matrix(facts, setting.effects, setting.means, setting.terms, setting.as_of))
    if heavy:
        made.take("networks", owners.networks(facts, "owners"))
        made.take("people", owners.networks(facts, "people"))
        told = main_path.main_path_of(facts)
        made.take("main_path", told.paths)
        made.take("path_drawing", told.drawing)
        made.take("topics", topics.topics_of(facts))
    return made


def branches(facts: Sequence[Fact], below: Mapping[str, frozenset[str]]) -> Findings:
    """The nodes right below: patents, families and those in force. A patent may stand in several."""
    tally = tallies.Tally()
    for code, ids in below.items():
        places = [at for at, one in enumerate(facts) if one.patent_id in ids]
        tally.row(
            code,
            code,
            tally.count(f"branch.{code}", places),
            tally.count(f"branch.{code}.families", tallies.first_of_families(facts, places)),
            tally.count(f"branch.{code}.in_force", (at for at in places if facts[at].bucket == "in_force")),
        )
    return tally.findings()


def branch_years(facts: Sequence[Fact], below: Mapping[str, frozenset[str]], as_of: date) -> Findings:
    """The nodes right below by filing year: rows, nodes; cells, the last years in their order, the newest not complete."""
    tally = tallies.Tally()
    years = range(as_of.year - BRANCH_YEARS + 1, as_of.year + 1)
    for code, ids in below.items():
        mine = [at for at, one in enumerate(facts) if one.patent_id in ids]
        cells = [tally.count(f"by.{code}.{year}", (at for at in mine if facts[at].year == year)) for year in years]
        tally.row(code, code, *cells, note=str(years[0]))
    return tally.findings()
