"""Reads: which scenarios there are, and what they put into a slot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from qiantang.commons.catalogue.types import (
    SCENARIOS,
    SLOTS,
    Context,
    Label,
    PlacedItem,
    PlacedScenario,
    Scenario,
    SlotItem,
)

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def scenarios_visible_to(actor: Actor) -> tuple[Scenario, ...]:
    """The scenarios which are built and meant for ``actor``, in their order. What is not built is absent."""
    meant = [one for one in SCENARIOS if not one.audience or one.audience & actor.roles]
    return tuple(sorted(meant, key=lambda one: (one.order, one.key)))


def scenario_links(actor: Actor) -> tuple[PlacedScenario, ...]:
    """The same as links for a menu or the home page, in the reader's language."""
    return tuple(
        PlacedScenario(one.key, _translated(one.name), _translated(one.summary), one.icon, reverse(one.url_name))
        for one in scenarios_visible_to(actor)
    )


def slot_items(name: str, context: Context) -> tuple[PlacedItem, ...]:
    """What stands in the slot ``name`` on a page which hands over ``context``, in order.

    errors  ValueError for an undeclared slot, or where a declared value is not handed over
    """
    if name not in SLOTS:
        raise ValueError(f"there is no slot {name!r}; known: {', '.join(SLOTS)}")
    missing = SLOTS[name].context - context.keys()
    if missing:
        raise ValueError(f"slot {name!r} wants {sorted(missing)} too")
    items = [item for scenario in SCENARIOS for item in scenario.slots if item.slot == name and item.when(context)]
    return tuple(_placed(item, context) for item in sorted(items, key=lambda item: (item.order, item.key)))


def _placed(item: SlotItem, context: Context) -> PlacedItem:
    arguments = {argument: context[argument] for argument in item.url_arguments}
    href = None if item.url_name is None else reverse(item.url_name, kwargs=arguments)
    return PlacedItem(item.key, _translated(item.label), item.icon, href, item.template)


def _translated(label: Label) -> str:
    return gettext(label) if isinstance(label, str) else str(label)
