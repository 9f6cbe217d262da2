"""The whole city in columns, before it is written: rows, lives, dealings, names, numbers, citations."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.addresses import AddressBook, address_book
from qiantang.corpus.ingest.methods.synthetic.arrow import Column, pa
from qiantang.corpus.ingest.methods.synthetic.cast import ABROAD, Cast, build_cast
from qiantang.corpus.ingest.methods.synthetic.citations import CitationColumns, cite
from qiantang.corpus.ingest.methods.synthetic.days import NEVER
from qiantang.corpus.ingest.methods.synthetic.dealings import Dealings, deal
from qiantang.corpus.ingest.methods.synthetic.draws import Draws
from qiantang.corpus.ingest.methods.synthetic.events import EventColumns, write_events
from qiantang.corpus.ingest.methods.synthetic.families import Families, foreign_members, number_families
from qiantang.corpus.ingest.methods.synthetic.filings import CN, WO, Rows, chinese_filings
from qiantang.corpus.ingest.methods.synthetic.lives import Lives, live
from qiantang.corpus.ingest.methods.synthetic.numbering import Numbers, number_rows
from qiantang.corpus.ingest.methods.synthetic.roll import Roll, call_roll

CHINESE_PER_THOUSAND = 780


@dataclass(frozen=True, slots=True)
class City:
    """Everything there is. Rows stand by first publication date.

    region_filed, region_today   district of the first applicant's address on the filing day and today; null abroad
    """

    draws: Draws
    cast: Cast
    book: AddressBook
    rows: Rows
    lives: Lives
    dealings: Dealings
    families: Families
    numbers: Numbers
    roll: Roll
    citations: CitationColumns
    events: EventColumns
    region_filed: Column
    region_today: Column

    def __len__(self) -> int:
        return len(self.rows)


def _joined(home: Rows, abroad: Rows) -> Rows:
    """Both in one, by first publication date; positions of first filings follow."""
    both = replace(
        home, **{f.name: np.concatenate([getattr(home, f.name), getattr(abroad, f.name)]) for f in fields(home)}
    )
    order = np.argsort(both.published, kind="stable")
    new_place = np.empty(len(order), np.int64)
    new_place[order] = np.arange(len(order))
    moved = both.take(order)
    origin, earlier = (np.where(old >= 0, new_place[np.maximum(old, 0)], -1) for old in (moved.origin, moved.earlier))
    return replace(moved, origin=origin, earlier=earlier)


def _regions(cast: Cast, book: AddressBook, rows: Rows) -> tuple[Column, Column]:
    slot = AddressBook.slot(cast, rows.party, rows.filed)
    here = np.isin(rows.office, (CN, WO)) & (cast.group[rows.party] != ABROAD)
    blank = len(book.filed)
    at = pa.array(np.where(here, slot, blank))
    filed, today = (pa.array([*codes, None], pa.string()).take(at) for codes in (book.filed, book.today))
    return filed, today


def build_city(seed: int, patents: int) -> City:
    """The city of a seed and a size."""
    draws = Draws(seed)
    cast = build_cast(draws, patents)
    book = address_book(cast, draws)
    home = chinese_filings(draws, cast, patents * CHINESE_PER_THOUSAND // 1000)
    rows = _joined(home, foreign_members(draws, cast, home, patents - len(home)))
    lives = live(draws, rows)
    dealings = deal(draws, cast, rows, lives)
    granted = lives.granted < NEVER
    numbers = number_rows(rows, lives.granted, cast.group[rows.party] != ABROAD)
    return City(
        draws, cast, book, rows, lives, dealings, number_families(rows), numbers,
        call_roll(draws, cast, rows, granted, dealings), cite(draws, rows),
        write_events(cast, rows, lives, dealings), *_regions(cast, book, rows),
    )  # fmt: skip
