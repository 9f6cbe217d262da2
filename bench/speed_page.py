"""Writes the figures of search in docs/explanation/speed.md from the results of the benches: ``python bench/speed_page.py``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- figures: written by bench/speed_page.py -->", "<!-- end of figures -->"
_NAMES = {"ours": "Qiantang", "bare": "tantivy alone", "lucene": "Lucene", "fts5": "FTS5", "postgresql": "PostgreSQL"}


def _result(name: str) -> dict[str, Any] | None:
    path = ROOT / "bench" / "results" / f"{name}.json"
    told: dict[str, Any] | None = json.loads(path.read_text("utf-8")) if path.exists() else None
    return told


def _peers(told: Mapping[str, Any]) -> Iterator[str]:
    load = told["machine"]["load_average"][0]
    for stage in told["stages"]:
        kinds = stage["kinds"]
        names = [name for name in _NAMES if any(name in one for one in kinds.values())]
        yield f"### {stage['patents']:,} patents\n"
        yield (
            f"{told['at']}, {told['machine']['cores']} cores, load average {load}; p50 in ms, in brackets how many times as long"
            " as Qiantang. **Bold**: a goal that is not met. A dash: cannot be asked so.\n"
        )
        yield "| question | " + " | ".join(_NAMES[name] for name in names) + " |"
        yield "| --- |" + " --- |" * len(names)
        for kind, one in kinds.items():
            yield f"| {kind} | " + " | ".join(_cell(one, name) for name in names) + " |"
        yield ""
        for name, built in stage["built"].items():
            disk = built["disk_bytes"] / 1e9
            yield f"- Index of {_NAMES[name]}: {built['cpu_s']:.0f} CPU seconds, {disk:.2f} GB."
        yield from (f"- {_NAMES[name]} was absent: {why}." for name, why in stage["absent"].items())
        yield ""
    wrong = told["wrong_counts"]
    yield f"Counts that differ from those of going through all patents: {'; '.join(wrong) if wrong else 'none'}.\n"


def _cell(told: Mapping[str, Any], name: str) -> str:
    if name not in told:
        return "–"
    times, goal = told["times_ours"].get(name), told["goals"].get(name)
    shown = f"{told[name]['p50_ms']:.3g}" + (f" ({times:g}×)" if times else "")
    return f"**{shown}**" if goal and not goal["met"] else shown


def _growth(told: Mapping[str, Any]) -> Iterator[str]:
    yield "### Growth\n"
    for size, one in told["sizes"].items():
        if isinstance(one, str):
            yield f"- {int(size):,} patents: {one}."
            continue
        kinds = "; ".join(
            f"{kind} {each['ours']['p50_ms']:.3g}" for kind, each in one["kinds"].items() if "ours" in each
        )
        yield (
            f"- {int(size):,} patents: {one['index_gb']} GB, {one['added_cpu_s']} CPU seconds for what was added,"
            f" {one['memory_mb']['after']} MB in the end; p50 in ms: {kinds}."
        )
    yield ""


def _visibility(told: Mapping[str, Any]) -> Iterator[str]:
    yield "### A new patent is found\n"
    yield (
        f"{told['patents']:,} patents, {told['loads']} loads of one, load average {told['machine']['load_average'][0]}: typically"
        f" {told['ours']['wall']['p50_ms'] / 1e3:.2f} s, at most {told['slowest_s']:.2f} s after the load's end (goal"
        f" {told['goal_s']:g} s); a bare commit of tantivy {told['bare_commit']['wall']['p50_ms'] / 1e3:.2f} s.\n"
    )


def _fuzz(told: Mapping[str, Any]) -> Iterator[str]:
    yield "### The parser, fuzzed\n"
    yield (
        f"{told['cases']:,} queries in {told['cpu_s'] / 60:.0f} CPU minutes, {told['ends'].get('parsed', 0):,} of them parsed:"
        f" {told['crashes']} crashes; the slowest took {told['slowest_s']} s.\n"
    )


_PARTS = {"search_peers": _peers, "search_growth": _growth, "visibility": _visibility, "fuzz_query_language": _fuzz}


def main() -> None:
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    lines = [
        line
        for name, part in _PARTS.items()
        if (told := _result(name))
        for line in part(told)
    ]  # fmt: skip
    figures = "\n".join(["", *lines]).rstrip() + "\n\n"
    PAGE.write_text(f"{before}{BEGIN}\n{figures}{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
