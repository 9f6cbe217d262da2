"""A lawful request: afterwards no file of the home holds what was removed, and re-importing does not bring it back."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from pkgutil import resolve_name

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qiantang.commons.audit.api import entries, uses
from qiantang.corpus.ingest import api
from qiantang.corpus.ingest.services.naming import learn_new_names
from qiantang.corpus.parties import api as parties
from qiantang.corpus.parties.tests.rows import tables_holding
from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.erasure import Suppressed, Suppressions
from qiantang.corpus.register.tests.reach import digest
from qiantang.corpus.register.types import Role, SearchRequest
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

from . import readings

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
REGISTER, ERASING = "qiantang.corpus.register.services", "qiantang.corpus.ingest.services.erasing"
DAY = date(2026, 1, 1)
PERSON, TITLE = "欧阳湖墅", "一种欧阳式潜水闸门"
MISTAKEN = "欧阳德公司"  # a person whose name ends like a firm


def table(first=1, count=30):
    """A gazette of our own: row 5 has a name and a title of their own, row 7 the same person beside a wrong digit."""
    rows = readings.rows(count)
    rows[4][7], rows[4][1] = f"{PERSON};章湖墅;", TITLE
    rows[6][7] = f"{PERSON};"
    rows[6][4] = rows[6][4][:12] + str((int(rows[6][4][12].replace("X", "1")) + 1) % 10)
    return readings.table(rows)


NUMBER = readings.rows(30)[4][2]


def said_by(path: Path) -> str:
    """All text of one file: of Parquet and Arrow files what is packed in them."""
    if path.suffix == ".parquet":
        return str(pq.read_table(path).to_pylist())
    content = path.read_bytes()
    told = content.decode("utf-8", "replace") + content.decode("gb18030", "replace")
    if content[:6] == b"ARROW1":
        told += str(pa.ipc.open_file(io.BytesIO(content)).read_all().to_pylist())
    return told


def holding(home: Path, *words: str) -> list[str]:
    return sorted(
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and any(word in said_by(path) for word in words)
    )


@pytest.fixture
def loaded(home, files):
    """Two snapshots: the table, and another that touches the same patent."""
    (files / "a.csv").write_bytes(table())
    api.load_paths([files], day=DAY)
    (files / "b.csv").write_bytes(table() + readings.table(readings.rows(31)[30:]).split(b"\n", 1)[1])
    api.load_paths([files / "b.csv"], day=DAY)
    assert holding(home, PERSON)
    return home


@pytest.mark.feature("X-31")
def test_a_name_goes_from_every_file_of_the_home_and_stays_away(loaded, files):
    before = digest()
    done = api.erase_personal_data(actor=SYSTEM, numbers=[NUMBER], name=PERSON, request="2026-14")
    assert (done.patents, done.removed, done.snapshots) == (1, 0, (1, 2))
    assert done.refused == 2
    assert set(done.sources.values()) == {"a.csv", "b.csv"}
    assert register.get(NUMBER).names(Role.INVENTOR) == ("章湖墅",)
    assert holding(loaded, PERSON) == []
    assert digest() != before
    api.load_paths([files], day=DAY, reader=newer())
    assert register.get(NUMBER).names(Role.INVENTOR) == ("章湖墅",)
    assert holding(loaded, PERSON) == []
    assert register.search(SearchRequest(query=f"IN={PERSON}")).total == 0


def newer():
    """The gazette's reader with a new version: every file is read again."""
    from qiantang.corpus.ingest.methods.readers.gazette_table import GazetteTableReader

    reader = GazetteTableReader()
    reader.version += 1
    return reader


@pytest.mark.feature("X-31")
def test_a_patent_goes_whole_and_its_rows_are_refused_from_then_on(loaded, files):
    patents = register.coverage().patents
    done = api.erase_personal_data(actor=SYSTEM, numbers=[NUMBER], name=None, request="2026-15")
    assert (done.patents, done.removed) == (1, 1)
    assert [one.patents for one in register.snapshots()] == [28, patents - 1]
    assert holding(loaded, TITLE) == []
    with pytest.raises(NotFound):
        register.get(NUMBER)
    assert register.search(SearchRequest(query="")).total == patents - 1
    report = api.load_paths([files], day=DAY, reader=newer())
    assert [s.reasons.get("suppressed") for s in report.sources] == [1, 1]
    assert all(s.read == s.kept + s.merged + s.refused for s in report.sources)
    assert holding(loaded, TITLE) == []
    assert register.coverage().patents == patents - 1


@pytest.mark.feature("X-31")
def test_uploads_that_say_it_go_and_the_journal_says_that_not_what(
    home, as_operator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        as_operator.post(
            "/import", {"files": [SimpleUploadedFile("a.csv", table()), SimpleUploadedFile("b.csv", other())]}
        )
    api.erase_personal_data(actor=SYSTEM, numbers=[NUMBER], name=PERSON, request="2026-16")
    assert holding(home, PERSON) == []
    assert [path.name for path in (home / "files" / "imports").rglob("*.csv")] == ["b.csv"]
    told = str(entries(SYSTEM, subject="register:erasure"))
    assert "ingest.data.erase" in told
    assert "2026-16" in told
    assert PERSON not in told


@pytest.mark.feature("X-31")
def test_a_name_taken_for_an_organisation_leaves_the_database_too(home, files):
    rows = readings.rows(30)
    rows[4][6] = f"{MISTAKEN};钱塘水泵有限公司"
    (files / "c.csv").write_bytes(readings.table(rows))
    api.load_paths([files / "c.csv"], day=DAY)
    learn_new_names(actor=SYSTEM)
    assert tables_holding(MISTAKEN)
    api.erase_personal_data(actor=SYSTEM, numbers=[NUMBER], name=MISTAKEN, request="2026-18")
    assert tables_holding(MISTAKEN) == []
    assert parties.party_of("钱塘水泵有限公司") is not None
    (entry,) = entries(SYSTEM, subject="register:erasure")
    assert entry.facts["party_names"] == 1
    told = {one.facts["purpose"]: one for one in uses(SYSTEM)}
    assert told.keys() == {"parties.harmonising", "ingest.erasure"}
    assert told["ingest.erasure"].facts["counts"] == {"patents": 1, "refused": 0}
    assert MISTAKEN not in str(told)
    assert holding(home, MISTAKEN) == []


def other() -> bytes:
    rows = readings.rows(40)[30:]
    return readings.table(rows)


def test_a_request_without_reference_or_number_or_with_the_name_in_it_is_not_carried_out(loaded):
    for numbers, name, request in (([NUMBER], PERSON, " "), ([], PERSON, "1"), ([NUMBER], PERSON, f"for {PERSON}")):
        with pytest.raises(Invalid, match=r"ingest\.erasure_request"):
            api.erase_personal_data(actor=SYSTEM, numbers=numbers, name=name, request=request)
    with pytest.raises(NotPermitted):
        api.erase_personal_data(actor=Actor(1, "shen"), numbers=[NUMBER], name=PERSON, request="1")
    assert holding(loaded, PERSON)


def test_removed_twice_is_removed_once(loaded):
    api.erase_personal_data(actor=SYSTEM, numbers=[NUMBER], name=PERSON, request="2026-17")
    once = digest()
    api.erase_personal_data(actor=SYSTEM, numbers=[NUMBER], name=PERSON, request="2026-17")
    assert digest() == once


@pytest.mark.feature("X-31")
@pytest.mark.parametrize(
    ("step", "at"),
    [
        (f"{REGISTER}.erasure.replace_layers", 2),
        (f"{REGISTER}.erasure._clear_refused", 1),
        (f"{ERASING}.register.intake.advance_index", 1),
        (f"{ERASING}.audit.record", 1),
    ],
)
def test_a_removal_that_broke_off_is_asked_for_again_by_number(loaded, monkeypatch, step, at):
    """Whatever stood at the moment, the patent found or not: it ends as one removal would have ended."""
    calls = []
    real = resolve_name(step)

    def breaks(*given, **named):
        calls.append(None)
        if len(calls) == at:
            raise OSError("broken off")
        return real(*given, **named)

    request = {"actor": SYSTEM, "numbers": [NUMBER], "name": None, "request": "2026-18"}
    with monkeypatch.context() as broken:
        broken.setattr(step, breaks)
        with pytest.raises(OSError, match="broken off"):
            api.erase_personal_data(**request)
    done = api.erase_personal_data(**request)
    assert (done.removed, set(done.sources.values())) == (1, {"a.csv", "b.csv"})
    assert holding(loaded, TITLE) == []
    assert not (loaded / "register" / "removing.json").exists()
    assert register.search(SearchRequest(query="")).total == register.coverage().patents == 29
    assert [one.facts["removed"] for one in entries(SYSTEM) if one.verb == "ingest.data.erase"] == [1]
    with pytest.raises(NotFound):
        api.erase_personal_data(**request)


@pytest.mark.feature("X-31")
def test_a_removal_that_broke_off_leads_to_no_other(loaded, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(f"{ERASING}._remove_uploads", lambda _digests: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            api.erase_personal_data(actor=SYSTEM, numbers=[NUMBER], name=None, request="2026-19")
    other = readings.rows(30)[9][2]
    api.erase_personal_data(actor=SYSTEM, numbers=[other], name=None, request="2026-20")
    assert (loaded / "register" / "removing.json").exists()
    for number, name in ((NUMBER, PERSON), (other, None), ("CN201710601862.3", None)):
        with pytest.raises(NotFound):
            api.erase_personal_data(actor=SYSTEM, numbers=[number], name=name, request="2026-21")
    api.erase_personal_data(actor=SYSTEM, numbers=[NUMBER], name=None, request="2026-19")
    assert not (loaded / "register" / "removing.json").exists()


def test_names_are_known_by_digest_in_any_spelling_and_inside_texts():
    list_ = Suppressions("0" * 32)
    names = {list_.name("Ｌu Yi")}
    assert list_.is_name("lu yi", names)
    assert not list_.is_name("lu yin", names)
    assert list_.redacted("transferred from LU YI to X", names) == "transferred from 〔…〕 to X"
    row = {"parties": [{"role": "inventor", "name": "Lu Yi"}, {"role": "inventor", "name": "X"}], "note": None}
    assert list_.without(row, names) == {"parties": [{"role": "inventor", "name": "X"}], "note": None}


def test_a_row_that_shares_one_number_makes_its_other_numbers_known():
    list_ = Suppressions("0" * 32)
    list_.suppress(["p:CN1"], Suppressed(whole=True))
    assert list_.of(["p:CN2"]) is None
    assert list_.of(["p:CN1", "a:CN2019"]).whole
    assert list_.of(["a:CN2019"]).whole
    again = Suppressions.from_json(list_.to_json())
    assert again.of(["a:CN2019"]).whole
    assert "CN1" not in str(list_.to_json())
