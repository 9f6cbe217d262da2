"""More patents from examples: reached in steps, told apart by a classifier, equal on every run."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.corpus.register import api as register
from qiantang.corpus.register.tests.shelf import seen
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted
from qiantang.scenarios.navigation import rules
from qiantang.scenarios.navigation.methods import contrast
from qiantang.scenarios.navigation.methods import seeding as method
from qiantang.scenarios.navigation.methods.drawing import drawn
from qiantang.scenarios.navigation.methods.seeding import Doc
from qiantang.scenarios.navigation.models import Expansion
from qiantang.scenarios.navigation.selectors import seeding as reads
from qiantang.scenarios.navigation.services import projects, seeding
from qiantang.scenarios.navigation.types import ProjectType, Reach

from .conftest import PASSWORD
from .land import number, settle

pytestmark = pytest.mark.feature("S4-04")
BATTERY, BRIDGE = "锂离子电池的正极材料及其制备方法", "预应力混凝土桥梁的支座更换装置"
SYSTEM = Actor.system("editions")


def made(prefix, text, symbol, count):
    return [Doc(f"{prefix}{n:03d}", f"{text}{n % 7}号", (symbol,)) for n in range(count)]


SEED, AGAINST = made("S", BATTERY, "H01M4/36", 20), made("A", BRIDGE, "E01D19/04", 60)


def test_what_is_alike_is_kept_and_what_is_not_is_left_out():
    candidates = [
        Doc("C1", "锂离子电池正极材料的包覆工艺", ("H01M4/366",)),
        Doc("C2", "桥梁支座的防尘装置", ("E01D19/04",)),
    ]
    told = method.learned(SEED, AGAINST, candidates)
    assert [one for one, _ in told.kept(["C1", "C2"])] == ["C1"]
    assert (told.precision.value, told.recall.value) == (1.0, 1.0)
    low, high = told.recall.interval
    assert low < 1.0 == pytest.approx(high)
    assert told.recall.total == len(SEED)


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_patents_come_changes_nothing(chance):
    candidates = made("C", BATTERY, "H01M10/05", 3) + made("D", BRIDGE, "E01D1/00", 3)
    expected = method.learned(SEED, AGAINST, candidates)
    seed, against = list(SEED), list(AGAINST)
    chance.shuffle(seed)
    chance.shuffle(against)
    assert method.learned(seed, against, candidates) == expected


def test_a_classifier_that_sees_no_difference_says_so():
    alike = made("B", BATTERY, "H01M4/36", 20)
    told = method.learned(SEED, alike, [])
    assert told.precision.value is None or told.precision.value < 0.8
    with pytest.raises(ValueError, match="example"):
        method.learned(SEED[:4], AGAINST, [])


def test_groups_that_tell_are_shared_by_a_fifth_and_rare_elsewhere():
    seed = [*made("S", "", "H01M4/36", 4), *made("T", "", "G06F17/30", 5), Doc("U", "", ("A01B1/00",))]
    common = {"H01M4": 40, "G06F17": 900, "A01B1": 1}
    assert method.telling_groups(seed, common, 1_000) == ("H01M4",)  # one is common, one stands on a tenth only
    assert method.main_group("G06F 17/30") == "G06F17"
    assert method.main_group("G06F") == ""


# --- on a small register ------------------------------------------------------------------------------------------------


def foreign(n):
    """A patent of bridges, tied to none of medicine."""
    return seen(
        500 + n, (f"CN1095{n:05d}", "A", "2016-01-07"), title=f"{BRIDGE}{n % 5}号", names=("石城路桥",),
        classes=("E01D19/04",), filing_date=date(2015, 1, 7), as_of=date(2025, 1, 1),
    )  # fmt: skip


@pytest.fixture
def begun(lin, land):
    settle(land, "bridges", [foreign(n) for n in range(30)])
    return projects.begin_project(
        actor=lin, title="导航", kind=ProjectType.INDUSTRY, question="问题", scope="范围", industry="biomedicine"
    )


def examples():
    """Eight patents of one kind: tumour markers, C12Q."""
    return "\n".join(number(n) for n in range(5, 41, 5))


@pytest.mark.django_db
def test_from_examples_to_candidates_with_the_way_to_each(lin, begun, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        key = seeding.request_expansion(actor=lin, key=begun, node="1.1.1", numbers=examples())
    assert seeding.expand(actor=SYSTEM, key=key)
    row = Expansion.objects.get(pk=key)
    assert (row.state, row.error_code, row.done) == ("ready", "", seeding.STEPS)
    assert row.told["reached"][Reach.CITED] > 0
    assert row.told["reached"][Reach.FAMILY] > 0
    assert row.told["seed"] == contrast.seed_number(reversed(row.seed))
    assert row.told["others"] >= row.told["against"] > 0
    assert row.told["recall"][1] == len(row.seed) == 8
    assert not {one[0] for one in row.found} & set(row.seed)
    assert seeding.expand(actor=SYSTEM, key=key) is False  # over
    again = seeding.request_expansion(actor=lin, key=begun, node="1.1.1", numbers=examples())
    seeding.expand(actor=SYSTEM, key=again)
    assert Expansion.objects.get(pk=again).found == row.found


@pytest.mark.django_db
def test_counter_examples_are_a_seeded_draw_from_the_whole_register(begun):
    """The engine draws what the draw of the samples would: from all patents of other classes, not from the first."""
    seed = [Doc("S", "", ("C12Q1/6886", "G01N33/53"))]
    other = [
        one for batch in register.results.scan("NOT IC=(C12Q OR G01N) AND IC=*").batches for one in batch.patent_ids
    ]
    for number_ in ("00000000", contrast.seed_number(["S"])):
        ids, others = reads.contrast(seed, number_, None)
        assert others == len(other) == len(ids) > 30
        assert ids == drawn(other, len(other), number_)
    assert reads.contrast([Doc("S", "", ())], "00000000", None) == ((), 0)
    assert rules.AGAINST_TIMES * rules.MOST_SEED + rules.MOST_CANDIDATES + rules.MOST_SEED <= contrast.DRAWN


@pytest.mark.django_db
def test_what_cannot_be_begun_says_why(lin, shen, begun):
    with pytest.raises(Invalid, match="seed_size"):
        seeding.request_expansion(actor=lin, key=begun, node="1.1.1", numbers=number(1))
    with pytest.raises(Invalid, match="seed_unknown") as refused:
        seeding.request_expansion(actor=lin, key=begun, node="1.1.1", numbers=f"{examples()}\nCN999999999A")
    assert "CN999999999A" in str(refused.value.facts)
    with pytest.raises(NotFound):
        seeding.request_expansion(actor=shen, key=begun, node="1.1.1", numbers=examples())
    with pytest.raises(NotPermitted, match="platform_only"):
        seeding.expand(actor=lin, key=1)
    key = seeding.request_expansion(actor=lin, key=begun, node="1.1.1", numbers=examples())
    with pytest.raises(NotFound, match="expansion_unknown"):
        reads.expansion_row(shen, key)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_ask_show_and_hand_out(lin, begun, client, language):
    client.login(username="lin", password=PASSWORD)
    head = {"accept-language": language}
    wrong = client.post(f"/navigation/projects/{begun}/seeds", {"node": "1.1.1", "numbers": "CN1"}, headers=head)
    assert wrong.status_code == 400
    made = client.post(f"/navigation/projects/{begun}/seeds", {"node": "1.1.1", "numbers": examples()}, headers=head)
    page = client.get(made.url, headers=head).content.decode()
    assert 'http-equiv="refresh"' in page
    key = int(made.url.rpartition("/")[2])
    seeding.expand(actor=SYSTEM, key=key)
    page = client.get(f"{made.url}?show=all", headers=head).content.decode()
    found = Expansion.objects.get(pk=key).found
    assert found
    assert Expansion.objects.get(pk=key).told["seed"] in page
    assert len(set(re.findall(r'href="/patents/([^"]+)"', page))) == len(found)
    rows = client.get(f"{made.url}/candidates.csv", headers=head).content.decode("utf-8-sig").splitlines()
    assert len(rows) == len(found) + 1
    assert client.get(f"/navigation/projects/{begun}/seeds", headers=head).status_code == 200
    client.logout()
    assert client.get(made.url).status_code == 404
