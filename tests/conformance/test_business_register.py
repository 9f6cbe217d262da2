"""What every adapter of the business register does."""

from __future__ import annotations

import json

import pytest

from qiantang.engines.business_register import port

KNOWN, UNKNOWN = "913301067996550582", "91330100MA2DEM0A1X"
ADAPTERS = ["qiantang.engines.business_register.simulator.SimulatedRegister"]


@pytest.fixture(params=ADAPTERS)
def register(request, tmp_path):
    return port.load(request.param, folder=tmp_path / "contested")


def test_a_firm_is_found_by_its_code_and_an_unknown_one_is_none(register):
    found = register.company(KNOWN)
    assert (found.uscc, bool(found.name), found.as_of.year >= 2000) == (KNOWN, True, True)
    assert register.company(UNKNOWN) is None


def test_what_is_contested_twice_under_one_reference_is_handed_over_once(register, tmp_path):
    told = {"uscc": KNOWN, "field": "name", "value": "x", "said": "y", "why": "renamed"}
    first = register.contest(reference="Q-1", **told)
    assert register.contest(reference="Q-1", **told) == first
    assert register.contest(reference="Q-2", **told) != first
    kept = [json.loads(one.read_text("utf-8")) for one in (tmp_path / "contested").iterdir()]
    assert sorted(one["reference"] for one in kept) == ["Q-1", "Q-2"]
