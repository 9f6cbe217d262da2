"""A home of its own, read in English, and the people of a case in it; where another is needed, the file says so."""

from __future__ import annotations

import pytest
from django.utils import translation

from .people import House


@pytest.fixture
def in_english(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path
    with translation.override("en"):
        yield


@pytest.fixture
def house():
    return House()
