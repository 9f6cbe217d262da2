"""What an expansion reads of the register, and what is shown of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Part, SearchRequest
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.scenarios.navigation import rules
from qiantang.scenarios.navigation.methods import contrast as drawing
from qiantang.scenarios.navigation.methods import seeding
from qiantang.scenarios.navigation.methods.seeding import Doc
from qiantang.scenarios.navigation.models import Expansion
from qiantang.scenarios.navigation.selectors import projects
from qiantang.scenarios.navigation.types import Reach

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.models import Project


class Candidate(NamedTuple):
    """One row of an expansion as it is shown."""

    patent_id: str
    number: str
    title: str
    score: float
    reach: str
    by_node: bool


def expansion_row(actor: Actor, key: int) -> Expansion:
    """errors: NotFound ``navigation.expansion_unknown``, also for those outside the team who do not audit"""
    row = Expansion.objects.filter(pk=key).select_related("project").first()
    if row is None or not projects.reads_inside(actor, row.project):
        raise NotFound("navigation.expansion_unknown")
    return row


def expansions(actor: Actor, project: Project) -> tuple[Expansion, ...]:
    """All expansions of a project, the newest first.

    errors  NotPermitted ``navigation.team_only``
    """
    projects.ensure_reads_inside(actor, project)
    return tuple(Expansion.objects.filter(project=project))


def seed_of(text: str) -> tuple[str, ...]:
    """Ids of the patents that are named, one number a line or parted by commas, each once.

    errors  Invalid ``navigation.seed_size`` · ``navigation.seed_unknown`` with the first number that is not on record
    """
    numbers = list(dict.fromkeys(one.strip() for one in text.replace(",", "\n").splitlines() if one.strip()))
    if len(numbers) > rules.MOST_SEED:
        raise Invalid("navigation.seed_size", least=rules.LEAST_SEED, most=rules.MOST_SEED)
    found = []
    for number in numbers:
        try:
            found.append(register.get(number).patent_id)
        except (Invalid, NotFound) as error:
            raise Invalid("navigation.seed_unknown", given=number[:40]) from error
    ids = tuple(dict.fromkeys(found))
    if len(ids) < rules.LEAST_SEED:
        raise Invalid("navigation.seed_size", least=rules.LEAST_SEED, most=rules.MOST_SEED)
    return ids


def docs(patent_ids: Iterable[str]) -> tuple[Doc, ...]:
    """What the classifier reads of patents; those no longer on record are left out."""
    wanted = list(patent_ids)
    records = register.get_many(wanted)
    made = []
    for one in wanted:
        if record := records.get(one):
            abstract = record.text(Part.ABSTRACT)
            symbols = tuple(c.symbol for c in record.classifications if c.scheme in drawing.SCHEMES and c.symbol)
            made.append(Doc(one, f"{record.title or ''} {abstract.text if abstract else ''}", symbols))
    return tuple(made)


def reached(seed: Sequence[str], read: Sequence[Doc]) -> dict[str, Reach]:
    """Every candidate with the nearest way to it, the examples left out; at most ``MOST_CANDIDATES``."""
    found: dict[str, Reach] = {}
    near = _linked(seed, found, (Reach.FAMILY, Reach.CITED, Reach.CITING))
    common = {group: register.search(SearchRequest(f"IC={group}")).total for group in seeding.counted_groups(read)}
    known = register.current_snapshot()
    groups = seeding.telling_groups(read, common, known.patents if known else 0)
    if groups:
        for batch in register.results.scan(f"IC=({' OR '.join(groups)})").batches:
            _note(found, batch.patent_ids, Reach.CLASS, seed)
            if len(found) >= rules.MOST_CANDIDATES:
                break
    _linked(near, found, (Reach.SECOND, Reach.SECOND, Reach.SECOND), seed)
    return dict(list(found.items())[: rules.MOST_CANDIDATES])


def _linked(
    patent_ids: Sequence[str], found: dict[str, Reach], ways: tuple[Reach, Reach, Reach], seed: Sequence[str] = ()
) -> list[str]:
    """Family members, cited and citing patents of each, noted in ``found``; returns those that are new."""
    before, never = set(found), set(seed or patent_ids)
    for record in register.get_many(patent_ids[: rules.MOST_SEED]).values():
        members = (one.patent_id for one in register.family(record))
        cited = (one.patent_id for one in register.citations(record, "backward") if one.patent_id)
        citing = (one.patent_id for one in register.citations(record, "forward") if one.patent_id)
        for way, ids in zip(ways, (members, cited, citing), strict=True):
            _note(found, [one for one in ids if one], way, never)
    return [one for one in found if one not in before]


def _note(found: dict[str, Reach], ids: Iterable[str], way: Reach, never: Collection[str]) -> None:
    taken = frozenset(never)
    for one in ids:
        if one not in taken:
            found.setdefault(one, way)


def contrast(seed: Sequence[Doc], number: str, snapshot: int | None) -> tuple[tuple[str, ...], int]:
    """A random sample of all patents of other classes than the examples, in the order of its draw; and of how many.

    number  the seed of the draw
    """
    subclasses = sorted({symbol[:4] for one in seed for symbol in one.symbols})
    if not subclasses:  # without a class nothing is known to be of another
        return (), 0
    frames = register.register().frames(snapshot)
    drawn = frames.run(drawing.DRAW, {"seed": number, "subclasses": subclasses}).to_pylist()
    (told,) = frames.run(drawing.COUNT, {"subclasses": subclasses}).to_pylist()
    return tuple(one["patent_id"] for one in drawn), told["n"]


def candidates(row: Expansion, *, missed: bool) -> tuple[Candidate, ...]:
    """The candidates of an expansion, the most probable first. ``missed``: only those that the node does not find."""
    chosen = [one for one in row.found if not (missed and one[3])]
    records = register.get_many([one[0] for one in chosen])
    return tuple(
        Candidate(
            patent_id,
            records[patent_id].number_shown if patent_id in records else patent_id,
            (records[patent_id].title or "") if patent_id in records else "",
            score,
            reach,
            by_node,
        )
        for patent_id, score, reach, by_node in chosen
    )
