"""Which address tells the region of a patent."""

from datetime import date

import pyarrow as pa
import pytest

from qiantang.corpus.places import api as places
from qiantang.corpus.register.methods.regions import region_columns, region_of
from qiantang.corpus.register.types import OBSERVATION_SCHEMA

HANGZHOU, NINGBO = "浙江省杭州市西湖区文三路1号", "浙江省宁波市鄞州区中河街道1号"


def party(role, name, address=None, country="CN"):
    return {"role": role, "position": 1, "name": name, "country": country, "address": address, "postcode": None}


@pytest.mark.parametrize(
    ("parties", "granted", "expected"),
    [
        ([party("applicant", "甲", HANGZHOU)], False, "330106"),
        ([party("applicant", "甲", HANGZHOU), party("holder", "甲")], True, "330106"),
        ([party("applicant", "甲", HANGZHOU), party("holder", "乙")], True, None),
        ([party("applicant", "甲", HANGZHOU), party("holder", "乙", NINGBO)], True, "330212"),
        ([party("applicant", "甲", HANGZHOU), party("holder", "乙", NINGBO)], False, "330106"),
        ([party("holder", "甲")], True, None),
    ],
)
def test_the_holder_of_a_granted_patent_or_the_applicant_under_the_same_name(parties, granted, expected):
    filed, grant = date(2019, 5, 6), date(2021, 7, 8) if granted else None
    record = {"filing_date": filed, "parties": parties}
    derived = {"grant_date": grant, "first_publication_date": None}
    assert region_of(record, derived, places.resolve)["region_code"] == expected
    rows = pa.RecordBatch.from_pylist([record], schema=OBSERVATION_SCHEMA)
    columns = {name: pa.array([day], pa.date32()) for name, day in derived.items()}
    assert region_columns(rows, columns, places.resolve)["region_code"].to_pylist() == [expected]
