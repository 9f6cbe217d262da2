"""Differences between two states: the same as with everything in memory, in any order of events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.scenarios.query.methods import differences as module
from qiantang.scenarios.query.methods.differences import NO_OWNER, Change, Standing, differences, owner_digest

pytestmark = pytest.mark.feature("S3-13")
OWNERS = [NO_OWNER, owner_digest(["甲厂"]), owner_digest(["乙厂"])]
SETS = st.dictionaries(
    st.integers(0, 12).map("CN{:02d}".format),
    st.tuples(st.sampled_from(["granted", "expired"]), st.sampled_from(OWNERS)),
)


def standings(told):
    return [Standing(key, *told[key]) for key in sorted(told)]


@given(before=SETS, register=SETS, hits=st.sets(st.integers(0, 12).map("CN{:02d}".format)))
def test_every_change_is_found_and_nothing_else(before, register, hits):
    now = {key: register[key] for key in hits & register.keys()}

    def standing_of(ids):
        return {key: Standing(key, *register[key]) for key in ids if key in register}

    found = list(differences(standings(before), standings(now), standing_of))
    expected = {(Change.NEW, key) for key in now.keys() - before.keys()}
    for key, (status, owner) in before.items():
        status_now, owner_now = register.get(key, ("", NO_OWNER))
        if status != status_now:
            expected.add((Change.STATUS, key))
        if owner != owner_now and owner and owner_now:
            expected.add((Change.OWNER, key))
    assert {(one.kind, one.patent_id) for one in found} == expected
    assert len(found) == len(expected)
    for one in found:
        if one.kind is Change.STATUS:
            assert (one.before, one.after) == (before[one.patent_id][0], register.get(one.patent_id, ("",))[0])


def test_those_that_left_are_looked_up_in_portions(monkeypatch):
    monkeypatch.setattr(module, "_AT_ONCE", 3)
    asked = []

    def standing_of(ids):
        asked.append(len(ids))
        return {}

    before = [Standing(f"CN{n}", "granted", NO_OWNER) for n in range(10, 18)]
    found = list(differences(before, [], standing_of))
    assert asked == [3, 3, 2]
    assert [one.after for one in found] == [""] * 8


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["甲厂", "乙厂"], ["乙厂", "甲厂"], True),
        (["ＡＢＣ Co."], ["abc co."], True),
        (["甲厂"], ["甲厂", "甲厂"], True),
        (["甲厂"], ["乙厂"], False),
        (["甲厂"], ["甲厂", "乙厂"], False),
        ([], ["甲厂"], False),
    ],
)
def test_an_owner_is_who_it_is_in_any_spelling_and_order(one, other, same):
    assert (owner_digest(one) == owner_digest(other)) is same
