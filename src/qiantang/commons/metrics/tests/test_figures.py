"""Tables of other bodies: what is kept, what is refused, which figure counts."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.commons.metrics import api
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotPermitted

OPERATOR = Actor(person_id=None, name="lu", roles=frozenset({"operator"}))
TABLE = """series,region,period,value,unit
population,330100,2023,12522000,人
population,杭州市,2024,"12,624,000",人
population,阿斯加德,2024,1,人
population,330100,2023,1,人
population,330100,soon,1,人
population,330100,2022,many,人
Population,330100,2022,1,人
rd_intensity,330100,2023,3.9,%
"""


def imported(content=TABLE, **more):
    told = {"title": "人口", "source": "bulletin", "as_of": date(2025, 3, 1)} | more
    return api.import_figures(actor=told.pop("actor", OPERATOR), content=content.encode(), **told)


@pytest.mark.django_db
def test_every_row_is_kept_or_refused_with_its_reason():
    report = imported()
    assert (report.read, report.kept) == (8, 3)
    assert [one.row for one in report.refused] == [4, 5, 6, 7, 8]
    assert report.read == report.kept + len(report.refused)
    assert api.figures.stated("population", "330100", 2024).value == 12_624_000


@pytest.mark.django_db
def test_the_same_table_again_changes_nothing():
    imported()
    again = imported()
    assert again.already
    assert again.kept == 3
    assert len(api.figures.imported_tables()) == 1


@pytest.mark.django_db
def test_a_later_table_goes_before_an_earlier_one_and_a_real_one_before_a_sample():
    def table(value):
        return f"series,region,period,value\npopulation,330100,2023,{value}\n"

    imported(table(1), as_of=date(2024, 1, 1))
    imported(table(3), as_of=date(2026, 1, 1), sample=True)
    imported(table(2), as_of=date(2025, 1, 1))
    found = api.figures.stated("population", "330100", 2023)
    assert (found.value, found.sample, found.as_of) == (2, False, date(2025, 1, 1))


@pytest.mark.django_db
def test_what_ships_is_found_where_nothing_was_imported_and_the_census_stands_in():
    assert api.figures.stated("population", "330100", 2019).value == 10_360_000
    assert api.figures.stated("population", "110000", 2020).series == "population_census"
    assert api.figures.stated("population", "330100", 1999) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [("region,period,value\n", "metrics.table_head"), ("a\x00b", "metrics.table_unreadable")],
)
def test_a_file_that_is_no_such_table_is_refused(content, code):
    with pytest.raises(Invalid, match=code):
        imported(content)


@pytest.mark.django_db
def test_only_operators_import():
    with pytest.raises(NotPermitted):
        imported(actor=Actor.public())
