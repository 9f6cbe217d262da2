"""The dimensions by which a number is divided, as spreads over the patents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qiantang.commons.metrics.types import Dimension, Sharing
from qiantang.corpus.classes.api import field_of, industry_table
from qiantang.corpus.measures.methods.holders import HolderKind, holder_kind
from qiantang.corpus.measures.methods.origins import origins
from qiantang.corpus.measures.selectors.facts import NEVER, Coded, Entries, Facts, coded, years_of
from qiantang.corpus.measures.selectors.spread import Spread
from qiantang.corpus.parties import api as parties

if TYPE_CHECKING:
    from qiantang.corpus.measures.selectors.facts import Ints

_IPC_SCHEMES = ("ipc",)
_FULL_YEAR = 12
_LAST = 1 << 20  # position of a party that has none


def by_year(days: Ints) -> Spread:
    """Years of the days that count."""
    return _by(years_of(days), lambda year: f"{year:04d}")


def by_month(days: Ints) -> Spread:
    """Months of the days that count, as ``2020-04``."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * _FULL_YEAR
    months = np.where(days == NEVER, 0, months)
    return _by(months, lambda month: f"{month // _FULL_YEAR:04d}-{month % _FULL_YEAR + 1:02d}")


def _by(numbers: Ints, told: Callable[[int], str]) -> Spread:
    different, codes = np.unique(numbers, return_inverse=True)
    return Spread.single(codes, [told(int(one)) if one else None for one in different])


def _of(column: Coded) -> Spread:
    codes = np.where(column.codes < 0, len(column.words), column.codes)
    return Spread.single(codes, [*column.words, None])


def _kinds(facts: Facts) -> Spread:
    """Kind code of the newest publication; of the last one told where the days are the same."""
    told = facts.entries("publications", ("kind", "date"))
    kind = coded(told.columns["kind"])
    day = told.columns["date"].cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False)
    order = np.lexsort((day, told.rows))
    codes = np.full(len(facts), len(kind.words), np.int32)
    codes[told.rows[order]] = np.where(kind.codes[order] < 0, len(kind.words), kind.codes[order])
    return Spread.single(codes, [*kind.words, None])


def _fields(facts: Facts, sharing: Sharing) -> Spread:
    """Fields of technology of all IPC symbols."""
    rows, symbols = ipc_symbols(facts)
    fields = np.array([field_of(one) or 0 for one in symbols.words] or [0], np.int64)[symbols.codes]
    known = fields > 0
    values = [str(number) for number in range(1, 36)]
    parts = "whole" if sharing is Sharing.WHOLE else "distinct"
    return Spread.many(rows[known], fields[known] - 1, values, len(facts), parts=parts)


def ipc_symbols(facts: Facts) -> tuple[Ints, Coded]:
    """The row of each IPC symbol, and the symbols."""

    def read() -> tuple[Ints, Coded]:
        told = facts.entries("classifications", ("scheme", "symbol"))
        asked: Any = pc.and_(
            pc.is_in(told.columns["scheme"], pa.array(_IPC_SCHEMES)), pc.is_valid(told.columns["symbol"])
        )
        mask = asked.fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003 - Arrow's own signature
        return told.rows[mask], coded(told.columns["symbol"].filter(pa.array(mask)))

    return facts.kept("ipc", read)


def _applicants(facts: Facts) -> Spread:
    """Harmonised parties (``P12``), each once a patent; a name that nobody has learnt yet stands for itself."""
    told = facts.entries("parties", ("role", "position", "address", "postcode", "country", "name"))
    names = told.columns["name"]
    mask: Any = pc.and_(pc.equal(told.columns["role"], pa.scalar("applicant")), pc.is_valid(names))
    mask = mask.fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003 - Arrow's own signature
    filed = coded(names.filter(pa.array(mask)))
    known = parties.parties_of(filed.words)
    values = [f"P{known[name]}" if name in known else name for name in filed.words]
    different = list(dict.fromkeys(values))
    number = {value: i for i, value in enumerate(different)}
    codes = np.array([number[value] for value in values] or [0], np.int64)[filed.codes]
    return Spread.many(told.rows[mask], codes, different, len(facts), parts="whole")


def _industries(facts: Facts, scheme: str, sharing: Sharing) -> Spread:
    """Industries at the top of a scheme, by all IPC symbols."""
    table = industry_table(scheme)
    rows, symbols = ipc_symbols(facts)
    names = [one.code for one in table.tops]
    places = {code: at for at, code in enumerate(names)}
    told = [sorted(places[code] for code in table.industries_of(word)) for word in symbols.words]
    counts = np.array([len(one) for one in told] or [0], np.int64)
    flat = np.array([code for one in told for code in one], np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)])[:-1]
    many = counts[symbols.codes]
    ends = np.cumsum(many)
    total = int(ends[-1]) if len(ends) else 0
    at = np.arange(total) - np.repeat(ends - many, many) + np.repeat(starts[symbols.codes], many)
    parts = "whole" if sharing is Sharing.WHOLE else "distinct"
    return Spread.many(np.repeat(rows, many), flat[at], names, len(facts), parts=parts)


def first_names(facts: Facts, role: str) -> Coded:
    """The name of the first party of a role of each patent."""

    def read() -> Coded:
        told = facts.entries("parties", ("role", "position", "address", "postcode", "country", "name"))
        mask: Any = pc.and_(pc.equal(told.columns["role"], pa.scalar(role)), pc.is_valid(told.columns["name"]))
        chosen = np.flatnonzero(mask.fill_null(False).to_numpy(zero_copy_only=False))  # noqa: FBT003 Arrow takes it so
        position = told.columns["position"].fill_null(_LAST).to_numpy(zero_copy_only=False)[chosen]
        order = chosen[np.lexsort((position, told.rows[chosen]))]
        rows, first = np.unique(told.rows[order], return_index=True)
        named = coded(told.columns["name"].take(pa.array(order[first])))
        codes = np.full(len(facts), -1, np.int32)
        codes[rows] = named.codes
        return Coded(codes, named.words)

    return facts.kept(("first", role), read)


def _applicant_kinds(facts: Facts) -> Spread:
    names = first_names(facts, "applicant")
    kinds = [*HolderKind]
    told = np.array([*(kinds.index(holder_kind(word)) for word in names.words), len(kinds)], np.int32)
    return Spread.single(told[names.codes], [*map(str, kinds), None])


def _origins(facts: Facts) -> Spread:
    parties_told = facts.entries("parties", ("role", "position", "address", "postcode", "country", "name"))
    priorities_told = facts.entries("priorities", ("number", "country", "date"))
    return _of(coded(origins(facts.table["office"], _table(parties_told), _table(priorities_told))))


def _table(told: Entries) -> pa.Table:
    return pa.table({"row": told.rows, **told.columns})


_PLAIN: dict[Dimension, Callable[[Facts], Spread]] = {
    Dimension.TYPE: lambda facts: _of(facts.type),
    Dimension.OFFICE: lambda facts: _of(facts.office),
    Dimension.STATUS: lambda facts: _of(facts.status),
    Dimension.KIND: _kinds,
    Dimension.ORIGIN: _origins,
    Dimension.APPLICANT_KIND: _applicant_kinds,
}


def spread_of(facts: Facts, dimension: Dimension, classes: Sharing, scheme: str) -> Spread:
    """A dimension that depends on neither day nor region."""
    if dimension is Dimension.INDUSTRY:
        return facts.kept(("industry", scheme, classes), lambda: _industries(facts, scheme, classes))
    if dimension is Dimension.FIELD:
        return facts.kept(("field", classes), lambda: _fields(facts, classes))
    if dimension is Dimension.APPLICANT:  # which names are one party may change under a snapshot
        return facts.kept_lately((dimension, parties.state()), lambda: _applicants(facts))
    return facts.kept(dimension, lambda: _PLAIN[dimension](facts))
