"""The free-to-use list: what stands in it, why each right ended, what is known of its family, and counts that are true."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.register.methods.query_language import canonical, parse
from qiantang.corpus.register.tests.shelf import File, battery, seen, stock
from qiantang.corpus.register.types import Event
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods import free_to_use as free
from qiantang.scenarios.query.types.asking import FreeRequest

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S3-23")]


def ended(row: int, number: str, code: str, day: date, *, classes: tuple[str, ...], text: str | None = None, **more):
    """A published Chinese invention that an event ended."""
    kind = {"1": "A", "2": "U", "3": "S"}[number[2]]
    one = seen(row, (number, kind, "2012-01-04"), classes=classes, filing_date=date(2011, 1, 4), **more)
    one.events.append(Event(code, day, day, text))
    return one


@pytest.fixture(scope="module")
def free_home(tmp_path_factory):
    place = tmp_path_factory.mktemp("free")
    lapsed = battery()  # lapsed for fees in 2024; a family member in the United States is in force
    abroad = seen(
        20, ("US10123456", "B2", "2018-11-13"), office="US", title="Battery cooling", names=("Qianchao Works",),
        filing_date=date(2017, 8, 1), simple_family="F1", extended_family="X1", classes=("H01M10/613",),
    )  # fmt: skip
    rows = [
        lapsed,
        abroad,
        ended(2, "CN102000002", "WD01", date(2014, 5, 6), classes=("A61B5/00",), title="视为撤回的监护仪"),
        ended(3, "CN102000003", "RJ01", date(2015, 5, 6), classes=("A61B5/00", "G06F3/01"), title="驳回的鼠标"),
        ended(
            4, "CN202000004", "AV01", date(2014, 7, 8), classes=("F04D13/06",), title="泵", type="utility_model",
            text="避免重复授予专利权", address="浙江省杭州市西湖区无名路7号",
        ),
        ended(5, "CN102000005", "WW01", date(2014, 9, 9), classes=("A61B5/00",), title="撤回的", simple_family="F2"),
        seen(
            6, ("US9000001", "B2", "2013-01-01"), office="US", title="Withdrawn", simple_family="F2", classes=("A61B5/00",),
        ),
        seen(7, ("CN110000004", "A", "2019-07-12"), title="在审的", classes=("A61B5/00",), filing_date=date(2019, 3, 1)),
        ended(8, "CN302000008", "CX01", date(2022, 1, 4), classes=(), title="外观", type="design"),
    ]  # fmt: skip
    rows[6].events.append(Event("EXP", date(2021, 1, 1)))
    stock(place, File("gazette.csv", rows))
    return place


@pytest.fixture
def home(free_home, settings):
    settings.QIANTANG_HOME = free_home


def page(client, language="en", **given):
    return client.get("/free-to-use?" + urlencode(given), headers={"accept-language": language})


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def titles(response):
    return [one.card.title for one in response.context["patents"]]


# --- what stands in it ---


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_ended_chinese_inventions_and_models_stand_in_it_the_latest_first(client, home, language):
    response = page(client, language)
    assert response.status_code == 200
    assert titles(response) == ["一种电池冷却装置", "驳回的鼠标", "撤回的", "泵", "视为撤回的监护仪"]
    assert response.context["result"].total == 5


def test_each_entry_says_why_since_when_and_who_tells(client, home):
    entries = {one.card.title: one for one in page(client).context["patents"]}
    lapsed = entries["一种电池冷却装置"]
    assert (lapsed.event, lapsed.ending.since, lapsed.ending.sources) == (
        "Lapse for unpaid annuity",
        date(2024, 7, 21),
        ("gazette.csv",),
    )
    assert entries["视为撤回的监护仪"].event == "Deemed withdrawal"
    told = text_of(page(client))
    assert "2024-07-21 · Lapse for unpaid annuity announced 2025-03-04 gazette.csv" in told


def test_the_family_elsewhere_has_three_values(client, home):
    entries = {one.card.title: one.ending for one in page(client).context["patents"]}
    assert (entries["一种电池冷却装置"].elsewhere, entries["一种电池冷却装置"].members[0].office) == (True, "US")
    assert (entries["泵"].elsewhere, entries["泵"].members) == (None, ())
    told = text_of(page(client))
    assert "in force or pending elsewhere" in told
    assert "no other member of the family is on record" in told


def test_a_model_given_up_for_its_twin_is_warned_of(client, home):
    entries = page(client).context["patents"]
    assert [one.card.title for one in entries if one.twin] == ["泵"]
    assert "the invention patent filed on the same day may be in force" in text_of(page(client))


def test_the_page_says_what_it_is_not(client, home):
    told = text_of(page(client))
    assert "This list is no legal advice." in told
    assert "may still be protected elsewhere" in told


# --- narrowing ---


def every_choice(response):
    return [c for sector in response.context["sectors"] for c in sector.fields] + [
        choice for _, values in response.context["facets"] for choice in values
    ]


@pytest.mark.parametrize("given", [{}, {"field": "13"}, {"year": "2014", "why": "withdrawn"}])
def test_every_count_is_the_length_of_the_list_behind_it(client, home, given):
    choices = [one for one in every_choice(page(client, **given)) if not one.selected]
    assert choices
    for choice in choices:
        response = client.get(choice.url)
        assert response.context["result"].total == choice.count == len(response.context["patents"])


def test_fields_stand_under_their_sectors_and_regions_have_names(client, home):
    response = page(client)
    assert [(s.name, [f.label for f in s.fields]) for s in response.context["sectors"]] == [
        ("Electrical engineering", ["Electrical machinery, apparatus, energy", "Computer technology"]),
        ("Instruments", ["Medical technology"]),
        ("Mechanical engineering", ["Engines, pumps, turbines", "Thermal processes and apparatus"]),
    ]
    assert titles(page(client, field="13", year="2014")) == ["撤回的", "视为撤回的监护仪"]
    assert titles(page(client, region="330106")) == ["一种电池冷却装置", "泵"]
    assert [chip.label for chip in page(client, region="330106", type="utility_model").context["active"]] == [
        "Xihu",
        "Utility model",
    ]


def test_words_narrow_in_the_query_language_and_a_slip_is_shown_at_its_place(client, home):
    assert titles(page(client, words="监护仪 OR 鼠标")) == ["驳回的鼠标", "视为撤回的监护仪"]
    response = page(client, words="TI=(")
    assert (response.status_code, response.context["error"].position) == (400, 4)
    assert page(client, words="泵) OR (AD:*").status_code == 400


def test_the_list_can_be_opened_as_a_search_with_the_same_hits(client, home):
    response = page(client, field="13", words="监护仪")
    searched = client.get("/search?" + response.context["as_search"])
    assert searched.context["result"].total == response.context["result"].total == 1
    assert client.get("/search/export?" + response.context["as_search"]).status_code == 200


def test_a_choice_that_finds_nothing_says_so_and_can_be_taken_away(client, home):
    response = page(client, field="35")
    assert response.context["result"].total == 0
    (chosen,) = [one for one in every_choice(response) if one.selected]
    assert client.get(chosen.url).context["result"].total == 5


@pytest.mark.parametrize(
    "given",
    [{"field": "36"}, {"field": "x"}, {"year": "20"}, {"region": "Hangzhou"}, {"why": "granted"}, {"type": "design"}, {"words": "x" * 301}],
)  # fmt: skip
def test_a_damaged_address_is_refused(client, home, given):
    assert page(client, **given).status_code == 422
    with pytest.raises(Invalid):
        free.request_from({name: [value] for name, value in given.items()})


def test_before_the_first_load_the_page_says_how_to_begin(client, empty):
    response = page(client)
    assert (response.status_code, response.context["nothing_loaded"]) == (200, True)


def test_pages_follow_each_other(client, empty):
    rows = [
        ended(n, f"CN1020{n:05d}", "WD01", date(2014, 1, 1), classes=("A61B5/00",), title=f"泵{n}")
        for n in range(1, 26)
    ]
    stock(empty, File("a", rows))
    first = page(client)
    second = client.get(first.context["next_url"])
    assert len({*titles(first), *titles(second)}) == 25
    assert client.get(second.context["first_url"]).context["result"].total == 25


requests = st.builds(
    FreeRequest, words=st.sampled_from(["", "电池", "a OR b"]), field=st.sampled_from(["", "1", "35"]), year=st.sampled_from(["", "2014"]),
    region=st.sampled_from(["", "330106", "unknown"]), why=st.sampled_from(["", *free.ENDED]), type=st.sampled_from(["", *free.TYPES]),
)  # fmt: skip


@given(requests)
def test_any_narrowing_is_a_query_that_the_language_reads(asked):
    query = free.query_of(asked)
    assert canonical(parse(canonical(parse(query)))) == canonical(parse(query))
    for name in free.KEYS:
        wider = free.query_of(asked, but=name)
        assert (wider == query) is (getattr(asked, name) == "")
