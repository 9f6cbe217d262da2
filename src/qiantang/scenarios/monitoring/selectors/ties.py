"""Joint applications of the city and the network of those who stand on them: kept by a job, or counted once a process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.measures.methods.cooccurrence import Link, Node, PartyNetwork, party_network
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register import api as register
from qiantang.kernel.lately import Lately
from qiantang.scenarios.monitoring.rules import FLOW_YEARS
from qiantang.scenarios.monitoring.selectors import asking, kept
from qiantang.scenarios.monitoring.selectors.holdings import holdings, rights_of
from qiantang.scenarios.monitoring.selectors.moving import parties_now

if TYPE_CHECKING:
    from datetime import date

    from qiantang.scenarios.monitoring.selectors.holdings import Holdings, Right
    from qiantang.scenarios.monitoring.types import Asked

_PARTIES_KEPT = 100_000


class Joint(NamedTuple):
    """The joint applications of some years: the last of them, each with the keys of its parties, and what parties are called."""

    year: int
    documents: tuple[tuple[Right, frozenset[str]], ...]
    names: dict[str, str]


def joint_applications(asked: Asked) -> Joint | None:
    """Applications of several parties in the last years, a party of the city standing first; None while they are not there."""
    held = holdings(asked.snapshot)
    if held is None:
        return None if not asking.nothing_loaded(asked) else Joint(asked.year or asked.today.year, (), {})
    return joint_of(held, asked.year, asked.today)


def joint_of(held: Holdings, year: int | None, today: date) -> Joint:
    """Those of the years up to one, the last of a filing unless one is named."""
    filed = pc.year(held.here["filing_date"])
    year = year or pc.max(filed).as_py() or today.year
    inside = pc.and_(pc.greater(filed, pa.scalar(year - FLOW_YEARS)), pc.less_equal(filed, pa.scalar(year)))
    several = pc.greater(pc.list_value_length(held.here["applicants"]), pa.scalar(1))
    joint = list(rights_of(held.here.filter(pc.and_(inside, several))))
    known = parties.parties_of({name for one in joint for name in one.applicants})
    names = {_key(known, name): name for one in joint for name in one.applicants}
    return Joint(year, tuple((one, frozenset(_key(known, name) for name in one.applicants)) for one in joint), names)


def _key(known: dict[str, int], name: str) -> str:
    """A harmonised party by its number, else the name itself."""
    return f"P{known[name]}" if name in known else name


def counted_joint(joint: Joint) -> PartyNetwork:
    return party_network(keys for _one, keys in joint.documents)


_NETWORKS: Lately[tuple[object, ...], PartyNetwork] = Lately(
    _PARTIES_KEPT, lambda told: 1 + len(told.nodes) + len(told.links)
)


def joint_network(snapshot: int | None, joint: Joint) -> PartyNetwork:
    """The network of joint applications, as it is kept where the job made it for this year and these names."""
    number = kept.snapshot_of(snapshot)
    if number is None:
        return counted_joint(joint)
    names = parties_now()
    key = (str(register.register().place.root), number, joint.year, names, kept.edition(number), kept.removals())
    return _NETWORKS.get(key, lambda: _read(number, joint.year, names) or counted_joint(joint))


def _read(snapshot: int, year: int, names: str) -> PartyNetwork | None:
    found = kept.read("networks", snapshot)
    if found is None or found[0].parties != names or found[1]["year"] != year:
        return None
    told = found[1]
    nodes, links = tuple(Node(*one) for one in told["nodes"]), tuple(Link(*one) for one in told["links"])
    return PartyNetwork(nodes, links, told["density"], told["modularity"], told["estimated"])


def told(network: PartyNetwork) -> dict[str, Any]:
    """A network as it is kept."""
    return {
        **network._asdict(),
        "nodes": [tuple(one) for one in network.nodes],
        "links": [tuple(one) for one in network.links],
    }
