"""Every column of a room's tables that could hold a person or a content is declared: emptied at the disposal of its case, or counted on."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from qiantang.commons.casework.methods.retention import retention_rules
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.commons.casework.types.keeping import KEEPINGS, keeping_of

pytestmark = pytest.mark.feature("X-18")
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
PEOPLE = {"accounts.Account", "accounts.Organisation"}


def leads_to_case(model, seen=frozenset()):
    """Whether rows of a model belong to a case, by themselves or through another row of the room; what may name one need not."""
    for one in model._meta.get_fields():
        if isinstance(one, models.ForeignKey) and not one.null and one.related_model not in seen:
            if one.related_model._meta.label == "casework.Case":
                return True
            same_room = one.related_model._meta.app_label == model._meta.app_label
            if same_room and leads_to_case(one.related_model, seen | {model}):
                return True
    return False


def could_name(one):
    if isinstance(one, models.ForeignKey):
        return one.related_model._meta.label in PEOPLE
    return isinstance(one, TEXTS)


def belonging():
    return [model for model in apps.get_models() if model._meta.app_label != "casework" and leads_to_case(model)]


def tables():
    return {table.model: table for keeping in KEEPINGS for table in keeping.tables}


@pytest.mark.parametrize("model", belonging(), ids=lambda model: model._meta.label)
def test_every_table_of_a_case_says_what_goes_and_what_stays(model):
    table = tables().get(model._meta.label)
    assert table is not None, "no KeptTable for it in the workflow/keeping.py of its room"
    if table.removed:
        return
    named = {one.name for one in model._meta.get_fields() if one.concrete and could_name(one)}
    assert named - set(table.emptied) - table.stays == set(), "neither emptied nor counted on"
    assert set(table.emptied) & table.stays == set()


@pytest.mark.parametrize("table", tables().values(), ids=lambda table: table.model)
def test_what_is_declared_is_there_and_can_be_done(table):
    model = apps.get_model(table.model)
    columns = {one.name: one for one in model._meta.get_fields() if one.concrete}
    assert set(table.emptied) | table.stays | set(table.opened) <= set(columns)
    for name, value in table.emptied.items():
        assert value is not None or columns[name].null, f"{name} cannot be empty"
    str(model._default_manager.filter(**{table.case: 1}).query)  # the way to the case is one
    assert not table.folder or {table.digest, table.name} <= set(columns)


def test_every_kind_of_case_of_a_room_has_its_keeping_and_its_time():
    kinds = {kind.key for kind in CASE_TYPES}
    assert {kind for kind in kinds if keeping_of(kind) is None} == set()
    assert kinds - {kind for rule in retention_rules() for kind in rule.kinds} == set()
    assert {kind for keeping in KEEPINGS for kind in keeping.kinds} <= kinds
