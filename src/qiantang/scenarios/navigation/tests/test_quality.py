"""Recall and precision on labelled samples, and what a reviewer's second look does to them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.scenarios.navigation.methods import quality
from qiantang.scenarios.navigation.methods.drawing import drawn
from qiantang.scenarios.navigation.methods.quality import Label
from qiantang.scenarios.navigation.selectors import projects as reads
from qiantang.scenarios.navigation.selectors import samples
from qiantang.scenarios.navigation.services import projects, sampling
from qiantang.scenarios.navigation.types import Duty, ProjectType, SampleKind, Verdict

pytestmark = pytest.mark.feature("S4-03")
YES, NO, UNSURE = Verdict.RELEVANT, Verdict.FOREIGN, Verdict.UNSURE


def test_the_worked_examples():
    recall = quality.recall([Label(found=n < 92, verdict=YES) for n in range(100)], 0.90)
    assert (recall.share, recall.accepted) == (0.92, True)
    precision = quality.precision([Label(found=True, verdict=YES if n < 180 else NO) for n in range(200)], 0.85)
    assert precision.share == 0.90
    assert (round(precision.low, 3), round(precision.high, 3)) == (0.851, 0.934)
    headline = quality.headline(1_000, precision)
    assert (headline.value, round(headline.low), round(headline.high)) == (900.0, 851, 934)


def test_what_nobody_decided_is_told_and_not_counted():
    told = quality.precision([Label(True, YES), Label(True, UNSURE), Label(True, None)], 0.85)
    assert (told.hits, told.sample, told.unsure, told.left) == (1, 1, 1, 1)
    nothing = quality.precision([], 0.85)
    assert (nothing.share, nothing.accepted) == (None, None)
    assert quality.headline(10, nothing).value is None


def test_whether_the_headline_moves():
    stays = quality.reviewed([(YES, YES)] * 45 + [(NO, NO)] * 3 + [(YES, NO), (UNSURE, NO)], 0.85)
    assert (stays.moves, stays.looked_at, round(stays.agreement, 3)) == (False, 50, 0.98)
    assert 0 < stays.kappa < 1
    moves = quality.reviewed([(YES, YES)] * 25 + [(YES, NO)] * 25, 0.85)
    assert (moves.moves, moves.first.share, moves.second.share) == (True, 1.0, 0.5)
    assert moves.kappa == 0.0
    assert quality.reviewed([(YES, YES)] * 5, 0.85).kappa is None
    flags = [True] * 8 + [False] * 12  # recall: whether the node finds each of the sample
    again = quality.reviewed([(YES, YES)] * 8 + [(NO, YES)] * 12, 0.85, flags)
    assert (again.first.share, again.second.share, again.moves) == (1.0, 0.4, True)


@settings(max_examples=25)
@given(st.sets(st.text("ab01", min_size=1), max_size=30), st.integers(0, 40), st.text(max_size=5))
def test_a_draw_is_the_same_again_and_takes_nothing_twice(ids, size, seed):
    one = drawn(sorted(ids), size, seed)
    assert one == drawn(sorted(ids, reverse=True), size, seed)
    assert len(set(one)) == len(one) == min(size, len(ids))
    assert one[: max(0, size - 1)] == drawn(ids, max(0, size - 1), seed)


@pytest.fixture
def project(lin, shen, land):
    key = projects.begin_project(
        actor=lin, title="导航", kind=ProjectType.INDUSTRY, question="问题", scope="范围", industry="biomedicine"
    )
    projects.name_member(actor=lin, key=key, username="shen", duty=Duty.REVIEWER)
    return key


@pytest.mark.django_db
def test_a_sample_is_drawn_labelled_and_looked_at_again(lin, shen, project):
    key = sampling.draw_sample(actor=lin, key=project, node="1.1.1", kind=SampleKind.PRECISION, size=6, seed="s")
    row = samples.sample_row(lin, key)
    assert (row.population, row.found, row.items.count()) == (12, 12, 6)
    with pytest.raises(Conflict, match="sample_unlabelled"):
        sampling.begin_review(actor=shen, sample=key)
    ids = [one.patent_id for one in row.items.all()]
    assert sampling.label(actor=lin, sample=key, verdicts=dict.fromkeys(ids[:5], YES)) == 1
    assert sampling.label(actor=lin, sample=key, verdicts={ids[5]: NO}) == 0
    with pytest.raises(NotPermitted, match="reviewer_only"):
        sampling.begin_review(actor=lin, sample=key)
    assert sampling.begin_review(actor=shen, sample=key) == 6
    blind = samples.items(shen, samples.sample_row(shen, key), review=True)
    assert {one.verdict for one in blind} == {""}
    assert sampling.label_again(actor=shen, sample=key, verdicts=dict.fromkeys(ids, NO)) == 0
    (shown,) = samples.samples(lin, reads.project_row(lin, project))
    assert (shown.measured.hits, shown.measured.sample) == (5, 6)
    assert shown.review.moves is True
    assert round(shown.headline.value, 3) == round(12 * 5 / 6, 3)
    assert shown.second_headline.value == 0.0  # the headline by the reviewer's labels


@pytest.mark.django_db
def test_a_recall_sample_is_independent_of_the_node(lin, project):
    draw = {"actor": lin, "key": project, "node": "1.1.1", "kind": SampleKind.RECALL, "size": 10}
    for query in ("", "引物", "IC=C12Q", "PA=钱潮药业 AND TI=引物"):
        with pytest.raises(Invalid, match="sample_independent"):
            sampling.draw_sample(**draw, query=query)
    key = sampling.draw_sample(**draw, query="PA=钱潮药业")
    row = samples.sample_row(lin, key)
    assert row.population == 10
    found = {one.patent_id: one.found for one in row.items.all()}
    sampling.label(actor=lin, sample=key, verdicts={one: YES if is_found else NO for one, is_found in found.items()})
    (shown,) = samples.samples(lin, reads.project_row(lin, project))
    assert shown.measured.share == 1.0
    assert shown.headline is None


@pytest.mark.django_db
def test_strangers_see_no_sample_and_label_none(lin, shen, project, client):
    key = sampling.draw_sample(actor=lin, key=project, node="1.1.1", kind=SampleKind.PRECISION, size=5)
    assert client.get(f"/navigation/samples/{key}").status_code == 404
    with pytest.raises(NotPermitted, match="team_only"):
        sampling.label(actor=shen, sample=key, verdicts={})
