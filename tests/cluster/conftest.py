"""Tests on a real OpenSearch cluster: three node processes on loopback. Only ``./run test --cluster`` collects them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conformance.engines import CLUSTER, OPENSEARCH, gone, made

collect_ignore_glob = [] if CLUSTER else ["test_*.py"]


@pytest.fixture
def engine_of(tmp_path):
    """Makes an engine of the cluster for a schema, with an index of its own."""

    engines = []

    def make(schema, **options):
        engines.append(made(OPENSEARCH, schema, tmp_path, **options))
        return engines[-1]

    yield make
    gone(*engines)


@pytest.fixture
def nodes():
    """The nodes as they are now: name, url, pid."""
    return lambda: json.loads(Path(os.environ["QIANTANG_TEST_CLUSTER_NODES"]).read_text())
