"""S3-19: what people look for is in no log, no figure and no table, whatever they ask and however it fails."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django_tasks.backends.immediate import ImmediateBackend

from qiantang.cli.serving import _server
from qiantang.commons.accounts.api import person_by_username
from qiantang.config.logs import ContentFilter, CorrelationFilter, LineFormatter, logging_to_stderr
from qiantang.kernel.actor import Actor
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, FileFormat
from qiantang.scenarios.query.methods.exporting.columns import PROPOSED
from qiantang.scenarios.query.services import numbering, saving
from qiantang.scenarios.query.services.exporting import jobs
from qiantang.scenarios.query.types import DeskRequest

SYSTEM = Actor.system("test")
pytestmark = [pytest.mark.django_db, pytest.mark.feature("S3-19")]
WORD, ASCII = "密语暗号", "zqxjkvw"
BOTH = f"{WORD} {ASCII}"
LOUDEST = ("", "qiantang", "django", "django.request", "django.security", "django.security.csrf", "django_tasks")


@pytest.fixture
def heard() -> Iterator[io.StringIO]:
    """Everything that is logged, as the house writes it, with every logger at its loudest."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(CorrelationFilter())
    handler.addFilter(ContentFilter())
    handler.setFormatter(LineFormatter(logging_to_stderr("DEBUG")["formatters"]["line"]["format"]))
    before = {name: logging.getLogger(name).level for name in LOUDEST}
    for name in LOUDEST:
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def holds(text: str) -> list[str]:
    """Which spellings of the words looked for stand in a text."""
    spelled = (
        WORD,
        ASCII,
        quote(WORD),
        quote(WORD).lower(),
        WORD.encode("unicode-escape").decode(),
        repr(WORD.encode()),
    )
    return [one for one in spelled if one.strip("b'") in text]


def everything_stored() -> str:
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            told += [str(row) for row in cursor.fetchall()]
    return "\n".join(told)


ADDRESSES = [
    "/search?q={}",
    "/search?q=TI=({}",
    "/search?q={}=1",
    "/search?q=NOT",
    "/search?q={}&f={}",
    "/search?q=a&sort={}",
    "/search?q=a&page={}",
    "/search/build?q={}",
    "/search/guided?what={}&step=2",
    "/search/values?q={}&field=PA&find={}",
    "/search/values?q={}&key=PA&find={}",
    "/search/statistics?q={}",
    "/search/statistics?q={}&rows={}",
    "/search/statistics.csv?q={}&by=AY",
    "/search/permalink/new?q={}",
    "/search/permalink?c={}",
    "/search/read/{}?q={}",
    "/search/read/CN107000001A?q={}&at=0",
    "/search?q={}&group=simple",
    "/search?q={}&sort=cited&view=table&col=cited&keep=1",
    "/free-to-use?q={}&field={}",
    "/similar/to/{}?claim={}",
    "/patents/{}/claims/compare?with={}",
    "/search/history?q={}",
    "/search/export?q={}",
    "/search?q={}、{}",
    "/search?q=电池 4w {}",
    "/search/saved/new?q={}",
    "/dossiers/add?q={}",
    "/dossiers/add/{}",
    "/dossiers/shared/{}",
    "/patents/{}",
    "/patents/{}/claims",
    "/patents/CN{}A",
    "/{}",
    "/parties/{}",
    "/api/v1/search?query={}",
    "/api/v1/search?query=TI=({}",
    "/api/v1/search?query=AH={}",
    "/api/v1/search?sort={}",
    "/api/v1/search?facets={}",
    "/api/v1/search?cursor={}",
    "/api/v1/search?{}=1",
    "/api/v1/statistics?query={}&fields={}",
    "/api/v1/statistics?query={}",
    "/api/v1/statistics/crossed?query={}&rows=LS&columns=AY",
    "/api/v1/free-to-use?words={}",
    "/api/v1/patents/{}",
    "/api/v1/patents/CN107000001A/citations?direction={}",
    "/api/v1/numbers/{}",
    "/api/v1/parties?name={}",
    "/api/v1/{}",
    "/api/v1/open-data/{}/{}",
]


def look_everywhere(client: Client) -> None:
    for address in ADDRESSES:
        client.get(address.format(quote(BOTH), quote(BOTH)))
    for body in (json.dumps({"query": BOTH}), json.dumps({"query": f"TI=({BOTH}"}), json.dumps({BOTH: 1}), f"{{{BOTH}"):
        client.post("/api/v1/search", body, content_type="application/json")
    for body in (
        json.dumps({"text": BOTH}),
        json.dumps({"patent": BOTH}),
        json.dumps({"text": BOTH, "query": f"({BOTH}"}),
    ):
        client.post("/api/v1/similar", body, content_type="application/json")
    draft = f"说明书\n{BOTH}\n权利要求书\n1. 一种{BOTH}，其特征在于，包括{BOTH}。"
    for asked in ({"text": draft}, {"text": draft, "type": ASCII}, {"content": ASCII}, {"text": draft, "office": BOTH}):
        client.post("/api/v1/preexam/check", json.dumps(asked), content_type="application/json")
    client.post("/preexam/check", {"text": draft})
    client.post("/preexam/check", {"text": draft, "office": ASCII})
    client.post("/preexam/check", {"file": SimpleUploadedFile(f"{BOTH}.docx", f"PK{BOTH}".encode())})
    client.post("/similar/elsewhere", {"text": BOTH})
    client.post(f"/search/export?q={quote(BOTH)}", {"format": "csv", "columns": ["number"]})
    client.post(f"/search/export?q={quote(BOTH)}", {"format": ASCII})
    client.post("/similar", {"text": BOTH})
    client.post("/similar", {"patent": BOTH, "q": f"({BOTH}", "before": BOTH})
    client.get("/api/v1/coverage", headers={"authorization": f"Bearer {ASCII}"})


def test_searches_and_look_ups_leave_no_content_behind(
    client: Client, holdings: Any, heard: io.StringIO, tokens: dict[str, str]
) -> None:
    look_everywhere(client)
    assert client.login(username="lin", password="seven quiet rivers")
    look_everywhere(client)
    figures = client.get("/metrics").content.decode()
    assert "query:search-results" in heard.getvalue()
    assert 'route="query:search-results"' in figures
    assert holds(heard.getvalue()) == []
    assert holds(figures) == []
    assert holds(everything_stored()) == []


def test_jobs_are_told_what_to_do_by_a_number(
    kept: Any,
    heard: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """What is kept stands in its owner's tables; the queue, which everybody who runs the house reads, has its key alone."""
    sent: list[str] = []
    enqueue = ImmediateBackend.enqueue

    def noted(self: Any, task: Any, args: Any, kwargs: Any) -> Any:
        sent.append(f"{task.module_path} {args!r} {kwargs!r}")
        return enqueue(self, task, args, kwargs)

    monkeypatch.setattr(ImmediateBackend, "enqueue", noted)
    actor = Actor(person_id=person_by_username(SYSTEM, "lin").id, name="Lin")
    wanted = ExportAsked(BOTH, "-AD", FileFormat.CSV, PROPOSED, "publication", "en", date(2026, 1, 1))
    with django_capture_on_commit_callbacks(execute=True):
        saving.save_query(actor=actor, name=BOTH, asked=DeskRequest(text=BOTH), watch=(Change.NEW,))
        jobs.request_export(actor=actor, asked=wanted, total=1)
        numbering.make_number_list(actor=actor, name=BOTH, text=f"CN107000001A\n{ASCII}")
    assert any("query.tasks" in one and "export" in one for one in sent), sent
    assert holds("\n".join(sent)) == []
    assert holds(heard.getvalue()) == []


def test_a_fault_of_ours_tells_its_place_and_not_its_words(
    holdings: Any, heard: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: Any) -> None:
        try:
            {}[request.query]
        except KeyError as error:
            raise RuntimeError(f"no way with {request.query}") from error

    monkeypatch.setattr("qiantang.corpus.register.api.search", broken)
    client = Client(raise_request_exception=False)
    for address in (f"/search?q={quote(BOTH)}", f"/api/v1/search?query={quote(BOTH)}"):
        assert client.get(address).status_code == 500
    told = heard.getvalue()
    assert "RuntimeError (message withheld)" in told
    assert "KeyError (message withheld)" in told
    assert "in broken" in told
    assert holds(told) == []


def test_a_form_from_elsewhere_leaves_no_address_behind(holdings: Any, heard: io.StringIO) -> None:
    client = Client(enforce_csrf_checks=True)
    client.post("/sign-in", {"username": "lin"}, secure=True, headers={"referer": f"https://elsewhere/?q={ASCII}"})
    assert "form refused" in heard.getvalue()
    assert holds(heard.getvalue()) == []


def test_outside_of_requests_a_fault_is_told_in_full(heard: io.StringIO) -> None:
    try:
        int("the disk is full")
    except ValueError:
        logging.getLogger("qiantang").exception("a job failed")
    assert "invalid literal for int() with base 10: 'the disk is full'" in heard.getvalue()


def test_the_server_writes_no_access_log_whatever_the_surroundings_say() -> None:
    command = _server(8000)
    assert "--no-access-log" in command
    assert "--access-log" not in command


def test_the_looking_itself_finds_a_leak(heard: io.StringIO, client: Client, holdings: Any) -> None:
    """The net of this file holds: a line with the words in it is found in each spelling."""
    logging.getLogger("qiantang").debug("somebody looked for %s", BOTH)
    assert holds(heard.getvalue()) == [WORD, ASCII]
    assert holds(quote(WORD)) == [quote(WORD)]


def test_the_statement_says_so(client: Client, settings: Any) -> None:
    page = client.get("/data-use", headers={"accept-language": "en"}).content.decode()
    assert 'id="searching"' in page
    assert "What you search for, and the numbers you look up, are not written to logs" in page
