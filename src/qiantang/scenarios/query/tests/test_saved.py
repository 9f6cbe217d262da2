"""Saved queries: kept under a name, seen by the owner alone, and out of every log."""

from __future__ import annotations

import json
import logging
import re
from html import unescape
from urllib.parse import urlencode

import pytest

from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.query import rules
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.models import SavedQuery
from qiantang.scenarios.query.selectors import saved as reads
from qiantang.scenarios.query.services import saving
from qiantang.scenarios.query.types import DeskRequest

from .keeping import PASSWORD, SYSTEM, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S3-13")]
ASKED = DeskRequest("泵 OR 阀", ('CC=="CN"',), "-AD")
PAGE = PageRequest()


@pytest.fixture
def lin(db):
    return person("lin")


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def keep(actor, name="泵", asked=ASKED, watch=()):
    return saving.save_query(actor=actor, name=name, asked=asked, watch=watch)


@pytest.mark.parametrize("roles", [(), ("operator",)])
def test_any_account_may_save_and_finds_it_again_as_it_was(roles, empty):
    actor = person("shen", roles)
    key = keep(actor, "  我的   泵 ", watch=[Change.NEW, Change.OWNER])
    (told,) = reads.saved_queries(actor, PAGE).items
    assert (told.id, told.name, told.text, told.sort) == (key, "我的 泵", "泵 OR 阀", "-AD")
    assert told.watches == ("new", "owner")
    assert told.canonical == reads.visible(actor).get().canonical != ""
    assert told.run_url == "/search?" + urlencode([("q", "泵 OR 阀"), ("f", 'CC=="CN"'), ("sort", "-AD")])


OTHERS = {
    "other": lambda: person("shen"),
    "operator": lambda: person("lu", ("operator",)),
    "public": Actor.public,
}


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sees_changes_or_deletes_it(who, lin, empty):
    key = keep(lin)
    actor = OTHERS[who]()
    refused = NotPermitted if actor.person_id is None else NotFound
    acts = [
        lambda: reads.saved_row(actor, key),
        lambda: reads.report(actor, key, 1),
        lambda: reads.changed_patents(actor, key, 1, Change.NEW, PAGE),
        lambda: saving.change_saved_query(actor=actor, key=key, name="x", asked=ASKED),
        lambda: saving.delete_saved_query(actor=actor, key=key),
    ]
    for act in acts:
        with pytest.raises(refused):
            act()
    if actor.person_id is None:
        with pytest.raises(NotPermitted, match=r"query\.sign_in_first"):
            keep(actor)
        with pytest.raises(NotPermitted):
            reads.saved_queries(actor, PAGE)
    else:
        assert reads.saved_queries(actor, PAGE).total == 0
        assert reads.kept_by(actor) == []
    assert SavedQuery.objects.get().name == "泵"


def test_a_name_stands_once_for_each_person(lin, empty):
    keep(lin)
    with pytest.raises(Conflict, match=r"query\.name_taken"):
        keep(lin)
    keep(person("shen"))
    with pytest.raises(Invalid, match=r"query\.name_missing"):
        keep(lin, "  ")
    other = keep(lin, "阀")
    with pytest.raises(Conflict):
        saving.change_saved_query(actor=lin, key=other, name="泵", asked=ASKED)


def test_what_is_no_query_is_not_kept(lin, empty):
    for asked, code in (
        (DeskRequest("TI=("), r"query\.syntax"),
        (DeskRequest("泵", ("garbage",)), r"query\.refinement"),
        (DeskRequest("泵) OR (阀", ('CC=="CN"',)), r"query\.syntax"),
    ):
        with pytest.raises(Invalid, match=code):
            keep(lin, asked=asked)
    assert not SavedQuery.objects.exists()


def test_there_is_a_bound_to_what_one_account_keeps(lin, empty, monkeypatch):
    monkeypatch.setattr("qiantang.scenarios.query.services.saving.MOST_SAVED", 2)
    assert rules.MOST_SAVED >= 100
    keep(lin, "a")
    keep(lin, "b")
    with pytest.raises(Limited, match=r"query\.saved_too_many"):
        keep(lin, "c")


@pytest.mark.feature("S3-19")
def test_the_journal_knows_that_something_was_saved_and_not_what(lin, empty):
    key = keep(lin, "密名", DeskRequest("密语"), watch=[Change.NEW])
    saving.change_saved_query(actor=lin, key=key, name="密名二", asked=DeskRequest("密语二"))
    saving.delete_saved_query(actor=lin, key=key)
    entries = audit.entries(SYSTEM, subject=f"saved-query:{key}")
    assert [one.verb for one in entries] == ["query.saved.delete", "query.saved.change", "query.saved.create"]
    assert "密" not in "".join(str(one.facts) for one in entries)


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def as_lin(client, lin):
    client.login(username="lin", password=PASSWORD)
    return client


def get(client, address, language="en"):
    return client.get(address, headers={"accept-language": language})


def test_strangers_are_led_to_signing_in_with_their_query_in_hand(client, stocked):
    asked = urlencode([("q", "电池"), ("f", 'CC=="CN"')])
    content = get(client, f"/search?{asked}").content.decode()
    assert f'href="/search/saved/new?{asked}"'.replace("&", "&amp;") in content
    response = get(client, f"/search/saved/new?{asked}")
    assert response.url == "/sign-in?next=" + urlencode({"": f"/search/saved/new?{asked}"})[1:].replace("%2F", "/")
    assert get(client, "/search/saved").url.startswith("/sign-in")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_the_results_to_the_list(as_lin, stocked, language):
    assert 'class="qt-empty' in get(as_lin, "/search/saved", language).content.decode()
    shown = get(as_lin, "/search/saved/new?" + urlencode([("q", "电池"), ("f", 'CC=="CN"'), ("sort", "-AD")]), language)
    assert shown.context["name"] == "电池"
    content = shown.content.decode()
    assert 'name="f" value="CC==&quot;CN&quot;"' in content
    assert '<option value="-AD" selected' in content
    given = {"name": "我的电池", "q": "电池", "f": 'CC=="CN"', "sort": "-AD", "watch": ["new", "status"]}
    assert as_lin.post("/search/saved/new", given).url == "/search/saved"
    response = get(as_lin, "/search/saved", language)
    (told,) = response.context["queries"]
    assert (told.name, told.watches, told.refinements) == ("我的电池", ("new", "status"), (told.refinements[0],))
    assert get(as_lin, told.run_url, language).context["result"].total == 2


def test_the_columns_of_a_table_are_kept_with_the_query(as_lin, stocked):
    get(as_lin, "/search?q=电池&view=table&col=number&col=status&keep=1")
    shown = get(as_lin, "/search/saved/new?q=电池")
    assert [one["key"] for one in shown.context["columns"] if one["chosen"]] == ["number", "status"]
    as_lin.post("/search/saved/new", {"name": "a", "q": "电池", "col": ["status", "number"]})
    (told,) = get(as_lin, "/search/saved").context["queries"]
    layout = get(as_lin, told.run_url).context["layout"]
    assert (layout.table, layout.columns) == (True, ("status", "number"))


def test_a_slip_is_shown_at_its_place_and_nothing_typed_is_lost(as_lin, empty):
    given = {"name": "我的", "q": "TI=(泵", "watch": ["owner"]}
    response = as_lin.post("/search/saved/new", given, headers={"accept-language": "en"})
    assert response.status_code == 422
    assert (response.context["error"].before, response.context["error"].after) == ("TI=", "(泵")
    content = response.content.decode()
    assert 'value="我的"' in content
    assert 'value="owner" checked' in content
    taken = {"name": "a", "q": "泵"}
    as_lin.post("/search/saved/new", taken)
    again = as_lin.post("/search/saved/new", taken, headers={"accept-language": "en"})
    assert (again.status_code, "You have a saved query “a” already." in text_of(again)) == (422, True)


def test_change_and_delete(as_lin, lin, empty):
    key = keep(lin)
    assert get(as_lin, f"/search/saved/{key}").context["name"] == "泵"
    changed = {"name": "阀", "q": "阀", "watch": ["new"]}
    assert as_lin.post(f"/search/saved/{key}", changed).url == "/search/saved"
    row = SavedQuery.objects.get()
    assert (row.name, row.text, row.refinements, row.watch_new, row.watch_status) == ("阀", "阀", [], True, False)
    assert as_lin.get(f"/search/saved/{key}/delete").status_code == 405
    assert as_lin.post(f"/search/saved/{key}/delete").url == "/search/saved"
    assert get(as_lin, f"/search/saved/{key}").status_code == 404


@pytest.mark.feature("X-31")
def test_what_is_kept_can_be_taken_away_and_is_named_under_my_data(as_lin, lin, empty):
    keep(lin, watch=[Change.STATUS])
    told = json.loads(get(as_lin, "/search/saved/copy.json").content)
    (one,) = told["saved_queries"]
    assert (one["name"], one["query"], one["refinements"]) == ("泵", "泵 OR 阀", ['CC=="CN"'])
    assert one["watched_for"] == ["status"]
    assert 'href="/search/saved"' in get(as_lin, "/my-data").content.decode()


@pytest.mark.feature("S3-19")
def test_what_people_save_or_fail_to_save_is_in_no_log(as_lin, lin, empty, caplog):
    with caplog.at_level(logging.DEBUG):
        get(as_lin, "/search/saved/new?" + urlencode({"q": "密语"}))
        get(as_lin, "/search/saved/new?" + urlencode({"q": "密语", "f": "密语"}))
        for given in (
            {"name": "密语", "q": "密语"},
            {"name": "b", "q": "TI=(密语"},
            {"name": "密语", "q": "密语", "sort": "密语"},
        ):
            as_lin.post("/search/saved/new", given)
    ours = [record for record in caplog.records if not record.name.startswith("django")]
    assert "密语" not in " ".join(record.getMessage() for record in ours)
