"""Numbers that were published: kept with a digest, and compared with what comes out today."""

from __future__ import annotations

import re
from datetime import date

import pytest

from qiantang.commons.accounts import api as accounts
from qiantang.commons.metrics import api
from qiantang.commons.metrics.types import Question
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, NotFound, NotPermitted

from .conftest import patent

PASSWORD = "a long enough phrase 9"
OPERATOR = Actor(person_id=None, name="lu", roles=frozenset({"operator"}))
ASKED = Question(metric="RB-01", region="330100", last=2018)


def freeze(question=ASKED, actor=OPERATOR):
    return api.freeze_value(actor=actor, question=question, title="Annual report 2018")


@pytest.mark.feature("S2-19")
def test_a_frozen_number_says_what_changed_since_and_why(growing):
    frozen = freeze()
    assert (frozen.value, frozen.snapshot, frozen.record_count) == (3, 1, 3)
    lapsed = patent(3, date(2010, 12, 31), granted=date(2013, 6, 1), events=(("CF01", date(2016, 12, 31)),))
    lapsed.as_of = date(2022, 1, 1)
    growing.load(("later", [patent(9, date(2011, 4, 4), granted=date(2013, 4, 4)), lapsed]))
    told = api.frozen.compare_frozen(frozen.number)
    assert told.sound
    assert told.complete
    assert {(one.record, one.came): one.why for one in told.changes} == {
        ("CN-P110000009", True): "new_in_register",
        ("CN-P110000003", False): "status_changed",
    }
    assert told.why == {"new_in_register": 1, "status_changed": 1}
    assert (told.frozen.value, told.now.value, told.same) == (3, 3, True)


@pytest.mark.feature("S2-19")
def test_a_frozen_number_keeps_its_snapshot_and_its_day(growing):
    frozen = freeze(Question(metric="RB-01", region="330100"))
    assert "day" in frozen.question
    assert (growing.place.pins())[1].startswith("frozen: RB-01")


@pytest.mark.feature("S2-19")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_operator_freezes_in_the_browser_and_everybody_sees_what_changed(growing, client, language):
    words, page = {"accept-language": language}, "/indicators/RB-01?region=330100&to=2018"
    assert "/frozen" not in client.get(page, headers=words).content.decode().partition("<main")[2]
    refused = client.post("/indicators/RB-01/frozen", {"title": "x", "region": "330100"})
    assert refused.url.startswith("/sign-in")
    accounts.create_account(
        actor=Actor.system("test"), username="lu", display_name="陆", password=PASSWORD, roles=["operator"]
    )
    assert client.login(username="lu", password=PASSWORD)
    shown = client.get(page, headers=words).content.decode()
    given = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown.partition('id="freeze"')[2]))
    assert (given["region"], given["to"], given["snapshot"]) == ("330100", "2018", "1")
    assert client.post("/indicators/RB-01/frozen", given, headers=words).status_code == 422  # no title
    kept = client.post("/indicators/RB-01/frozen", given | {"title": "年报 2018"}, headers=words)
    assert kept.url == "/frozen-values/1"
    lapsed = patent(3, date(2010, 12, 31), granted=date(2013, 6, 1), events=(("CF01", date(2016, 12, 31)),))
    lapsed.as_of = date(2022, 1, 1)
    growing.load(("later", [lapsed]))
    client.logout()
    told = client.get(kept.url, headers=words).content.decode()
    values = re.findall(r'data-testid="(then|now)".*?qt-stat-value">(\d)', told, re.DOTALL)
    assert values == [("then", "3"), ("now", "2")]
    assert api.frozen.frozen_value(1).digest in told
    assert "/patents/CN-P110000003" in told
    assert {"en": "legal status", "zh-hans": "法律状态"}[language] in told.partition('id="why"')[2]
    assert "年报 2018" in client.get("/frozen-values", headers=words).content.decode()
    assert client.get("/frozen-values/9").status_code == 404


def test_only_what_is_known_is_frozen_and_only_by_operators(growing):
    with pytest.raises(Conflict, match=r"metrics\.not_frozen"):
        freeze(Question(metric="HV.award", region="330100"))
    with pytest.raises(NotPermitted):
        freeze(actor=Actor.public())
    with pytest.raises(NotFound):
        api.frozen.compare_frozen(99)
