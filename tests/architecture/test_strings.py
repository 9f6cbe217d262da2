"""What no import linter sees: Django's ways to reach a model by a string."""

from __future__ import annotations

import re

from tests.architecture.house import FLOORS_WITH_APPS, SRC, apps, layers, python_files, shown

RELATION = re.compile(r"(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*(?:to\s*=\s*)?[\"'](\w+)\.\w+[\"']")
ORDERS = {"commons": "Order inside commons", "corpus": "Order inside corpus"}


def height(floor: str, app: str) -> tuple[int, int]:
    """How high an app lives: its floor, and its place where the floor has an order."""
    order = layers(ORDERS[floor])[::-1] if floor in ORDERS else []
    return FLOORS_WITH_APPS.index(floor), order.index(app) if order else 0


def heights() -> dict[str, tuple[int, int]]:
    return {app.name: height(app.parent.name, app.name) for app in apps()}


def wrong_relations(app: str, text: str, known: dict[str, tuple[int, int]]) -> list[str]:
    """App labels that a relation in the text names although they do not live below ``app``. Django's own are not known."""
    named = [label for label in RELATION.findall(text) if label in known and label != app]
    return [label for label in named if known[label] >= known[app]]


def test_a_relation_upwards_or_sideways_is_found() -> None:
    known = {
        "audit": height("commons", "audit"),
        "query": height("scenarios", "query"),
        "grants": height("scenarios", "grants"),
    }
    assert wrong_relations("audit", 'x = models.ForeignKey(\n    "query.SavedSearch", CASCADE)', known) == ["query"]
    assert wrong_relations("query", "x = models.OneToOneField(to='grants.Award')", known) == ["grants"]
    assert wrong_relations("query", 'x = models.ForeignKey("audit.Entry", PROTECT)', known) == []


def test_relations_go_down() -> None:
    known = heights()
    found = {}
    for app in apps():
        for path in app.rglob("*.py"):
            if wrong := wrong_relations(app.name, path.read_text(encoding="utf-8"), known):
                found[shown(path)] = wrong
    assert found == {}


def test_no_model_is_fetched_by_name() -> None:
    """``get_model`` is a door without a lock. Migrations may use it, because they know models only by name, and one reader of
    the tables that rooms themselves declare as their cases' (ADR 0015).
    """
    fetching = re.compile(r"\bget_model\(")
    found = [
        path for path in python_files() if SRC in path.parents and fetching.search(path.read_text(encoding="utf-8"))
    ]
    assert [shown(path) for path in found] == ["src/qiantang/commons/casework/selectors/records.py"]
    assert re.findall(r"\bget_model\((.*?)\)", found[0].read_text(encoding="utf-8")) == ["table.model"]


def test_no_page_calls_its_own_things_messages() -> None:
    """The frame of every page shows ``messages``, what the last step said: a page's own list by that name would be shown there."""
    own = re.compile(r"\"messages\"\s*:")
    views = [path for path in python_files() if SRC in path.parents and "views" in (path.parent.name, path.stem)]
    assert len(views) > 50
    assert [shown(path) for path in views if own.search(path.read_text(encoding="utf-8"))] == []
