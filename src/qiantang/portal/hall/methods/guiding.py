"""The guide: at most eight questions, then a list of exactly the papers that this person needs.

What one wants, which service, and then only the facts on which a paper of that service depends.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from qiantang.portal.hall.types.items import Catalogue, Material, Service

MOST_QUESTIONS = 8
# fact -> its answers, in the order in which they are asked
FACTS: Mapping[str, tuple[str, ...]] = {
    "who": ("firm", "institution", "person"),
    "small": ("yes", "no"),
    "agent": ("no", "yes"),
    "joint": ("no", "yes"),
    "abroad": ("no", "yes"),
}


class Ask(NamedTuple):
    """A question: ``group``, ``service``, or a fact; its answers; its place, and how many there are at most from here."""

    about: str
    answers: tuple[str, ...]
    place: int
    most: int


class Needed(NamedTuple):
    """The papers of a person: to hand in now, tolerated to come later, read by the platform; and those that fall away."""

    now: tuple[Material, ...]
    later: tuple[Material, ...]
    ours: tuple[Material, ...]
    spared: tuple[Material, ...]


def next_question(catalogue: Catalogue, answers: Mapping[str, str]) -> Ask | None:
    """What to ask next; None when all is known. Answers that fit no question are as if they had not been given."""
    group = answers.get("group", "")
    if group not in catalogue.groups:
        return Ask("group", tuple(catalogue.groups), 1, MOST_QUESTIONS)
    inside = tuple(one.code for one in catalogue.services if one.group == group)
    if answers.get("service") not in inside:
        return Ask("service", inside, 2, MOST_QUESTIONS)
    service = catalogue.service(answers["service"])
    assert service is not None
    facts = facts_of(catalogue, service)
    for at, fact in enumerate(facts):
        if answers.get(fact) not in FACTS[fact]:
            return Ask(fact, FACTS[fact], 3 + at, 2 + len(facts))
    return None


def facts_of(catalogue: Catalogue, service: Service) -> tuple[str, ...]:
    """The facts on which a paper of the service depends."""
    asked = {fact for key in service.materials for fact in catalogue.materials[key].when}
    return tuple(fact for fact in FACTS if fact in asked)


def needed(catalogue: Catalogue, service: Service, facts: Mapping[str, str]) -> Needed:
    """The papers for these facts. A fact that is not known asks for the paper: nobody learns of it too late."""
    now, later, ours, spared = [], [], [], []
    for key in service.materials:
        material = catalogue.materials[key]
        if any(facts.get(fact, values[0]) not in values for fact, values in material.when.items()):
            spared.append(material)
        elif material.source == "platform":
            ours.append(material)
        elif key in service.tolerated:
            later.append(material)
        else:
            now.append(material)
    return Needed(tuple(now), tuple(later), tuple(ours), tuple(spared))


class Saving(NamedTuple):
    """What handing in once saves: papers asked for in all, different ones, and the share saved (0 to 1; None of nothing)."""

    asked: int
    different: int
    share: float | None


def saving(lists: tuple[tuple[str, ...], ...]) -> Saving:
    """Over the papers of several services."""
    asked, different = sum(len(one) for one in lists), len({key for one in lists for key in one})
    return Saving(asked, different, (asked - different) / asked if asked else None)
