"""The country of origin of a column of applications is the one that each would be told alone."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.measures.methods.origins import origins

COUNTRIES = st.sampled_from(["CN", "JP", "DE", "", None])
PARTIES = st.lists(
    st.tuples(st.sampled_from(["applicant", "holder", None]), st.integers(1, 4) | st.none(), COUNTRIES), max_size=4
)
PRIORITIES = st.lists(
    st.tuples(st.sampled_from("123"), COUNTRIES, st.none() | st.integers(1, 3).map(lambda day: date(2018, 1, day))),
    max_size=4,
)
OFFICES = st.sampled_from(["CN", "US", "EP", "WO", "EA", "AP", "OA", "GC", "EM"])
PATENTS = st.lists(st.tuples(OFFICES, PARTIES, PRIORITIES), max_size=6)


def told_alone(office, parties, priorities) -> str | None:
    claims = [
        (day, number, place, country) for place, (number, country, day) in enumerate(priorities) if country and day
    ]
    if claims:
        return min(claims)[-1]
    first = [
        (position is None, position or 0, place, country)
        for place, (role, position, country) in enumerate(parties)
        if role == "applicant" and country
    ]
    if first:
        return min(first)[-1]
    return office if office in {"CN", "US"} else None


def table(patents, place, **fields) -> pa.Table:
    rows = [
        {"row": row, **dict(zip(fields, one, strict=True))} for row, told in enumerate(patents) for one in told[place]
    ]
    return pa.Table.from_pylist(rows, pa.schema({"row": pa.int64(), **fields}))


@pytest.mark.feature("S2-09")
@given(PATENTS)
def test_a_column_of_applications_is_told_as_each_alone(patents):
    text = pa.string()
    found = origins(
        pa.array([office for office, _, _ in patents], text),
        table(patents, 1, role=text, position=pa.int32(), country=text),
        table(patents, 2, number=text, country=text, date=pa.date32()),
    )
    assert found.to_pylist() == [told_alone(*one) for one in patents]
