"""The metrics find what the demo city knows of itself, to the last patent."""

from __future__ import annotations

from collections import Counter

import pyarrow.parquet as pq
import pytest

from qiantang.commons.metrics import api
from qiantang.commons.metrics.types import AddressOf, Boundaries, Dimension, Question
from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.corpus.ingest.services.loading import load_paths

PATENTS = 1_500
LIVING = ("granted", "partially_invalidated")


@pytest.fixture(scope="module")
def city_home(tmp_path_factory):
    """A home for a small demo city, and the folder of its truth below it."""
    place = tmp_path_factory.mktemp("city")
    generate(place / "synthetic", patents=PATENTS)
    return place


@pytest.fixture
def city(city_home, settings, db):
    """What the city knows of itself, a row a patent; its patents are loaded."""
    settings.QIANTANG_HOME = city_home
    if not (city_home / "register").is_dir():
        load_paths(sorted((city_home / "synthetic").glob("*.arrows")))
    return pq.read_table(city_home / "synthetic" / "ground-truth-patents.parquet").to_pylist()


def series(question):
    return {point.key[0]: point.value for point in api.measure(question).series}


def chinese(city, **limits):
    return [row for row in city if row["office"] == "CN" and all(row[name] == value for name, value in limits.items())]


def test_applications_by_year_are_those_of_the_truth(city):
    told = Counter(str(row["filing_date"].year) for row in chinese(city, type="invention"))
    found = series(Question(metric="C-01", by=(Dimension.YEAR,)))
    assert {year: value for year, value in found.items() if value} == told


def of_hangzhou(city, column):
    return Counter(row[column] for row in chinese(city, type="invention") if (row[column] or "").startswith("3301"))


@pytest.mark.feature("S2-02")
def test_districts_of_the_day_are_those_of_the_truth_and_add_up_to_the_city(city):
    asked = Question(metric="C-01", region="330100", by=(Dimension.DISTRICT,), boundaries=Boundaries.THEN)
    found = api.measure(asked)
    assert {point.key[0]: point.value for point in found.series} == of_hangzhou(city, "region_filed")
    assert sum(point.value for point in found.series) == found.value


@pytest.mark.feature("S2-02")
def test_districts_of_today_are_right_where_the_address_tells_them_and_add_up_to_the_city_with_the_rest(city):
    asked = Question(metric="C-01", region="330100", by=(Dimension.DISTRICT,), boundaries=Boundaries.TODAY)
    found, told = api.measure(asked), of_hangzhou(city, "region_today")
    parts = {point.key[0]: point.value for point in found.series}
    unknown = parts.pop(None)
    assert all(parts[code] <= told[code] for code in told)
    assert sum(parts.values()) + unknown == found.value == sum(told.values())
    # only where an old district was divided can today's be open
    divided = {"330102", "330105", "330109", "330110", "330113", "330114"}
    assert all(parts[code] == told[code] for code in set(told) - divided)


@pytest.mark.parametrize("year", [2015, 2020, 2024])
def test_the_stock_is_that_of_the_truth_and_opens_as_many_records(city, year):
    of_city = [r for r in chinese(city, type="invention") if (r["region_today"] or "").startswith("3301")]
    told = [row for row in of_city if row[f"status_{year}-12-31"] in LIVING]
    asked = Question(metric="RB-01", region="330100", last=year, address=AddressOf.APPLICANT)
    found = api.measure(asked)
    assert found.value == len(told) > 0
    assert len(set(api.all_records(asked))) == found.value == found.records
