"""Editions: every number opens as many patents as it says, the same data give the same edition, published ones stay."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pypdf
import pytest
from django.utils import translation
from docx import Document

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Party, SearchRequest
from qiantang.kernel.errors import Conflict, NotFound
from qiantang.scenarios.navigation.methods import topics
from qiantang.scenarios.navigation.models import Edition, Project, TopicLabel
from qiantang.scenarios.navigation.selectors import dashboard, figure_words, report_annex, reporting, samples, words
from qiantang.scenarios.navigation.selectors import editions as reads
from qiantang.scenarios.navigation.services import editions, projects, sampling
from qiantang.scenarios.navigation.types import Duty, ProjectType, SampleKind, Verdict, View
from qiantang.scenarios.navigation.types.report import Paragraph

from .conftest import SYSTEM
from .land import patent, settle

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def project(lin, land):
    return projects.begin_project(
        actor=lin, title="医药导航", kind=ProjectType.INDUSTRY, question="问题", scope="范围", industry="biomedicine"
    )


def compute(lin, project):
    key = editions.request_edition(actor=lin, key=project)
    with pytest.raises(Conflict, match="edition_running"):
        editions.request_edition(actor=lin, key=project)
    assert editions.compute_edition(actor=SYSTEM, key=key)
    row = Edition.objects.get(pk=key)
    assert row.state == "ready", row.error_code
    return row


@pytest.mark.feature("S4-19")
@pytest.mark.feature("S4-16")
@pytest.mark.feature("S4-20")
@pytest.mark.feature("S4-21")
def test_every_number_leads_to_its_patents_in_page_report_and_search(lin, project, client):
    row = compute(lin, project)
    opened = 0
    for code, node in reads.node_rows(row).items():
        for key, told in node.figures.items():
            if told["k"] != "count":
                assert told["v"] is not None or told["w"], (code, key)
                assert all(one in node.figures for one in told.get("m", ())), (code, key)
                continue
            ids = reads.members(row, code, key)
            assert len(ids) == told["v"], (code, key)
            if told["v"] and not code and opened < 60:
                opened += 1
                query = reads.search_query(row, code, key)
                found = register.search(SearchRequest(query, size=100))
                assert found.total == told["v"], key
                assert tuple(sorted(hit.patent_id for hit in found.hits)) == ids
    assert opened == 60
    assert client.get(f"/navigation/editions/{row.pk}").status_code == 404
    editions.publish_edition(actor=lin, key=row.pk)
    told = client.get(f"/navigation/editions/{row.pk}?chart=trend&as=json").json()
    years = {one["label"]: one["figures"][0].value for one in reads.book(row, "").rows("situation")}
    assert [mark["value"] for mark in told["series"][0]["marks"]] == list(years.values())
    page = client.get(f"/navigation/editions/{row.pk}/figure?node=&key=total", headers={"accept-language": "en"})
    assert page.content.decode().count('<li><a href="/patents/') == 44
    for view in View:
        told = reporting.report(lin, row, view, "https://city.example")
        assert len({one.number for one in told.annex}) == len(told.annex) == max(one.number for one in told.annex)
        for one in told.annex:
            book = reads.book(row, one.node)
            if one.key not in book:  # what the edition does not count: see test_report_annex.py
                continue
            figure = book[one.key]
            assert one.value == report_annex.shown_value(figure)
            assert bool(one.url) == (figure.url is not None)
        computed = [b for s in told.sections for b in s.blocks if isinstance(b, Paragraph) and not b.author and b.refs]
        assert computed
        assert all(any(char.isdigit() for char in block.text) for block in computed)
    parts = {view: [s.title for s in reporting.report(lin, row, view, "").sections] for view in View}
    assert len({tuple(one) for one in parts.values()}) == 3


@pytest.mark.feature("S4-19")
def test_every_mark_of_every_chart_opens_the_number_it_shows(lin, project):
    row = compute(lin, project)
    charts = dashboard.node_charts(row, reads.book(row, ""), reads.chain_of(row), {})
    marks = [mark for one in charts.values() for each in one.series for mark in each.marks if mark.url]
    assert len(charts) >= 11
    for mark in marks:
        asked = {k: v[0] for k, v in parse_qs(urlsplit(mark.url).query, keep_blank_values=True).items()}
        assert reads.book(row, asked["node"])[asked["key"]].value == mark.value


@pytest.mark.feature("S4-16")
def test_the_report_as_docx_pdf_and_annex_has_the_same_numbers(lin, project, client):
    row = compute(lin, project)
    projects.write_text(actor=lin, key=project, section="summary", text="人写的判断")
    editions.publish_edition(actor=lin, key=row.pk)
    base = f"/navigation/editions/{row.pk}"
    get = lambda end: client.get(base + end, headers={"accept-language": "zh-hans"}).content  # noqa: E731 - a name for one call
    page = get("/report").decode()
    docx = Document(io.BytesIO(get("/report.docx")))
    spoken = "\n".join([one.text for one in docx.paragraphs])
    paper = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(get("/report.pdf"))).pages)
    annex = list(csv.reader(io.StringIO(get("/annex.csv").decode("utf-8-sig"))))
    for text in (page, spoken, paper.replace("\n", "")):
        assert "44" in text
        assert "人写的判断" in text
        assert row.digest in text
    assert annex[-1] == ["SHA-256", row.digest]
    for line in annex[1:-2]:
        if "/figure?" in line[-1]:
            query = dict(part.split("=", 1) for part in line[-1].split("?", 1)[1].split("&"))
            node, key = unquote_plus(query["node"]), unquote_plus(query["key"])
            assert (line[1], line[2]) == (node, key)
    assert len(docx.part.rels) > 40


@pytest.mark.feature("S4-14")
@pytest.mark.feature("S4-15")
def test_the_same_data_give_the_same_edition_and_a_load_tells_what_changed(lin, project, land, client):
    one, other = compute(lin, project), compute(lin, project)
    assert one.digest == other.digest != ""
    topic = reads.node_row(one, "").tables["topics"][0]["value"]
    editions.label_topic(actor=lin, key=one.pk, node="", topic=topic, label="片剂与化合物")
    settle(land, "second", [patent(50, year=2020), patent(55, year=2021)])
    third = compute(lin, project)
    assert (third.snapshot, third.digest == one.digest) == (2, False)
    changed = {c.code: c for c in reads.changes(other, third).nodes}
    assert (changed[""].before, changed[""].now, changed[""].came, changed[""].went) == (44, 46, 2, 0)
    assert (changed["1.1.1"].came, changed["1.1.2"].came) == (2, 0)
    assert len(reads.members(one, "", "total")) == 44
    assert TopicLabel.objects.get().topic == topic  # where it was given, it stays
    assert dashboard.topic_labels(one, "") == {topic: "片剂与化合物"}
    (again,) = dashboard.topic_labels(third, "")
    assert again in {row["value"] for row in reads.node_row(third, "").tables["topics"]}
    editions.publish_edition(actor=lin, key=third.pk)
    third.refresh_from_db()
    assert reads.edition_before(third) is None  # the two before are the team's alone
    editions.publish_edition(actor=lin, key=one.pk)
    assert reads.edition_before(third) == one
    parts = {s.title: s for s in reporting.report(lin, third, View.PUBLIC, "").sections}
    (told,) = parts[str(words.SECTIONS["changes"])].blocks
    assert [cell.text.split()[0] for cell in told.rows[0]][1:] == ["44", "46", "2", "0"]
    editions.label_topic(actor=lin, key=third.pk, node="", topic=again, label="")
    assert not TopicLabel.objects.exists()
    page = client.get(f"/navigation/editions/{third.pk}/changes", headers={"accept-language": "zh-hans"})
    assert page.status_code == 200
    with pytest.raises(Conflict, match="edition_published"):
        editions.delete_edition(actor=lin, key=third.pk)
    editions.delete_edition(actor=lin, key=other.pk)
    assert Project.objects.get().editions.count() == 2


@pytest.mark.feature("S4-15")
def test_a_published_project_lives_on_after_a_load_once_a_day(lin, project, land, monkeypatch):
    first = compute(lin, project)
    editions.publish_edition(actor=lin, key=first.pk)
    monkeypatch.setattr("qiantang.scenarios.navigation.rules.LIVING_REST", timedelta(0))
    assert editions.tend_editions(actor=SYSTEM) == 0  # the register has not moved
    settle(land, "second", [patent(50, year=2020)])
    monkeypatch.setattr("qiantang.scenarios.navigation.rules.LIVING_REST", timedelta(days=1))
    assert editions.tend_editions(actor=SYSTEM) == 0  # it rests
    monkeypatch.setattr("qiantang.scenarios.navigation.rules.LIVING_REST", timedelta(0))
    assert editions.tend_editions(actor=SYSTEM) == 1
    newest = Edition.objects.order_by("-number").first()
    assert (newest.number, newest.state) == (first.number + 1, "queued")
    assert editions.tend_editions(actor=SYSTEM) == 0  # it waits for the worker


def test_what_dies_under_way_is_begun_again_and_what_cannot_be_says_so(lin, project, tmp_path, settings, monkeypatch):
    key = editions.request_edition(actor=lin, key=project)
    Edition.objects.filter(pk=key).update(state="running", leased_until="2020-01-01T00:00:00Z")
    asked = []
    monkeypatch.setattr(editions, "import_string", lambda _name: type("Job", (), {"enqueue": asked.append}))
    assert editions.tend_editions(actor=SYSTEM) == 1
    assert asked == [key]
    settings.QIANTANG_HOME = tmp_path / "empty"
    assert editions.compute_edition(actor=SYSTEM, key=key)
    row = Edition.objects.get(pk=key)
    assert (row.state, row.error_code) == ("failed", "register.empty")
    with pytest.raises(NotFound, match="edition_unknown"):
        reads.ready_edition(lin, key)


@pytest.mark.feature("S4-16")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_number_has_a_name_for_people(lin, project, language):
    row = compute(lin, project)
    chain = reads.chain_of(row)
    with translation.override(language):
        for node in reads.node_rows(row).values():
            book = reads.Book(row, node)
            for key in node.figures:
                name = figure_words.told(key, book, chain)
                assert name != key, key
                assert not re.search(r"first_year|in_force|[a-z]\.\d", name), name
                assert language == "en" or not re.search(r"· [a-z_]+$", name), name


@pytest.mark.feature("S4-13")
def test_owners_abroad_stand_in_the_way_too(lin, project, land):
    foreign = patent(60, year=2018, families=False)
    foreign.parties[:] = [Party("applicant", 1, "Outer Bio Inc.", country="US")]
    settle(land, "abroad", [foreign])
    row = compute(lin, project)
    book = reads.book(row, "")
    assert book.value("risk.abroad") == 1
    assert "Outer Bio Inc." in {one["value"] for one in book.rows("risk")}
    assert reads.members(row, "", "risk.abroad") == ("CN-P108000060",)


@pytest.mark.feature("S4-01")
def test_what_a_reviewer_objects_to_is_not_published(lin, shen, project):
    row = compute(lin, project)
    projects.name_member(actor=lin, key=project, username="shen", duty=Duty.REVIEWER)
    projects.give_opinion(actor=shen, key=project, agrees=False, text="口径不清")
    with pytest.raises(Conflict, match="edition_objected"):
        editions.publish_edition(actor=lin, key=row.pk)
    projects.give_opinion(actor=shen, key=project, agrees=True, text="已澄清")
    editions.publish_edition(actor=lin, key=row.pk)


@pytest.mark.feature("S4-03")
def test_how_well_a_node_finds_stands_beside_what_it_finds(lin, project, client):
    row = compute(lin, project)
    key = sampling.draw_sample(actor=lin, key=project, node="1.1.1", kind=SampleKind.PRECISION, size=6, seed="s")
    ids = list(Project.objects.get().samples.get().items.values_list("patent_id", flat=True))
    chain = reads.chain_of(row)
    assert samples.of_node(row, chain, "1.1.1").samples == ()  # not labelled to its end
    sampling.label(actor=lin, sample=key, verdicts=dict.fromkeys(ids, Verdict.RELEVANT))
    (told,) = samples.of_node(row, chain, "1.1.1").samples
    assert (told.measured.share, told.measured.sample) == (1.0, 6)
    whole = samples.of_node(row, chain, "")
    assert (whole.measured, whole.reached, whole.leaves) == (1, 1, len(chain.leaves()))
    editions.publish_edition(actor=lin, key=row.pk)
    page = client.get(f"/navigation/editions/{row.pk}?node=1.1.1", headers={"accept-language": "en"}).content.decode()
    assert "(0.610–1.000, 6/6)" in page


@pytest.mark.feature("S4-03")
def test_samples_of_a_published_edition_stay_as_they_were_labelled(lin, shen, project, client):
    projects.name_member(actor=lin, key=project, username="shen", duty=Duty.REVIEWER)
    row = compute(lin, project)
    key = sampling.draw_sample(actor=lin, key=project, node="1.1.1", kind=SampleKind.PRECISION, size=6, seed="s")
    ids = list(Project.objects.get().samples.get().items.values_list("patent_id", flat=True))
    sampling.label(actor=lin, sample=key, verdicts=dict.fromkeys(ids, Verdict.RELEVANT))
    sampling.begin_review(actor=shen, sample=key)
    sampling.label_again(actor=shen, sample=key, verdicts=dict.fromkeys(ids, Verdict.RELEVANT))
    editions.publish_edition(actor=lin, key=row.pk)
    ends = ("report", "annex.csv", "")
    before = {end: _page_of(client, row, end) for end in ends}
    assert "1.000" in before["report"]
    # an expert says otherwise, labels are changed, and another sample is drawn: all for the next edition
    sampling.label_again(actor=shen, sample=key, verdicts=dict.fromkeys(ids, Verdict.FOREIGN))
    sampling.label(actor=lin, sample=key, verdicts=dict.fromkeys(ids[:4], Verdict.FOREIGN))
    sampling.draw_sample(actor=lin, key=project, node="1.1.2", kind=SampleKind.PRECISION, size=5, seed="t")
    assert {end: _page_of(client, row, end) for end in ends} == before
    chain = reads.chain_of(row)
    (kept,) = samples.of_edition(Edition.objects.get(pk=row.pk), chain)
    assert (kept.measured.hits, kept.measured.sample, kept.review.moves) == (6, 6, False)
    assert kept.row.population == 12
    following = compute(lin, project)
    live = {one.row.node: one for one in samples.of_edition(following, chain)}
    assert (live["1.1.1"].measured.hits, live["1.1.1"].review.moves) == (2, True)
    assert live["1.1.1"].second_headline.value == 0.0
    assert "1.1.2" in live


def _page_of(client, row, end):
    """A page of an edition without what is of the moment."""
    address = f"/navigation/editions/{row.pk}/{end}" if end else f"/navigation/editions/{row.pk}?node=1.1.1"
    text = client.get(address, headers={"accept-language": "en"}).content.decode("utf-8-sig")
    return re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", text)


@pytest.mark.feature("S4-14")
def test_the_parameters_of_the_topics_are_kept_and_a_change_is_told(lin, project, client, monkeypatch):
    first = compute(lin, project)
    assert first.parameters["topics"]["seed"] == 20_210_401
    again = compute(lin, project)
    assert (again.parameters, again.digest) == (first.parameters, first.digest)  # the same again
    assert reads.changes(first, again).parameters == ()
    monkeypatch.setattr(topics, "PARAMETERS", {**topics.PARAMETERS, "tied": 2.0})
    other = compute(lin, project)
    assert reads.changes(again, other).parameters == (("topics", "tied", 1.5, 2.0),)
    for row in (again, other):
        editions.publish_edition(actor=lin, key=row.pk)
    page = client.get(f"/navigation/editions/{other.pk}/changes", headers={"accept-language": "en"}).content.decode()
    assert "The topics were made with other parameters" in page
    assert "1.5 → 2.0" in page
    report = client.get(f"/navigation/editions/{other.pk}/report", headers={"accept-language": "en"}).content.decode()
    assert "seed 20210401" in report
