"""A case that moves, two simulated platforms on loopback, and the house as a server that they can ask."""

from __future__ import annotations

import json
from urllib.request import Request, urlopen

import pytest
from django.utils import translation

from qiantang.commons.casework.api import advance
from qiantang.commons.casework.tests.permits import PERMIT, opened, person
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.kernel.actor import Actor
from qiantang.portal.exchange.methods.simulators.serving import running
from qiantang.portal.exchange.services import pushing
from qiantang.portal.exchange.services.platforms import PlatformWanted, add_platform
from qiantang.portal.exchange.types import PlatformKind

SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def home(settings, tmp_path, monkeypatch):
    settings.QIANTANG_HOME = tmp_path
    monkeypatch.setattr("qiantang.portal.exchange.handlers._JOB", "qiantang.portal.exchange.tests.idle.JOB")
    monkeypatch.setattr(CASE_TYPES, "_things", {**CASE_TYPES._things, PERMIT.key: PERMIT})
    with translation.override("en"):
        yield tmp_path


@pytest.fixture
def lin(db):
    return person("lin")


@pytest.fixture
def shen(db):
    return person("shen", "operator")


@pytest.fixture
def gu(db):
    return person("gu", "examiner")


@pytest.fixture
def settled(django_capture_on_commit_callbacks):
    """Do something, and with it what its commit sets off."""

    def do(act, *given, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*given, **named)

    return do


@pytest.fixture
def moved(lin, gu, settled):
    """A case with three events: opened, handed in, sent back. Returns its number."""

    def do():
        number = settled(opened, lin).number
        settled(advance, actor=lin, number=number, action="submit", facts={})
        settled(advance, actor=gu, number=number, action="request_amendment", note="机密内容 confidential", facts={})
        return number.replace("-", "")

    return do


def entered(shen, server, kind=PlatformKind.CITY, **more):
    told = {"key": server.kind, "title": server.kind, "kind": kind, "url": f"{server.address}/events"}
    return add_platform(actor=shen, wanted=PlatformWanted(**(told | more)))


def state_of(server):
    with urlopen(f"{server.address}/state", timeout=5) as answer:
        return json.loads(answer.read())


def control(server, **told):
    urlopen(Request(f"{server.address}/control", data=json.dumps(told).encode(), method="POST"), timeout=5).close()


def known_keys(server):
    """Hand the simulator the keys, as it would fetch them from /api/v1/event-keys."""
    from qiantang.portal.exchange.selectors.feed import key_set

    server.received.keys.update({one["kid"]: one for one in key_set()})


@pytest.fixture
def brain():
    with running("city-brain", house="http://127.0.0.1:1") as server:
        yield server


@pytest.fixture
def firms():
    with running("enterprise", house="http://127.0.0.1:1") as server:
        yield server


def push(now=None):
    return pushing.push_due(actor=SYSTEM, now=now)
