"""What a patent must be besides, as masks over the patents: conditions of high value, events of a period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from qiantang.corpus.classes.api import industry_table
from qiantang.corpus.measures.selectors.dimensions import ipc_symbols
from qiantang.corpus.measures.selectors.facts import NEVER, Facts, coded, day_number
from qiantang.corpus.measures.selectors.listed import LISTED, complete_to, listed
from qiantang.kernel.legalstatus import event_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.corpus.measures.selectors.facts import Ints

Mask = Any
_TEN_YEARS = 10
_NO_RIGHTS_ABROAD = ("CN", "WO")  # an international application is no right yet
# Conditions of which less is known than there is: a number made of them is "at least".
FROM_BELOW = frozenset({"sei", "family"})


def from_below(name: str, day: date) -> bool:
    """Whether a condition that is known is told from below: less is on record, or its lists end before the day."""
    if name in FROM_BELOW:
        return True
    last = complete_to(name) if name in LISTED else None
    return last is not None and last < day


def condition(facts: Facts, name: str, day: date) -> Mask | None:
    """Which patents meet a condition of high value on a day; None: nothing tells it."""
    if name == "age":
        return facts.filed < day_number(_years_before(day, _TEN_YEARS))
    if name == "family":
        return facts.kept("abroad", lambda: _abroad(facts))
    if name in ("sei", "sei_ipc"):
        return facts.kept(name, lambda: _strategic(facts, sure=name == "sei"))
    return listed(facts, name, day)  # amounts of pledges and awards are in no register: lists tell them


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _abroad(facts: Facts) -> Mask | None:
    family = facts.family
    if not family.words:
        return None
    elsewhere = ~facts.office.where(_NO_RIGHTS_ABROAD) & (family.codes >= 0)
    has = np.zeros(len(family.words) + 1, bool)
    has[family.codes[elsewhere]] = True
    has[-1] = False
    return has[family.codes]


def _strategic(facts: Facts, *, sure: bool) -> Mask | None:
    rows, symbols = ipc_symbols(facts)
    if not symbols.words:
        return None
    table = industry_table("sei")
    belongs = np.array([bool(table.branches_of(word, sure=sure)) for word in symbols.words], bool)
    mask = np.zeros(len(facts), bool)
    mask[rows[belongs[symbols.codes]]] = True
    return mask


def event_days(facts: Facts, kinds: Sequence[str]) -> tuple[Ints, Ints]:
    """Row and day of every event of some kinds, by the day it took effect, else by that of the gazette."""

    def read() -> tuple[Ints, Ints]:
        told = facts.entries("events", ("code", "date", "gazette_date"))
        code = coded(told.columns["code"])
        wanted = np.array([*(str(event_kind("CN", word)) in kinds for word in code.words), False], bool)
        days = pc.coalesce(told.columns["date"], told.columns["gazette_date"]).cast("int32")
        numbers = days.fill_null(int(NEVER)).to_numpy(zero_copy_only=False)
        mask = wanted[code.codes] & (numbers != NEVER)
        return told.rows[mask], np.asarray(numbers[mask], np.int32)

    return facts.kept(("events", tuple(kinds)), read)
