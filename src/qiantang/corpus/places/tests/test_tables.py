"""The tables of localities, successions and postcodes agree with themselves and with the regions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from qiantang.commons.refdata.api import regions
from qiantang.corpus.places import api
from qiantang.corpus.places.methods.judging import CONFIDENCE
from qiantang.corpus.places.types import Rule

pytestmark = pytest.mark.feature("S2-11")
REFORM = date(2021, 4, 9)


def test_every_code_is_a_region_and_every_row_names_its_source():
    rows = [*api.localities(), *api.postcodes()]
    assert {code for row in rows for code in row.codes if code not in regions()} == set()
    assert {code for row in api.successions() for code in (row.old, row.new) if code not in regions()} == set()
    assert all(row.source for row in [*rows, *api.successions()])
    assert all(row.codes for row in rows)


def test_a_locality_lies_somewhere_once_a_day():
    named = defaultdict(list)
    for row in api.localities():
        named[row.city, row.kind, row.name].append((row.valid_from or date.min, row.valid_to or date.max))
    for name, spans in named.items():
        assert all(before[1] < after[0] for before, after in pairwise(sorted(spans))), name


def test_a_district_that_went_whole_went_to_one_other():
    heirs = defaultdict(list)
    for row in api.successions():
        heirs[row.old, row.day].append(row)
    assert heirs
    for (old, _), rows in heirs.items():
        assert len(rows) == 1 or not any(row.whole for row in rows), old


def test_the_reform_of_2021_divides_three_districts_and_moves_one_whole():
    went = {(row.old, row.new, row.whole) for row in api.successions() if row.day == REFORM}
    assert went == {
        ("330103", "330105", True),
        ("330104", "330102", False),
        ("330104", "330114", False),
        ("330109", "330109", False),
        ("330109", "330114", False),
        ("330110", "330110", False),
        ("330110", "330113", False),
    }


def test_every_township_of_the_reform_has_its_district_before_and_after():
    old_new = {
        ("330103", "330105"),
        ("330104", "330102"),
        ("330104", "330114"),
        ("330109", "330114"),
        ("330110", "330113"),
    }
    dated = defaultdict(dict)
    for row in api.localities():
        if row.kind == "township" and REFORM in {
            row.valid_from,
            row.valid_to and date.fromordinal(row.valid_to.toordinal() + 1),
        }:
            dated[row.name]["before" if row.valid_to else "after"] = row.codes[0]
    assert len(dated) >= 30
    assert {(codes["before"], codes["after"]) for codes in dated.values()} == old_new


def test_every_rule_has_a_confidence():
    assert set(CONFIDENCE) == set(Rule)
    assert all(0 <= value <= 1 for value in CONFIDENCE.values())
