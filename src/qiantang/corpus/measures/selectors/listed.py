"""Patents on lists that were handed in: which meet a condition from which day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Max, Min

from qiantang.corpus.measures.models import ConditionList, ListedPatent
from qiantang.corpus.measures.selectors.facts import day_number

if TYPE_CHECKING:
    from datetime import date, datetime

    from qiantang.corpus.measures.selectors.facts import Facts, Ints

LISTED = frozenset({"pledge", "award"})


class ListShown(NamedTuple):
    """A list for people."""

    condition: str
    title: str
    source: str
    as_of: date
    sample: bool
    kept: int
    refused: int
    imported_at: datetime


def listed(facts: Facts, condition: str, day: date) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
    """Which rows are on a list of the condition with a day not after ``day``; None: no list was handed in."""
    state = ConditionList.objects.filter(condition=condition).aggregate(newest=Max("pk"))["newest"]
    if state is None:
        return None
    rows, days = facts.kept_lately(("listed", condition, state), lambda: _read(facts, condition))
    mask = np.zeros(len(facts), bool)
    mask[rows[days <= day_number(day)]] = True
    return mask


def complete_to(condition: str) -> date | None:
    """The day up to which the lists of a condition are complete; None: none was handed in."""
    told: date | None = ConditionList.objects.filter(condition=condition).aggregate(last=Max("as_of"))["last"]
    return told


def lists() -> tuple[ListShown, ...]:
    """All lists, for people."""
    return tuple(
        ListShown(
            one.condition, one.title, one.source, one.as_of, one.sample, one.kept, len(one.refused), one.imported_at
        )
        for one in ConditionList.objects.all()
    )


def _read(facts: Facts, condition: str) -> tuple[Ints, Ints]:
    """Rows and the day from which each counts; what is no longer on record has none."""
    told = dict(
        ListedPatent.objects.filter(sheet__condition=condition)
        .values_list("patent_id")
        .annotate(first=Min("day"))
        .order_by("patent_id")
    )
    found = pc.index_in(pa.array(list(told), facts.ids.type), value_set=facts.ids)
    places = found.to_numpy(zero_copy_only=False)
    known = ~np.isnan(places.astype(float))
    days = np.array([day_number(one) for one in told.values()], np.int32)
    return places[known].astype(np.int64), days[known]
