"""Everybody who stands in a mediation."""

from __future__ import annotations

import pytest

from qiantang.scenarios.protection.services import access, disputes, mediators, steps
from qiantang.scenarios.protection.tests.people import TABLE, filed, person


@pytest.fixture
def cast(db):
    """Everybody, and a mediation in which both sides have agreed."""
    people = {name: person(name, *roles) for name, *roles in (
        ("lin",), ("he",), ("shen", "supervisor"), ("gu", "case_officer"), ("chen", "mediator"), ("zhou", "mediator"), ("wu", "mediator"),
    )}  # fmt: skip
    assert mediators.import_mediators(actor=people["shen"], table=TABLE) == 4
    number = filed(people["lin"])
    people["number"] = disputes.choose_route(actor=people["lin"], number=number, route="mediation")
    steps.take_step(actor=people["gu"], number=people["number"], action="invite")
    code = access.issue_code(actor=people["gu"], number=people["number"], side="respondent")
    access.join_by_code(actor=people["he"], number=people["number"], code=code.lower())
    steps.take_step(actor=people["he"], number=people["number"], action="agree")
    return people
