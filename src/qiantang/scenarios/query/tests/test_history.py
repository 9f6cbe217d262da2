"""Search history: numbers for queries, in the reader's browser alone."""

from __future__ import annotations

import logging
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.accounts.api import create_account
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods import history as past
from qiantang.scenarios.query.types.asking import History
from qiantang.scenarios.query.views.kept_history import COOKIE

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S3-02")]


def ask(client, query, **more):
    return client.get("/search?" + urlencode({"q": query, **more}), headers={"accept-language": "en"})


def do(client, what):
    return client.post("/search/history", {"do": what})


def shown(client, *given):
    return client.get("/search/history?" + urlencode(given), headers={"accept-language": "en"})


def listed(client):
    return [(row["past"].number, row["past"].query, row["past"].total) for row in shown(client).context["rows"]]


def asked_again(response):
    return parse_qs(urlsplit(response["Location"]).query)["q"]


@pytest.fixture
def keeping(client, stocked):
    do(client, "on")
    return client


# --- where it is kept ---


@pytest.mark.feature("S3-19")
def test_nothing_is_remembered_unless_it_is_switched_on(client, stocked):
    assert COOKIE not in ask(client, "电池").cookies
    assert shown(client).context["kept"] is False
    assert ask(client, "#1").status_code == 400


def test_queries_get_numbers_and_keep_them(keeping):
    for query in ("电池", "泵", "电池 ", "TI=泵"):
        ask(keeping, query)
    assert listed(keeping) == [(3, "TI=泵", 1), (1, "电池", 2), (2, "泵", 1)]


def test_refinements_are_part_of_what_is_remembered_and_pages_and_slips_are_not(keeping):
    ask(keeping, "电池 OR 泵", f='CC=="CN"')
    ask(keeping, "TI=(")
    ask(keeping, "")
    assert [query for _, query, _ in listed(keeping)] == ["(电池 OR 泵) AND CC=CN"]


@pytest.mark.feature("S3-19")
def test_the_server_keeps_no_word_of_it(keeping, caplog):
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked:
        ask(keeping, "密语")
        keeping.get(ask(keeping, "#1 AND 密语甲")["Location"])
        shown(keeping)
    assert [query for _, query, _ in listed(keeping)] == ["密语 AND 密语甲", "密语"]
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("django")]
    written = [one["sql"] for one in asked.captured_queries if not one["sql"].startswith("SELECT")]
    assert "密语" not in " ".join([*ours, *written])


@pytest.mark.feature("S3-19")
def test_the_cookie_is_for_the_search_pages_of_this_browser_session(keeping):
    cookie = ask(keeping, "电池").cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/search", True, "Lax")
    assert cookie["max-age"] == cookie["expires"] == ""


def test_what_somebody_wrote_into_the_cookie_is_not_believed(keeping):
    ask(keeping, "电池")
    for forged in ("x", signing.dumps([1, []], salt="other"), keeping.cookies[COOKIE].value[:-2] + "xx"):
        keeping.cookies[COOKIE] = forged
        assert shown(keeping).context["kept"] is False
        assert ask(keeping, "泵").status_code == 200


def test_an_account_does_not_see_what_was_asked_before_it_signed_in(keeping):
    ask(keeping, "电池")
    secret = "seven quiet rivers"
    create_account(actor=Actor.system("test"), username="lin", display_name="Lin", password=secret, roles=[])
    assert keeping.login(username="lin", password=secret)
    assert shown(keeping).context["kept"] is False


def test_the_oldest_go_where_the_cookie_is_full(keeping):
    for number in range(60):
        ask(keeping, f"TI=泵{number:03d} OR AB={sha256(bytes([number])).hexdigest()}")
    assert len(keeping.cookies[COOKIE].value) < 3_700
    numbers = [number for number, _, _ in listed(keeping)]
    assert numbers[0] == 60
    assert 5 < len(numbers) < 60
    assert numbers == sorted(numbers, reverse=True)


def test_forgetting_one_all_and_switching_off(keeping):
    for query in ("电池", "泵"):
        ask(keeping, query)
    do(keeping, "drop-1")
    assert [number for number, _, _ in listed(keeping)] == [2]
    ask(keeping, "电池")
    assert [number for number, _, _ in listed(keeping)] == [3, 2]  # a number is not given twice
    do(keeping, "clear")
    assert shown(keeping).context["rows"] == []
    assert do(keeping, "off").cookies[COOKIE].value == ""
    assert shown(keeping).context["kept"] is False
    assert do(keeping, "shred").status_code == 422


# --- what it is for ---


def test_numbers_in_the_box_are_written_out_so_that_the_address_can_be_shared(keeping):
    ask(keeping, "电池 OR 泵")
    ask(keeping, "CC=CN")
    response = ask(keeping, "#1 AND #2", sort="-AD")
    assert response.status_code == 302
    assert asked_again(response) == ["(电池 OR 泵) AND CC=CN"]
    assert "sort=-AD" in response["Location"]
    assert keeping.get(response["Location"]).context["result"].total == 3


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_number_that_stands_for_nothing_is_a_slip_with_its_place_and_a_way_out(keeping, language):
    ask(keeping, "电池")
    response = keeping.get("/search?q=TI%3D%E6%B3%B5+%239", headers={"accept-language": language})
    assert response.status_code == 400
    error = response.context["error"]
    assert (error.position, error.after, error.expected) == (5, "#9", "#1")
    assert ("search history" if language == "en" else "检索历史") in error.hint


def test_a_number_sign_in_a_word_or_a_phrase_is_no_number(keeping):
    ask(keeping, "电池")
    assert ask(keeping, '"#1"').status_code == 200
    assert ask(keeping, "colo#r").status_code == 200
    assert past.spelled_out('TI="#1 x"', History()) is None


@pytest.mark.parametrize(
    ("how", "query"),
    [
        ("and", "TI=泵 AND CC=CN AND 电池"),
        ("or", "TI=泵 OR CC=CN OR 电池"),
        ("not", "TI=泵 AND NOT CC=CN AND NOT 电池"),
    ],
)
def test_ticked_queries_are_combined(keeping, how, query):
    for one in ("电池", "CC=CN", "TI=泵"):
        ask(keeping, one)
    combined = shown(keeping, ("pick", 3), ("pick", 2), ("pick", 1), ("how", how))
    assert combined.status_code == 302
    assert asked_again(keeping.get(combined["Location"])) == [query]


def test_one_ticked_query_is_too_few(keeping):
    ask(keeping, "电池")
    response = shown(keeping, ("pick", 1), ("how", "and"))
    assert response.context["too_few"] is True
    assert "Tick at least two queries" in response.content.decode()


# --- properties ---

queries = st.lists(st.sampled_from(["TI=a", "a OR b", "CC=CN", "NOT x", "AD=[2018 TO 2020]"]), max_size=12)


@given(queries)
def test_a_history_is_kept_whole_and_each_query_once(asked):
    history = History()
    for query in asked:
        history = past.remembered(history, query, 1, 1)
    assert past.unpacked(past.packed(history)) == history
    assert [one.query for one in history.queries] == list(dict.fromkeys(reversed(asked)))[::-1]
    assert len({one.number for one in history.queries}) == len(history.queries) == history.next_number - 1


@pytest.mark.parametrize("kept", [None, 1, [1], [1, [[1]]], ["x", []], {}])
def test_what_is_no_history_is_refused(kept):
    with pytest.raises((ValueError, TypeError)):
        past.unpacked(kept)


def test_a_number_of_nothing_is_refused_by_its_place():
    with pytest.raises(Invalid) as refusal:
        past.spelled_out("a AND #2", past.remembered(History(), "b", 0, 1))
    assert (refusal.value.facts["position"], refusal.value.facts["expected"]) == (6, "#1")
