"""The published accuracy is what the labelled addresses give today."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from qiantang.commons.refdata.api import regions
from qiantang.corpus.places import api
from qiantang.corpus.places.methods.measuring import LEVELS, measure

pytestmark = pytest.mark.feature("S2-11")
APP = Path(__file__).parents[1]


def labels():
    with (APP / "tests" / "labelled.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_labelled_set_is_large_mixed_and_of_its_day():
    found = labels()
    assert len(found) >= 500
    assert len({row["address"] for row in found}) == len(found)
    assert min(Counter(row["stratum"] for row in found).values()) >= 25
    assert abs(sum(1 if row["half"] == "held-out" else -1 for row in found)) <= 1
    for row in found:
        if row["district"] not in {"", "none"}:
            assert regions().region(row["district"], date.fromisoformat(row["day"])), row


def test_the_published_figures_are_measured():
    assert api.accuracy() == measure(labels(), lambda text, day: api.resolve(text, day=day))


def shown(low, high):
    return f"{low:.1%} to {high:.1%}"


def test_the_readme_prints_them():
    """Right, wrong and not known, and both intervals in percent, as the table has them."""
    text = (APP / "README.md").read_text(encoding="utf-8")
    printed = set(re.findall(r"^\| (development|held-out) \| (\w+) \| (.+) \|$", text, re.MULTILINE))
    assert printed == {
        (
            row.half,
            row.level,
            f"{row.right} | {row.wrong} | {row.unknown} | {shown(row.low, row.high)} | {shown(row.sure_low, row.sure_high)}",
        )
        for row in api.accuracy()
    }


def test_what_is_answered_is_right():
    """The promise: a district that is given is the right one, in at least 97 of 100 by the lower end of the interval."""
    for row in api.accuracy():
        if row.level in {"province", "city", "district"}:
            assert row.sure_low >= 0.97, row


def test_a_wrong_answer_is_counted_as_wrong():
    row = dict.fromkeys(LEVELS, "") | {"half": "held-out", "address": "甲", "day": "2020-01-01", "city": "330100"}
    said = api.resolve("浙江省宁波市")
    assert [tuple(one)[:5] for one in measure([row], lambda text, day: said)] == [("held-out", "city", 0, 1, 0)]
