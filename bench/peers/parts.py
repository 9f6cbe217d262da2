"""What the peers have in common: a question, an answer, and how often a question is asked."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from peers.corpus import Corpus

Ask = tuple[str, ...]  # the parts of one question; what they mean depends on its kind


class Answer(NamedTuple):
    """``seconds`` is the best of the times it was asked. ``facets`` as ``facets_told`` writes them; empty elsewhere."""

    seconds: float
    total: int
    facets: str = ""


class Built(NamedTuple):
    """An index was built: seconds of the clock, CPU of the indexing, CPU of making the patents (not in the former)."""

    wall_s: float
    cpu_s: float
    making_cpu_s: float
    disk_bytes: int
    memory_mb: int


class Peer(Protocol):
    name: str

    def build(self, corpus: Corpus, patents: int) -> Built: ...

    def round(self, kind: str, asks: Sequence[Ask], times: int) -> list[Answer]:
        """Ask each question so many times, one after the other; KeyError where this engine cannot be asked so."""

    def close(self) -> None: ...


def in_rounds(
    way: Callable[[Any, Ask], Any], engine: Any, asks: Sequence[Ask], times: int, told: Callable[[Any], tuple[int, str]]
) -> list[Answer]:
    """For engines in this process: the clock stands around the call alone."""
    best = [float("inf")] * len(asks)
    answers: list[Any] = [None] * len(asks)
    clock = time.perf_counter
    for _ in range(times):
        for place, ask in enumerate(asks):
            start = clock()
            answers[place] = way(engine, ask)
            best[place] = min(best[place], clock() - start)
    return [Answer(seconds, *told(answer)) for seconds, answer in zip(best, answers, strict=True)]


def facets_told(counted: Mapping[str, Sequence[tuple[str, int]]]) -> str:
    """``year=2019:4,2020:2;subclass=…``: the ten most frequent values of each, equal counts by ascending value."""
    return ";".join(
        f"{name}=" + ",".join(f"{value}:{count}" for value, count in counts) for name, counts in counted.items()
    )


def folder_bytes(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def peak_memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def memory_mb() -> int:
    """What the process holds now, mapped files included."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() >> 20


class Absent(Exception):
    """Says what is missing."""
