"""The first page in its faces: nothing loaded, being built, loaded."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from qiantang.commons.catalogue.api import SCENARIOS
from qiantang.corpus.ingest import api as ingest
from qiantang.corpus.register import api as register
from qiantang.corpus.register.tests.factories import Bench, observation
from qiantang.kernel.actor import Actor
from qiantang.portal.hall.selectors import home as selectors

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path
    return tmp_path


@pytest.fixture
def loaded(home):
    Bench(home).load(("a.xml", [observation(1, "CN110000001"), observation(2, "CN110000002")]))
    return home


def page(**headers: str) -> str:
    return Client().get("/", headers=headers).content.decode()


def test_before_the_first_load_it_says_how_to_begin(home) -> None:
    html = page()
    assert "还没有收录任何专利" in html
    assert "./run demo" in html
    assert "figure-patents" not in html
    assert selectors.home_figures(Actor.public()) is None


def test_figures_are_those_of_the_snapshot_and_open_their_records(loaded) -> None:
    figures = selectors.home_figures(Actor.public())
    assert figures is not None
    assert (figures.patents, figures.offices) == (2, 1)
    html = page()
    shown = re.search(r'data-testid="figure-patents".*?<a href="([^"]+)">([^<]+)</a>', html, re.DOTALL)
    assert shown is not None
    assert shown.groups() == ("/search", "2")
    assert "还没有收录任何专利" not in html


def test_figures_follow_a_further_load(loaded) -> None:
    assert selectors.home_figures(Actor.public()).patents == 2
    Bench(loaded).load(("b.xml", [observation(1, "CN110000003")]))
    assert selectors.home_figures(Actor.public()).patents == 3


def test_only_operators_are_led_to_the_imports(loaded) -> None:
    operator = Actor(person_id=1, name="operator", roles=frozenset({"operator"}))
    assert selectors.imports_url(Actor.public()) == ""
    assert selectors.home_figures(Actor.public()).load_url == "/coverage#sources"
    assert selectors.home_figures(operator).load_url == selectors.imports_url(operator) != ""


@pytest.mark.feature("X-32")
def test_the_build_is_followed_until_it_ends(home) -> None:
    assert "every 2s" not in page()
    ingest.request_import(actor=Actor.system("demo"), kind="demo", patents=10)
    whole, part = page(), page(**{"HX-Request": "true"})
    for html in (whole, part):
        assert "正在建造演示城市" in html
        assert 'hx-trigger="every 2s"' in html
        assert "还没有收录任何专利" not in html
    assert "<html" in whole
    assert "<html" not in part


@pytest.mark.feature("X-35")
@pytest.mark.parametrize(
    ("language", "title"), [("zh-hans", "一件专利的来龙去脉，一查便知"), ("en", "Everything on record")]
)
def test_it_speaks_both_languages(home, language: str, title: str) -> None:
    html = Client(headers={"accept-language": language}).get("/").content.decode()
    assert title in html
    assert f'lang="{language}"' in html


def test_only_scenarios_that_exist_have_cards(home) -> None:
    html = page()
    with translation.override("zh-hans"):
        assert html.count('class="qt-card qt-way"') == len(SCENARIOS) + 1  # and the coverage page


def test_the_number_that_is_offered_is_on_record(loaded) -> None:
    assert "电池" in [one.text for one in selectors.examples()]
    register.intake.advance_index(register.register())
    number = selectors.examples()[0].text
    assert f"/patents/CN-P{number[2:11]}" in Client().get(f"/search?q={number}").content.decode()
    assert number in page()


@pytest.mark.feature("X-35")
def test_the_box_works_without_script(home) -> None:
    html = page()
    assert re.search(r'<form class="qt-search" action="/search" method="get"', html)
    assert re.search(r'<label[^>]*for="q"', html)
