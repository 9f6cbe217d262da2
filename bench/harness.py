"""What every bench shares: sizes, a throw-away home, pairs in one run, and results with the machine's description.

A bench compares two ways of doing the same work, in turn, in one process run, and reports the ratio: machines differ and
drift, ratios hold. What is timed is CPU time of the whole process, all threads, because the machine may have other work;
where a person waits, wall time stands beside it. ``--smoke`` runs it small and keeps nothing; a full run writes
``bench/results/<name>.json``. Whether a claim held is told as ``met``, of full runs only; no number makes a bench fail.
"""

from __future__ import annotations

import argparse
import atexit
import json
import logging
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

import django

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
P, R = ParamSpec("P"), TypeVar("R")


@dataclass(frozen=True, slots=True)
class Asked:
    """How large a run is wanted."""

    smoke: bool

    def size(self, full: int, smoke: int) -> int:
        return smoke if self.smoke else full


def asked() -> Asked:
    parser = argparse.ArgumentParser()
    parser.add_argument("--smoke", action="store_true", help="run small, keep no result")
    return Asked(smoke=parser.parse_args().smoke)


def _settled() -> Path:
    """Set up the platform's settings with a home of the bench's own, and return that home.

    Settings are read once a process, so this happens when the bench begins: import this module before anything of
    ``qiantang``. The home stands in the system's temporary folder and is gone at the end (on one in memory a full run
    wants 5 GB); one that is named by QIANTANG_BENCH_HOME stays.
    """
    named = os.environ.get("QIANTANG_BENCH_HOME")
    if named:
        home = Path(named)
    else:
        folder = tempfile.mkdtemp(prefix="qiantang-bench-")
        Path(folder).chmod(0o711)  # a database server of root runs as somebody else, and must get through to its place
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        home = Path(folder) / "home"
    if "OFFICE_LOAD_ONE" not in os.environ:  # that bench brings a server of its own
        os.environ.pop("QIANTANG_DATABASE_URL", None)
    os.environ |= {"QIANTANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "qiantang.config.settings.dev"}
    logging.disable(logging.INFO)
    django.setup()
    return home


HOME = _settled()


class Spent(NamedTuple):
    """Seconds of one piece of work: of the clock, and of all threads of the process together."""

    wall: float
    cpu: float

    def told(self) -> dict[str, float]:
        return {"wall_s": round(self.wall, 2), "cpu_s": round(self.cpu, 2)}


def timed(work: Callable[P, R], *given: P.args, **named: P.kwargs) -> tuple[Spent, R]:
    """What one run of the work costs, and what it gave."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work(*given, **named)
    return Spent(time.perf_counter() - wall, time.process_time() - cpu), result


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50 and p95 in milliseconds."""
    ordered = sorted(seconds)
    return {
        "p50_ms": round(statistics.median(ordered) * 1e3, 4),
        "p95_ms": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))] * 1e3, 4),
    }


def both_percentiles(spent: Sequence[Spent]) -> dict[str, dict[str, float]]:
    """p50 and p95 of the CPU time and of the wall time."""
    return {"cpu": percentiles([one.cpu for one in spent]), "wall": percentiles([one.wall for one in spent])}


def machine() -> dict[str, Any]:
    with Path("/proc/cpuinfo").open() as stream:
        models = [line.partition(":")[2].strip() for line in stream if line.startswith("model name")]
    return {
        "cpu": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "python": platform.python_version(),
        "system": platform.system(),
        "load_average": [round(x, 1) for x in os.getloadavg()],
    }


def tell(name: str, wanted: Asked, result: dict[str, Any], *, met: bool) -> None:
    """Print the result; keep it where the run was full. A claim is one about the full size: a smoke run leaves it open."""
    told = {
        "bench": name,
        "at": datetime.now(UTC).date().isoformat(),
        "smoke": wanted.smoke,
        "met": None if wanted.smoke else met,
        **result,
    }
    print(json.dumps(told, ensure_ascii=False, indent=2), flush=True)
    if not wanted.smoke:
        RESULTS.mkdir(exist_ok=True)
        kept = json.dumps({**told, "machine": machine()}, ensure_ascii=False, indent=2)
        (RESULTS / f"{name}.json").write_text(kept + "\n", "utf-8")
