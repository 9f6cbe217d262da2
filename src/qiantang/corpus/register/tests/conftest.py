"""Homes for the tests of the register."""

from __future__ import annotations

import pytest

from qiantang.corpus.register.selectors import view

from .shelf import everything, stock


@pytest.fixture
def home(tmp_path, settings):
    """An empty home of this test's own."""
    settings.QIANTANG_HOME = tmp_path
    yield tmp_path
    view._opened.cache_clear()


@pytest.fixture(scope="session")
def stocked_home(tmp_path_factory):
    place = tmp_path_factory.mktemp("stocked")
    stock(place, *everything())
    return place


@pytest.fixture
def stocked(stocked_home, settings):
    """The home with everything of the shelf: not to be written."""
    settings.QIANTANG_HOME = stocked_home
    return stocked_home
