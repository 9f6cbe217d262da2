"""A stocked home and an empty one for the tests of the search desk."""

from __future__ import annotations

import pytest

from qiantang.corpus.register.tests.shelf import everything, stock


@pytest.fixture(scope="session")
def shelf_home(tmp_path_factory):
    place = tmp_path_factory.mktemp("shelf")
    stock(place, *everything())
    return place


@pytest.fixture
def stocked(shelf_home, settings):
    settings.QIANTANG_HOME = shelf_home
    return shelf_home


@pytest.fixture
def empty(tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path
    return tmp_path
