"""The city as record batches of the form that readers yield (OBSERVATION_SCHEMA)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.arrow import Batch, Column, pa, pc
from qiantang.corpus.ingest.methods.synthetic.cast import COUNTRIES
from qiantang.corpus.ingest.methods.synthetic.citations import CATEGORIES, ORIGINS
from qiantang.corpus.ingest.methods.synthetic.city import City
from qiantang.corpus.ingest.methods.synthetic.days import CUTOFF
from qiantang.corpus.ingest.methods.synthetic.draws import Ints
from qiantang.corpus.ingest.methods.synthetic.families import priority_days
from qiantang.corpus.ingest.methods.synthetic.filings import CN, DESIGN, INVENTION, JP, OFFICES, TYPES, WO
from qiantang.corpus.ingest.methods.synthetic.numbering import priorities_abroad
from qiantang.corpus.ingest.methods.synthetic.people import CORES
from qiantang.corpus.ingest.methods.synthetic.roll import PartyColumns, countries
from qiantang.corpus.ingest.methods.synthetic.texts import (
    Choices,
    chinese_texts,
    choose,
    design_titles,
    english_texts,
    narrowed,
    product_of,
)
from qiantang.corpus.ingest.methods.synthetic.words import BRANCHES
from qiantang.corpus.ingest.methods.synthetic.words.machines import PRODUCTS
from qiantang.corpus.register.types import LIST_FIELDS, OBSERVATION_SCHEMA

GENERATOR = 3
"""Raise it whenever the same seed would give another city: the digests of statements hang on it."""

_KINDS: dict[str, Any] = dict(LIST_FIELDS)
_IPC_EDITION, _LOCARNO_EDITION = "2006.01", "13"


def days_column(days: Ints) -> Column:
    """Calendar days."""
    return pa.array(days.astype(np.int32), pa.date32())


def ragged(name: str, rows: int, pieces: Sequence[tuple[Ints, int | Ints, Sequence[Column]]]) -> Column:
    """A list column of the schema from pieces (row of each entry, order inside the row, columns of the struct)."""
    row = np.concatenate([piece[0] for piece in pieces])
    rank = np.concatenate([np.broadcast_to(piece[1], len(piece[0])) for piece in pieces])
    order = pa.array(np.lexsort((rank, row)))
    kind = _KINDS[name].value_type
    inner = [kind.field(i) for i in range(kind.num_fields)]
    children = [
        pa.concat_arrays([piece[2][i].cast(field.type) for piece in pieces]).take(order)
        for i, field in enumerate(inner)
    ]
    offsets = np.zeros(rows + 1, np.int32)
    np.cumsum(np.bincount(row, minlength=rows), out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), pa.StructArray.from_arrays(children, fields=inner))


def _same(value: str | bool | None, count: int) -> Column:  # noqa: FBT001  # a column of one value
    return pa.nulls(count, pa.string()) if value is None else pa.repeat(value, count)


def _publications(city: City) -> Column:
    numbers, everyone = city.numbers, np.arange(len(city))
    granted = np.flatnonzero(numbers.granted.is_valid())
    at = pa.array(granted)
    return ragged("publications", len(city), [
        (everyone, 0, (numbers.published, numbers.kind, days_column(city.rows.published))),
        (granted, 1, (numbers.granted.take(at), numbers.grant_kind.take(at), days_column(city.lives.granted[granted]))),
    ])  # fmt: skip


def main_symbols(city: City) -> Ints:
    """Position of the main symbol of each row among those of its branch (designs: no meaning)."""
    return city.draws.pick("ipc.main", city.rows.work, [40, 20, 15, 10, 8, 7])


def _classifications(city: City) -> Column:
    rows, draws = city.rows, city.draws
    width = len(BRANCHES[0].ipc)
    symbols = pa.array([symbol for b in BRANCHES for symbol in b.ipc])
    design = rows.type == DESIGN
    main = main_symbols(city)
    more = draws.pick("ipc.more", rows.work, [30, 34, 24, 12])
    step = 1 + draws.below("ipc.step", rows.work, width // 2)
    pieces = []
    for number in range(4):
        at = np.flatnonzero(~design & (more >= number))
        place = (main[at] + number * (step[at] if number < 3 else 5 - step[at])) % width  # noqa: PLR2004  # fourth: from the other side
        fresh = place != main[at] if number else np.ones(len(at), bool)
        at, place = at[fresh], place[fresh]
        symbol = symbols.take(pa.array(rows.branch[at] * width + place))
        pieces.append(
            (at, number, (_same("ipc", len(at)), symbol, _same(_IPC_EDITION, len(at)), _same(number == 0, len(at))))
        )
    at = np.flatnonzero(design)
    locarno = pa.array([code for _, _, code in PRODUCTS]).take(pa.array(product_of(draws, rows)[at]))
    pieces.append(
        (
            at,
            0,
            (_same("locarno", len(at)), locarno, _same(_LOCARNO_EDITION, len(at)), _same(value=True, count=len(at))),
        )
    )
    return ragged("classifications", len(city), pieces)


def _party_piece(city: City, columns: PartyColumns, rank: int) -> tuple[Ints, Ints, tuple[Column, ...]]:
    count = len(columns.row)
    # as printed: China's gazette and the pamphlets of the international phase tell the first applicant's address
    told = np.isin(city.rows.office[columns.row], (CN, WO))
    shown = (columns.position == 1) & told & (columns.role == "applicant")
    book = city.book
    at = pa.array(np.where(shown, city.roll.address[columns.row], len(book.written)))
    address = pa.array([*book.written, None]).take(at)
    postcode = pa.array([*(code or None for code in book.postcodes), None], pa.string()).take(at)
    values = (
        _same(columns.role, count),
        pa.array(columns.position),
        columns.names,
        countries(city.cast, columns.party),
        address,
        postcode,
    )
    return columns.row, rank * 100 + columns.position, values


def _parties(city: City) -> Column:
    roll = city.roll
    roles = (roll.applicants, roll.holders, roll.inventors, roll.agencies, roll.agents)
    return ragged("parties", len(city), [_party_piece(city, columns, rank) for rank, columns in enumerate(roles)])


def _priorities(city: City) -> Column:
    """Members claim their first filing, some a second one; families from abroad a filing that is not in the city."""
    rows = city.rows
    root = np.where(rows.origin < 0, np.arange(len(rows)), rows.origin)
    foreign = rows.pct[root]
    own = np.flatnonzero((rows.origin >= 0) & ~foreign)
    double = np.flatnonzero(rows.earlier >= 0)
    outside = np.flatnonzero(foreign)
    printed = pc.utf8_slice_codeunits(city.numbers.application, 2)
    country = city.cast.country[rows.party]
    first = priority_days(city.draws, rows)
    number = priorities_abroad(rows, country, first).take(pa.array(root[outside]))
    home = pa.array(COUNTRIES).take(pa.array(country[outside]))
    pieces = [(outside, 1, (number, home, days_column(first[root[outside]])))]
    for at, source, rank in ((own, rows.origin, 1), (double, rows.earlier, 0)):
        claimed = source[at]
        pieces.append(
            (at, rank, (printed.take(pa.array(claimed)), _same("CN", len(at)), days_column(rows.filed[claimed])))
        )
    return ragged("priorities", len(city), pieces)


def _citations(city: City) -> Column:
    edges, count = city.citations, len(city.citations.citing)
    patents = (
        city.numbers.published.take(pa.array(edges.cited)),
        pa.array(ORIGINS).take(pa.array(edges.origin)),
        pa.array([*CATEGORIES, None]).take(pa.array(np.where(edges.category >= 0, edges.category, len(CATEGORIES)))),
        days_column(city.rows.published[edges.cited]),
        _same(None, count),
    )
    row = np.repeat(np.arange(len(city)), edges.literature)
    works = len(row)
    index = row * 4 + np.arange(works) % 4
    journal = pa.array([f"{zh}学报" for zh, _ in CORES[:: len(CORES) // 40]])
    year = 1998 + np.maximum(city.rows.filed[row] // 365 - 29, 0) - city.draws.below("literature.age", index, 3)
    text = pc.binary_join_element_wise(
        pa.array(["等人，", "课题组，"]).take(pa.array(index % 2)), journal.take(pa.array(city.draws.below("literature", index, len(journal)))),
        "，", pa.array(year).cast(pa.string()), "年第", pa.array(1 + index % 6).cast(pa.string()), "期", "",
    )  # fmt: skip
    blank = _same(None, works)
    literature = (blank, _same("examiner", works), blank, pa.nulls(works, pa.date32()), text)
    return ragged("citations", len(city), [(edges.citing, np.arange(count), patents), (row, count, literature)])


def _events(city: City) -> Column:
    events = city.events
    values = (events.code, days_column(events.effect), days_column(events.told), events.text)
    return ragged("events", len(city), [(events.row, events.told, values)])


def _keys(city: City) -> Column:
    numbers = city.numbers
    keys = (numbers.application_key, numbers.published_key, numbers.granted_key)
    chinese_grant = pa.array((city.rows.office != CN) & (city.rows.office >= 0))
    again = pc.and_(
        pc.is_valid(numbers.granted_key),
        pc.and_(chinese_grant, pc.not_equal(pc.fill_null(numbers.granted_key, ""), numbers.published_key)),
    )
    masks = (numbers.application_key.is_valid(), numbers.published_key.is_valid(), again)
    rows = [np.flatnonzero(mask) for mask in masks]
    row = np.concatenate(rows)
    order = np.lexsort((np.repeat([0, 1, 2], [len(r) for r in rows]), row))
    values = pa.concat_arrays([key.take(pa.array(r)) for key, r in zip(keys, rows, strict=True)]).take(pa.array(order))
    offsets = np.zeros(len(city) + 1, np.int32)
    np.cumsum(np.bincount(row, minlength=len(city)), out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _family_names(prefix: str, numbers: Ints) -> Column:
    return pc.binary_join_element_wise(prefix, pa.array(90_000_000 + numbers).cast(pa.string()), "")


class Tables:
    """All columns but the texts, made once; texts and digests are made for the rows of each batch."""

    def __init__(self, city: City, seed: int) -> None:
        self._city, self._seed = city, seed
        self._choices: Choices = choose(city.draws, city.rows)
        rows, count = city.rows, len(city)
        # The columns of the schema by name; those of no length are filled in batch by batch.
        self._columns: dict[str, Column] = {
            "office": pa.array(OFFICES).take(pa.array(rows.office)),
            "type": pa.array(TYPES).take(pa.array(rows.type)),
            "application_number": city.numbers.application,
            "filing_date": days_column(rows.filed),
            "page_count": pa.array(
                (5 + city.draws.below("pages", rows.work, 18)).astype(np.int32), mask=rows.type == DESIGN
            ),
            "simple_family": _family_names("S", city.families.simple),
            "extended_family": _family_names("E", city.families.extended),
            "keys": _keys(city),
            "as_of": days_column(np.full(count, CUTOFF)),
            "publications": _publications(city),
            "classifications": _classifications(city),
            "parties": _parties(city),
            "priorities": _priorities(city),
            "citations": _citations(city),
            "events": _events(city),
        }

    def column(self, name: str) -> Column:
        """One of the columns made once, over all rows."""
        return self._columns[name]

    def _digests(self, start: int, stop: int) -> Column:
        """What a statement says is a function of generator, seed, size and place, so these name it as its bytes would."""
        stem = f"qiantang-synthetic/{GENERATOR}/{self._seed}/{len(self._city)}/"
        return pa.array(
            [blake2b(f"{stem}{place}".encode(), digest_size=16).hexdigest() for place in range(start, stop)]
        )

    def _texts(self, start: int, stop: int) -> tuple[Column, Column]:
        """Texts of some rows, and how many claims each has (null: none told)."""
        rows = self._city.rows.take(np.arange(start, stop))
        draws, chinese = self._city.draws, rows.office == CN
        design = np.flatnonzero(chinese & (rows.type == DESIGN))
        technical = np.flatnonzero(chinese & (rows.type != DESIGN))
        english = np.flatnonzero(rows.type == INVENTION)
        title, abstract, claims, count = chinese_texts(draws, narrowed(self._choices, start + technical))
        english_title, english_abstract = english_texts(draws, narrowed(self._choices, start + english))
        # English is a translation of what was filed in Chinese, Japanese, Korean or German.
        machine = pa.array((rows.office[english] == CN) | (rows.office[english] >= JP))
        pieces = [(design, 0, _text_piece("title", "zh", design_titles(draws, rows.take(design))))]
        for rank, (part, text) in enumerate((("title", title), ("abstract", abstract), ("claims", claims))):
            pieces.append((technical, rank, _text_piece(part, "zh", text)))
        for rank, (part, text) in enumerate((("title", english_title), ("abstract", english_abstract))):
            pieces.append((english, 3 + rank, (*_text_piece(part, "en", text)[:3], machine)))
        counts = np.zeros(stop - start, np.int32)
        counts[technical] = count
        return ragged("texts", stop - start, pieces), pa.array(counts, mask=counts == 0)

    def batch(self, start: int, stop: int, first_row: int) -> Batch:
        """Rows from start to stop as one batch; ``first_row`` is the place in the file of the first."""
        count = stop - start
        texts, claims = self._texts(start, stop)
        made: dict[str, Column] = {
            "row": pa.array(np.arange(first_row, first_row + count)),
            "digest": self._digests(start, stop),
            "texts": texts,
            "claim_count": claims,
        }
        columns = []
        for field in OBSERVATION_SCHEMA:
            if field.name in made:
                columns.append(made[field.name])
            elif field.name in self._columns:
                columns.append(self._columns[field.name].slice(start, count))
            else:  # notes and media: the city has none
                nothing = pa.array(np.zeros(count + 1, np.int32))
                columns.append(pa.ListArray.from_arrays(nothing, pa.array([], field.type.value_type)))
        return pa.RecordBatch.from_arrays(columns, schema=OBSERVATION_SCHEMA)


def _text_piece(part: str, language: str, text: Column) -> tuple[Column, ...]:
    count = len(text)
    return _same(part, count), _same(language, count), text, _same(value=False, count=count)
