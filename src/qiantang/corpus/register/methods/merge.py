"""Many statements of one patent to one record: a pure function of the set, field by field.

The order of credibility: rank of the source, then the newer as-of day, then the digest of what is said, which only makes
the outcome the same on every machine. The losing values stay: see ``disagreements``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qiantang.corpus.register.methods.links import priority_key
from qiantang.corpus.register.methods.matching import Matcher
from qiantang.corpus.register.types import SINGLE_FIELDS, SourceRow
from qiantang.kernel.text import fold

Said = Mapping[str, Any]

_FAR = date.max.toordinal()
PLAIN_FIELDS = tuple(name for name, _ in SINGLE_FIELDS)
# For lists of which sources give parts: what makes two entries the same entry.
UNITED: Mapping[str, tuple[str, ...]] = {
    "publications": ("number", "kind"),
    "texts": ("part", "language"),
    "citations": ("cited", "text"),
    "events": ("code", "date", "gazette_date"),
    "media": ("kind", "position"),
}
# Of those, the lists in which sources tell of one thing in different words: see ``methods.matching``.
MATCHED = ("events", "media")
# For lists that a source gives whole, once for each value of this column.
WHOLE: Mapping[str, str] = {"classifications": "scheme", "parties": "role"}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one or more source rows say in the same words: the observed fields as plain values, and where they stand."""

    said: Said
    keys: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceRow, ...]

    @property
    def digest(self) -> str:
        return self.sources[0].digest

    def credibility(self) -> tuple[int, int, str]:
        """Smaller is more credible."""
        best = min(self.sources, key=lambda s: (s.rank, -(s.as_of.toordinal() if s.as_of else 0)))
        return best.rank, _FAR - (best.as_of.toordinal() if best.as_of else 0), best.digest


def unite(statements: Iterable[Statement]) -> list[Statement]:
    """One statement for each digest, its source rows and notes put together in a fixed order."""
    by_digest: dict[str, Statement] = {}
    for one in statements:
        seen = by_digest.get(one.digest)
        rows = sorted({*one.sources, *(seen.sources if seen else ())}, key=_standing)
        notes = sorted({*one.notes, *(seen.notes if seen else ())})
        by_digest[one.digest] = Statement(one.said, one.keys, tuple(notes), tuple(rows))
    return sorted(by_digest.values(), key=Statement.credibility)


def _standing(row: SourceRow) -> tuple[Any, ...]:
    """A total order: two rows that differ in anything stand in the same order whoever came first."""
    return row.source, row.row, row.reader, row.rank, row.as_of or date.min, row.digest


def _identity(item: Said, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(item[column] for column in columns)


def _slots(said: Said) -> Iterable[tuple[tuple[Any, ...], Any]]:
    """Everything a statement says as (slot, value) pairs; two statements disagree where one slot has two values."""
    for name in PLAIN_FIELDS:
        if said[name] is not None:
            yield (name,), said[name]
    for name, columns in UNITED.items():
        for item in said[name]:
            label = item["part"] if name == "texts" else name
            yield (label, *_identity(item, columns)), item
    for item in said["priorities"]:
        yield ("priorities", priority_key(item["number"], item["country"]) or item["number"]), item
    for name, column in WHOLE.items():
        for value in dict.fromkeys(item[column] for item in said[name]):
            label = value if name == "parties" else name
            yield (label, value), [item for item in said[name] if item[column] == value]


_OWNER = ("holder", "holder")


def _newest(statement: Statement) -> tuple[int, tuple[int, int, str]]:
    """Who owns a right is a fact of a day: the newest word comes first, whoever says it."""
    days = [row.as_of.toordinal() for row in statement.sources if row.as_of]
    return -max(days, default=0), statement.credibility()


def _told(ordered: Sequence[Statement]) -> Iterable[tuple[tuple[Any, ...], Any, Statement]]:
    """Every (slot, value, statement), the word that counts first: the more credible; for the owner the newer."""
    yield from (told for told in _spoken(ordered) if told[0] != _OWNER)
    for statement in sorted(ordered, key=_newest):
        yield from ((slot, value, statement) for slot, value in _slots(statement.said) if slot == _OWNER)


def slots_of(said: Said) -> frozenset[tuple[Any, ...]]:
    """The slots a statement fills: a row that fills none that was empty adds no fact."""
    return frozenset(slot for slot, _ in _slots(said))


Slot = tuple[Any, ...]


def _spoken(ordered: Sequence[Statement]) -> Iterator[tuple[Slot, Any, Statement]]:
    """All that these statements say, the most credible first; what tells of one event or figure has one slot."""
    matchers = {name: Matcher(name) for name in MATCHED}
    for statement in ordered:
        said = statement.said
        for slot, value in _slots({**said, **dict.fromkeys(MATCHED, ())}):
            yield slot, value, statement
        for name, matcher in matchers.items():
            for place, item in zip(matcher.places(said["office"] or "", said[name]), said[name], strict=True):
                yield (name, place), item, statement


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def _essence(value: Any) -> Any:
    """What of a value two sources must agree on: names of parties, symbols of classes, the text itself; None: nothing.

    Width, case, traditional characters and blanks make no difference.
    """
    if isinstance(value, list):
        if "symbol" in value[0]:
            return frozenset(item["symbol"] for item in value)
        return tuple(_plain(item["name"]) for item in value)
    if isinstance(value, dict):
        return _plain(value["text"]) if "part" in value else value.get("date")
    return value


def _differ(one: Any, other: Any) -> bool:
    """Whether two values of a slot contradict each other; what one of them leaves open is no contradiction."""
    if one == other:
        return False
    mine, its = _essence(one), _essence(other)
    return mine != its and mine is not None and its is not None


def _filled(held: Any, value: Any) -> Any:
    """An entry with what it leaves open taken from another that tells of the same."""
    if isinstance(held, dict) and any(part is None for part in held.values()):
        return {name: value[name] if part is None else part for name, part in held.items()}
    return held


def _supersedes(slot: tuple[Any, ...], winner: Statement, loser: Statement) -> bool:
    """A newer word of the same rank is an update, not a disagreement; of the owner, a newer word of any rank."""
    if slot == _OWNER:
        return _newest(winner)[0] < _newest(loser)[0]
    mine, other = winner.credibility(), loser.credibility()
    return mine[0] == other[0] and mine[1] < other[1]


def merge(statements: Sequence[Statement], disputed_keys: Iterable[str] = ()) -> dict[str, Any]:
    """The observed fields of the record, with ``keys``, ``notes``, ``sources`` and ``disputed``.

    statements      of one patent; their order does not matter
    disputed_keys   publication keys that belong to another patent: their publications are left out and named as disputed
    """
    ordered = unite(statements)
    shunned = {key[2:] for key in disputed_keys}
    held: dict[tuple[Any, ...], tuple[Any, Statement]] = {}
    disputed: set[str] = {"publications"} if shunned else set()
    for slot, value, statement in _told(ordered):
        if slot[0] == "publications" and value["number"] in shunned:
            continue
        if slot not in held:
            held[slot] = (value, statement)
            continue
        mine, speaker = held[slot]
        if _differ(mine, value) and not _supersedes(slot, speaker, statement):
            disputed.add(str(slot[0]))
        held[slot] = (_filled(mine, value), speaker)
    merged = _assembled(held)
    merged["keys"] = sorted({key for s in ordered for key in s.keys} - set(disputed_keys))
    merged["notes"] = sorted({note for s in ordered for note in s.notes})
    merged["disputed"] = sorted(disputed)
    merged["sources"] = [row for s in ordered for row in s.sources]
    return merged


def _assembled(held: Mapping[tuple[Any, ...], tuple[Any, Statement]]) -> dict[str, Any]:
    merged: dict[str, Any] = {name: held[(name,)][0] if (name,) in held else None for name in PLAIN_FIELDS}
    lists: dict[str, list[Any]] = {name: [] for name in (*UNITED, "priorities", *WHOLE)}
    for slot, (value, _) in held.items():
        if isinstance(value, list):
            lists["classifications" if "symbol" in value[0] else "parties"].extend(value)
        elif isinstance(value, dict):
            lists["texts" if "part" in value else str(slot[0])].append(value)
    return merged | lists


def held_slots(statements: Sequence[Statement]) -> list[tuple[str, Any, Statement]]:
    """(field, value, statement) of every slot: the value the record holds and whose word it is."""
    held: dict[tuple[Any, ...], tuple[str, Any, Statement]] = {}
    for slot, value, statement in _told(unite(statements)):
        name, mine, speaker = held.get(slot, (str(slot[0]), value, statement))
        held[slot] = name, _filled(mine, value), speaker
    return list(held.values())


@dataclass(frozen=True, slots=True)
class Voice:
    """One value said of one slot, by whom, and whether the record holds it."""

    field: str
    value: Any
    statement: Statement
    held: bool


def disagreements(statements: Sequence[Statement]) -> list[Voice]:
    """For every slot with more than one value: each value once, the held one first."""
    spoken: dict[tuple[Any, ...], list[tuple[Any, Statement]]] = {}
    for slot, value, statement in _told(unite(statements)):
        values = spoken.setdefault(slot, [])
        if all(_differ(other, value) for other, _ in values):
            values.append((value, statement))
    return [
        Voice(str(slot[0]), value, statement, held=index == 0)
        for slot, values in spoken.items()
        if len(values) > 1
        for index, (value, statement) in enumerate(values)
    ]
