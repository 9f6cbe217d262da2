"""The chain editor in the browser, without a script: nodes added, bound, moved, removed; versions stay."""

from __future__ import annotations

import pytest

from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.scenarios.navigation.selectors import chains
from qiantang.scenarios.navigation.services import chains as services
from qiantang.scenarios.navigation.types import Node, Place

from .conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S4-02")]
BASE = "/navigation/industries/biomedicine"


@pytest.fixture
def as_lin(client, lin, land):
    client.login(username="lin", password=PASSWORD)
    return client


def told(page):
    return page.content.decode()


def test_a_node_is_tried_kept_moved_and_published(as_lin, lin):
    node = {
        "code": "1.1.3",
        "zh": "宏基因组",
        "en": "Metagenomics",
        "strategy": "TI=引物",
        "rules": "wipo35:15",
        "place": "",
    }
    tried = as_lin.post(f"{BASE}/nodes/new", node | {"try": "1"}, headers={"accept-language": "en"})
    assert "<b>8</b> patents" in told(tried)
    assert chains.draft(lin, "biomedicine") is None
    part = as_lin.post(f"{BASE}/nodes/new", node | {"try": "1"}, headers={"hx-request": "true"})
    assert told(part).strip().startswith('<div id="tried"')
    assert as_lin.post(f"{BASE}/nodes/new", node).status_code == 302
    draft = chains.draft(lin, "biomedicine")
    assert draft.node("1.1.3").strategy == "TI=引物"
    assert chains.chain(lin, "biomedicine").node("1.1.3") is None
    assert as_lin.post(f"{BASE}/nodes/1.1.3/move", {"to": "2.1.9"}).status_code == 302
    assert chains.draft(lin, "biomedicine").node("2.1.9").zh == "宏基因组"
    again = as_lin.post(f"{BASE}/nodes/2.1.9", node | {"strategy": "IC=("}, headers={"accept-language": "en"})
    assert again.status_code == 400
    assert "cannot be read" in told(again)
    as_lin.post(f"{BASE}/publish", {"note": "more"})
    assert [(one.number, one.note) for one in chains.versions(lin, "biomedicine")] == [(2, "more"), (1, "")]
    assert chains.draft(lin, "biomedicine") is None
    assert "2.1.9" in told(as_lin.get(f"{BASE}/edit"))


def test_live_counts_stand_in_the_tree(as_lin, lin):
    page = told(as_lin.get(f"{BASE}/edit", headers={"accept-language": "zh-hans"}))
    found = chains.count_of("IC=(C12Q1/68 OR C12Q1/6883 OR C12Q1/6886 OR G16B)")
    assert found == 12
    assert "IC%3DC12Q1%2F68+OR" in page
    assert ">12</a>" in page


def test_a_node_goes_with_all_below_it(lin, land):
    services.move_node(actor=lin, key="biomedicine", code="1.1", to="3.9")
    draft = chains.draft(lin, "biomedicine")
    assert {"3.9", "3.9.1", "3.9.2"} <= {one.code for one in draft.nodes}
    services.move_node(actor=lin, key="biomedicine", code="3.9", to="4")
    assert chains.draft(lin, "biomedicine").node("4").place is Place.DOWNSTREAM
    services.remove_node(actor=lin, key="biomedicine", code="2")
    assert not [one for one in chains.draft(lin, "biomedicine").nodes if one.code.startswith("2")]
    with pytest.raises(Invalid, match="inside_itself"):
        services.move_node(actor=lin, key="biomedicine", code="4", to="4.1.7")
    with pytest.raises(Invalid, match="node_code"):
        services.move_node(actor=lin, key="biomedicine", code="4", to="8.1")
    with pytest.raises(Invalid, match="node_taken"):
        services.put_node(actor=lin, key="biomedicine", node=Node("3", "x", "x"))
    services.drop_draft(actor=lin, key="biomedicine")
    assert chains.draft_or_newest(lin, "biomedicine").node("1.1.1")


def test_what_is_not_bound_is_not_published(lin, land):
    services.put_node(actor=lin, key="biomedicine", node=Node("1.3", "空", "Empty"))
    with pytest.raises(Invalid, match="chain_incomplete") as refused:
        services.publish_chain(actor=lin, key="biomedicine", note="")
    assert refused.value.facts["what"] == "1.3"


def test_others_do_not_keep_chains(shen, client, land):
    with pytest.raises(NotPermitted, match="analysts_only"):
        services.put_node(actor=shen, key="biomedicine", node=Node("9", "x", "x", "泵"))
    assert client.get(f"{BASE}/edit").status_code == 302  # to the sign-in
    client.login(username="shen", password=PASSWORD)
    assert client.get(f"{BASE}/edit").status_code == 403
    assert client.post(f"{BASE}/publish").status_code == 403
    assert client.get(BASE).status_code == 200


def test_names_effects_and_means_are_changed_in_the_draft(as_lin, lin):
    words = {"zh": "医药", "en": "Medicine", "about_zh": "甲", "about_en": "A", "sources": "ours\n\ntheirs"}
    wrong = words | {"effects": "提高疗效 | More effective", "means": ""}
    page = as_lin.post(f"{BASE}/words", wrong, headers={"accept-language": "en"})
    assert page.status_code == 400
    assert "Line 1 needs a Chinese name" in told(page)
    unread = words | {"effects": "", "means": "配方 | Formula | IC=("}
    assert as_lin.post(f"{BASE}/words", unread).status_code == 400
    assert chains.draft(lin, "biomedicine") is None
    right = words | {"effects": "提高疗效 | More effective | 疗效 OR efficacy\n", "means": "配方 | Formula | 配方"}
    assert as_lin.post(f"{BASE}/words", right).status_code == 302
    draft = chains.draft(lin, "biomedicine")
    assert (draft.zh, draft.sources) == ("医药", ("ours", "theirs"))
    assert [(one.en, one.strategy) for one in (*draft.effects, *draft.means)] == [
        ("More effective", "疗效 OR efficacy"),
        ("Formula", "配方"),
    ]
    assert draft.nodes == chains.chain(lin, "biomedicine").nodes
    assert "疗效 OR efficacy" in told(as_lin.get(f"{BASE}/words"))
