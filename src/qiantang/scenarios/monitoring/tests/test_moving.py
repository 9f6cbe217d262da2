"""What moves: inventors who moved and transfers, as numbers of the registry and on the pages."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pyarrow.parquet as pq
import pytest
from django.utils import translation

from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.api import measure
from qiantang.commons.metrics.types import Dimension, Question
from qiantang.corpus.measures.methods.moves import Sureness
from qiantang.corpus.register import api as register
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Invalid
from qiantang.kernel.legalstatus import EventKind
from qiantang.scenarios.monitoring.rules import CITY, FEWEST_PEOPLE
from qiantang.scenarios.monitoring.selectors.flows import flows_panel
from qiantang.scenarios.monitoring.selectors.holdings import holdings
from qiantang.scenarios.monitoring.selectors.movement import hidden_cells
from qiantang.scenarios.monitoring.selectors.moves import moves_panel
from qiantang.scenarios.monitoring.selectors.moving import moved_people
from qiantang.scenarios.monitoring.types import Asked

TODAY = date(2026, 11, 26)
READER = Actor.system("test", Channel.COMMAND)


def asked(**more):
    return Asked(region=CITY, today=TODAY, path="/monitoring", **more)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.feature("S2-16")
def test_inventors_who_moved_are_those_of_the_truth_and_at_least(city, client):
    truth = pq.read_table(city / "synthetic" / "ground-truth-inventors.parquet").to_pylist()
    people = {(one["publication_number"], one["position"]): one["person"] for one in truth}
    found = [one for one in moved_people(None).moved if one.sureness is Sureness.HIGH]
    records = register.get_many(list({one.patent_id for move in found for one in move[:2]}))
    right = 0
    for move in found:
        before, after = (_persons(records[one.patent_id], people) for one in move[:2])
        right += bool(before & after)
    assert len(found) >= 9
    assert right / len(found) > 0.9
    panel = moves_panel(READER, asked())
    values = [one.value for one in panel.figures]
    assert any(value.startswith("at least ") for value in values)
    for figure in panel.figures[:3]:
        if figure.url:
            html = client.get(figure.url, headers={"accept-language": "en"}).content.decode()
            assert html.count('<th scope="row">') == min(50, int(figure.value.removeprefix("at least ")))
    for mark in (mark for series in panel.charts[1].series for mark in series.marks):
        assert mark.value is None or mark.value == 0 or mark.value >= FEWEST_PEOPLE
    assert client.get("/monitoring/moves").status_code == 200
    assert client.get("/monitoring/moves/list?way=nowhere").status_code == 422


@pytest.mark.feature("S2-16")
def test_a_number_of_too_few_people_does_not_follow_from_the_others():
    assert hidden_cells({2020: 0, 2021: 5, 2022: 2, 2023: 4}) == {2022, 2023}
    assert hidden_cells({2020: 1, 2021: 2, 2022: 7}) == {2020, 2021}
    assert hidden_cells({2020: 0, 2021: 3}) == set()


def _persons(record, people):
    return {
        person
        for publication in record.publications
        for (number, _position), person in people.items()
        if number == publication.number
    }


@pytest.mark.feature("S2-05")
@pytest.mark.feature("S2-16")
def test_what_moves_is_a_metric_of_the_registry_and_the_pages_show_it(city, client):
    """No page owns a number: transfers open their patents, people are told by numbers alone."""
    held = holdings(None).transfers
    last = max(one.day.year for one in held)
    shown = {figure.metric: int(figure.value) for figure in flows_panel(READER, asked()).figures}
    for key in ("FL-01", "FL-02", "FL-03", "FL-04"):
        told = measure(Question(metric=key, region=CITY, first=last - 4, last=last, by=(Dimension.YEAR,)))
        assert shown[key] == told.value == sum(point.value for point in told.series)
        assert metrics.records(told.question, size=2).total == told.value
    everywhere = Counter((one.origin, one.destination) for one in held if one.kind is EventKind.TRANSFER and one.day)
    out = measure(Question(metric="FL-02", region=CITY)).value
    assert out == sum(n for (origin, to), n in everywhere.items() if origin == CITY != to) > 0
    assert measure(Question(metric="FL-01", region="330106")).reason == "out_of_range"
    html = client.get("/indicators/FL-01", headers={"accept-language": "en"}).content.decode()
    assert "Transfers into the city" in html


@pytest.mark.feature("S2-16")
def test_people_are_told_of_five_years_or_one_and_never_fewer_than_three(city):
    panel = moves_panel(READER, asked())
    told = {
        key: measure(Question(metric=key, region=CITY, by=(Dimension.YEAR,))) for key in ("MV-01", "MV-02", "MV-03")
    }
    for figure in panel.figures[:3]:
        value = told[figure.metric].value
        assert figure.value == ("" if value is None else f"at least {value}" if value else "0")
        assert told[figure.metric].reason == ("too_few" if value is None else "")
    for one in told.values():
        for point in one.series:
            assert point.value is None or point.value == 0 or point.value >= FEWEST_PEOPLE
    assert measure(Question(metric="MV-01", region=CITY, first=2020, last=2021)).reason == "out_of_range"
    assert measure(Question(metric="MV-01", region="310000")).reason == "out_of_range"
    with pytest.raises(Invalid, match=r"metrics\.no_records"):
        metrics.all_records(Question(metric="MV-01", region=CITY))
