"""Owners: as filed, harmonised, and current. All three are searched, and merging or undoing counts at once."""

from __future__ import annotations

import re
from html import unescape

import pytest

from qiantang.commons.accounts.api import create_account
from qiantang.corpus.parties import api as parties
from qiantang.corpus.parties.types import NameSeen
from qiantang.corpus.register.methods.query_language import canonical, compile_query, parse
from qiantang.corpus.register.selectors import searching
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import Party, SearchRequest
from qiantang.engines.search.port import Or, Term
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid

from .shelf import DAY, File, seen, stock

SYSTEM = Actor.system("test")
A, B, PART, OTHER = (
    "杭州钱潮机械有限公司",
    "杭州钱潮机械股份有限公司",
    "杭州钱潮机械有限公司宁波分公司",
    "宁波李潮电器有限公司",
)


# --- the language ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-21")
@pytest.mark.parametrize(
    ("text", "echo"),
    [
        (f"AH={A}", f"AH={A}"),
        (f"申请人归一=={A}", f"AH=={A}"),
        ("harmonised_applicant=P12 AND AY=2019", "AH=P12 AND AY=[2019 TO 2019]"),
        (f"权利人={A}", f"AW={A}"),
        ("AH:*", "AH:*"),
    ],
)
def test_the_fields_and_their_names(text, echo):
    assert canonical(parse(text)) == echo
    assert parse(echo) == parse(text)


@pytest.mark.feature("S3-21")
def test_a_party_is_any_of_its_names_as_filed():
    asked = []

    def known(name, with_group):
        asked.append((name, with_group))
        return ("甲", "乙") if with_group else ("甲",)

    both = compile_query(parse("AH=某"), regions={}, parties=known)
    assert both == Or((Term("applicant_whole", "甲"), Term("applicant_whole", "乙")))
    assert compile_query(parse("AH==某"), regions={}, parties=known) == Term("applicant_whole", "甲")
    assert asked == [("某", True), ("某", False)]


@pytest.mark.feature("S3-21")
def test_a_party_nobody_knows_is_an_error_at_its_place():
    with pytest.raises(Invalid) as told:
        compile_query(parse("TI=泵 AND AH=无名"), regions={})
    assert told.value.code == "query.syntax"
    assert told.value.facts["position"] == parse("TI=泵 AND AH=无名").parts[1].at
    assert "PA" in told.value.facts["hint"]
    with pytest.raises(Invalid):
        parse('AH=" "')
    with pytest.raises(Invalid):
        parse("AH>某")


# --- over a register ---------------------------------------------------------------------------------------------------


@pytest.fixture
def loaded(db, tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path
    rows = [
        seen(1, ("CN110000011", "A", "2019-07-12"), names=(A,)),
        seen(2, ("CN110000021", "A", "2019-07-12"), names=(B,)),
        seen(3, ("CN110000031", "A", "2019-07-12"), names=(PART,)),
        seen(4, ("CN110000041", "A", "2019-07-12"), names=(OTHER,)),
        seen(5, ("CN110000051", "A", "2019-07-12"), names=(A, B)),
    ]
    rows[3].parties.append(Party("holder", 1, A))
    stock(tmp_path, File("some", rows))
    parties.learn_names(
        actor=SYSTEM, names=[NameSeen(A, {"钱某"}), NameSeen(B, {"钱某"}), NameSeen(PART), NameSeen(OTHER)]
    )


def total(query):
    return searching.search(SearchRequest(query=query)).total


@pytest.mark.feature("S3-21")
def test_as_filed_harmonised_and_current_are_three_answers(loaded):
    assert total(f"PA=={A}") == 3  # two as applicant, one as holder
    assert total(f"PA=={B}") == 2
    assert total(f"AH=={A}") == total(f"AH=={B}") == 4  # the patent of both counts once
    assert total(f"AH={A}") == 5
    assert total(f"AW=={A}") == 1
    assert total(f"AW=={A} AND PA=={OTHER}") == 1
    assert total("AW:*") == 1
    assert total("AH:*") == 5
    assert total(f"NOT AH={A}") == 0


@pytest.mark.feature("S3-21")
@pytest.mark.feature("S2-11")
def test_undoing_a_merge_counts_at_once(loaded):
    before = searching.search(SearchRequest(query=f"AH=={A}"))
    card = parties.party_card(parties.party_of(A))
    (membership,) = [one.membership for one in card.names if one.membership]
    parties.undo(actor=SYSTEM, membership=membership, reason="两家")
    assert before.total == 4
    assert before.canonical == f"AH=={A}"
    assert total(f"AH=={A}") == 3
    assert total(f"AH=={B}") == 2


@pytest.mark.feature("S3-24")
def test_a_list_that_stands_for_other_names_by_now_says_that_it_moved(loaded):
    cursor = searching.search(SearchRequest(query=f"AH=={A}", size=1)).next
    assert searching.search(SearchRequest(query=f"AH=={A}", size=1, cursor=cursor)).hits
    (membership,) = [one.membership for one in parties.party_card(parties.party_of(A)).names if one.membership]
    parties.undo(actor=SYSTEM, membership=membership, reason="两家")
    with pytest.raises(Conflict, match=r"query\.snapshot_moved"):
        searching.search(SearchRequest(query=f"AH=={A}", size=1, cursor=cursor))


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.feature("S2-11")
def test_the_page_of_a_party_shows_each_name_with_its_patents(loaded, client):
    number = parties.party_of(A)
    shown = text_of(client.get(f"/parties/{number}", headers={"accept-language": "en"}))
    for told in (A, B, PART, "same name in another legal form", "1 inventor in common", "0.90"):
        assert told in shown
    assert "Undo" not in shown
    other = next(one.id for one in parties.party_card(number).names if one.membership)
    assert client.get(f"/parties/{other}").url == f"/parties/{number}"
    assert client.get("/parties/99999999").status_code == 404


@pytest.mark.feature("S2-11")
def test_an_operator_may_undo_from_the_page(loaded, client):
    create_account(actor=SYSTEM, username="lu", display_name="Lu", password="seven quiet rivers", roles=["operator"])
    client.login(username="lu", password="seven quiet rivers")
    page = client.get(f"/parties/{parties.party_of(A)}").content.decode()
    action = re.search(r'action="(/parties/memberships/\d+/undo)"', page)[1]
    assert client.post(action, {"reason": "两家"}).status_code == 302
    assert parties.party_of(A) != parties.party_of(B)
    assert "两家" in client.get(f"/parties/{parties.party_of(A)}").content.decode()


@pytest.mark.feature("S2-11")
def test_the_patent_page_leads_from_a_name_to_its_party(loaded, client):
    page = client.get("/patents/CN110000021A", follow=True).content.decode()
    assert f'href="/parties/{parties.party_of(B)}"' in page
    assert B in page


def test_changes_are_the_records_written_since(loaded, tmp_path):
    here = register()
    rows = [row for batch in here.changes(0, ["patent_id"]) for row in batch.to_pylist()]
    assert len(rows) == 5
    assert list(here.changes(1, ["patent_id"])) == []
    stock(tmp_path, File("more", [seen(9, ("CN110000091", "A", "2019-07-12"))]), day=DAY)
    assert sum(batch.num_rows for batch in here.changes(1, ["patent_id"])) == 1
