"""Where applications come from, for a column of them at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qiantang.kernel.numbers import JOINT_OFFICES

Column = Any  # of Arrow: its stubs know less than it does


def origins(offices: Column, parties: pa.Table, priorities: pa.Table) -> Column:
    """The country of the earliest priority, else of the first applicant, else that of the office, if it is of one country.

    offices     of each application, a row each
    parties     ``row`` of the application, ``role``, ``position``, ``country``
    priorities  ``row``, ``number``, ``country``, ``date``; one without a day does not tell which is the first
    returns     a country of WIPO ST.3 for each application, null where nothing tells it
    """
    size = len(offices)
    claimed: Column = priorities.filter(pc.is_valid(priorities["date"]))
    applicants: Column = parties.filter(pc.equal(parties["role"], pa.scalar("applicant")))
    own = pc.if_else(pc.is_in(offices, pa.array(sorted(JOINT_OFFICES))), pa.scalar(None, pa.string()), offices)
    return pc.coalesce(_first(claimed, size, "date", "number"), _first(applicants, size, "position"), own)


def _first(entries: Column, size: int, *order: str) -> Column:
    """The country of the first entry of each row that has one, in an order in which what is not known stands last."""
    country: Column = entries["country"]
    told = entries.filter(pc.and_(pc.is_valid(country), pc.not_equal(country, pa.scalar(""))))
    ordered = told.take(pc.sort_indices(told, [(name, "ascending") for name in ("row", *order)]))
    rows, first = np.unique(ordered["row"].to_numpy(), return_index=True)
    places = np.full(size, -1)
    places[rows] = first
    return ordered["country"].combine_chunks().take(pa.array(places, mask=places < 0))
