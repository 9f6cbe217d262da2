"""The patent page and the coverage page, as a browser gets them, and the sentences of refusals."""

from __future__ import annotations

import ast
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from qiantang.commons.accounts.api import create_account
from qiantang.commons.documents.types import REFUSALS as OF_DOCUMENTS
from qiantang.commons.evidence.types import REFUSALS as OF_EVIDENCE
from qiantang.commons.notices.types import REFUSALS as OF_DELIVERY
from qiantang.corpus.parties.types import REFUSALS as OF_PARTIES
from qiantang.corpus.register.types import REFUSALS
from qiantang.kernel.actor import Actor

pytestmark = pytest.mark.django_db
BATTERY = "CN201710601862"
ROOT = Path(__file__).resolve().parents[3]


def text_of(response):
    """The words of a page, tags and runs of blanks taken away."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def page(client, address, language="en"):
    return client.get(address, headers={"accept-language": language})


# --- the patent page -------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-01")
@pytest.mark.parametrize(
    "spelled", ["CN107000001A", "201710601862.3", "ZL 2017 1 0601862.3", "CN.107000001.B", "cn201710601862"]
)
def test_any_spelling_leads_to_the_one_address(client, stocked, spelled):
    response = client.get(f"/patents/{quote(spelled)}")
    assert (response.status_code, response.url) == (302, f"/patents/{BATTERY}")


def test_a_number_with_a_stroke_in_it_leads_there_too(client, stocked):
    response = client.get("/patents/PCT/CN2018/071234")
    assert (response.status_code, response.url) == (302, "/patents/WOCN2018071234")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_holds_what_the_register_holds(client, stocked, language):
    response = page(client, f"/patents/{BATTERY}", language)
    assert response.status_code == 200
    told = text_of(response)
    for part in (
        "一种电池冷却装置",
        "CN107000001B",
        "CN201710601862.3",
        "章湖墅",
        "H01M10/613",
        "散热均匀",
        "根据权利要求1所述的装置",
        "CF01 未缴年费专利权终止",
        "电池热管理综述",
        "CN101999999",
        "一种液冷板",
        "电池箱体及汽车",
        "Battery cooling",
        "电池冷却裝置（机翻）",
        "gazette.csv",
        "crawl.csv",
    ):
        assert part in told, part


def test_the_page_names_the_newest_publication_whatever_the_order_of_sources(client, stocked):
    assert page(client, f"/patents/{BATTERY}").context["number"] == "CN107000001B"


def test_addresses_of_persons_are_not_shown(client, home):
    from qiantang.corpus.register.types import Party

    from . import shelf

    one = shelf.battery()
    one.parties[0] = Party("applicant", 1, "章湖墅", "CN", "西湖区无名路7号", "310012")
    shelf.stock(home, shelf.File("a", [one]))
    told = page(client, f"/patents/{BATTERY}").content.decode()
    assert "章湖墅" in told
    assert "无名路" not in told
    assert "310012" not in told


def test_a_record_of_which_little_is_known_is_a_page_that_says_so(client, stocked):
    response = page(client, "/patents/CN95115608")
    told = text_of(response)
    assert response.status_code == 200
    for sentence in (
        "Title not known",
        "Status not known",
        "No source gave the abstract of this patent.",
        "No legal event is on record.",
        "No loaded patent cites this one.",
    ):
        assert sentence in told


def test_what_a_source_says_cannot_become_markup(client, home):
    from . import shelf

    shelf.stock(home, shelf.File("<b>a</b>", [shelf.seen(1, ("CN107000001", "A", "2018-01-12"), title="<script>x")]))
    told = client.get("/patents/CN-P107000001").content.decode()
    assert "<script>x" not in told
    assert "&lt;script&gt;x" in told
    assert "<b>a</b>" not in told


# --- refusals of the patent page -------------------------------------------------------------------------------------


@pytest.mark.feature("S3-01")
def test_a_wrong_check_digit_is_a_page_that_names_the_right_one(client, stocked):
    response = page(client, "/patents/201710601862.5")
    assert response.status_code == 422
    assert "The check digit of CN201710601862.5 is 5; by the rule it must be 3." in text_of(response)


@pytest.mark.parametrize(
    ("number", "status", "sentence"),
    [
        ("CN108123456A", 404, "No patent on record has the number “CN108123456A”."),
        ("CN-P108123456", 404, "No patent on record has the number “CN-P108123456”."),
        ("nonsense", 422, "“nonsense” is not a patent number that we can read."),
        ("2.02E+12", 422, "A spreadsheet or a wrong encoding has changed the number “2.02E+12”."),
    ],
)
def test_other_refusals_have_a_sentence_of_their_own(client, stocked, number, status, sentence):
    response = page(client, f"/patents/{number}")
    assert response.status_code == status
    assert sentence in text_of(response)


def test_before_the_first_load_the_page_says_that_nothing_is_loaded(client, home):
    response = page(client, f"/patents/{BATTERY}")
    assert response.status_code == 404
    assert "Nothing is loaded yet." in text_of(response)


@pytest.mark.parametrize("address", [f"/patents/{BATTERY}", "/coverage"])
def test_pages_are_read_only(client, stocked, address):
    assert client.post(address).status_code == 405


# --- the coverage page -----------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-16")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_coverage_page_counts_what_is_loaded(client, stocked, language):
    response = page(client, "/coverage", language)
    assert response.status_code == 200
    told = text_of(response)
    for part in ("gazette.csv", "crawl.csv", "2020", "11"):
        assert part in told
    context = response.context
    assert context["coverage"].patents == 10
    assert {row["field"]: row["filled"] for row in context["fields"]}["classifications"] == 5
    assert context["imports_url"] is None


def test_the_coverage_page_before_the_first_load_says_how_to_begin(client, home):
    response = page(client, "/coverage")
    assert response.status_code == 200
    assert "Nothing is loaded yet" in text_of(response)


def test_an_operator_finds_the_import_desk_from_there(client, stocked):
    create_account(
        actor=Actor.system("test"), username="lu", display_name="Lu", password="seven quiet rivers", roles=["operator"]
    )
    client.login(username="lu", password="seven quiet rivers")
    assert client.get("/coverage").context["imports_url"] == "/import"


# --- every code has its words ----------------------------------------------------------------------------------------

KINDS = {"NotFound", "NotPermitted", "Invalid", "Conflict", "Limited", "Unavailable"}
# never on their way to a page: a program's own mistakes, or caught where they arise
# what stays inside, and what config tells of the kernel's paging
NOT_TOLD = {"number.body", "paging.cursor"}


def refused(*places):
    """(code, facts named at the place) of every domain error that the code of these folders builds."""
    for place in places:
        for path in sorted((ROOT / place).rglob("*.py")):
            if "tests" in path.parts:
                continue
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id in KINDS
                    and call.args
                ):
                    code = call.args[0]
                    if isinstance(code, ast.Constant):
                        yield code.value, {keyword.arg for keyword in call.keywords}


def test_every_refusal_of_register_engines_and_numbers_has_a_sentence_and_a_next_step():
    told = {code for code, _ in refused("corpus/register", "engines", "kernel/numbers")} - NOT_TOLD
    told -= {*OF_DELIVERY, *OF_DOCUMENTS, *OF_EVIDENCE, *OF_PARTIES}  # told in the words of these rooms
    told = {code for code in told if not code.startswith("courier.")}  # told by the exchange with other platforms
    assert {"register.empty", "search.failed", "lake.layer_unreadable", "number.damaged"} <= told
    assert told - REFUSALS.keys() == set()
    assert REFUSALS.keys() - told == set()


def test_no_sentence_names_a_fact_that_its_refusal_may_lack():
    named = {code: set(re.findall(r"%\((\w+)\)s", " ".join(texts))) for code, texts in REFUSALS.items()}
    for code, facts in refused("corpus/register", "engines", "kernel/numbers"):
        assert named.get(code, set()) <= facts, code
