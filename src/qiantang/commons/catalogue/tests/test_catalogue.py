"""Manifests and slots."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy

from qiantang.commons.catalogue import api, selectors, services
from qiantang.kernel.actor import Actor
from qiantang.kernel.registry import Registry

pytestmark = pytest.mark.urls(__name__)
urlpatterns = [
    path("tea", lambda request: HttpResponse(), name="tea"),
    path("tea/<patent_id>", lambda request: HttpResponse(), name="tea-patent"),
]
PUBLIC = Actor.public()
PATENT = {"actor": PUBLIC, "patent_id": "CN202110000001"}


@pytest.fixture(autouse=True)
def catalogue(monkeypatch):
    """A catalogue of our own."""
    empty = Registry("scenario")
    for module in (selectors, services):
        monkeypatch.setattr(module, "SCENARIOS", empty)
    return empty


def scenario(key="tea", **told):
    made = api.Scenario(**{"key": key, "name": "Tea", "summary": "Tastes.", "icon": "cup", "url_name": "tea", **told})
    services.register_scenario(made)
    return made


def action(key, **told):
    return api.SlotItem(
        **{
            "slot": "patent.actions",
            "key": key,
            "label": key,
            "url_name": "tea-patent",
            "url_arguments": ("patent_id",),
        }
        | told
    )


def test_scenarios_come_in_their_order():
    last, first = scenario("late", order=9), scenario("early", order=1)
    assert api.scenarios_visible_to(PUBLIC) == (first, last)


def test_a_scenario_is_shown_to_its_audience():
    scenario("desk", audience=frozenset({"operator"}))
    assert api.scenarios_visible_to(PUBLIC) == ()
    assert len(api.scenarios_visible_to(Actor(1, "Lin", frozenset({"operator"})))) == 1


def test_a_scenario_as_a_link():
    scenario(name=gettext_lazy("Tea"))
    assert api.scenario_links(PUBLIC) == (api.PlacedScenario("tea", "Tea", "Tastes.", "cup", "/tea"),)


def test_a_key_is_taken_once():
    scenario()
    with pytest.raises(ValueError, match="twice"):
        scenario()


def test_what_is_not_built_is_absent():
    assert api.slot_items("patent.actions", PATENT) == ()


def test_items_of_all_scenarios_meet_in_a_slot():
    scenario("late", slots=(action("brew", order=2),))
    scenario(
        "early",
        slots=(action("taste", order=1), api.SlotItem(slot="home.cards", key="k", label="k", template="k.html")),
    )
    placed = api.slot_items("patent.actions", PATENT)
    assert [(item.key, item.href, item.template) for item in placed] == [
        ("taste", "/tea/CN202110000001", None),
        ("brew", "/tea/CN202110000001", None),
    ]


def test_an_item_may_depend_on_the_page():
    scenario(slots=(action("brew", when=lambda context: context["patent_id"].startswith("US")),))
    assert api.slot_items("patent.actions", PATENT) == ()
    assert len(api.slot_items("patent.actions", {**PATENT, "patent_id": "US10000001"})) == 1


@pytest.mark.parametrize(
    "told",
    [
        {"slot": "patent.teapots"},
        {"template": "both.html"},
        {"url_name": None},
        {"url_arguments": ("teapot",)},
    ],
)
def test_a_malformed_item_cannot_be_made(told):
    with pytest.raises(ValueError, match="slot"):
        action("brew", **told)


def test_an_item_stands_once_in_a_slot():
    scenario("early", slots=(action("brew"),))
    with pytest.raises(ValueError, match="twice"):
        scenario("late", slots=(action("brew"),))


def test_a_page_hands_over_what_it_declared():
    with pytest.raises(ValueError, match="patent_id"):
        api.slot_items("patent.actions", {"actor": PUBLIC})
    with pytest.raises(ValueError, match="no slot"):
        api.slot_items("patent.teapots", {})


def test_every_slot_has_a_purpose_and_hands_over_the_actor():
    assert {"patent.actions", "patent.panels", "search.actions", "home.cards"} <= api.SLOTS.keys()
    assert all(slot.purpose and "actor" in slot.context for slot in api.SLOTS.values())


def test_the_manifests_of_the_house_are_registered_at_the_start():
    assert len(api.SCENARIOS.names()) == len(set(api.SCENARIOS.names()))
    services.register_manifests()
    assert services.SCENARIOS.names() == api.SCENARIOS.names()
