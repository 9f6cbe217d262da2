"""A small land of medicine, loaded once; people of the house."""

from __future__ import annotations

import shutil

import pytest

from qiantang.commons.accounts.api import create_account
from qiantang.kernel.actor import Actor

from .land import patents, settle

SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"


@pytest.fixture(scope="session")
def land_home(tmp_path_factory):
    place = tmp_path_factory.mktemp("land")
    settle(place, "first", patents())
    return place


@pytest.fixture
def land(land_home, tmp_path, settings):
    """The land in a home of its own, so that more may be loaded."""
    home = tmp_path / "home"
    shutil.copytree(land_home, home)
    settings.QIANTANG_HOME = home
    return home


def person(name, *roles):
    made = create_account(actor=SYSTEM, username=name, display_name=name.title(), password=PASSWORD, roles=roles)
    return Actor(person_id=made.id, name=made.display_name, roles=frozenset(roles))


@pytest.fixture
def lin(db):
    return person("lin", "analyst")


@pytest.fixture
def shen(db):
    return person("shen")
