"""Every component draws in every state; the frame and the reading mode work without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory

from qiantang.commons.ui import api
from qiantang.commons.ui.demo import CASES
from qiantang.commons.ui.types import READING_MODE_COOKIE
from qiantang.commons.ui.views.public import drawn

COMPONENTS = Path(__file__).resolve().parent.parent / "templates" / "cotton"
SOURCE = Path(__file__).resolve().parents[3]
_ASSET = re.compile(r"\{% static '([^']+)' %\}")


@pytest.fixture
def client(db: None) -> Client:
    return Client()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.component}-{case.state}")
def test_a_component_draws_what_it_is_given(case) -> None:
    html = drawn(RequestFactory().get("/ui/gallery/"), case)
    assert "<c-" not in html
    assert " style=" not in html
    assert case.body in html
    for value in case.given.values():
        if isinstance(value, str) and value and case.component not in {"way", "pill", "note", "empty", "number-box"}:
            assert value in html


def test_every_component_is_in_the_gallery_and_declares_itself() -> None:
    names = {
        str(file.relative_to(COMPONENTS).with_suffix("")).replace("/index", "").replace("/", ".").replace("_", "-")
        for file in COMPONENTS.rglob("*.html")
    }
    shown = {case.component for case in CASES} | {case.inside for case in CASES if case.inside}
    assert names == shown
    for file in COMPONENTS.rglob("*.html"):
        text = file.read_text()
        assert text.startswith("{% comment %}"), file
        assert "<c-vars" in text, file
        assert "hx-get" not in text, file


def test_what_is_given_is_escaped_once() -> None:
    markup = Template('{% cotton pill word="{{ word }}" only / %}{% cotton stat :name="word" value="1" only / %}')
    html = markup.render(Context({"word": "<b>&"}))
    assert html.count("&lt;b&gt;&amp;") == 2
    assert "<b>" not in html


def test_no_template_has_inline_style_or_script_without_nonce() -> None:
    for file in SOURCE.rglob("templates/**/*.html"):
        text = file.read_text()
        assert not re.search(r"\sstyle=", text), file
        assert not re.search(r"\son[a-z]+=", text), file
        assert not re.search(r"<script(?![^>]*(?:src|nonce)=)", text), file


def test_templates_stay_short() -> None:
    for file in SOURCE.rglob("templates/**/*.html"):
        assert len(file.read_text().splitlines()) <= 150, file


def test_every_style_of_the_frame_is_found() -> None:
    names = _ASSET.findall((COMPONENTS.parent / "layout" / "base.html").read_text())
    assert names
    for name in names:
        if name.startswith("vendor/") and finders.find("vendor/.stamp") is None:
            continue  # not fetched yet on this machine
        assert finders.find(name) is not None, f"{name}: is its folder in STATICFILES_DIRS?"


@pytest.mark.feature("X-35")
def test_the_gallery_is_whole(client: Client) -> None:
    html = client.get("/ui/gallery/").content.decode()
    assert html.count('class="qt-case"') == len(CASES)


@pytest.mark.feature("X-35")
def test_larger_text_is_kept_in_a_cookie_and_goes_back(client: Client) -> None:
    answer = client.post("/ui/reading-mode/", {"mode": "large", "next": "/ui/gallery/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/ui/gallery/?a=1")
    assert client.cookies[READING_MODE_COOKIE].value == "large"
    assert '<html lang="zh-hans" class="qt-large">' in client.get("/ui/gallery/").content.decode()


def test_the_reading_mode_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/ui/reading-mode/", {"mode": "large", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert client.post("/ui/reading-mode/", {"mode": "huge"}).status_code == 400
    assert client.get("/ui/reading-mode/").status_code == 405


@pytest.mark.feature("X-35")
def test_the_frame_speaks_both_languages(client: Client) -> None:
    chinese = client.get("/ui/gallery/").content.decode()
    assert 'lang="zh-hans"' in chinese
    assert "跳到正文" in chinese
    client.post("/language/", {"language": "en", "next": "/"})
    english = client.get("/ui/gallery/").content.decode()
    assert 'lang="en"' in english
    assert "Skip to the content" in english


def _asked(fragment: str | None, **headers: str) -> HttpResponse:
    request = RequestFactory().get("/", headers=headers)
    return api.render(request, "ui/gallery_list.html", {"groups": []}, fragment)


def test_a_page_is_whole_unless_htmx_asks_for_its_part() -> None:
    assert b"<html" in _asked(None, **{"HX-Request": "true"}).content
    assert b"<html" in _asked("cases").content
    assert b"<html" in _asked("cases", **{"HX-Request": "true", "HX-History-Restore-Request": "true"}).content
    part = _asked("cases", **{"HX-Request": "true"})
    assert b"<html" not in part.content
    assert "HX-Request" in part["Vary"]
