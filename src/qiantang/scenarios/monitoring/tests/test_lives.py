"""Lives of rights and what is due of them, by columns."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from qiantang.corpus.register.types import Event
from qiantang.scenarios.monitoring.methods.columns import first_days
from qiantang.scenarios.monitoring.methods.lives import dues, lives, with_dues
from qiantang.scenarios.monitoring.rules import LIVING
from qiantang.scenarios.monitoring.tests.test_further import right


def columns_of(one):
    """A right as the kept table has it."""
    kind = pa.list_(pa.struct({"code": pa.string(), "date": pa.date32(), "gazette_date": pa.date32()}))
    events = pa.array([[event._asdict() for event in one.events]], kind)
    days = ("filing_date", "grant_date", "expiry_date")
    return pa.table(
        {
            **{name: pa.array([getattr(one, name)], pa.date32()) for name in days},
            "status": pa.array([one.status]),
            "group": pa.array(["enterprise"]),
            "unpaid": first_days(events, ["CF01"]),
        }
    )


def lived(one, day):
    return lives(columns_of(one), day, LIVING).to_pylist()


@pytest.mark.feature("S2-15")
def test_a_right_is_watched_from_its_grant_and_ends_with_an_unpaid_fee():
    (life,) = lived(right(), date(2025, 3, 10))
    assert not life["ended"]
    assert (round(life["age"], 2), round(life["entered"], 2)) == (10.0, 3.0)
    (lapsed,) = lived(right(status="lapsed_fee", events=(Event("CF01", date(2021, 3, 10)),)), date(2025, 3, 10))
    assert lapsed["ended"]
    assert round(lapsed["age"], 2) == 6.0
    (retired,) = lived(right(status="expired", expiry_date=date(2020, 3, 10)), date(2025, 3, 10))
    assert not retired["ended"]
    assert round(retired["age"], 2) == 5.0
    assert not lived(right(grant_date=date(2026, 1, 1)), date(2025, 3, 10))  # its days contradict
    assert not lived(right(grant_date=None), date(2025, 3, 10))
    (due,) = dues(with_dues(columns_of(right()), date(2026, 11, 26)))
    assert (due.due_month, due.age, due.expires_month) == (4, 12, 8 * 12 + 4)
    (ending,) = dues(with_dues(columns_of(right(expiry_date=date(2027, 1, 5))), date(2026, 11, 26)))
    assert ending.expires_month == 2
    (endless,) = dues(with_dues(columns_of(right(expiry_date=None)), date(2026, 11, 26)))
    assert endless.expires_month is None
