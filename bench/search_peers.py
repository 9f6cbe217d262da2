"""Search beside other engines, ours through its port: Lucene, SQLite FTS5, PostgreSQL, and tantivy without the house.

Claims: at least 1.5 times as fast as Lucene where several conditions meet, for a phrase, deep in the hits and for more
like this, at least 0.7 times on everything else; at least 4 times as fast as FTS5 and 10 times as PostgreSQL wherever
these need more than 2 ms; every count equal to the right one.

The corpus is made up (``peers.corpus``), every engine is given the same tokens, and asked the same 24 questions of each
kind (``peers.questions``). An answer is the exact total and the ids and cards of ten hits, from all of them; facets and
more like this as their kind says. The right totals and facets come from going through all patents (``peers.truth``).

The engines take turns, round by round, each on its own clock in its own process, with one thread a question. Of each
question the best time of all rounds counts, on every side alike, because the machine may have other work. Lucene chooses
the fastest of several ways to ask a kind when it is warmed up, and tells which. Indexes are built first, in turn; the home
of a bench that is named by QIANTANG_BENCH_HOME keeps them. A peer that the machine does not have is told as absent.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from harness import HOME, Asked, asked, percentiles, tell
from peers.bare import Bare
from peers.corpus import VERSION, Corpus
from peers.fts5 import Fts5
from peers.lucene import Lucene
from peers.ours import Ours
from peers.parts import Absent, Answer, Ask, Built, Peer
from peers.postgres import Postgres
from peers.questions import EACH, questions
from peers.truth import Right, right_answers

from tools.postgres import leave_on_signal

PLACE = HOME.with_name("peers")
SMOKE = 20_000
_ROUND_S, _MOST_TIMES, _PEER_S = (
    0.4,
    20,
    30.0,
)  # a round aims at so long, so many times; a peer stops a kind after so long

AHEAD = frozenset({"AND of 3", "phrase", "boolean + IPC + date", "deep page", "more like this"})
AHEAD_OF_LUCENE, LEVEL_WITH_LUCENE, AHEAD_OF = 1.5, 0.7, {"fts5": 4.0, "postgresql": 10.0}
SLOW_MS = 2.0  # goals against the last two are asked where they need more


class Stage(NamedTuple):
    """A size of the corpus, and who is asked at it. Ours is asked at every size."""

    patents: int
    peers: tuple[str, ...]


# Others are asked for by QIANTANG_BENCH_STAGES, as in ``200000:bare,lucene 20000:fts5,postgresql``.
FULL = (Stage(1_000_000, ("bare", "lucene", "fts5")), Stage(200_000, ("bare", "lucene", "fts5", "postgresql")))
PEERS: dict[str, Callable[[Path], Peer]] = {
    "ours": Ours, "bare": Bare, "lucene": Lucene, "fts5": Fts5, "postgresql": Postgres,
}  # fmt: skip


def _place(name: str, patents: int) -> Path:
    return PLACE / f"v{VERSION}-{patents}" / name


def opened(name: str, patents: int, corpus: Corpus) -> tuple[Peer, Built]:
    """A peer with its index, built now unless it was kept.

    errors  Absent
    """
    place = _place("ours" if name == "bare" else name, patents)
    told = place.with_name(f"{name}.json")
    peer = PEERS[name](place)
    if not told.exists():
        print(f"building {name}, {patents} patents", file=sys.stderr, flush=True)
        built = peer.build(corpus, patents)
        told.write_text(json.dumps(built._asdict()))
    return peer, Built(**json.loads(told.read_text()))


def known_answers(corpus: Corpus, patents: int, given: Mapping[str, Sequence[Ask]]) -> dict[str, list[Right]]:
    kept = _place("right", patents).with_suffix(".json")
    if not kept.exists():
        found = right_answers(corpus, patents, given)
        kept.write_text(json.dumps(found))
    return {kind: [Right(*one) for one in each] for kind, each in json.loads(kept.read_text()).items()}


def in_turn(kind: str, asks: Sequence[Ask], peers: Mapping[str, Peer], rounds: int) -> dict[str, list[Answer]]:
    """The best answer to each question by every peer that can be asked so."""
    best: dict[str, list[Answer]] = {}
    spent: dict[str, float] = {}
    times: dict[str, int] = {}
    names = list(peers)
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            if spent.get(name, 0.0) > _PEER_S or (number and name not in best):
                continue
            try:
                answers = peers[name].round(kind, asks, times.get(name, 1))
            except KeyError:
                continue
            once = sum(one.seconds for one in answers)
            spent[name] = spent.get(name, 0.0) + once * times.get(name, 1)
            times[name] = max(1, min(_MOST_TIMES, int(_ROUND_S / max(once, 1e-6))))
            best[name] = [min(pair) for pair in zip(best.get(name, answers), answers, strict=True)]
    return best


def compared(
    kind: str, best: Mapping[str, Sequence[Answer]], right: Sequence[Right] | None, ways: Mapping[str, str]
) -> dict[str, Any]:
    """Times and right counts of each peer, and how many times as long as ours each takes."""
    told: dict[str, Any] = {}
    for name, answers in best.items():
        told[name] = percentiles([one.seconds for one in answers])
        if right is not None and not (name == "bare" and kind == "facets"):  # those of the bare engine are not exact
            same = sum((one.total, one.facets) == tuple(true) for one, true in zip(answers, right, strict=True))
            told[name]["counts_right"] = f"{same} of {len(answers)}"
    if kind in ways:
        told["lucene"]["way"] = ways[kind]
    told["times_ours"] = {
        name: round(told[name]["p50_ms"] / told["ours"]["p50_ms"], 2)
        for name in best
        if name != "ours" and "ours" in best
    }
    return told


def goals(kind: str, told: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """By peer: how much ahead was asked, and whether it is met. Left out where nothing is asked."""
    found = {}
    for name, times in told["times_ours"].items():
        if name == "lucene":
            goal = AHEAD_OF_LUCENE if kind in AHEAD else LEVEL_WITH_LUCENE
        elif name in AHEAD_OF and told[name]["p50_ms"] > SLOW_MS:
            goal = AHEAD_OF[name]
        else:
            continue
        found[name] = {"goal": goal, "reached": times, "met": times >= goal}
    return found


def stage(at: Stage, corpus: Corpus, given: Mapping[str, Sequence[Ask]], wanted: Asked) -> dict[str, Any]:
    peers: dict[str, Peer] = {}
    built: dict[str, Any] = {}
    absent: dict[str, str] = {}
    _place("x", at.patents).parent.mkdir(parents=True, exist_ok=True)
    for name in ("ours", *at.peers):
        try:
            peers[name], cost = opened(name, at.patents, corpus)
        except Absent as why:
            absent[name] = str(why)
            print(f"{name} is absent: {why}", file=sys.stderr)
        else:
            if name != "bare":
                built[name] = {k: round(v, 1) for k, v in cost._asdict().items() if v}
    lucene = peers.get("lucene")
    ways: Mapping[str, str] = {}
    if isinstance(lucene, Lucene):
        ways, lucene.warm_up_ms = lucene.ways, wanted.size(3_000, 100)
    right = known_answers(corpus, at.patents, given)
    kinds: dict[str, Any] = {}
    try:
        for kind, asks in given.items():
            best = in_turn(kind, asks, peers, wanted.size(8, 2))
            kinds[kind] = compared(kind, best, right.get(kind), ways)
            kinds[kind]["goals"] = goals(kind, kinds[kind])
            print(kind, json.dumps(kinds[kind], ensure_ascii=False), file=sys.stderr, flush=True)
    finally:
        for one in peers.values():
            one.close()
    return {"patents": at.patents, "absent": absent, "built": built, "kinds": kinds}


def summed(stages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What was met and what not; the goals of each peer are held against the largest size at which it was asked."""
    met, missed, wrong = [], [], []
    seen: set[tuple[str, str]] = set()
    for one in sorted(stages, key=lambda one: -int(one["patents"])):
        for kind, told in one["kinds"].items():
            for name, goal in told["goals"].items():
                if (kind, name) not in seen:
                    seen.add((kind, name))
                    line = f"{kind}, {name}: {goal['reached']} (goal {goal['goal']})"
                    (met if goal["met"] else missed).append(line)
            counts = {name: each["counts_right"] for name, each in told.items() if "counts_right" in each}
            wrong += [
                f"{kind}, {name}, {one['patents']}: {c}" for name, c in counts.items() if c != f"{EACH} of {EACH}"
            ]
    return {"met_goals": met, "missed_goals": missed, "wrong_counts": wrong}


def run(wanted: Asked) -> tuple[dict[str, Any], bool]:
    corpus = Corpus()
    given = questions(corpus)
    stages = (Stage(SMOKE, FULL[-1].peers),) if wanted.smoke else _stages()
    found = [stage(one, corpus, given, wanted) for one in stages]
    told = summed(found)
    result = {
        "questions_a_kind": EACH,
        "rounds": wanted.size(8, 2),
        **told,
        "median_of_lucene_to_ours": _middle(found[0]),
        "stages": found,
    }
    return result, not told["missed_goals"] and not told["wrong_counts"]


def _stages() -> tuple[Stage, ...]:
    named = os.environ.get("QIANTANG_BENCH_STAGES", "").split()
    parted = (one.partition(":") for one in named)
    return tuple(Stage(int(size), tuple(peers.split(","))) for size, _, peers in parted) or FULL


def _middle(at: Mapping[str, Any]) -> float | None:
    ratios = [told["times_ours"]["lucene"] for told in at["kinds"].values() if "lucene" in told["times_ours"]]
    return round(median(ratios), 2) if ratios else None


def main() -> None:
    signal.signal(signal.SIGTERM, leave_on_signal)  # a server that was started is stopped
    wanted = asked()
    result, met = run(wanted)
    tell("search_peers", wanted, result, met=met)


if __name__ == "__main__":
    main()
