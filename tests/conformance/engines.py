"""The search engines that the conformance suite is run on. The cluster is among them where one was started for tests."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from qiantang.engines.search.opensearch.address import Address
from qiantang.engines.search.opensearch.client import Cluster
from qiantang.engines.search.port import IndexSchema, SearchEngine, load

MEMORY = "qiantang.engines.search.memory.MemoryEngine"
TANTIVY = "qiantang.engines.search.tantivy.TantivyEngine"
OPENSEARCH = "qiantang.engines.search.opensearch.OpenSearchEngine"
CLUSTER = os.environ.get("QIANTANG_TEST_CLUSTER", "")  # its address without a name, set by ``tools.cluster``
ADAPTERS = [MEMORY, TANTIVY, *([OPENSEARCH] if CLUSTER else [])]


def made(adapter: str, schema: IndexSchema, place: Path | None, **options: object) -> SearchEngine:
    """An engine with an index of its own; the cluster has one for each place."""
    if adapter != OPENSEARCH:
        return load(adapter, schema=schema, place=place)
    name = f"test-{place.name.strip('_').lower()[:60]}-{uuid4().hex[:8]}" if place else f"test-{uuid4().hex}"
    return load(adapter, schema=schema, place=place, options={"url": f"{CLUSTER}/{name}", **options})


def gone(*engines: SearchEngine) -> None:
    """Remove what engines have in the cluster: the others lie in folders of the tests."""
    for one in engines:
        if hasattr(one, "close"):
            remove(f"{CLUSTER}/{one._store.name}")
            one.close()


def remove(url: str) -> None:
    """Remove an index of the cluster with all that belongs to it."""
    address = Address.parse(url)
    there = Cluster(address)
    there.write("DELETE", f"/{address.name}-*", ignore=(404,))
    there.close()


def examples(number: int) -> int:
    """How many examples of a property are drawn: fewer where each goes over the network to three nodes."""
    return max(15, number // 4) if CLUSTER else number
