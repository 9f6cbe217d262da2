"""Both languages are complete, and a translation names the same facts as its message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tools import extract_messages

ROOT = Path(__file__).resolve().parents[5]
_FACT = re.compile(r"%\((\w+)\)")


def catalogue(locale: str) -> Catalog:
    with (ROOT / "locale" / locale / "LC_MESSAGES" / "django.po").open("rb") as stream:
        return read_po(stream, locale=locale)


@pytest.fixture(scope="module")
def spoken() -> dict[extract_messages.Message, str]:
    return extract_messages.spoken()


@pytest.mark.feature("X-35")
@pytest.mark.parametrize("locale", extract_messages.LOCALES)
def test_every_message_of_the_source_is_translated(locale: str, spoken: dict[extract_messages.Message, str]) -> None:
    catalog = extract_messages.brought_up(locale, spoken)
    assert extract_messages.missing(catalog) == []


@pytest.mark.parametrize("locale", extract_messages.LOCALES)
def test_a_translation_names_the_same_facts(locale: str) -> None:
    for message in catalogue(locale):
        if not message.id:
            continue
        wanted = set(_FACT.findall(message.id if isinstance(message.id, str) else message.id[1]))
        said = (message.string,) if isinstance(message.string, str) else message.string
        for text in said:
            assert set(_FACT.findall(text)) <= wanted, message.id
        assert set(_FACT.findall(said[-1])) == wanted, message.id


def test_it_finds_what_is_marked_and_what_is_told() -> None:
    marked = list(
        extract_messages.marked(
            'x = _("Title"); y = ngettext("%(n)s file", "%(n)s files", 2); z = pgettext("c", "other")'
        )
    )
    assert marked == [(None, "Title"), (None, ("%(n)s file", "%(n)s files")), ("c", "other")]
    assert list(extract_messages.formatted("""x = f"{a} ({_('not complete')})" if b else f"{_(a)}" """)) == [
        (None, "not complete")
    ]
    told = list(
        extract_messages.told(
            'REFUSALS = {"a.b": ("One thing.", "Do this.")}\nS = Scenario(key="x", name="Patent search")'
        )
    )
    assert told == [(None, "One thing."), (None, "Do this."), (None, "Patent search")]
