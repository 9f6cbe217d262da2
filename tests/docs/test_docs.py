"""The documents are true: links lead somewhere, commands exist, and every front door says what is behind it."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, apps, project_files, shown

NAMES_OF_A_DOOR = 15
DOORS = [app / "api.py" for app in apps() if (app / "api.py").is_file()]
DOCUMENTS = [path for path in project_files() if path.suffix == ".md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
COMMAND = re.compile(r"(?<![\w/])\./run ([a-z][a-z-]*)")


def declared(door: Path) -> list[str]:
    """The names in ``__all__``. errors: AssertionError where a door does not say what it opens."""
    for node in ast.parse(door.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return list(ast.literal_eval(node.value))
    raise AssertionError(f"{shown(door)} has no __all__")


@pytest.mark.parametrize("door", DOORS, ids=shown)
def test_a_door_has_few_names(door: Path) -> None:
    assert 1 <= len(declared(door)) <= NAMES_OF_A_DOOR


@pytest.mark.parametrize("door", DOORS, ids=shown)
def test_every_name_of_a_door_is_documented(door: Path) -> None:
    module = importlib.import_module(".".join(door.relative_to(ROOT / "src").with_suffix("").parts))
    silent = []
    for name in declared(door):
        thing = getattr(module, name)
        if inspect.isroutine(thing) or inspect.isclass(thing):
            told = thing.__doc__ or ""
            # A dataclass without a docstring is given its signature for one.
            if not told.strip() or told.startswith(f"{name}("):
                silent.append(name)
    assert silent == []


def anchors(text: str) -> set[str]:
    """Heading anchors as the usual renderers make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_links_inside_the_project_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    dead = []
    for target in LINK.findall(re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        place = (document.parent / name) if name else document
        if not place.exists() or (
            anchor and place.suffix == ".md" and anchor not in anchors(place.read_text(encoding="utf-8"))
        ):
            dead.append(target)
    assert dead == []


def commands() -> set[str]:
    told = subprocess.run([ROOT / "run", "help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^  ([a-z][a-z-]*)\b", told, re.MULTILINE))


def test_help_lists_the_commands_and_the_script_knows_them() -> None:
    known = commands()
    assert {"demo", "serve", "worker", "qiantang", "test", "check", "fix", "bench", "reference", "help"} <= known
    handled = set(
        re.findall(
            r"^    ([a-z |-]+)\)", (ROOT / "run").read_text(encoding="utf-8").split("case $COMMAND in")[1], re.MULTILINE
        )
    )
    assert known <= {name.strip() for names in handled for name in names.split("|")}


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_commands_in_documents_exist(document: Path) -> None:
    assert set(COMMAND.findall(document.read_text(encoding="utf-8"))) - commands() == set()


def test_an_unknown_command_is_refused_with_the_list() -> None:
    done = subprocess.run([ROOT / "run", "dance"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "unknown command: dance" in done.stderr
    assert "usage: ./run COMMAND" in done.stderr
