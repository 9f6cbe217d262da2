"""Published quality: the rules on real names that a person labelled before there were rules.

``labelled_pairs.csv``: pairs of names of organisations, drawn by a fixed seed in seven strata from four public samples
(gazette of July 2019, three platform exports), half of each stratum with an inventor or address in common where there are
such; labelled by reading. ``same``: one legal person under two names or spellings; ``part``: a sub-unit and its body;
``group``: separate bodies of one group; ``different``; ``unsure``: could not be told, left out of both measures.
Names of persons were not drawn. The set measures and trains nothing: the rules were made and mended on its first half, the
second measured them: docs/explanation/parties.md.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from qiantang.corpus.parties.methods.judging import judge
from qiantang.corpus.parties.selectors.reading import name_reader, places
from qiantang.corpus.parties.types import Action, PartyKind, Shared
from qiantang.kernel.share import Share

pytestmark = pytest.mark.feature("S2-11")
PAIRS = Path(__file__).parent / "labelled_pairs.csv"
PAGE = Path(__file__).parents[5] / "docs" / "explanation" / "parties.md"
HALVES = ("development", "held_out")


def rows():
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def counted(half):
    found = Counter()
    for row in rows():
        if row["half"] == half and row["label"] != "unsure":
            a, b = name_reader().read(row["name_a"]), name_reader().read(row["name_b"])
            shared = Shared(int(row["shared_inventors"]), int(row["shared_address"]))
            found[row["label"], judge(a, b, shared, places()).action] += 1
    return found


def measures(half):
    """What is published: precision and recall of merging by rule, recall with the queue, and links of parts."""
    found = counted(half)

    def total(labels, actions):
        return sum(n for (label, action), n in found.items() if label in labels and action in actions)

    every, labels = set(Action), {"same", "part", "group", "different"}
    same, merged = total({"same"}, every), total({"same"}, {Action.MERGE})
    linked = total({"part"}, {Action.PART})
    return {
        "precision of merging by rule": Share(merged, total(labels, {Action.MERGE})),
        "recall of merging by rule": Share(merged, same),
        "recall with the queue": Share(merged + total({"same"}, {Action.REVIEW}), same),
        "precision of the queue": Share(total({"same"}, {Action.REVIEW}), total(labels, {Action.REVIEW})),
        "recall of links to a part": Share(linked, total({"part"}, every)),
        "links that join strangers": Share(total({"same", "different"}, {Action.PART}), total(labels, {Action.PART})),
    }


def test_the_set_is_what_it_says():
    known = rows()
    assert len(known) == 503
    assert {row["label"] for row in known} == {"same", "part", "group", "different", "unsure"}
    assert {row["half"] for row in known} == set(HALVES)
    assert len({(row["name_a"], row["name_b"]) for row in known}) == len(known)
    kinds = Counter(name_reader().read(row[name]).kind for row in known for name in ("name_a", "name_b"))
    assert kinds[PartyKind.PERSON] == 0


@pytest.mark.parametrize("half", HALVES)
def test_merging_by_rule_is_right_and_finds_most(half):
    told = measures(half)
    print(half, {name: str(share) for name, share in told.items()})  # noqa: T201 - the measurement is the point
    assert told["precision of merging by rule"].interval[0] >= 0.93
    assert told["recall of merging by rule"].interval[0] >= 0.6
    assert told["recall with the queue"].interval[0] >= 0.85


@pytest.mark.parametrize("half", HALVES)
def test_the_published_numbers_are_those_measured(half):
    page = PAGE.read_text(encoding="utf-8")
    for name, share in measures(half).items():
        assert f"| {name} | {half.replace('_', '-')} | {share} |" in page
