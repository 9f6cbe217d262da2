"""Write the empty form of a new scenario: ``./run new-scenario NAME``.

The form is a room that stands: an app with its README, a page of its own, a manifest, a policy and tests that pass. It is
entered in the two lists of ``config``; nothing else outside its folder changes. What to fill in, and in which order, stands
in CONTRIBUTING and in the README it writes.
"""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS, ADDRESSES = "src/qiantang/config/settings/base.py", "src/qiantang/config/urls.py"
_LAST_APP = re.compile(r'^    "qiantang\.scenarios\.\w+",\n(?!    "qiantang\.scenarios\.)', re.MULTILINE)
_LAST_ADDRESS = re.compile(
    r'^    path\("", include\("qiantang\.scenarios\.\w+\.urls"\)\),\n(?!    path\("", include\("qiantang\.scenarios\.)',
    re.MULTILINE,
)

README = """# {title}: what it is for, in the words of its users

## Purpose

Who comes here, with what, and with what outcome they leave. To be written first.

## Words

The nouns of this room. Each has one row in GLOSSARY.md, with its source.

## Who may what

Everyone sees the first page. To be replaced by the abilities in `policies.py`.

## States

None yet: this room keeps nothing.

## Doors

`/{name}`. What other rooms may call will be in `api.py`.

## Where to start

`selectors.py` reads, `views/public.py` shows. Rules with their sources belong into `rules.py`, verbs into `services.py`.

## Sources

The law, the standard or the decision this room rests on.
"""

FILES = {
    "README.md": README,
    "__init__.py": "",
    "apps.py": '''"""{title}."""

from django.apps import AppConfig


class {camel}Config(AppConfig):
    name = "qiantang.scenarios.{name}"
    label = "{name}"
''',
    "manifest.py": '''"""{title}, as the rest of the house knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.commons.catalogue.api import Scenario

SCENARIO = Scenario(
    key="{name}",
    name=_("{title}"),
    summary=_("{title}: this room is being built."),
    icon="tools",
    url_name="{name}:first-page",
    order=900,
)
''',
    "policies.py": '''"""Who may do what here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def may_enter(actor: Actor) -> Decision:  # noqa: ARG001 - the shape of every policy
    """See the first page."""
    return Decision.allow()
''',
    "selectors.py": '''"""Reads. The first argument is always who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.kernel.errors import NotPermitted
from qiantang.scenarios.{name} import policies

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def greeting(actor: Actor) -> str:
    """Whom the first page greets.

    errors  NotPermitted (``policies.may_enter``)
    """
    decision = policies.may_enter(actor)
    if not decision:
        raise NotPermitted(decision.code or "{name}.closed")
    return actor.name
''',
    "urls.py": '''"""Addresses of this room."""

from django.urls import path

from qiantang.scenarios.{name}.views import public

app_name = "{name}"
urlpatterns = [path("{name}", public.first_page, name="first-page")]
''',
    "views/__init__.py": "",
    "views/public.py": '''"""What everyone sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.{name} import selectors

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def first_page(request: HttpRequest) -> HttpResponse:
    """The first page of this room."""
    return render(request, "{name}/first_page.html", {{"greeted": selectors.greeting(actor_of(request))}})
''',
    "templates/{name}/first_page.html": """{{% extends "layout/public.html" %}}
{{% comment %}}The first page of this room. Context: greeted str{{% endcomment %}}
{{% load i18n %}}
{{% block title %}}{{% translate "{title}" %}}{{% endblock %}}
{{% block content %}}
{{% translate "{title}" as title_here %}}
<c-page-header :title="title_here" only />
{{% endblock %}}
""",
    "tests/__init__.py": "",
    "tests/test_first_page.py": '''"""The room can be entered."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_everyone_may_enter() -> None:
    assert Client().get("/{name}").status_code == 200
''',
}


def refused(root: Path, name: str) -> str | None:
    """Why a name cannot be a scenario's, or None."""
    if not re.fullmatch(r"[a-z][a-z]{2,29}", name) or keyword.iskeyword(name):
        return f"{name!r} is no name of a room: one lower-case noun of 3 to 30 letters"
    for floor in ("scenarios", "portal", "corpus", "commons", "engines"):
        if (root / "src" / "qiantang" / floor / name).exists():
            return f"there is a room of that name already: src/qiantang/{floor}/{name}"
    return None


def _entered(text: str, last: re.Pattern[str], line: str, place: str) -> str:
    found = list(last.finditer(text))
    if not found:
        raise SystemExit(f"{place} does not look as expected: enter the room there by hand: {line.strip()}")
    return text[: found[-1].end()] + line + text[found[-1].end() :]


def write(root: Path, name: str) -> list[Path]:
    """Write the form and enter it in the two lists; returns the files of the room.

    errors  SystemExit with the reason where the name cannot be used
    """
    reason = refused(root, name)
    if reason:
        raise SystemExit(reason)
    apps, addresses = root / APPS, root / ADDRESSES
    lists = {
        apps: _entered(apps.read_text("utf-8"), _LAST_APP, f'    "qiantang.scenarios.{name}",\n', APPS),
        addresses: _entered(
            addresses.read_text("utf-8"),
            _LAST_ADDRESS,
            f'    path("", include("qiantang.scenarios.{name}.urls")),\n',
            ADDRESSES,
        ),
    }
    words = {"name": name, "title": name.capitalize(), "camel": name.capitalize()}
    written = []
    for place, text in FILES.items():
        file = root / "src/qiantang/scenarios" / name / place.format(**words)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(**words), "utf-8")
        written.append(file)
    for file, text in lists.items():
        file.write_text(text, "utf-8")
    return written


def main() -> None:
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the name
        raise SystemExit("usage: ./run new-scenario NAME")
    for file in write(ROOT, sys.argv[1]):
        print(file.relative_to(ROOT), file=sys.stderr)
    print(
        "Now: write the README first, then ./run fix, translate the new sentences in locale/, ./run check.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
