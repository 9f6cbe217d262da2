"""Dossiers: who may what, order and words on patents, sharing that ends, alerts, and what a link shows."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from qiantang.commons.audit import api as audit
from qiantang.commons.notices.tests.told import notices
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.models import Dossier, DossierComment, DossierEntry
from qiantang.scenarios.query.selectors import acts
from qiantang.scenarios.query.selectors import dossiers as reads
from qiantang.scenarios.query.services import dossiers, numbering, sharing
from qiantang.scenarios.query.services.dossier_watching import check_dossiers

from .keeping import LATER, PASSWORD, SYSTEM, begin, ids, load, person, pump

pytestmark = [pytest.mark.feature("S3-14"), pytest.mark.usefixtures("in_english")]
PAGE = PageRequest(size=200)
THREE = ("CN201710601862", "CN202210851408", "CN-P111000005")


def order(key):
    return [one.patent_id for one in reads.entries(Dossier.objects.get(pk=key), PAGE).items]


def entry_of(key, patent_id):
    return DossierEntry.objects.get(dossier_id=key, patent_id=patent_id).pk


# --- who may what ----------------------------------------------------------------------------------------------------

ACTS = {
    "read": ("read", lambda a, k, e: reads.dossier_row(a, k)),
    "read an entry": ("read", reads.entry),
    "read changes": ("read", lambda a, k, e: reads.changes(a, k, 1, Change.STATUS, PAGE)),
    "add": ("write", lambda a, k, e: dossiers.add_patents(actor=a, key=k, patent_ids=["CN95115608"])),
    "describe": ("write", lambda a, k, e: dossiers.describe_patent(actor=a, key=k, entry=e, rating=3, tags=["x"])),
    "move": ("write", lambda a, k, e: dossiers.move_patent(actor=a, key=k, entry=e, place=2)),
    "comment": ("write", lambda a, k, e: dossiers.comment(actor=a, key=k, entry=e, text="x")),
    "remove": ("write", lambda a, k, e: dossiers.remove_patent(actor=a, key=k, entry=e)),
    "change": ("manage", lambda a, k, e: dossiers.change_dossier(actor=a, key=k, name="x", about="")),
    "share": ("manage", lambda a, k, e: sharing.share_dossier(actor=a, key=k, username="third", may_write=True)),
    "unshare": ("manage", lambda a, k, e: sharing.unshare_dossier(actor=a, key=k, share=1)),
    "link": ("manage", lambda a, k, e: sharing.make_link(actor=a, key=k, days=7)),
    "revoke": ("manage", lambda a, k, e: sharing.revoke_link(actor=a, key=k, link=1)),
    "delete": ("manage", lambda a, k, e: dossiers.delete_dossier(actor=a, key=k)),
}
MAY = {
    "owner": {"read", "write", "manage"},
    "writer": {"read", "write"},
    "reader": {"read"},
    "stranger": set(),
    "operator": set(),
    "public": set(),
}


@pytest.mark.parametrize("who", MAY)
def test_who_may_what(stocked, lin, who):
    key = begin(lin, patents=THREE)
    entry = entry_of(key, THREE[0])
    people = {"owner": lin, "public": Actor.public()}
    for name in ("writer", "reader", "stranger", "third"):
        people[name] = person(name)
    people["operator"] = person("operator", ("operator",))
    for name in ("writer", "reader"):
        sharing.share_dossier(actor=lin, key=key, username=name, may_write=name == "writer")
    actor = people[who]
    for name, (needs, act) in ACTS.items():
        if needs in MAY[who]:
            act(actor, key, entry)
            if name == "remove":
                entry = entry_of(key, THREE[1])
        else:
            seen = "read" in MAY[who]
            with pytest.raises(NotPermitted if seen or who == "public" else NotFound):
                act(actor, key, entry)
    if who != "public":
        expected = {name for name, rights in MAY.items() if "read" in rights}
        assert reads.dossiers(actor, PAGE).total == (1 if who in expected - {"owner"} else 0)


# --- what is in it ---------------------------------------------------------------------------------------------------


def test_patents_are_put_in_once_and_only_those_on_record(stocked, lin):
    key = begin(lin)
    assert dossiers.add_patents(actor=lin, key=key, patent_ids=[*THREE, THREE[0], "CN-P999"]) == 3
    assert dossiers.add_patents(actor=lin, key=key, patent_ids=[THREE[1], "CN95115608"]) == 1
    assert order(key) == [*THREE, "CN95115608"]


@pytest.mark.usefixtures("stocked")
class TestOrder(TestCase):
    @settings(max_examples=15)
    @given(st.lists(st.tuples(st.integers(0, 3), st.one_of(st.integers(-2, 9), st.none())), max_size=6))
    def test_any_moves_and_removals_keep_a_whole_order(self, steps):
        lin = person("lin")
        patents = [*THREE, "CN95115608"]
        key = begin(lin, patents=patents)
        expected = list(patents)
        for which, place in steps:
            if which >= len(expected):
                continue
            patent = expected[which]
            if place is None:
                dossiers.remove_patent(actor=lin, key=key, entry=entry_of(key, patent))
                expected.remove(patent)
                continue
            dossiers.move_patent(actor=lin, key=key, entry=entry_of(key, patent), place=place)
            expected.remove(patent)
            expected.insert(max(1, min(place, len(expected) + 1)) - 1, patent)
        assert order(key) == expected
        places = list(DossierEntry.objects.filter(dossier_id=key).order_by("place").values_list("place", flat=True))
        assert places == list(range(1, len(expected) + 1))


def test_rating_tags_and_orders(stocked, lin):
    key = begin(lin, patents=THREE)
    for patent, rating, tags in ((THREE[0], 2, ["液冷", " 液冷 ", "核心"]), (THREE[2], 5, ["核心"])):
        dossiers.describe_patent(actor=lin, key=key, entry=entry_of(key, patent), rating=rating, tags=tags)
    row = Dossier.objects.get()
    by_rating = [(one.patent_id, one.rating) for one in reads.entries(row, PAGE, order="rating").items]
    assert by_rating == [(THREE[2], 5), (THREE[0], 2), (THREE[1], None)]
    assert [one.patent_id for one in reads.entries(row, PAGE, tag="核心").items] == [THREE[0], THREE[2]]
    assert reads.tags_of(row) == [("核心", 2), ("液冷", 1)]
    with pytest.raises(Invalid, match=r"query\.rating_unknown"):
        dossiers.describe_patent(actor=lin, key=key, entry=entry_of(key, THREE[0]), rating=6, tags=[])
    dossiers.describe_patent(actor=lin, key=key, entry=entry_of(key, THREE[0]), rating=None, tags=[])
    assert reads.tags_of(row) == [("核心", 1)]


def test_a_comment_is_taken_back_by_who_wrote_it_or_by_the_owner(stocked, lin):
    key = begin(lin, patents=THREE)
    entry = entry_of(key, THREE[0])
    shen, wang = person("shen"), person("wang")
    for one in ("shen", "wang"):
        sharing.share_dossier(actor=lin, key=key, username=one, may_write=True)
    said = dossiers.comment(actor=shen, key=key, entry=entry, text=" 值得看 ")
    (told,) = reads.entry(wang, key, entry)[2]
    assert (told["author"], told["text"], told["deletable"]) == ("Shen", "值得看", False)
    with pytest.raises(NotPermitted, match=r"query\.comment_not_yours"):
        dossiers.delete_comment(actor=wang, key=key, entry=entry, comment_key=said)
    dossiers.delete_comment(actor=shen, key=key, entry=entry, comment_key=said)
    said = dossiers.comment(actor=shen, key=key, entry=entry, text="x")
    dossiers.delete_comment(actor=lin, key=key, entry=entry, comment_key=said)
    assert not DossierComment.objects.exists()
    with pytest.raises(Invalid, match=r"query\.comment_missing"):
        dossiers.comment(actor=lin, key=key, entry=entry, text="  ")


def test_bounds_and_names(stocked, lin, monkeypatch):
    key = begin(lin)
    with pytest.raises(Conflict, match=r"query\.dossier_name_taken"):
        begin(lin)
    with pytest.raises(Invalid, match=r"query\.name_missing"):
        begin(lin, " ")
    begin(person("shen"))
    monkeypatch.setattr(dossiers, "MOST_ENTRIES", 2)
    with pytest.raises(Limited, match=r"query\.dossier_full"):
        dossiers.add_patents(actor=lin, key=key, patent_ids=THREE)
    assert order(key) == []
    monkeypatch.setattr(dossiers, "MOST_DOSSIERS", 1)
    with pytest.raises(Limited, match=r"query\.dossiers_too_many"):
        begin(lin, "b")


def test_the_history_says_who_did_what_and_the_journal_nothing_of_it(stocked, lin):
    key = begin(lin, patents=THREE)
    shen = person("shen")
    sharing.share_dossier(actor=lin, key=key, username="shen", may_write=True)
    entry = entry_of(key, THREE[0])
    dossiers.describe_patent(actor=shen, key=key, entry=entry, rating=4, tags=["密语"])
    dossiers.comment(actor=shen, key=key, entry=entry, text="密语")
    dossiers.move_patent(actor=shen, key=key, entry=entry, place=2)
    sharing.make_link(actor=lin, key=key, days=7)
    told = [(one.person, one.said) for one in acts.history(Dossier.objects.get(), PAGE, "x").items]
    assert [who for who, _ in told] == ["Lin", "Shen", "Shen", "Shen", "Lin", "Lin", "Lin"]
    assert told[1][1] == f"put {THREE[0]} at place 2"
    assert told[3][1] == f"described {THREE[0]}: rating 4, tags 密语"
    assert told[4][1] == "opened it to Shen for writing"
    assert told[5][1] == "put in 3 patents"
    entries = audit.entries(SYSTEM, subject=f"dossier:{key}")
    assert {one.verb for one in entries} == {"query.dossier.create", "query.dossier.share", "query.dossier.link"}
    assert "密语" not in "".join(str(one.facts) for one in entries)
    assert "热管理" not in "".join(str(one.facts) for one in entries)


# --- alerts ----------------------------------------------------------------------------------------------------------


def check():
    return check_dossiers(actor=SYSTEM)


def test_changes_of_its_patents_are_told_once_to_the_owner(empty, lin, client):
    load(empty, "a", pump(1), pump(2), pump(3), pump(4))
    key = begin(lin, patents=ids(1, 2))
    load(empty, "b", pump(1, lapsed=True), day=LATER)  # before anything is watched
    dossiers.change_dossier(actor=lin, key=key, name="热管理", about="", watch=[Change.STATUS, Change.OWNER])
    assert check() == 0
    dossiers.add_patents(actor=lin, key=key, patent_ids=ids(3))
    snapshot = load(
        empty, "c", pump(2, lapsed=True), pump(3, owner="西溪乙厂", as_of=LATER), pump(4, lapsed=True), day=LATER
    )
    assert (check(), check()) == (1, 0)
    (notice,) = notices()
    assert notice.person_id == lin.person_id
    assert notice.facts == {"name": "热管理", "snapshot": snapshot, "status": 1, "owner": 1}
    for kind, patent in ((Change.STATUS, ids(2)), (Change.OWNER, ids(3))):
        page = reads.changes(lin, key, snapshot, kind, PAGE)
        assert [one.patent_id for one in page.items] == patent
        assert page.total == notice.facts[kind]
    client.login(username="lin", password=PASSWORD)
    response = client.get(f"{notice.link}?kind=status", headers={"accept-language": "en"})
    assert (response.status_code, response.context["total"]) == (200, 1)
    assert "Lapsed: fee not paid" in response.content.decode()
    load(empty, "d", pump(2, lapsed=True), day=LATER)
    assert check() == 0


def test_only_what_is_watched_is_told_and_strangers_check_nothing(empty, lin):
    load(empty, "a", pump(1))
    key = begin(lin, patents=ids(1))
    dossiers.change_dossier(actor=lin, key=key, name="a", about="", watch=[Change.OWNER])
    load(empty, "b", pump(1, lapsed=True), day=LATER)
    assert check() == 0
    load(empty, "c", pump(1, lapsed=True, owner="西溪乙厂", as_of=LATER), day=LATER)
    with pytest.raises(NotPermitted):
        check_dossiers(actor=lin)
    assert check() == 1
    assert reads.change_counts(Dossier.objects.get(), 3) == {"owner": 1}


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def as_lin(client, lin):
    client.login(username="lin", password=PASSWORD)
    return client


def get(client, address, language="en"):
    return client.get(address, headers={"accept-language": language})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_dossier_from_its_beginning_to_its_end(as_lin, lin, stocked, language):
    person("shen")
    assert 'class="qt-empty' in get(as_lin, "/dossiers", language).content.decode()
    address = as_lin.post("/dossiers", {"name": "我的"}).url
    assert 'class="qt-empty' in get(as_lin, address, language).content.decode()
    key = Dossier.objects.get().pk
    assert as_lin.post("/dossiers/add", {"q": "电池", "f": 'CC=="CN"', "dossier": key}).url == address
    page = get(as_lin, address, language)
    assert page.context["total"] == 2
    entry = page.context["entries"][1].id
    assert as_lin.post(f"{address}/patents/{entry}/move", {"place": 1}).status_code == 302
    assert get(as_lin, address).context["entries"][0].id == entry
    as_lin.post(f"{address}/patents/{entry}", {"rating": "4", "tags": "核心，液冷;核心"})
    as_lin.post(f"{address}/patents/{entry}/comment", {"text": "看这里"})
    told = get(as_lin, f"{address}/patents/{entry}", language).context
    assert (told["entry"].rating, told["entry"].tags, len(told["comments"])) == (4, ("核心", "液冷"), 1)
    assert get(as_lin, f"{address}?tag=核心", language).context["total"] == 1
    assert get(as_lin, f"{address}?order=rating", language).context["entries"][0].id == entry
    given = {"name": "改名", "about": "用途", "watch": ["status"]}
    assert as_lin.post(f"{address}/edit", given).url == address
    as_lin.post(f"{address}/share", {"username": "shen", "may_write": "1"})
    as_lin.post(f"{address}/links", {"days": 30})
    edit = get(as_lin, f"{address}/edit", language)
    assert (len(edit.context["shares"]), len(edit.context["links"])) == (1, 1)
    assert get(as_lin, f"{address}/history", language).context["total"] == 8
    rows = list(csv.reader(io.StringIO(b"".join(get(as_lin, f"{address}/numbers.csv")).decode("utf-8-sig"))))
    assert [len(rows), rows[1][4:]] == [3, ["4", "核心; 液冷"]]
    (copy,) = json.loads(get(as_lin, "/dossiers/copy.json").content)["dossiers"]
    assert (copy["name"], copy["patents"][0]["comments"][0]["text"]) == ("改名", "看这里")
    assert get(as_lin, reads.shown(lin, Dossier.objects.get()).search_url).context["result"].total == 2
    as_lin.post(f"{address}/patents/{entry}/remove")
    assert get(as_lin, address).context["total"] == 1
    assert as_lin.post(f"{address}/delete").url == "/dossiers"
    assert get(as_lin, address).status_code == 404


def test_patents_come_from_a_patent_page_a_list_and_a_search(as_lin, lin, stocked):
    page = get(as_lin, f"/patents/{THREE[0]}").content.decode()
    assert f'href="/dossiers/add/{THREE[0]}"' in page
    assert "一种电池冷却装置" in get(as_lin, f"/dossiers/add/{THREE[0]}").context["told"]
    address = as_lin.post("/dossiers/add", {"patent": THREE[0], "name": "新的"}).url
    key = Dossier.objects.get().pk
    numbers = numbering.make_number_list(actor=lin, name="", text="CN106000002A\nCN999")
    assert get(as_lin, f"/dossiers/add?list={numbers}").context["told"].endswith(": 1.")
    assert as_lin.post("/dossiers/add", {"list": numbers, "dossier": key}).url == address
    assert 'href="/dossiers/add?q=' in get(as_lin, "/search?q=泵").content.decode()
    as_lin.post("/dossiers/add", {"q": "泵", "sort": "-AD", "dossier": key})
    assert order(key)[:2] == [THREE[0], THREE[1]]
    assert len(order(key)) == 3
    faults = ({"patent": "CN999", "dossier": key}, {"list": 999, "dossier": key}, {"q": "甲乙丙丁", "dossier": key})
    assert [as_lin.post("/dossiers/add", one).status_code for one in faults] == [422, 404, 422]
    taken = as_lin.post("/dossiers/add", {"patent": THREE[0], "name": "新的"}, headers={"accept-language": "en"})
    assert (taken.status_code, "already" in taken.content.decode()) == (422, True)


def test_of_very_many_hits_the_first_are_taken(as_lin, lin, stocked, monkeypatch):
    monkeypatch.setattr("qiantang.scenarios.query.selectors.adding.ADDED_AT_ONCE", 3)
    monkeypatch.setattr("qiantang.scenarios.query.selectors.adding.FIRST_HITS", 2)
    told = get(as_lin, "/dossiers/add?q=&sort=-AD").context["told"]
    assert told == "The first 2 of 10 hits, in the order chosen; up to 3 would be taken whole."
    as_lin.post("/dossiers/add", {"q": "", "sort": "-AD", "name": "a"})
    expected = register.search(SearchRequest("", sort="-AD", size=2)).hits
    assert order(Dossier.objects.get().pk) == [hit.patent_id for hit in expected]


def test_a_reader_sees_no_way_to_write(client, lin, stocked):
    key = begin(lin, patents=THREE)
    person("shen")
    sharing.share_dossier(actor=lin, key=key, username="shen", may_write=False)
    client.login(username="shen", password=PASSWORD)
    page = get(client, f"/dossiers/{key}").content.decode()
    entry = get(client, f"/dossiers/{key}/patents/{entry_of(key, THREE[0])}").content.decode()
    for act in ("/move", "/remove", "/comment", "/edit"):
        assert f'{act}"' not in page + entry
    assert get(client, f"/dossiers/{key}/edit").status_code == 403
    assert client.get("/dossiers/add/x").status_code in (404, 422)


def test_strangers_are_led_to_signing_in(client, db):
    for address in (
        "/dossiers",
        "/dossiers/1",
        "/dossiers/1/edit",
        "/dossiers/1/numbers.csv",
        "/dossiers/add?patent=CN1",
    ):
        assert client.get(address).url.startswith("/sign-in?next=/dossiers")
