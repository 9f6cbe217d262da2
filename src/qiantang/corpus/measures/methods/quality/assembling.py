"""From the columns of the register to the facts that the passes read. Pure Arrow and numpy: no patent is touched in Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from qiantang.corpus.classes.methods import FIELDS, field_of
from qiantang.corpus.measures.methods.quality.cohorts import cohorts_of
from qiantang.corpus.measures.methods.quality.formulas import SUBCLASS, WORLD
from qiantang.corpus.measures.methods.quality.graphs import Lists, citation_graph, lists_of
from qiantang.corpus.measures.methods.quality.indicators import QualityFacts

PATENT_COLUMNS = (
    "patent_id",
    "office",
    "type",
    "filing_date",
    "first_publication_date",
    "grant_date",
    "claim_count",
    "simple_family_id",
)
_SECTOR_NAMES = sorted({one.sector_en for one in FIELDS})
_SECTORS = {one.number: _SECTOR_NAMES.index(one.sector_en) for one in FIELDS}
_Ints = NDArray[np.int32]
_DECEMBER_31 = (12, 31)


@dataclass(frozen=True, slots=True)
class RegisterColumns:
    """What is read of a snapshot.

    patents     ``PATENT_COLUMNS``, sorted by ``patent_id``
    symbols     ``patent_id``, ``symbol``, ``first``: full IPC symbols, in the order of the records
    citations   ``patent_id``, ``cited`` (null: not a patent), ``target`` (patent id, null: not on record)
    """

    patents: pa.Table
    symbols: pa.Table
    citations: pa.Table


def last_whole_year(newest: date | None) -> int:
    """The last year that publications up to a day cover whole; 0 where there are none."""
    if newest is None:
        return 0
    return newest.year if (newest.month, newest.day) == _DECEMBER_31 else newest.year - 1


def assembled(columns: RegisterColumns) -> QualityFacts:
    """The facts of all patents, in the order of their ids."""
    patents = columns.patents
    ids = patents["patent_id"].combine_chunks()
    n = len(ids)
    families, offices = _families(patents, ids)
    codes, fields = _classes(columns.symbols, ids)
    citing, target = _places(columns.citations["patent_id"], ids), _places(columns.citations["target"], ids)
    known = target >= 0
    references, literature = _references(columns.citations, citing, target, n)
    filed, granted = _days(patents["filing_date"]), _days(patents["grant_date"])
    lag = np.where((filed > _NEVER) & (granted >= filed), granted - filed, -1).astype(np.int32)
    kinds = _coded(patents["type"])
    published = patents["first_publication_date"]
    return QualityFacts(
        graph=citation_graph(n, citing[known], target[known]),
        classes=codes,
        families=families,
        offices=offices,
        published=_years(published),
        claims=_whole(patents["claim_count"]),
        lag=lag,
        references=references,
        literature=literature,
        cohorts=cohorts_of(kinds, fields, _years(patents["filing_date"]), _SECTORS),
        data_end=last_whole_year(pc.max(published).as_py()),
    )


_NEVER = np.iinfo(np.int32).min


def _days(column: Any) -> _Ints:
    days: _Ints = column.cast(pa.int32()).fill_null(int(_NEVER)).to_numpy()
    return days


def _years(column: Any) -> _Ints:
    years: _Ints = pc.year(column).fill_null(-1).to_numpy().astype(np.int32)
    return years


def _whole(column: Any) -> _Ints:
    """Whole numbers of zero or more; -1 where not known."""
    numbers: _Ints = column.fill_null(-1).to_numpy().astype(np.int32)
    return np.maximum(numbers, -1)


def _coded(column: Any) -> _Ints:
    """Words as numbers; -1 for null."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    codes: _Ints = whole.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return codes.astype(np.int32)


def _places(column: Any, ids: Any) -> _Ints:
    """Where each id stands; -1 for null and for what is not there."""
    found = pc.index_in(column, value_set=ids)
    numbers: _Ints = found.fill_null(-1).to_numpy().astype(np.int32)
    return numbers


def _families(patents: pa.Table, ids: Any) -> tuple[_Ints, Lists]:
    """The family of each patent (its own where none is told) and the offices of each family."""
    alone = pc.binary_join_element_wise("alone", ids, ":")
    families = _coded(pc.coalesce(patents["simple_family_id"].combine_chunks(), alone))
    names = patents["office"].combine_chunks().dictionary_encode()
    office = names.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    counted = (office >= 0) & np.array([one != WORLD for one in names.dictionary.to_pylist()] + [False])[office]
    kinds = len(names.dictionary) + 1
    pairs = np.unique(families[counted].astype(np.int64) * kinds + office[counted])
    many = int(families.max()) + 1 if len(families) else 0
    return families, lists_of(many, pairs // kinds, pairs % kinds, kinds)


def _classes(symbols: pa.Table, ids: Any) -> tuple[Lists, _Ints]:
    """The class of each different full symbol of a patent, and the field of its main symbol (-1: not known)."""
    rows = _places(symbols["patent_id"], ids)
    encoded = symbols["symbol"].combine_chunks().dictionary_encode()
    names = [str(one) for one in encoded.dictionary.to_pylist()]
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    told: dict[str, int] = {}
    class_of = np.array([told.setdefault(one[:SUBCLASS], len(told)) for one in names], dtype=np.int32)
    field = np.array([field_of(one) or -1 for one in names], dtype=np.int32)
    pairs = np.unique(rows.astype(np.int64) * max(1, len(names)) + codes)
    owners, symbol = pairs // max(1, len(names)), pairs % max(1, len(names))
    lists = lists_of(len(ids), owners, class_of[symbol], max(1, len(told)))
    fields = np.full(len(ids), -1, dtype=np.int32)
    told_first: Any = symbols["first"]
    first = told_first.fill_null(False).to_numpy()  # noqa: FBT003 the value of Arrow's nulls
    order = np.lexsort((np.arange(len(rows)), ~first))[::-1]  # the main symbol is written last
    fields[rows[order]] = field[codes[order]]
    return lists, fields


def _references(citations: pa.Table, citing: _Ints, target: _Ints, n: int) -> tuple[_Ints, _Ints]:
    """How many patents each patent cites, on record or not, and how many other things."""
    patent = citations["cited"].is_valid().to_numpy()
    words = _coded(citations["cited"])
    most = int(words.max(initial=0)) + 1
    named = np.where(target >= 0, target.astype(np.int64) + most, words)  # one cited by two numbers is one
    pairs = np.unique(citing[patent].astype(np.int64) * (most + n) + named[patent])
    references = np.bincount(pairs // (most + n), minlength=n)
    literature = np.bincount(citing[~patent], minlength=n)
    return references.astype(np.int32), literature.astype(np.int32)
