"""The demo city knows who is who: the parties learnt from its records against its own truth."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.corpus.ingest.services.loading import load_paths
from qiantang.corpus.ingest.services.naming import learn_new_names
from qiantang.corpus.parties import api as parties
from qiantang.corpus.parties.methods.quality import pairwise
from qiantang.kernel.actor import Actor


@pytest.mark.django_db
@pytest.mark.feature("S2-11")
def test_no_two_parties_of_the_demo_city_are_taken_for_one_and_most_names_find_theirs(home):
    told = generate(home / "synthetic", patents=1_500)
    load_paths([home / "synthetic" / part.name for part in told.parts])
    learn_new_names(actor=Actor.system("test"))
    names = pq.read_table(home / "synthetic" / "ground-truth-names.parquet").to_pylist()
    truth = {row["name"]: str(row["party"]) for row in names}
    found = {name: str(party) for name, party in parties.parties_of(truth.keys()).items()}
    precision, recall = pairwise(found, truth)
    assert len(found.keys() & truth.keys()) > 300
    assert precision.total > 100
    assert precision.value >= 0.99
    assert recall.value >= 0.7
