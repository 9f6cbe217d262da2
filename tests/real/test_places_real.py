"""Places over the real gazette of ../shared/data, where that folder is present."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from qiantang.commons.refdata.api import regions
from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.methods.streams import read_head, sources
from qiantang.corpus.places.api import Place, resolve

DATA = Path(os.environ.get("QIANTANG_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "patents"
pytestmark = [
    pytest.mark.real,
    pytest.mark.feature("S2-11"),
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is not here"),
]
NAME = "杭州市"


def rows() -> Iterator[dict]:
    for source in sources(DATA / "cn-gazette-2019"):
        if "derived" in source.name:
            continue
        head, stream = read_head(source.open())
        with stream:
            for batch in recognise(head, source.name).read(stream, source.name):
                yield from batch.observations.select(["parties", "publications", "as_of"]).to_pylist()


@cache
def hangzhou() -> tuple[tuple[str, Place], ...]:
    """Publication number and place of every row whose address contains the city's name."""
    found = []
    for row in rows():
        party = next(p for p in row["parties"] if p["role"] == "applicant")
        if NAME in (party["address"] or ""):
            place = resolve(party["address"], party["postcode"], party["country"], row["as_of"])
            found.append((row["publications"][0]["number"], place))
    return tuple(found)


def test_all_rows_that_name_the_city_are_in_it():
    assert len(hangzhou()) == 1599
    assert len({number for number, _ in hangzhou()}) == 1541
    assert {place.city for _, place in hangzhou()} == {"330100"}


def test_districts_and_not_known_make_the_whole():
    day = date(2019, 7, 9)
    counted = Counter(place.district for _, place in hangzhou())
    known = sum(n for code, n in counted.items() if code is not None)
    assert known + counted[None] == 1599
    assert known >= 1375
    assert set(counted) - {None} <= set(regions().children("330100", day))
    assert counted[None] <= 45  # streets alone; no more may be lost


def test_on_todays_boundaries_too():
    day = date(2024, 1, 1)
    counted = Counter(place.today for _, place in hangzhou())
    assert sum(counted.values()) == 1599
    assert set(counted) - {None} == set(regions().children("330100", day))
