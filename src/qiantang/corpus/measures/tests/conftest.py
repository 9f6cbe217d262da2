"""A small demo city, counted by the metrics and known by its own truth."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.corpus.ingest.services.loading import load_paths
from qiantang.corpus.register.selectors import view


@pytest.fixture(scope="session")
def city_home(tmp_path_factory):
    """A home with 3,000 synthetic patents, and the folder of their truth below it."""
    place = tmp_path_factory.mktemp("city")
    generate(place / "synthetic", patents=3_000)
    return place


@pytest.fixture
def city(city_home, settings, db):
    """The home of the city: not to be written. Returns its ground truth, one row a patent."""
    settings.QIANTANG_HOME = city_home
    view._opened.cache_clear()
    if not (city_home / "register").is_dir():
        load_paths(sorted((city_home / "synthetic").glob("*.arrows")))
    yield pq.read_table(city_home / "synthetic" / "ground-truth-patents.parquet").to_pylist()
    view._opened.cache_clear()
