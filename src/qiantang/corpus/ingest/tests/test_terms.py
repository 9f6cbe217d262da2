"""What whoever loads says of the files: under which licence they came, and that texts as filed are of published applications."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qiantang.commons.audit import api as audit
from qiantang.corpus.ingest import api
from qiantang.corpus.ingest.models import ImportRun
from qiantang.corpus.ingest.services.mappings import import_again
from qiantang.corpus.ingest.services.watching import watch_folder
from qiantang.corpus.ingest.types import Terms
from qiantang.corpus.register import api as register
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Invalid, NotFound

from . import readings
from .test_efiled_body import CLAIMS, NUMBER, body

pytestmark = pytest.mark.feature("X-29")
OPERATOR = Actor(9, "lu", frozenset({"operator"}))
COMMAND = Actor.system("test", Channel.COMMAND)
TERMS = "CC BY 4.0, as its page states"


@pytest.fixture
def as_filed(files):
    """A folder as the office delivers it, of an application whose publication is not among the files."""
    folder = files / NUMBER / CLAIMS
    folder.mkdir(parents=True)
    (folder / "DA1.xml").write_bytes(body(CLAIMS))
    return files


@pytest.mark.feature("S3-20")
def test_texts_as_filed_come_in_on_a_word_alone(home, as_filed):
    """Everybody reads the register: an application that nobody has published must not be found in it."""
    (as_filed / "a.csv").write_bytes(readings.table(readings.rows(3)))
    told = {source.format: source for source in api.load_paths([as_filed]).sources}
    assert told["cnipa-efiled-body"].refusal["code"] == "publication_not_said"
    assert told["cnipa-gazette-table"].kept == 3
    number = f"CN{NUMBER[:12]}.{NUMBER[12]}"  # that of the first row of the gazette, too
    assert "claims" not in {text.part for text in register.get(number).texts}
    again = api.load_paths([as_filed], terms=Terms(published=True))
    assert again.totals == {"read": 4, "kept": 1, "merged": 3, "refused": 0}
    assert "claims" in {text.part for text in register.get(number).texts}


def test_without_the_word_nothing_of_an_application_is_found(home, as_filed):
    report = api.load_paths([as_filed])
    assert (report.snapshot, report.published, report.has_refusals) == (None, False, True)
    with pytest.raises(NotFound):
        register.get(f"CN{NUMBER[:12]}.{NUMBER[12]}")


@pytest.mark.django_db
def test_a_watched_folder_gives_no_word(home, as_filed):
    (as_filed / "DA1.xml").write_bytes(body(CLAIMS))
    (as_filed / "DA1.xml.done").touch()
    assert watch_folder(actor=COMMAND, folder=as_filed).failed == ("DA1.xml",)
    told = json.loads((as_filed / "failed" / "DA1.xml.report.json").read_bytes())
    assert [one["refusal"]["code"] for one in told["sources"]] == ["publication_not_said"]


@pytest.mark.django_db
def test_a_watched_folder_tells_the_licence_of_all_its_files_in_one_line(home, files):
    (files / "LICENCE").write_text("\n  CC0 1.0  \nas the supplier writes\n")
    for name, rows in (("a.csv", readings.rows(3)), ("b.csv", readings.rows(6)[3:])):
        (files / name).write_bytes(readings.table(rows))
        (files / f"{name}.done").touch()
    assert watch_folder(actor=COMMAND, folder=files).loaded == ("a.csv", "b.csv")
    assert [one.licence for one in register.coverage().sources] == ["CC0 1.0", "CC0 1.0"]
    assert (files / "LICENCE").exists()


@pytest.mark.django_db
def test_a_licence_goes_with_each_file_to_coverage_and_open_data(home, files, tmp_path):
    (files / "a.csv").write_bytes(readings.table(readings.rows(3)))
    (files / "b.csv").write_text("what is this\n")
    report = api.import_at_once(actor=COMMAND, paths=[files], terms=Terms(licence=TERMS))
    told = report.to_json()["sources"]
    assert [(one["licence"], len(one["digest"])) for one in told] == [(TERMS, 64), (TERMS, 64)]
    api.load_paths([_more(tmp_path)])
    assert [one.licence for one in register.coverage().sources] == [TERMS, ""]
    register.upkeep.export_register(register.register(), tmp_path / "open")
    package = json.loads((tmp_path / "open" / "datapackage.json").read_bytes())
    assert [one["licence"] for one in package["sources"]] == [TERMS, None]
    (run,) = ImportRun.objects.all()
    assert (run.licence, run.published) == (TERMS, False)
    (asked,) = [one for one in audit.entries(COMMAND, newest=20) if one.verb == "ingest.import.request"]
    assert (asked.facts["licence"], asked.facts["published"]) == (TERMS, False)


def _more(tmp_path):
    path = tmp_path / "more.csv"
    path.write_bytes(readings.table(readings.rows(6)[3:]))
    return path


@pytest.fixture
def send(as_operator, home, django_capture_on_commit_callbacks):
    def posted(**more):
        content = SimpleUploadedFile("a.csv", readings.table(readings.rows(3)))
        with django_capture_on_commit_callbacks(execute=True):
            return as_operator.post("/import", {"files": [content], **more}, headers={"accept-language": "en"})

    return posted


@pytest.mark.django_db
def test_the_page_asks_for_both_keeps_them_and_shows_them(send, as_operator):
    answered = send(licence=f" {TERMS} ", published="on")
    run = ImportRun.objects.get()
    assert (run.licence, run.published, run.state) == (TERMS, True, "done")
    page = as_operator.get(answered.url, headers={"accept-language": "en"}).content.decode()
    assert f"Licence or terms: {TERMS}" in " ".join(page.split())
    assert register.coverage().sources[0].digest in page
    assert TERMS in as_operator.get("/coverage").content.decode()
    again = import_again(actor=OPERATOR, run=run)
    assert (again.licence, again.published) == (TERMS, True)


@pytest.mark.django_db
def test_the_page_refuses_a_licence_that_is_too_long_beside_its_field_and_keeps_it_there(send):
    """All of it comes back: a browser that cuts what is pasted, as ``maxlength`` has it do, tells nobody."""
    given = "x" * 200 + " y"
    answered = send(licence=given)
    page = answered.content.decode()
    assert answered.status_code == 400
    said = page.partition('id="licence-error"')[2].partition("</p>")[0]
    assert "200" in said
    assert "202" in said
    assert f'value="{given}"' in page
    assert "maxlength" not in page.partition('id="licence"')[2].partition(">")[0]
    assert ImportRun.objects.count() == 0


def test_terms_are_never_cut():
    assert Terms(licence="x" * 200).licence == "x" * 200
    with pytest.raises(Invalid) as refused:
        Terms(licence="x" * 201)
    assert (refused.value.code, refused.value.facts) == ("ingest.licence_too_long", {"length": 201, "most": 200})


@pytest.mark.django_db
def test_a_watched_folder_loads_nothing_under_a_licence_that_is_too_long_until_it_is_shorter(home, files):
    (files / "LICENCE").write_text("x" * 201)
    (files / "a.csv").write_bytes(readings.table(readings.rows(3)))
    (files / "a.csv.done").touch()
    assert watch_folder(actor=COMMAND, folder=files).waiting == ("a.csv",)
    run = ImportRun.objects.get()
    assert (run.state, run.error_code, run.error_facts) == (
        *("failed", "ingest.licence_too_long"),
        {"length": 201, "most": 200},
    )
    assert register.current_snapshot() is None
    (files / "LICENCE").write_text("x" * 200)
    assert watch_folder(actor=COMMAND, folder=files).loaded == ("a.csv",)
    assert [one.licence for one in register.coverage().sources] == ["x" * 200]


@pytest.mark.django_db
def test_an_import_without_a_licence_says_that_none_was_told(send, as_operator):
    page = as_operator.get(send().url, headers={"accept-language": "en"}).content.decode()
    assert "licence not told" in page


@pytest.mark.feature("S3-20")
def test_a_gazette_a_search_platform_and_two_forms_of_google_tell_of_one_patent(home, files):
    """Each knows it by other numbers: the gazette and Google by its publication, Wanfang by its application, too."""
    from .exports import csv, xlsx
    from .test_bigquery_lines import lines
    from .test_shipped_mappings import WANFANG

    printed = readings.row(1)
    publication, filed = printed[2], printed[4]
    damaged = [*printed[:4], "2.02E+12", *printed[5:]]  # the spreadsheet has destroyed the application number
    (files / "gazette.csv").write_bytes(readings.table([damaged]))
    wanfang = list(WANFANG)
    wanfang[1:6] = ["发明专利", f"CN{filed[:12]}.{filed[12]}", "2018年2月2日", "2019年7月12日", publication]
    (files / "wanfang.xlsx").write_bytes(xlsx([""] * 14, wanfang))
    name = f"{publication[:2]}-{publication[2:-1]}-{publication[-1]}"
    head = ["id", "title", "assignee", "inventor/author", "filing/creation date", "publication date", "grant date"]
    hit = [name, "An invented thing", "Example Co", "Ann Sample", "2018-02-02", "2019-07-12", ""]
    (files / "google.csv").write_bytes(csv(["search URL:", "invented"], head, hit))
    (files / "export.json").write_bytes(lines(publication_number=name, application_number=f"CN-{filed[:12]}-A"))
    report = api.load_paths([files])
    assert {source.format for source in report.sources} == {
        *("cnipa-gazette-table", "wanfang-list", "google-patents-list", "google-bigquery-lines")
    }
    assert register.current_snapshot().patents == 1
    ids = {register.get(number).patent_id for number in (publication, name, filed, f"ZL{filed[:12]}.{filed[12]}")}
    assert ids == {f"CN{filed[:12]}"}
    assert len(register.get(publication).sources) == 4
