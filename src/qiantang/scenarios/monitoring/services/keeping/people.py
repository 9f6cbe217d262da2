"""Inventors of the city who went from one applicant to another: found by their names, kept without them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute

from qiantang.corpus.measures.methods.cooccurrence import party_network
from qiantang.corpus.measures.methods.holders import HolderKind, holder_kind
from qiantang.corpus.measures.methods.moves import Filing, inventor_moves
from qiantang.corpus.parties import api as parties
from qiantang.scenarios.monitoring.methods import columns
from qiantang.scenarios.monitoring.rules import CITY, FEWEST_PEOPLE
from qiantang.scenarios.monitoring.selectors import kept
from qiantang.scenarios.monitoring.services.keeping.files import write_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.scenarios.monitoring.services.keeping.records import Records


pc: Any = pyarrow.compute  # its stubs refuse scalars beside columns, and know no lists of structs


def write_moves(read: Records, state: kept.KeptState) -> None:
    """Moves of people that begin or end in the city, and applicants who have people in common.

    Applications with a body as applicant that share an inventor's name with one of the city are looked at.
    """
    filed = _filed(read)
    firms: Any = filed["applicants"].combine_chunks()
    names = pc.unique(firms.flatten()).to_pylist()
    known = parties.parties_of(set(names))
    keys = {name: f"P{known[name]}" if name in known else name for name in names}
    called: dict[str, str] = {}
    for name in names:
        called.setdefault(keys[name], name)
    at_home = {key: read.homes.get(name) for key, name in called.items()}
    found = inventor_moves(_filings(filed, keys))
    shared = Counter(pair for pair in found.shared if CITY in {at_home[firm] for firm in pair})
    stands = (
        (tuple((one.patent_id, one.day, called[one.firms[0]], at_home[one.firms[0]]) for one in move[:2]), move)
        for move in found.moves
    )
    network = party_network((pair for pair, times in shared.items() for _time in range(times)), FEWEST_PEOPLE)
    told = {
        "moved": [
            (*sides, str(move.sureness), move.colleagues) for sides, move in stands if CITY in {one[3] for one in sides}
        ],
        "both": found.both,
        "nodes": [tuple(one) for one in network.nodes if one.degree],  # most stand alone, and are not drawn
        "links": [tuple(one) for one in network.links],
        "shared": [(*pair, people) for pair, people in sorted(shared.items())],
        "called": {firm: called[firm] for pair in sorted(shared) for firm in pair},
    }
    write_kept("moves", state, told)


def _filed(read: Records) -> pa.Table:
    """The applications that are looked at; ``applicants`` are the bodies among them."""
    table: Any = read.table.select(["patent_id", "filing_date", "applicants", "people", "classes"]).combine_chunks()
    names = table["applicants"].combine_chunks()
    bodies = columns.told_once(names.flatten(), lambda one: holder_kind(one) is not HolderKind.PERSON, pa.bool_())
    table = table.set_column(2, "applicants", columns.kept_entries(names, bodies))
    some = pc.and_(*(pc.greater(pc.list_value_length(table[name]), 0) for name in ("applicants", "people")))
    table = table.filter(pc.and_(some, pc.is_valid(table["filing_date"]))).combine_chunks()
    people = table["people"].combine_chunks()
    at_home = columns.mapped(columns.firsts(table["applicants"].combine_chunks()), read.homes)
    owner = pc.list_parent_indices(people)
    here = pc.fill_null(pc.equal(at_home, pa.scalar(CITY)), fill_value=False).take(owner)
    ours = pc.unique(people.flatten().filter(here))
    found: pa.Table = table.take(pc.unique(owner.filter(pc.is_in(people.flatten(), value_set=ours))))
    return found


def _filings(filed: pa.Table, keys: dict[str, str]) -> Iterator[Filing]:
    for patent_id, day, firms, people, classes in zip(
        *(filed[name].to_pylist() for name in ("patent_id", "filing_date", "applicants", "people", "classes")),
        strict=True,
    ):
        yield Filing(
            patent_id, day, tuple(dict.fromkeys(keys[one] for one in firms)), tuple(people), frozenset(classes)
        )
