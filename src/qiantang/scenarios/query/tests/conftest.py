"""A stocked home and an empty one for the tests of the search desk."""

from __future__ import annotations

import pytest
from django.utils import translation

from qiantang.corpus.register.tests.shelf import everything, stock

from .keeping import person


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


@pytest.fixture
def in_english():
    """Words are compared in English, whatever language a page of another test was read in."""
    with translation.override("en"):
        yield


@pytest.fixture
def lin(db):
    return person("lin")
