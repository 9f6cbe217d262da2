"""Inventors of the city who went from one applicant to another, as they are kept of a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from qiantang.corpus.measures.methods.cooccurrence import Link, Node
from qiantang.corpus.measures.methods.moves import Sureness
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register import api as register
from qiantang.kernel.lately import Lately
from qiantang.scenarios.monitoring.selectors import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

_POINTS_KEPT = 50_000


class Stand(NamedTuple):
    """An application on which somebody stands, with its first applicant and that one's city; None: not known."""

    patent_id: str
    day: date
    firm: str
    city: str | None


class Moved(NamedTuple):
    """One person who moved: the last application at the one applicant and the first at the other."""

    before: Stand
    after: Stand
    sureness: Sureness
    colleagues: int

    @property
    def origin(self) -> str | None:
        return self.before.city

    @property
    def destination(self) -> str | None:
        return self.after.city


class MovedPeople(NamedTuple):
    """Moves that begin or end in the city, how many people stand with two applicants by turns, and the pairs of
    applicants that people have in common, with how many people, of which one at least is at home in the city.

    nodes, links  the network of applicants who have enough people in common to be told of
    current  whether applicants are harmonised as they are now; else a job is at it
    """

    moved: tuple[Moved, ...]
    both: int
    shared: Mapping[tuple[str, str], int] = MappingProxyType({})
    called: Mapping[str, str] = MappingProxyType({})
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    current: bool = True


_MOVED: Lately[tuple[str, int, int, str], tuple[str, MovedPeople]] = Lately(
    _POINTS_KEPT, lambda told: 1 + len(told[1].moved) + len(told[1].shared)
)


def moved_people(snapshot: int | None) -> MovedPeople | None:
    """The moves of a snapshot, the newest unless named; None while they are not there yet. Nobody, where nothing is loaded.

    errors  NotFound ``register.snapshot_unknown``
    """
    number = kept.snapshot_of(snapshot)
    if number is None:
        return MovedPeople((), 0)
    stamp = kept.edition(number)[-1]
    key = (str(register.register().place.root), number, stamp, kept.removals())  # nothing removed is remembered
    try:
        made_of, told = _MOVED.get(key, lambda: _read(number))
    except LookupError:
        return None
    return told._replace(current=made_of == parties_now())


def parties_now() -> str:
    """Another one whenever names were joined or parted."""
    return repr(parties.state())


def _read(snapshot: int) -> tuple[str, MovedPeople]:
    found = kept.read("moves", snapshot)
    if found is None:
        raise LookupError(snapshot)
    state, told = found
    return state.parties, MovedPeople(
        tuple(
            Moved(_stand(before), _stand(after), Sureness(sureness), colleagues)
            for before, after, sureness, colleagues in told["moved"]
        ),
        told["both"],
        {(one, other): people for one, other, people in told["shared"]},
        told["called"],
        tuple(Node(*one) for one in told["nodes"]),
        tuple(Link(*one) for one in told["links"]),
    )


def _stand(told: Sequence[Any]) -> Stand:
    patent_id, day, firm, city = told
    return Stand(patent_id, date.fromisoformat(day), firm, city)
