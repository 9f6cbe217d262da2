"""What every page may name without its view handing it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from qiantang.commons.accounts.api import actor_of, organisations
from qiantang.commons.catalogue.api import scenario_links
from qiantang.commons.notices.api import unread_count
from qiantang.corpus.ingest.api import may_import
from qiantang.corpus.register.api import current_snapshot

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qiantang.kernel.actor import Actor


def city_name() -> str:
    """The city's name in the language of the reader."""
    chinese = (get_language() or settings.LANGUAGE_CODE).startswith("zh")
    name: str = settings.CITY_NAME_ZH if chinese else settings.CITY_NAME_EN
    return name


def _acting_for(actor: Actor) -> str:
    if actor.organisation_id is None:
        return ""
    return organisations.organisations_named([actor.organisation_id])[actor.organisation_id].name


def house(request: HttpRequest) -> dict[str, object]:
    """What the frame shows.

    actor           who reads; never None
    city_name       in the reader's language
    scenarios       links, in order
    house_snapshot  the register's newest snapshot, or None
    synthetic       whether that is made of invented data
    coverage_url    the page that says what is loaded
    imports_url     where files are loaded; empty for those who may not
    inbox_url       where notices are; empty for those who are not signed in
    unread          how many notices the reader has not read
    acting_for_name name of the organisation for which the reader acts; empty: for themselves
    """
    actor = actor_of(request)
    snapshot = current_snapshot()
    return {
        "actor": actor,
        "city_name": city_name(),
        "scenarios": scenario_links(actor),
        "house_snapshot": snapshot,
        "synthetic": snapshot is not None and snapshot.synthetic,
        "coverage_url": reverse("register:coverage-page"),
        "imports_url": reverse("ingest:import-list") if may_import(actor) else "",
        "inbox_url": reverse("notices:inbox") if actor.person_id is not None else "",
        "unread": unread_count(actor),
        "acting_for_name": _acting_for(actor),
    }
