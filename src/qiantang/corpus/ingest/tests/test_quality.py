"""The quality report: each rule finds its example and leaves a sound row alone; the figures are kept and compared."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.ingest import api
from qiantang.corpus.ingest.methods.quality.profile import Profile
from qiantang.corpus.ingest.methods.quality.report import patent_findings, quality_report
from qiantang.corpus.ingest.methods.quality.rules import RULES
from qiantang.corpus.ingest.views.quality import FINDS, quality_rows
from qiantang.corpus.register.methods.batches import to_arrow
from qiantang.corpus.register.types import Citation, Observation, Priority, Publication, Text
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound

from . import readings
from .folders import damaged

DAY = date(2026, 1, 1)


def sound(row: int = 1, **more) -> Observation:
    """A Chinese invention of which nothing is wrong."""
    made = Observation(row=row, office="CN", type="invention", **{"filing_date": date(2017, 7, 21), **more})
    made.application_number = more.get("application_number", "CN201710601862.3")
    made.publications = [
        Publication("CN107000001", "A", date(2018, 1, 12)),
        Publication("CN107000001", "B", date(2020, 7, 10)),
    ]
    made.texts = [Text("title", "zh", "一种电池冷却装置")]
    return made


def profile_of(*observations) -> Profile:
    profile = Profile()
    profile.add(to_arrow(observations, [["p:CN1"]] * len(observations)), DAY)
    return profile


def broken_by(one: Observation) -> set[str]:
    return set(profile_of(one).findings)


def with_publications(*publications) -> Observation:
    one = sound()
    one.publications = [Publication("CN107000001", kind, day) for kind, day in publications]
    return one


def with_links(**lists) -> Observation:
    one = sound()
    for name, value in lists.items():
        setattr(one, name, value)
    return one


def test_a_sound_row_breaks_nothing():
    assert broken_by(sound()) == set()
    assert broken_by(sound(application_number="CN95115608.X", filing_date=date(1995, 8, 22))) <= {"DQ-05"}
    assert broken_by(Observation(row=1, office="CN")) == set()  # what is unknown breaks no rule


EXAMPLES = {
    "DQ-02": sound(application_number="CN201210601862.3"),
    "DQ-03": sound(application_number="CN201720601862.3"),
    "DQ-04": with_publications(("A", date(2016, 1, 12))),
    "DQ-05": with_publications(("A", date(2019, 3, 1))),
    "DQ-07": sound(notes=["classification_damaged"]),
    "DQ-08": with_links(priorities=[Priority("US62/1", "US", date(2018, 1, 1))]),
    "DQ-09": with_links(citations=[Citation("CN109000001", "examiner", "X", date(2019, 1, 1))]),
    "DQ-11": with_publications(("A", date(2091, 7, 12))),
    "DQ-12": sound(filing_date=date(1958, 1, 1)),
}


@pytest.mark.feature("X-29")
@pytest.mark.parametrize("rule", EXAMPLES)
def test_each_rule_finds_its_example(rule):
    assert rule in broken_by(EXAMPLES[rule])


def test_what_a_rule_allows_is_let_be():
    assert "DQ-09" not in broken_by(with_links(citations=[Citation("CN109000001", "examiner", "E", date(2019, 1, 1))]))
    late = with_publications(("A", date(2019, 3, 1)))
    late.priorities = [Priority("US62/1", "US", date(2016, 8, 1))]
    assert "DQ-05" not in broken_by(late)
    assert "DQ-02" not in broken_by(sound(application_number="CN201810601862.3"))


def test_rules_of_records_look_at_what_was_written():
    batch = to_records(("CN1", "granted", date(2020, 6, 1), []), ("CN2", "expired", date(2020, 6, 1), ["title"]))
    assert patent_findings([batch]) == {
        "DQ-06": {"count": 1, "patents": ["CN1"]},
        "DQ-10": {"count": 1, "patents": ["CN2"]},
    }


def to_records(*rows):
    import pyarrow as pa

    ids, status, expiry, disputed = zip(*rows, strict=True)
    return pa.record_batch(
        {
            "patent_id": list(ids),
            "status": list(status),
            "expiry_date": list(expiry),
            "status_as_of": [DAY] * len(ids),
            "disputed": pa.array(list(disputed), pa.list_(pa.string())),
        }
    )


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40), st.integers(0, 39))
def test_however_rows_are_cut_into_batches_the_figures_are_the_same(counts, cut):
    rows = [sound(row=place, claim_count=count) for place, count in enumerate(counts, 1)]
    whole, parts = profile_of(*rows), Profile()
    for part in (rows[:cut], rows[cut:]):
        if part:
            parts.merge(profile_of(*part).to_json(), "a")
    assert (whole.rows, whole.filled) == (parts.rows, parts.filled)
    assert whole.outliers() == parts.outliers()


def test_values_far_beyond_the_usual_are_told():
    profile = profile_of(*(sound(row=n, claim_count=10 + n % 3) for n in range(1, 40)), sound(row=40, claim_count=900))
    assert profile.outliers() == [{"field": "claim_count", "fence": 18, "count": 1, "largest": 900}]


def test_drift_is_told_against_the_load_before():
    def told(load, rows, before):
        source = {"file": "a", "format": "f", "profile": profile_of(*rows).to_json(), "refused": 0, "reasons": {}}
        return quality_report(load, [source], {}, before)["formats"][0]

    first = told(1, [sound(row=n, claim_count=3) for n in range(1, 11)], {})
    assert first["drift"] is None
    second = told(2, [sound(row=n) for n in range(1, 31)], {"f": {**first, "load": 1}})
    assert (second["drift"]["load"], second["drift"]["volume"]) == (1, "more")
    assert second["drift"]["fields"] == [{"field": "claim_count", "before": 1.0, "now": 0.0}]


def test_every_rule_has_words_an_action_and_an_example():
    assert list(FINDS) == list(RULES)
    assert all(rule.finds and rule.example for rule in RULES.values())


# --- kept with the load -----------------------------------------------------------------------------------------------


@pytest.mark.feature("X-29")
def test_the_report_is_kept_with_the_load_and_read_again(home, files):
    rows = damaged(40)
    (files / "a.csv").write_bytes(readings.table(rows))
    report = api.load_paths([files], day=DAY)
    (told,) = report.to_json()["quality"]["formats"]
    assert (told["format"], told["rows"], told["refused"]) == ("cnipa-gazette-table", 37, 3)
    assert told["filled"]["filing_date"] == 37
    assert told["filled"]["texts.title"] == 37
    assert told["impossible_dates"] == 1
    found = {one["rule"]: one for one in told["findings"]}
    assert found["DQ-01"] | {"examples": []} == {"rule": "DQ-01", "action": "quarantine", "count": 1, "examples": []}
    actor = Actor.system("test")
    assert api.quality_of(actor) == api.quality_of(actor, 1) == report.quality
    api.load_paths([files])  # read before: no file is read, so there are no figures
    assert api.quality_of(actor)["formats"] == []
    (files / "b.csv").write_bytes(readings.table(readings.rows(30)[:12]))
    drift = api.load_paths([files / "b.csv"], day=DAY).quality["formats"][0]["drift"]
    assert (drift["load"], drift["volume"]) == (1, "fewer")
    with pytest.raises(NotFound, match=r"ingest\.quality_unknown"):
        api.quality_of(actor, 99)
    assert quality_rows(report.quality)["formats"][0]["findings"][0]["count"] == 1
