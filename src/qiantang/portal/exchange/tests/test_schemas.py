"""The registry: what is shipped is sound, and a breaking change of a schema is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qiantang.portal.exchange.methods import schemas

pytestmark = pytest.mark.feature("X-28")
STEP = schemas.newest("case.advanced")


def out(version, **fields):
    """A further version of the steps, as its author would put it out."""
    made = replace(STEP, version=version, fields=fields or dict(STEP.fields))
    return replace(made, digest=made.true_digest)


def defects(*more):
    return schemas.registry_defects([*schemas.registry(), *more])


def test_the_registry_as_shipped_is_sound():
    assert defects() == ()


def test_a_field_may_be_added():
    assert defects(out("1.1", **STEP.fields, waits_for="text?")) == ()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({name: kind for name, kind in STEP.fields.items() if name != "target"}, "target is gone"),
        ({**STEP.fields, "closed": "text"}, "closed was truth and is text"),
        ({**STEP.fields, "target": "text?"}, "target may be null"),
    ],
)
def test_a_breaking_change_is_refused_under_the_same_type_and_taken_as_another(fields, said):
    assert any(said in one for one in defects(out("1.1", **fields)))
    assert defects(out("2.0", **fields)) == ()
    assert out("2.0", **fields).event_type != STEP.event_type


def test_a_version_that_is_out_is_not_changed():
    others = [one for one in schemas.registry() if one is not STEP]
    changed = replace(STEP, fields={**STEP.fields, "more": "text"})
    assert any("was changed" in one for one in schemas.registry_defects([*others, changed]))


@pytest.mark.parametrize("field", ["name", "note", "person"])
def test_content_and_people_are_no_fields(field):
    assert any("would be content" in one for one in defects(out("1.1", **STEP.fields, **{field: "text"})))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"closed": "yes"}, "closed is no truth"),
        ({"number": None}, "number is no text"),
        ({"note": "x"}, "note is not declared"),
    ],
)
def test_an_event_that_does_not_fit_is_told_why(data, said):
    told = {**dict.fromkeys(STEP.fields, "x"), "closed": True, **data}
    assert said in schemas.data_faults(STEP, told)
