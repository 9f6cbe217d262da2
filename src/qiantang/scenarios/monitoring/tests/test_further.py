"""Movements, networks, clusters, what is ahead, and what the rules find."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from datetime import date
from html import unescape

import pyarrow.parquet as pq
import pytest
from django.utils import translation

from qiantang.commons.accounts.api import create_account
from qiantang.commons.metrics.api import measure
from qiantang.commons.metrics.types import Question
from qiantang.commons.notices.api import unread_count
from qiantang.commons.ui.types import ChartKind
from qiantang.corpus.measures.methods.quality.columns import PatentQuality
from qiantang.corpus.register.types import Event
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Invalid
from qiantang.kernel.legalstatus import EventKind, event_kind
from qiantang.scenarios.monitoring.models import AlertFinding, ClusterRun
from qiantang.scenarios.monitoring.rules import ALERTS, CITY, CLUSTERS, FEWEST_PEOPLE
from qiantang.scenarios.monitoring.selectors import clusters, detecting
from qiantang.scenarios.monitoring.selectors.cluster_runs import digest
from qiantang.scenarios.monitoring.selectors.clusters import cluster_run, clusters_panel
from qiantang.scenarios.monitoring.selectors.flows import flow_chart, flows_panel
from qiantang.scenarios.monitoring.selectors.holdings import _HELD, Right, Transfer, holdings
from qiantang.scenarios.monitoring.selectors.moving import moved_people
from qiantang.scenarios.monitoring.selectors.network import network_panel
from qiantang.scenarios.monitoring.selectors.outlook import outlook_panel
from qiantang.scenarios.monitoring.selectors.world import world_panel
from qiantang.scenarios.monitoring.services.clusters import keep_clusters
from qiantang.scenarios.monitoring.services.watching import check_rules
from qiantang.scenarios.monitoring.types import Asked

TODAY = date(2026, 11, 26)
READER = Actor.system("test", Channel.COMMAND)


def asked(**more):
    return Asked(region=CITY, today=TODAY, path="/monitoring", **more)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def right(**more):
    told = {
        "patent_id": "CN201510000001", "type": "invention", "filing_date": date(2015, 3, 10), "published": date(2016, 9, 1),
        "grant_date": date(2018, 3, 10), "expiry_date": date(2035, 3, 10), "status": "granted", "city": CITY,
        "district": "330106", "applicants": ("甲公司",), "holders": (), "events": (),
    }  # fmt: skip
    return Right(**{**told, **more})


@pytest.mark.feature("S2-16")
def test_transfers_are_those_of_the_truth(city):
    dealt = pq.read_table(city / "synthetic" / "ground-truth-patents.parquet").to_pylist()
    held = list(holdings(None).everywhere())
    moved = [one for one in holdings(None).transfers if one.kind is EventKind.TRANSFER]
    published = sum(event_kind("CN", event.code) is EventKind.TRANSFER for one in held for event in one.events)
    assert len(moved) == published > 20
    assert all(one.giver and one.taker for one in moved)
    assert len(held) == sum(row["office"] == "CN" for row in dealt)


@pytest.mark.feature("S2-16")
def test_in_out_and_within_make_all_and_a_band_opens_its_transfers(city, client):
    panel = flows_panel(READER, asked())
    came, went, within, _licences = (int(figure.value) for figure in panel.figures)
    assert panel.sheets[0].total == came + went + within >= len(panel.sheets[0].rows)
    chart = panel.charts[0]
    for link in chart.links[:3]:
        html = client.get(unescape(link.url)).content.decode()
        assert html.count('<th scope="row">') == min(50, link.value)
    assert client.get("/monitoring/flows/list?origin=x&destination=330100").status_code == 422


@pytest.mark.feature("S2-16")
def test_all_transfers_are_paged_each_once(city, client):
    seen, url = [], "/monitoring/flows"
    while url:
        html = client.get(url, headers={"accept-language": "en"}).content.decode()
        seen += re.findall(r'<th scope="row"><a href="(/patents/[^"]+)">.*?<td data-label="Day">([\d-]+)', html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        url = unescape(following[1]) if following else ""
    held = holdings(None).transfers
    last = max(one.day.year for one in held)
    moved = [
        one
        for one in held
        if one.kind is EventKind.TRANSFER and last - 5 < one.day.year <= last and CITY in {one.origin, one.destination}
    ]
    assert len(seen) == len(moved) > 0
    assert Counter(day for _url, day in seen) == Counter(one.day.isoformat() for one in moved)


def test_a_city_that_gives_and_takes_makes_no_circle():
    there, back = (
        Transfer("CN1", TODAY, EventKind.TRANSFER, "a", "b", one, other)
        for one, other in ((CITY, "310000"), ("310000", CITY))
    )
    chart = flow_chart(asked(), [there, back], "x")
    assert {(link.source, link.target) for link in chart.links} == {
        ("from-330100", "to-310000"),
        ("from-310000", "to-330100"),
    }
    assert chart.kind is ChartKind.SANKEY


@pytest.mark.feature("S2-17")
def test_the_network_of_joint_applications_names_its_bridges(city):
    panel = network_panel(READER, asked())
    joint = int(panel.figures[0].value)
    assert joint > 5
    chart = panel.charts[0]
    assert {link.source for link in chart.links} <= {node.key for node in chart.nodes}
    scores = [float(row[3].text) for row in panel.sheets[0].rows]
    assert scores == sorted(scores, reverse=True)
    assert network_panel(READER, asked()).charts[0] == chart


def _rows_behind(client, url):
    """How many rows a list says it has, and how many it has on all its pages, each another one."""
    seen, total = [], None
    while url:
        html = client.get(url, headers={"accept-language": "en"}).content.decode()
        total = int(re.search(r"([\d,]+) entries\.", html)[1].replace(",", ""))
        body = html.split("<tbody>")[1].split("</tbody>")[0]
        seen += [] if "colspan" in body else re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
        following = re.search(r'href="([^"]*from=\d+[^"]*)"', html.split("</tbody>")[1])
        moved = unescape(following[1]) if following else ""
        url = moved if moved != url and len(seen) < total else ""
    assert len(seen) == len(set(seen)) == total
    return total


@pytest.mark.feature("S2-17")
@pytest.mark.feature("S4-19")
def test_every_number_of_the_network_opens_as_many_as_it_says(city, client):
    panel = network_panel(READER, asked())
    applications, parties, links, density = panel.figures
    for one in (applications, parties, links):
        assert _rows_behind(client, one.url) == int(one.value.replace(",", "")), one.name
    people, ties = (int(one.value.replace(",", "")) for one in (parties, links))
    assert density.value == f"{2 * ties / (people * (people - 1)):.4f}"  # as its note says
    assert "parties" in density.note
    for row in panel.sheets[0].rows[:3]:
        for cell in row[1:3]:
            assert _rows_behind(client, cell.url) == int(cell.text)
    chart = panel.charts[0]
    for link in chart.links[:3]:
        assert _rows_behind(client, link.url) == link.value
    for node in chart.nodes[:3]:
        assert _rows_behind(client, node.url) == node.size
    assert client.get("/monitoring/network/list?what=all").status_code == 422
    assert client.get("/monitoring/network/list?what=links&party=a&party=b&party=c").status_code == 422


@pytest.mark.feature("S2-17")
def test_bodies_with_inventors_in_common_are_told_from_three_people_on(city):
    panel = network_panel(READER, asked())
    shared = Counter(moved_people(None).shared)
    rows = [int(row[3].text) for row in panel.sheets[1].rows]
    assert sum(n >= FEWEST_PEOPLE for n in shared.values()) >= len(rows)
    assert (
        sorted(rows, reverse=True)
        == sorted((n for n in shared.values() if n >= FEWEST_PEOPLE), reverse=True)[: len(rows)]
    )
    chart = next(one for one in panel.charts if one.key == "shared")
    assert all(link.value >= FEWEST_PEOPLE for link in chart.links)
    assert {end for link in chart.links for end in (link.source, link.target)} <= {node.key for node in chart.nodes}


@pytest.mark.feature("S2-13")
def test_clusters_are_the_same_on_every_run_and_say_their_parameters(city, client):
    first, second = (clusters_panel(READER, asked(year=2023)) for _ in range(2))
    assert first == second
    assert "radius 15 km" in first.notes[0]
    weights = [float(row[1].text.replace(",", "")) for row in first.sheets[0].rows]
    assert weights == sorted(weights, reverse=True)
    assert first.sheets[0].rows[0][0].text.startswith("1. Hangzhou")
    assert "No run of this snapshot and year is kept" in first.notes[1]
    assert first.figures[0].value == str(len(first.sheets[0].rows))
    inside = [point for point in first.charts[0].points if point.group == "Cluster 1"]
    assert sum(point.size for point in inside) == first.sheets[0].rows[0][1].value
    for point in inside[:2]:
        total = re.search(r'data-total="(\d+)"', client.get(point.url).content.decode())
        assert int(total[1]) == point.size


@pytest.mark.feature("S2-13")
def test_a_run_of_the_clusters_is_kept_with_its_parameters_and_a_re_run_is_compared(city, monkeypatch):
    system = Actor.system("test")
    assert keep_clusters(actor=system)
    assert not keep_clusters(actor=system)  # the same again is not another run
    kept = ClusterRun.objects.get()
    assert (kept.parameters["radius_km"], kept.parameters["years"], kept.parameters["least_share"]) == (15, 5, 0.01)
    run = cluster_run(asked())
    assert kept.clusters == run.clusters()
    assert kept.result_digest == digest(run.clusters())
    districts = [code for one in kept.clusters for code in one["districts"]]
    assert len(districts) == len(set(districts))
    panel = clusters_panel(READER, asked())
    assert "the same clusters" in panel.notes[1]
    assert kept.result_digest[:12] in panel.notes[1]
    assert panel.sheets[1].rows[0][-1].text == "the first one"
    monkeypatch.setattr(clusters, "CLUSTERS", CLUSTERS._replace(radius_km=40))
    assert "radius in km 15 → 40" in clusters_panel(READER, asked()).notes[1]
    assert keep_clusters(actor=system)
    rows = clusters_panel(READER, asked()).sheets[1].rows
    assert len(rows) == 2
    assert "radius in km 15 → 40" in rows[0][-1].text
    monkeypatch.undo()
    assert ClusterRun.objects.get(pk=kept.pk).clusters == kept.clusters  # what was kept stays
    ClusterRun.objects.filter(pk=kept.pk).update(result_digest="0" * 64)
    assert "Tell the operator" in clusters_panel(READER, asked()).notes[1]
    ClusterRun.objects.filter(pk=kept.pk).update(input_digest="0" * 64)
    assert "places or weights are others now" in clusters_panel(READER, asked()).notes[1]


@pytest.mark.feature("S2-15")
@pytest.mark.feature("S4-19")
def test_every_count_of_the_outlook_opens_as_many_rights_as_it_says(city, client):
    panel = outlook_panel(READER, asked())
    living, ending, due, _unpaid = panel.figures
    total = re.search(r'data-total="(\d+)"', client.get(living.url).content.decode())
    assert int(total[1]) == int(living.value.replace(",", ""))
    for one in (ending, due):
        assert _rows_behind(client, one.url) == int(one.value.replace(",", "")), one.name
    chart = next(one for one in panel.charts if one.key == "outlook")
    assert sum(mark.value for mark in chart.series[0].marks) == int(ending.value)
    for mark in chart.series[0].marks[:2]:
        assert _rows_behind(client, mark.url) == mark.value
    assert len(panel.sheets[0].rows) > 1
    for row in panel.sheets[0].rows:
        for cell in row[1:3]:
            assert _rows_behind(client, cell.url) == cell.value, row[0].text
    settled = next(one for one in panel.charts if one.key == "nowcast").series[0].marks
    opened = [mark for mark in settled if mark.url]
    assert opened
    total = re.search(r'data-total="(\d+)"', client.get(opened[0].url).content.decode())
    assert int(total[1]) == opened[0].value
    assert client.get("/monitoring/outlook/list?what=ends&month=12").status_code == 422
    assert client.get("/monitoring/outlook/list?what=lives&group=nobody").status_code == 422


@pytest.mark.feature("S2-15")
def test_the_outlook_counts_the_rights_that_the_metric_counts(city):
    panel = outlook_panel(READER, asked())
    in_force = measure(Question(metric="RB-01", region=CITY)).value
    living, ending, due, _unpaid = (figure.value for figure in panel.figures)
    assert int(living.replace(",", "")) == in_force
    assert int(ending) + int(due.replace(",", "")) == in_force
    curves = next(chart for chart in panel.charts if chart.key == "survival")
    for one in curves.series:
        values = [mark.value for mark in one.marks]
        assert values[0] == 100
        assert values == sorted(values, reverse=True)


@pytest.mark.feature("S2-24")
def test_recent_months_are_an_estimate_with_a_band_apart_from_what_is_settled(city):
    chart = next(one for one in outlook_panel(READER, asked()).charts if one.key == "nowcast")
    seen, estimated = chart.series
    pairs = list(zip(seen.marks, estimated.marks, strict=True))
    assert any(mark.value is not None for mark in estimated.marks)
    for count, guess in pairs:
        if guess.value is not None:
            assert count.provisional
            assert guess.provisional
            assert guess.value >= count.value - 0.05
        if not count.provisional:
            assert guess.value is None


@pytest.mark.feature("S2-14")
def test_the_rules_run_after_a_load_and_tell_once(city, monkeypatch):
    operator = create_account(
        actor=READER, username="op", display_name="op", password="long-enough-secret", roles=["operator"]
    )
    found = detecting.Found("filings-drop", "", "2024-05", 3.0, 20.0, 10.0, "/monitoring")
    monkeypatch.setattr(
        "qiantang.scenarios.monitoring.services.watching.found_by_rules",
        lambda *_: (found, found._replace(rule="lapse-wave")),
    )
    assert check_rules(actor=READER) == 2
    assert check_rules(actor=READER) == 0
    assert AlertFinding.objects.count() == 2
    assert unread_count(Actor(operator.id, "op")) == 1


@pytest.mark.feature("S2-14")
def test_each_rule_finds_what_it_is_for(monkeypatch):
    rules = {rule.key: rule for rule in ALERTS}
    reached = date(2026, 1, 15)
    filed = [right(filing_date=date(2023, 6, 5))] * 30 + [right(filing_date=date(2024, 6, 5))] * 14
    drop = list(detecting._drops(rules["filings-drop"], tuple(filed), None, reached))
    assert [(one.period, one.value, one.expected, one.bound) for one in drop] == [("2024-06", 14, 30, 15.0)]
    months = [date(2023 + n // 12, n % 12 + 1, 5) for n in range(11, 35)]
    calm = [right(events=(Event("CF01", day, day),)) for day in months for _ in range(2)]
    storm = [right(events=(Event("CF01", date(2025, 12, 3), date(2025, 12, 20)),)) for _ in range(9)]
    assert [one.period for one in detecting._waves(rules["lapse-wave"], (*calm, *storm), None, reached)] == ["2025-12"]
    assert not list(detecting._waves(rules["lapse-wave"], (*calm, *storm[:2]), None, reached))
    burst = [right(filing_date=date(2024, 6, 5), applicants=("乙电子有限公司",))] * 12
    assert [one.subject for one in detecting._bursts(rules["applicant-burst"], tuple(burst), None, reached)] == [
        "乙电子有限公司"
    ]
    person = [right(filing_date=date(2024, 6, 5), applicants=("张三",))] * 12
    assert not list(detecting._bursts(rules["applicant-burst"], tuple(person), None, reached))


def test_lists_behind_numbers_are_empty_where_nothing_is_loaded(nothing, client):
    for what in ("network/list?what=links", "network/list?what=parties", "outlook/list", "clusters"):
        answer = client.get(f"/monitoring/{what}", headers={"accept-language": "en"})
        assert answer.status_code == 200, what
    assert not keep_clusters(actor=Actor.system("test"))
    assert not ClusterRun.objects.exists()


def test_every_page_draws_in_both_languages(city, client):
    for page in ("flows", "network", "network/list", "clusters", "outlook", "outlook/list", "alerts"):
        for language in ("en", "zh-hans"):
            answer = client.get(f"/monitoring/{page}", headers={"accept-language": language})
            assert answer.status_code == 200
            assert re.search("<h1>[^<]+</h1>", answer.content.decode())


def quality_told(**more):
    unknown = dict.fromkeys((one.name for one in fields(PatentQuality)), None)
    return PatentQuality(**{**unknown, "cohort_size": 40, "cohort_width": 0, **more})


@pytest.mark.feature("S2-14")
def test_a_patent_that_leaves_is_told_by_its_place_among_its_kind():
    rule = next(one for one in ALERTS if one.detector == "leaving")
    gone = [Transfer(key, date(2026, 3, 1), EventKind.TRANSFER, "甲", "乙", CITY, "310000") for key in "abcde"]
    known = {
        "a": quality_told(patent_id="a", forward=9, cit5=3, cit5_percentile=0.97),
        "b": quality_told(patent_id="b", forward=90, cit5=50, cit5_percentile=0.60),  # many, but so have the others
        "c": quality_told(patent_id="c", forward=90),  # the five years are not over
        "d": quality_told(patent_id="d", forward=2, cit5=2, cit5_percentile=0.99),  # too few to say so
    }
    found = list(detecting.much_cited_that_left(rule, gone, known))
    assert [(one.subject, one.value, one.bound) for one in found] == [("a", 97.0, 90)]


@pytest.mark.feature("S2-09")
def test_an_industry_that_is_none_is_refused_and_one_without_patents_shown(city):
    with pytest.raises(Invalid, match=r"monitoring\.address"):
        world_panel(READER, asked(industry="integrated_circuits"))
    assert "Digital security" in world_panel(READER, asked()).title


def test_rights_of_a_snapshot_that_is_past_are_let_go(city):
    _HELD.clear()
    assert holdings(None).transfers is holdings(None).transfers
    assert len(_HELD) == 1
    key = next(iter(_HELD._kept))
    _HELD.get(key._replace(number=key.number + 1), lambda: _HELD.values()[0])
    assert len(_HELD) == 1
    _HELD.clear()
