"""People of both sides, a firm, and the kind of case of the tests."""

from __future__ import annotations

import pytest
from django.utils import translation

from qiantang.commons.accounts.types import MANDATE_SCOPES, MandateScope
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.commons.events.api import SUBSCRIPTIONS, Subscription, deliver_pending

from .permits import PERMIT, person


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    scope = MandateScope(key="test.file", title="file")
    monkeypatch.setattr(MANDATE_SCOPES, "_things", {**MANDATE_SCOPES._things, "test.file": scope})
    monkeypatch.setattr(CASE_TYPES, "_things", {**CASE_TYPES._things, PERMIT.key: PERMIT})


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def lin(db):
    return person("lin")


@pytest.fixture
def gu(db):
    return person("gu", "examiner")


@pytest.fixture
def shen(db):
    return person("shen", "supervisor")


@pytest.fixture
def stranger(db):
    return person("stranger")


@pytest.fixture
def events(monkeypatch, db):
    """What was published under a name so far, as payloads: heard by a handler of the tests' own."""
    heard = []
    names = ("casework.case.advanced", "casework.clock.run_out")
    kept = {
        name: Subscription(name, f"test.{name}", lambda told: heard.append((told.name, told.payload))) for name in names
    }
    monkeypatch.setattr(SUBSCRIPTIONS, "_things", {**SUBSCRIPTIONS._things, **kept})

    def published(name):
        deliver_pending()
        return [payload for known, payload in heard if known == name]

    return published
