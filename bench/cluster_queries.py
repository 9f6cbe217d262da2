"""A cluster of three OpenSearch nodes beside the embedded engine: the same documents, the same queries, one machine.

No claim: three JVMs on the cores of one machine cannot show what a cluster is for. What this tells is what one pays for
the network, the merging of shards and the second copy, so that nobody moves too early.

Both engines are asked through the search port, kind by kind, in turn: wall time, as a person waits, and the CPU time of a
query, that of the nodes included. Counts must be equal. Index rate: documents a second of the clock, and of all CPU time that this process and the nodes spend on it.
Without a cluster it starts one (``tools.cluster``); a smoke run does not, and is skipped.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from harness import HOME, ROOT, Spent, asked, percentiles, tell, timed
from registers import city_register
from search_queries import mixed_queries

from qiantang.corpus.register.api import intake, parse, register
from qiantang.corpus.register.methods.documents import documents
from qiantang.corpus.register.search import INDEX
from qiantang.corpus.register.selectors.searching import compiled
from qiantang.corpus.register.types import RECORD_SCHEMA
from qiantang.engines.search.opensearch import OpenSearchEngine
from qiantang.engines.search.port import Document, Everything, FacetRequest, Query, SearchEngine, Sort
from qiantang.engines.search.tantivy import TantivyEngine
from qiantang.kernel.paging import PageRequest

FIRST = PageRequest(0, 10)
FACETS = tuple(FacetRequest(name) for name in ("filing_year", "ipc_subclass", "applicant_whole"))
_TICKS = os.sysconf("SC_CLK_TCK")


class Question(NamedTuple):
    kind: str
    query: Query
    page: PageRequest = FIRST
    sort: Sort | None = None
    facets: tuple[FacetRequest, ...] = ()


def nodes_cpu() -> float:
    """CPU seconds that the nodes have spent so far."""
    nodes = json.loads(Path(os.environ["QIANTANG_TEST_CLUSTER_NODES"]).read_text())
    told = [Path(f"/proc/{one['pid']}/stat").read_text().rpartition(")")[2].split() for one in nodes]
    return sum(int(one[11]) + int(one[12]) for one in told) / _TICKS


def fill(engine: SearchEngine, batches: Sequence[Sequence[Document]]) -> tuple[Spent, float]:
    """What writing all documents costs this process, and the nodes."""

    def write() -> None:
        with engine.writer(fresh=True) as writer:
            for batch in batches:
                writer.add(batch)
            writer.commit(1)

    before = nodes_cpu()
    spent, _ = timed(write)
    return spent, nodes_cpu() - before


def questions() -> list[Question]:
    """The mixed queries of the other benches, then what they leave out."""
    searcher, schema = _embedded_index()
    mixed = [(one.kind, compiled(parse(one.text))) for one in mixed_queries(searcher, schema)]
    some = [query for kind, query in mixed if kind.endswith("common")]
    found = [Question(kind.partition(",")[0], query) for kind, query in mixed]
    found += [Question("by date", query, sort=Sort("filing_day")) for query in some]
    found += [Question("three facets", query, facets=FACETS) for query in some[:8]]
    found += [Question("page 500", query, page=PageRequest(4_990, 10)) for query in some]
    found += [Question("facets of all", Everything(), facets=FACETS)]
    near = ("电池 NEAR5 装置", "系统 ADJ3 方法", "控制 NEAR10 温度", "数据 ADJ5 处理")
    wild = ("comput*", "TA=batter*", "TI=syst?m", "TA=(meth* NEAR5 comput*)")
    found += [Question("nearness", compiled(parse(text))) for text in near]
    found += [Question("wildcard", compiled(parse(text))) for text in wild]
    return found


def _embedded_index() -> tuple[Any, Any]:
    engine = register().search
    assert isinstance(engine, TantivyEngine)
    return engine._searcher(), engine._native_schema  # noqa: SLF001 - as the raw side of the other benches reads it


def ask(engine: SearchEngine, one: Question) -> int:
    return engine.search(one.query, page=one.page, sort=one.sort, facets=one.facets).total


def measure(engines: dict[str, SearchEngine], asked_for: list[Question], rounds: int) -> dict[str, Any]:
    kinds: dict[str, list[Question]] = defaultdict(list)
    for one in asked_for:
        kinds[one.kind].append(one)
        totals = {ask(engine, one) for engine in engines.values()}  # first touches; and both must find the same
        if len(totals) != 1:
            raise AssertionError(f"{one.kind}: {totals} hits")
    wall: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    cpu: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for _ in range(rounds):
        for kind, questions_of_kind in kinds.items():
            for name, engine in engines.items():
                before = nodes_cpu()
                spent = [timed(ask, engine, one)[0] for one in questions_of_kind]
                wall[kind][name] += [one.wall for one in spent]
                cpu[kind][name] += sum(one.cpu for one in spent) + (nodes_cpu() - before) * (name == "cluster")
    return {
        kind: {
            **{name: {**percentiles(times), "cpu_ms": _each(cpu[kind][name], times)} for name, times in by.items()},
            "cluster_to_embedded_p50": round(median(by["cluster"]) / median(by["embedded"]), 1),
        }
        for kind, by in wall.items()
    }


def _each(seconds: float, asked_for: Sequence[float]) -> float:
    """Milliseconds of CPU time for one of so many queries, the nodes' included."""
    return round(seconds / len(asked_for) * 1e3, 2)


def run(patents: int, rounds: int) -> dict[str, Any]:
    city_register(HOME.with_name("city"), patents)
    here = register()
    intake.advance_index(here)
    asked_for = questions()
    _, view = here.current()
    batches = [documents(rows) for rows in view.scan("records", RECORD_SCHEMA.names)]
    url = f"{os.environ['QIANTANG_TEST_CLUSTER']}/bench-{secrets.token_hex(4)}"
    engines: dict[str, SearchEngine] = {
        "embedded": TantivyEngine(INDEX, HOME.with_name("embedded")),
        "cluster": OpenSearchEngine(INDEX, HOME.with_name("cluster"), url=url),
    }
    count = sum(map(len, batches))
    writing = {name: fill(engine, batches) for name, engine in engines.items()}
    rates = {
        name: {
            "documents_a_second": round(count / spent.wall),
            "documents_a_cpu_second": round(count / (spent.cpu + (nodes if name == "cluster" else 0))),
        }
        for name, (spent, nodes) in writing.items()
    }
    return {
        "documents": count,
        "nodes": 3,
        "shards": 3,
        "replicas": 1,
        "index_rate": rates,
        "rounds": rounds,
        "queries": measure(engines, asked_for, rounds),
    }


def report(result: dict[str, Any]) -> None:
    ratios = {kind: told["cluster_to_embedded_p50"] for kind, told in result["queries"].items()}
    print("cluster / embedded, p50: " + ", ".join(f"{kind} {ratio}" for kind, ratio in ratios.items()))


def main() -> None:
    wanted = asked()
    if "QIANTANG_TEST_CLUSTER" not in os.environ:
        begin = [sys.executable, "-m", "tools.cluster"]
        missing = subprocess.run([*begin, "--find"], cwd=ROOT, capture_output=True, text=True, check=False).stderr
        if wanted.smoke or missing:
            print(f"cluster_queries: skipped. {missing.strip() or 'A smoke run starts no cluster.'}")
            return
        os.chdir(ROOT)
        os.environ["QIANTANG_TEST_CLUSTER_JVM"] = "-XX:+TieredCompilation"  # as a server runs
        os.execv(sys.executable, [*begin, sys.executable, __file__])  # noqa: S606 - ourselves, beside a cluster
    result = run(wanted.size(30_000, 1_500), wanted.size(10, 2))
    report(result)
    tell("cluster_queries", wanted, result, met=True)


if __name__ == "__main__":
    main()
