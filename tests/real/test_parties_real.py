"""Parties over the real files: the names of the gazettes, and the inventors of PatentsView."""

from __future__ import annotations

import csv
import gzip
import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from qiantang.corpus.ingest.methods.naming import COLUMNS, names_in
from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.methods.streams import read_head, sources
from qiantang.corpus.parties import api
from qiantang.corpus.parties.methods.inventors import Mention, plain_name, same_person
from qiantang.corpus.parties.methods.quality import pairwise
from qiantang.corpus.parties.models import FiledName, GroupLink, Membership, ReviewItem
from qiantang.kernel.actor import Actor

DATA = Path(os.environ.get("QIANTANG_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "patents"
INVENTORS = DATA / "us-patentsview"
pytestmark = [
    pytest.mark.real,
    pytest.mark.feature("S2-11"),
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is not here"),
]


def gazette_rows():
    for path in sorted((DATA / "cn-gazette-2019").glob("2019-*.csv.gz")):
        for source in sources(path):
            head, stream = read_head(source.open())
            with stream:
                for batch in recognise(head, source.name).read(stream, source.name):
                    wanted = [name for name in COLUMNS if name != "patent_id"]
                    yield from batch.observations.select(wanted).to_pylist()


@pytest.mark.django_db
def test_the_names_of_the_gazettes_become_parties():
    seen = names_in(gazette_rows())
    told = api.learn_names(actor=Actor.system("test"), names=seen)
    print(told, Counter(Membership.objects.values_list("rule", flat=True)), GroupLink.objects.count())  # noqa: T201 - the figures are read by people
    assert told.names == len(seen) == told.new + told.known + told.persons
    assert told.new > 20_000
    assert told.merged == Membership.objects.count() > 20
    assert told.to_review == ReviewItem.objects.count()
    assert not [text for text in FiledName.objects.values_list("text", flat=True) if len(text) < 4]  # names of persons
    assert api.party_of("浙江大学") == api.party_of("浙江大學")
    assert {"浙江大学"} < set(api.names_of("浙江大学", with_group=True) or ())
    again = api.learn_names(actor=Actor.system("test"), names=seen)
    assert (again.new, again.merged, again.linked, again.to_review) == (0, 0, 0, 0)


# --- inventors -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample():
    with gzip.open(INVENTORS / "raw_inventor_sample.tsv.gz", "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture(scope="module")
def benchmark():
    with (INVENTORS / "binette-2022-inventors-benchmark.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_the_benchmark_names_no_mention_of_the_sample(sample, benchmark):
    """What the data allow: the hand-checked clusters print no names, and the printed names are not in them."""
    assert (len(sample), len(benchmark)) == (50_000, 13_467)
    assert len({row["unique_id"] for row in benchmark}) == 401
    checked = {row["mention_id"].removeprefix("US") for row in benchmark}
    assert not checked & {row["mention_id"] for row in sample}


def test_the_benchmark_confirms_that_a_patent_names_a_person_once(benchmark):
    together = Counter((row["mention_id"].rpartition("-")[0], row["unique_id"]) for row in benchmark)
    assert set(together.values()) == {1}


def f1(precision, recall):
    return 2 * precision.value * recall.value / (precision.value + recall.value)


def test_agreement_with_the_clusters_of_patentsview(sample):
    """Agreement with another algorithm, not truth: pairwise precision, recall and F1, with and without evidence."""
    on_patent = defaultdict(list)
    for row in sample:
        on_patent[row["patent_id"]].append(row)
    mentions = [
        Mention(
            row["mention_id"],
            row["patent_id"],
            row["name_first"],
            row["name_last"],
            frozenset(plain_name(other["name_full"]) for other in on_patent[row["patent_id"]] if other is not row),
        )
        for row in sample
    ]
    theirs = {row["mention_id"]: row["inventor_id"] for row in sample}
    by_name = {one.key: f"{plain_name(one.last)}|{plain_name(one.given)}" for one in mentions}
    told = {"evidence": pairwise(same_person(mentions), theirs), "name alone": pairwise(by_name, theirs)}
    for way, (precision, recall) in told.items():
        print(way, precision, recall, f"F1 {100 * f1(precision, recall):.1f} %")  # noqa: T201 - the figures are read by people
    assert told["evidence"][0].interval[0] >= 0.98
    assert told["evidence"][1].hits >= 2_000
    assert told["name alone"][0].value < 0.96  # so a name alone is never enough
    assert f1(*told["name alone"]) >= 0.92
