"""A register of a few patents of which every number can be counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.register.tests.factories import Bench
from qiantang.corpus.register.types import Classification, Event, Observation, Party, Publication

XIHU, BINJIANG, PUDONG = "浙江省杭州市西湖区文三路1号", "浙江省杭州市滨江区江南大道1号", "上海市浦东新区张江路1号"
HELD = "杭州甲公司"


def patent(row: int, filed: date, *, granted: date | None = None, **more: object) -> Observation:
    """A Chinese invention with one applicant in Hangzhou, who holds it when it is granted."""
    serial = f"CN1100{row:05d}"
    told = Observation(
        row=row, office=str(more.get("office", "CN")), as_of=date(2021, 1, 1), type=str(more.get("type", "invention"))
    )
    told.filing_date = filed
    told.application_number = more.get("application_number")  # type: ignore[assignment]  # text or nothing
    told.publications.append(Publication(serial, "A", date(filed.year + 1, 1, 5)))
    if granted:
        told.publications.append(Publication(serial, "B", granted))
        told.events.append(Event("GR01", granted, granted, None))
    for code, day in more.get("events", ()):  # type: ignore[attr-defined]  # pairs
        told.events.append(Event(code, day, day, None))
    addresses = more.get("addresses", (XIHU,))
    for place, address in enumerate(addresses, start=1):  # type: ignore[arg-type,var-annotated]  # texts
        name = HELD if place == 1 else f"申请人{row}-{place}有限公司"
        told.parties.append(Party("applicant", place, name, "CN", address, None))
    for symbol in more.get("ipc", ("A01B1/00",)):  # type: ignore[attr-defined]  # texts
        told.classifications.append(Classification("ipc", symbol))
    told.extended_family = more.get("family")  # type: ignore[assignment]  # text or nothing
    return told


def stock() -> list[Observation]:
    """What stands in the register: see the tests for what follows."""
    return [
        patent(1, date(2018, 3, 1), addresses=(XIHU, BINJIANG, PUDONG), ipc=("G06F3/01", "G06F17/30", "H04L29/06")),
        patent(2, date(2010, 12, 1), granted=date(2013, 5, 1)),
        patent(3, date(2010, 12, 31), granted=date(2013, 6, 1), addresses=(BINJIANG,)),
        patent(4, date(2012, 2, 2), granted=date(2014, 7, 1), addresses=(None,)),
        patent(5, date(2013, 2, 2), granted=date(2015, 7, 1), events=(("CF01", date(2017, 2, 2)),)),
        patent(6, date(2014, 2, 2), granted=date(2016, 7, 1), family="F6", events=(("PE01", date(2018, 9, 1)),)),
        patent(7, date(2014, 9, 2), office="US", family="F6", addresses=()),
    ]


@pytest.fixture(scope="session")
def counted_home(tmp_path_factory):
    """The home of these patents, loaded once."""
    place = tmp_path_factory.mktemp("counted")
    Bench(place).load(("first", stock()))
    return place


@pytest.fixture
def counted(counted_home, settings, db):
    """The register of these patents: not to be written."""
    settings.QIANTANG_HOME = counted_home


@pytest.fixture
def growing(tmp_path, settings, db):
    """A register of these patents of the test's own; its bench, to load more."""
    settings.QIANTANG_HOME = tmp_path
    bench = Bench(tmp_path)
    bench.load(("first", stock()))
    return bench
