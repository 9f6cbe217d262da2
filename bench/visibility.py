"""How soon a new patent is found once its load has ended, beside a bare commit of tantivy.

Claim: at most 2 s from the end of the load to the first search that finds it, in a register of 300,000 patents.

A load brings one new patent; when it has been published the clock starts. Ours: the index follows (``advance_index``:
what changed is looked up, its document is made, the writer is opened, commits, waits for merges), then the search of the
service asks for a word of the new title until it is found. Bare: a copy of the same index opened past the house; a writer
that is open already adds the same document ready made and commits, the searcher is opened anew and asked. Both in turn,
load by load; wall time, as a person waits, and CPU beside it.
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from statistics import median
from typing import Any

import tantivy
from growing import City, copied, grow
from growing import city as city_of
from harness import HOME, Spent, asked, both_percentiles, tell, timed
from registers import DAY

from qiantang.corpus.register.api import intake, register, search
from qiantang.corpus.register.methods.batches import to_arrow
from qiantang.corpus.register.types import Event, Observation, SearchRequest, Text
from qiantang.engines.search.tantivy.translate import CARD, ID, native_schema, prepare

GOAL_S = 2.0
WORD = "可见标记"


def _load(number: int, patent_id: str) -> None:
    """One load with one new patent."""
    here = register()
    made = Observation(row=1, office="CN", as_of=DAY, application_number=patent_id)
    made.texts.append(Text("title", "zh", f"一种{WORD}{number}的装置"))
    made.events.append(Event("GR01", DAY, DAY, "授权"))
    with intake.begin_load(here.place, here.lake, day=DAY) as load:
        load.begin_source(
            name=f"new {number}", digest=f"{time.time_ns():064d}", size_bytes=0, reader="bench", reader_version=1, rank=2,
            synthetic=True,
        )  # fmt: skip
        load.staging.add(to_arrow([made], [[f"a:{patent_id[:14]}"]]))
        load.staging.finish()
        load.publish()


def _ours(number: int) -> None:
    intake.advance_index(register())
    while search(SearchRequest(query=f"TI={WORD}{number}")).total != 1:
        time.sleep(0.01)


class _Bare:
    """A copy of the index with a writer that stays open."""

    def __init__(self, copy: Path) -> None:
        place = register().place.index
        generation = json.loads((place / "state.json").read_text())["generation"]
        shutil.copytree(place / generation, copy)
        self._index = prepare(tantivy.Index.open(str(copy)))
        self._schema = native_schema(register().search.schema)
        self._writer = self._index.writer(256_000_000, 1)

    def __call__(self, number: int) -> None:
        told = {ID: f"new {number}", CARD: "", "title": f"{WORD}{number}", "known": ["title"]}
        self._writer.add_document(tantivy.Document.from_dict(told, self._schema))
        self._writer.commit()
        self._index.reload()
        found: Any = self._index.searcher().search(
            tantivy.Query.term_query(self._schema, "title", f"{WORD}{number}"), limit=10, count=True
        )
        if found.count != 1:
            raise AssertionError(f"{found.count} found")


def measure(city: City, copies: int, times: int, bare: _Bare) -> tuple[list[Spent], list[Spent]]:
    fresh = copied(city, copies, 0, times + 1).column("patent_id").to_pylist()
    ours, other = [], []
    for number, patent_id in enumerate(fresh):
        _load(number, patent_id)
        ours.append(timed(_ours, number)[0])
        other.append(timed(bare, number)[0])
    return ours[1:], other[1:]  # the first touches files for the first time


def run(folder: Path, patents: int, times: int) -> tuple[dict[str, object], bool]:
    folder.mkdir(parents=True, exist_ok=True)
    city = city_of(folder, min(30_000, patents // 3))
    grow(city, patents)
    bare = _Bare(HOME.with_name("bare"))
    manifest = register().manifest()
    held = manifest.patents if manifest else 0
    ours, other = measure(city, held // city.records.num_rows, times, bare)
    slowest = max(one.wall for one in ours)
    result = {
        "patents": held,
        "loads": len(ours),
        "goal_s": GOAL_S,
        "slowest_s": round(slowest, 3),
        "ours": both_percentiles(ours),
        "bare_commit": both_percentiles(other),
        "ours_to_bare_wall": round(median(one.wall for one in ours) / median(one.wall for one in other), 2),
        "ours_to_bare_cpu": round(median(one.cpu for one in ours) / median(one.cpu for one in other), 2),
    }
    return result, slowest <= GOAL_S


def main() -> None:
    wanted = asked()
    result, met = run(HOME.with_name("city"), wanted.size(300_000, 3_000), wanted.size(20, 3))
    tell("visibility", wanted, result, met=met)


if __name__ == "__main__":
    main()
