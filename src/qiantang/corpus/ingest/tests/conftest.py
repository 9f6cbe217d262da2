"""Homes and people for the tests of ingest."""

from __future__ import annotations

import pytest

from qiantang.commons.accounts.api import create_account
from qiantang.kernel.actor import Actor

PASSWORD = "seven quiet rivers"


@pytest.fixture
def home(tmp_path, settings):
    """An empty home of this test's own, beside a folder for its files."""
    settings.QIANTANG_HOME = tmp_path / "home"
    return settings.QIANTANG_HOME


@pytest.fixture
def files(tmp_path):
    """The folder that is loaded."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


@pytest.fixture
def person(db):
    return create_account(actor=Actor.system("test"), username="shen", display_name="Shen", password=PASSWORD)


@pytest.fixture
def operator(db):
    return create_account(
        actor=Actor.system("test"), username="lu", display_name="Lu", password=PASSWORD, roles=["operator"]
    )


@pytest.fixture
def as_person(client, person):
    client.post("/sign-in", {"username": "shen", "password": PASSWORD})
    return client


@pytest.fixture
def as_operator(client, operator):
    client.post("/sign-in", {"username": "lu", "password": PASSWORD})
    return client
