"""Names say what a thing is, apps have the rooms of the plan and no others, and each app introduces itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, apps, definitions, layers, python_files, shown

SAYS_NOTHING = frozenset({"utils", "helpers", "common", "misc", "manager", "data", "info", "process", "do_it"})
# html.parser calls these; the names are not ours to choose.
CALLED_BY_PYTHON = frozenset(
    {"handle_starttag", "handle_startendtag", "handle_endtag", "handle_data", "handle_comment"}
)

ROOMS = "Rooms inside an app (vocabulary and order of modules)"
BESIDES_ROOMS = frozenset({"templates", "templatetags", "conftest", "__init__", "__pycache__"})
HEADINGS = ["Purpose", "Words", "Who may what", "States", "Doors", "Where to start", "Sources"]


def says_nothing(name: str, path: Path) -> bool:
    bare = name.strip("_").lower()
    if bare in SAYS_NOTHING:
        return True
    return bare.startswith("handle_") and path.stem != "handlers" and name not in CALLED_BY_PYTHON


def test_a_name_that_says_nothing_is_found() -> None:
    assert says_nothing("_Helpers", Path("services.py"))
    assert says_nothing("handle_request", Path("services.py"))
    assert not says_nothing("handle_request_submitted", Path("handlers.py"))
    assert not says_nothing("handle", Path("import_file.py"))


def test_modules_classes_and_functions_say_what_they_are() -> None:
    found = []
    for path in python_files():
        below_root = path.relative_to(ROOT).with_suffix("")
        found += [shown(path) for part in below_root.parts if says_nothing(part, path)]
        found += [f"{shown(path)}:{one.lineno} {one.name}" for one in definitions(path) if says_nothing(one.name, path)]
    assert found == []


def rooms_of(app: Path) -> set[str]:
    modules = {path.stem for path in app.glob("*.py")}
    folders = {path.name for path in app.iterdir() if path.is_dir()}
    return modules | folders


@pytest.mark.parametrize("app", apps(), ids=shown)
def test_an_app_has_the_rooms_of_the_plan_and_no_others(app: Path) -> None:
    assert rooms_of(app) - set(layers(ROOMS)) - BESIDES_ROOMS == set()


@pytest.mark.parametrize("app", apps(), ids=shown)
def test_an_app_introduces_itself_under_seven_headings(app: Path) -> None:
    readme = app / "README.md"
    assert readme.is_file(), f"{shown(app)} has no README.md"
    assert re.findall(r"^## (.+?)\s*$", readme.read_text(encoding="utf-8"), re.MULTILINE) == HEADINGS
