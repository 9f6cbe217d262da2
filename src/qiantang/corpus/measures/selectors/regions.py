"""Where a patent counts: by whose address, shared how, on the boundaries of which day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qiantang.commons.metrics.types import AddressOf, Boundaries, Sharing
from qiantang.commons.refdata import api as refdata
from qiantang.commons.refdata.types import MUNICIPALITIES, Level
from qiantang.corpus.measures.selectors.facts import NEVER, Facts, coded, day_number, day_of
from qiantang.corpus.measures.selectors.spread import Spread
from qiantang.corpus.places import api as places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.commons.metrics.types import CountingRule
    from qiantang.corpus.measures.selectors.facts import Ints
    from qiantang.corpus.places.methods.parks import Parks
    from qiantang.corpus.places.types import Place

_PARTS = ("role", "position", "address", "postcode", "country", "name")
_MANY = 1 << 20
_CHINA = "CN"
Address = tuple[str | None, str | None, str | None]  # as printed, postcode, country


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Of each party of a role: its row, its address as a number into the different ones, and its name as a number."""

    rows: Ints
    codes: Ints
    names: Ints
    different: list[Address]

    def where(self, mask: Any) -> _Addresses:
        return _Addresses(self.rows[mask], self.codes[mask], self.names[mask], self.different)


@lru_cache(maxsize=1)
def _turning_days() -> Ints:
    """The days on which some region or park changed: between two of them an address means the same place."""
    days = {one.day for one in places.successions()}
    days |= {*places.parks().turning_days()}
    days |= {day for row in refdata.regions().rows() for day in (row.valid_from,) if day}
    return np.array(sorted(day_number(day) for day in days), np.int64)


@lru_cache(maxsize=200_000)
def _place(address: str | None, postcode: str | None, country: str | None, era: int) -> Place:
    turns = _turning_days()
    # the first day of the era; of the last one its own, so that today is never asked
    day = int(turns[era - 1]) if era else int(turns[0]) - 1
    return places.resolve(address, postcode, country, day_of(day))


def _addresses(facts: Facts, address: AddressOf) -> dict[str, _Addresses]:
    """By role: the parties whose addresses count, in their order."""
    told = facts.entries("parties", _PARTS)
    role = told.columns["role"]
    roles = ("inventor",) if address is AddressOf.INVENTOR else ("holder", "applicant")
    columns = [told.columns[name] for name in ("address", "postcode", "country")]
    packed = [coded(column) for column in columns]
    known = np.zeros(len(told.rows), np.int64)
    for one in packed:
        known = known * (len(one.words) + 1) + (one.codes + 1)
    kinds, codes = np.unique(known, return_inverse=True)
    different = [_unpacked(int(kind), packed) for kind in kinds]
    who = coded(told.columns["name"]).codes
    order = np.lexsort((told.columns["position"].fill_null(_MANY).to_numpy(zero_copy_only=False), told.rows))
    found = {}
    for name in roles:
        mask: Any = pc.equal(role, pa.scalar(name))
        mine = mask.fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003 Arrow takes it so
        chosen = order[mine[order]]
        found[name] = _Addresses(told.rows[chosen], codes[chosen], who[chosen], different)
    return found


def _unpacked(number: int, packed: Sequence[Any]) -> Address:
    words: list[str | None] = []
    for one in reversed(packed):
        number, code = divmod(number, len(one.words) + 1)
        words.append(one.words[code - 1] if code else None)
    return words[2], words[1], words[0]


def _roles(facts: Facts, address: AddressOf) -> dict[str, _Addresses]:
    return facts.kept(("addresses", address), lambda: _addresses(facts, address))


@dataclass(frozen=True, slots=True)
class Located:
    """Of each party that counts its row and where it is: codes of province, city and district into ``words``; -1: not known.

    abroad  whether its country is told and is not China
    """

    rows: Ints
    abroad: Any
    province: Ints
    city: Ints
    district: Ints
    words: tuple[str, ...]

    def at(self, level: Level) -> Ints:
        return {Level.PROVINCE: self.province, Level.PREFECTURE: self.city, Level.COUNTY: self.district}[level]


def located(facts: Facts, days: Ints, rule: CountingRule) -> Located:
    """Where the parties of each patent are on its day; by a rule that shares with ``first`` only the first named.

    days        of each row; a patent is its holder's from the grant on, before that its applicant's
    On the boundaries of today: in the district of today, wherever the address lay on the day.
    """
    address, sharing = rule.address, rule.sharing
    turns = _turning_days()
    if len(days) and (days == days[0]).all():  # a stock: who counts is the same on every day
        who = facts.kept(("who", address, sharing), lambda: _who_ever(facts, address, sharing))
        rows, back, pairs, different = who
        era = int(np.searchsorted(turns, days[0], side="right"))
        told = [_place(*different[int(code)], era) for code in pairs]
    else:
        rows, codes, different = _who_counts(facts, days, address, sharing)
        many = len(turns) + 1
        pairs, back = np.unique(codes * many + np.searchsorted(turns, days[rows], side="right"), return_inverse=True)
        told = [_place(*different[int(pair) // many], int(pair) % many) for pair in pairs]
    words: dict[str, int] = {}

    def numbered(values: Sequence[str | None]) -> Ints:
        numbers = [words.setdefault(value, len(words)) if value else -1 for value in values]
        return np.array(numbers, np.int32)[back] if len(back) else np.empty(0, np.int32)

    today = rule.boundaries is Boundaries.TODAY
    foreign = np.array([place.country not in (None, _CHINA) for place in told] or [False], bool)
    return Located(
        rows,
        foreign[back] if len(back) else np.zeros(0, bool),
        numbered([place.province for place in told]),
        numbered([_city(place) for place in told]),
        numbered([place.today if today else place.district for place in told]),
        tuple(words),
    )


def _who_ever(facts: Facts, address: AddressOf, sharing: Sharing) -> tuple[Ints, Ints, Ints, list[Address]]:
    """Who counts after every grant, with the different addresses and where each stands among them."""
    rows, codes, different = _who_counts(facts, np.full(len(facts), NEVER, np.int32), address, sharing)
    pairs, back = np.unique(codes, return_inverse=True)
    return rows, back, pairs, different


def _city(place: Place) -> str | None:
    return place.city or (place.province if place.province in MUNICIPALITIES else None)


def _who_counts(facts: Facts, days: Ints, address: AddressOf, sharing: Sharing) -> tuple[Ints, Ints, list[Address]]:
    """Rows and addresses of the parties that count."""
    found = _roles(facts, address)
    if sharing is Sharing.FIRST:
        found = {role: _firsts(one) for role, one in found.items()}
    if address is AddressOf.INVENTOR:
        one = found["inventor"]
        return one.rows, one.codes, one.different
    holder, applicant = found["holder"], found["applicant"]
    has_holder, has_applicant = (_present(one, len(facts)) for one in (holder, applicant))
    by_holder = ~has_applicant
    if address is AddressOf.HOLDER:
        granted = (facts.granted != NEVER) & (days >= facts.granted)
        by_holder |= granted & has_holder
    kept = (_at_home(holder, applicant).where(by_holder[holder.rows]), applicant.where(~by_holder[applicant.rows]))
    rows, codes = (np.concatenate([one.rows for one in kept]), np.concatenate([one.codes for one in kept]))
    order = np.argsort(rows, kind="stable")
    return rows[order], codes[order], holder.different


def _at_home(holder: _Addresses, applicant: _Addresses) -> _Addresses:
    """The holders; of one whose address is not printed, that under which the same name applied for the same patent.

    By the name as filed, as in the register's own region: which names are one party is learnt after the load and may be
    decided anew on any day, and the region of a patent depends on its snapshot only.
    """
    told = np.array([bool(address or postcode) for address, postcode, _ in holder.different], bool)
    if not len(holder.rows) or not len(applicant.rows):
        return holder
    with_address = applicant.where(told[applicant.codes])
    span = int(max(holder.names.max(), applicant.names.max())) + 1
    low = int(min(holder.names.min(), applicant.names.min()))
    mine, theirs = (one.rows * (span - low) + (one.names - low) for one in (holder, with_address))
    keys, first = np.unique(theirs, return_index=True)
    at = np.minimum(np.searchsorted(keys, mine), max(len(keys) - 1, 0))
    same = (keys[at] == mine) & ~told[holder.codes] if len(keys) else np.zeros(len(mine), bool)
    codes = holder.codes.copy()
    codes[same] = with_address.codes[first[at[same]]]
    return _Addresses(holder.rows, codes, holder.names, holder.different)


def _present(parties_of_role: _Addresses, count: int) -> Any:
    """Which rows have a party of the role."""
    has = np.zeros(count, bool)
    has[parties_of_role.rows] = True
    return has


def _firsts(one: _Addresses) -> _Addresses:
    """The first named of each patent."""
    first = np.ones(len(one.rows), bool)
    first[1:] = one.rows[1:] != one.rows[:-1]
    return one.where(first)


def region_spread(place: Located, level: Level, sharing: Sharing, count: int) -> Spread:
    """Located parties as a dimension at one level."""
    codes = place.at(level)
    known = codes >= 0
    values: tuple[str | None, ...] = (*place.words, None)
    codes = np.where(known, codes, len(place.words))
    if sharing is Sharing.FIRST:
        single = np.full(count, len(place.words), np.int32)
        single[place.rows] = codes
        return Spread.single(single, values)
    parts = "whole" if sharing is Sharing.WHOLE else "entries"
    return Spread.many(place.rows, codes.astype(np.int64), values, count, parts=parts)


def park_spread(facts: Facts, days: Ints, rule: CountingRule) -> Spread:
    """Parks as a dimension: those that the addresses name which tell the region, on the day that counts."""
    rows, codes, different = _who_counts(facts, days, rule.address, rule.sharing)
    parks, turns = places.parks(), _turning_days()
    many = len(turns) + 1
    eras = np.searchsorted(turns, days[rows], side="right")
    pairs, back = np.unique(codes * many + eras, return_inverse=True)
    told = [_park_of(parks, different[int(pair) // many], int(pair) % many) for pair in pairs]
    values: list[str | None] = [*dict.fromkeys(one for one in told if one), None]
    numbers = {value: n for n, value in enumerate(values)}
    named = np.array([numbers[one] for one in told] or [0], np.int32)[back] if len(back) else np.empty(0, np.int32)
    if rule.sharing is Sharing.FIRST:
        single = np.full(len(facts), len(values) - 1, np.int32)
        single[rows] = named
        return Spread.single(single, values)
    parts = "whole" if rule.sharing is Sharing.WHOLE else "entries"
    return Spread.many(rows, named.astype(np.int64), values, len(facts), parts=parts)


def _park_of(parks: Parks, address: Address, era: int) -> str | None:
    turns = _turning_days()
    day = day_of(int(turns[era - 1]) if era else int(turns[0]) - 1)
    return parks.of(address[0], _city(_place(*address, era)), day)


def level_of(code: str) -> Level:
    """The level at which a region counts: a municipality counts as a city.

    errors  KeyError for an unknown code
    """
    row = refdata.regions().region(code)
    assert row is not None
    return Level.PREFECTURE if row.is_city else row.level
