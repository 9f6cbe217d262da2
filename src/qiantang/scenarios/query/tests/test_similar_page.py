"""The page of similar patents: what it finds, what it says where it cannot, and that it keeps nothing of a text."""

from __future__ import annotations

import logging
import re
from html import unescape
from pathlib import Path

import pytest
from django.db import connection

from qiantang.corpus.register.api import intake, register
from qiantang.corpus.register.tests.fields import MODEL, field_patents
from qiantang.corpus.register.tests.shelf import File, stock

pytestmark = pytest.mark.django_db
SECRET = "绝密草案玄武机关"  # what a draft of somebody holds and nobody else may read


@pytest.fixture(scope="session")
def fields_home(tmp_path_factory):
    place = tmp_path_factory.mktemp("fields")
    stock(place, File("fields.csv", field_patents()))
    return place


@pytest.fixture
def fields(fields_home, settings):
    settings.QIANTANG_HOME = fields_home
    settings.TEXT_MODEL = MODEL
    while intake.prepare_meaning(register()):
        pass
    return fields_home


def ask(client, language="en", **given):
    return client.post("/similar", given, headers={"accept-language": language})


def words(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.feature("S3-09")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_question_is_answered_with_the_passages_that_match(client, fields, language):
    response = ask(client, language, text="输电线路怎样驱鸟")
    content = response.content.decode()
    assert response.status_code == 200
    assert "<mark>驱鸟</mark>" in content
    assert 'href="/patents/CN-P11200' in content
    assert response.context["result"].hits[0].card.ipc == ("A01M29/16",)
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")


@pytest.mark.feature("S3-10")
def test_from_the_page_of_a_patent_to_patents_like_it(client, fields):
    assert 'href="/similar/to/CN-P112000001"' in client.get("/patents/CN-P112000001").content.decode()
    response = client.get("/similar/to/CN-P112000001", follow=True, headers={"accept-language": "en"})
    assert response.redirect_chain == [("/similar?patent=CN-P112000001", 302)]
    found = {hit.card.patent_id for hit in response.context["result"].hits}
    assert not {"CN-P112000001", "CN-P112000002"} & found
    assert "Like CN112000001A" in words(response)
    claim = client.get("/similar?patent=CN112000001A&claim=2&family=1", headers={"accept-language": "en"})
    assert "Like claim 2 of CN112000001A" in words(claim)
    assert "CN-P112000002" in {hit.card.patent_id for hit in claim.context["result"].hits}
    assert client.get("/similar?patent=CN112000001A&claim=9").status_code == 404
    assert client.get("/similar?patent=CN199999999A").status_code == 404


@pytest.mark.feature("S3-10")
def test_only_among_certain_patents_as_prior_art_is_looked_for(client, fields):
    response = ask(client, text="电池冷却", q="IC=A01G or IC=H01M", before="2016-01-01")
    assert response.context["result"].canonical == "(IC=A01G OR IC=H01M) AND PD=[* TO 20151231]"
    assert {hit.card.ipc[0] for hit in response.context["result"].hits} == {"A01G25/16", "H01M10/613"}
    link = client.get("/search?q=IC%3DA01G").content.decode()
    assert 'href="/similar?q=IC%3DA01G"' in link
    assert 'value="IC=A01G"' in client.get("/similar?q=IC%3DA01G").content.decode()


def test_what_cannot_be_read_is_said_at_its_field_and_keeps_what_was_typed(client, fields):
    broken = ask(client, text="电池", q="IC=(H01M")
    assert broken.status_code == 400
    assert 'id="query-error"' in broken.content.decode()
    assert ">电池</textarea>" in broken.content.decode()
    late = ask(client, text="电池", before="yesterday")
    assert late.status_code == 400
    assert 'href="#before"' in late.content.decode()
    assert ask(client, text="x" * 20_001).status_code == 400
    assert ask(client, text="电池", q="IC=B99Z").status_code == 200
    assert "None of the patents you chose" in words(ask(client, text="电池", q="IC=B99Z"))


def test_the_other_language_comes_as_a_part_of_its_own_or_on_the_page(client, fields):
    part = client.post("/similar/elsewhere", {"text": "电池 battery cooling 冷却"})
    assert "<html" not in part.content.decode()
    assert "US10999001B2" in part.content.decode()
    whole = ask(client, text="电池 battery cooling 冷却", do="elsewhere")
    assert "US10999001B2" in whole.content.decode()
    assert 'hx-post="/similar/elsewhere"' in ask(client, text="电池").content.decode()
    assert client.post("/similar/elsewhere", {}).status_code == 422
    assert client.get("/similar/elsewhere").status_code == 405


@pytest.mark.feature("S3-X3")
def test_how_much_is_missing_is_told_from_what_a_reader_marked(client, fields):
    found = ask(client, text="输电线路怎样驱鸟").context["result"].hits
    relevant = [hit.card.patent_id for hit in found if hit.card.patent_id.startswith("CN-P112001")]
    told = ask(client, text="输电线路怎样驱鸟", do="estimate", relevant=relevant)
    assert told.context["recall"].common == len(relevant) == 12
    assert "Probably at least 0 relevant patents are missing (0 to" in words(told)
    assert told.content.decode().count(" checked") == len(relevant)
    few = ask(client, text="输电线路怎样驱鸟", do="estimate", relevant=relevant[:3])
    assert "How much is missing is not known" in words(few)
    assert few.context["recall"].missing is None


@pytest.mark.parametrize(
    ("model", "sentence"),
    [(MODEL, "0 % done. Until then patents are compared by their words alone"), ("", "No language model is set")],
)
def test_until_meaning_is_ready_the_page_says_so_and_finds_by_words(client, tmp_path, settings, model, sentence):
    settings.QIANTANG_HOME, settings.TEXT_MODEL = tmp_path, model
    stock(tmp_path, File("fields.csv", field_patents(each=2)))
    response = ask(client, text="输电线路怎样驱鸟")
    assert sentence in words(response)
    assert response.context["result"].hits[0].card.ipc == ("A01M29/16",)
    assert "How much is missing?" not in words(response)


def test_nothing_asked_and_nothing_loaded_are_no_mistakes(client, fields, tmp_path, settings):
    assert client.get("/similar").status_code == ask(client, text="   ").status_code == 200
    settings.QIANTANG_HOME = tmp_path
    assert "Nothing is loaded yet" in words(ask(client, text="电池"))


@pytest.mark.feature("S3-10")
def test_nothing_of_a_draft_is_kept_anywhere(client, fields, caplog, capfd):
    """Asked in every way there is, also in ways that fail: no log, no row, no file, no metric and no address has a word of it."""
    caplog.set_level(logging.DEBUG)
    draft = f"一种{SECRET}，包括电池和冷却装置" * 5
    for given in (
        {"text": draft},
        {"text": draft, "do": "estimate", "relevant": ["CN-P112000001"]},
        {"text": draft, "do": "elsewhere"},
        {"text": draft, "q": "IC=("},
        {"text": draft, "before": "yesterday"},
        {"text": draft * 100},
    ):
        response = ask(client, **given)
        assert not response.has_header("Location")
        assert SECRET not in str(response.cookies)
    client.post("/similar/elsewhere", {"text": draft})
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in Path(fields).rglob("*") if path.is_file())
    captured = capfd.readouterr()
    assert SECRET not in caplog.text + captured.out + captured.err
    assert SECRET not in client.get("/metrics").content.decode()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert SECRET not in repr(cursor.fetchall())
