"""A small demo city, loaded once for the tests of this room."""

from __future__ import annotations

import pytest

from qiantang.corpus.ingest.api import load_paths
from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.kernel.actor import Actor
from qiantang.scenarios.monitoring.services.keeping import keep_movements

PATENTS = 3_000


@pytest.fixture(scope="session")
def monitored_home(tmp_path_factory):
    place = tmp_path_factory.mktemp("monitored")
    generate(place / "synthetic", patents=PATENTS)
    return place


@pytest.fixture
def city(monitored_home, settings, db):
    settings.QIANTANG_HOME = monitored_home
    if not (monitored_home / "register").is_dir():
        load_paths(sorted((monitored_home / "synthetic").glob("*.arrows")))
    keep_movements(actor=Actor.system("test"))  # as the job does after a load
    return monitored_home


@pytest.fixture
def nothing(tmp_path, settings, db):
    settings.QIANTANG_HOME = tmp_path
    return tmp_path
