"""What a form can be filled with before anybody types: plug-ins, each with its source. A person sees it and may contest it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qiantang.commons.accounts.api import organisations, people_by_key
from qiantang.engines.business_register.port import load
from qiantang.kernel.errors import Unavailable
from qiantang.portal.hall.models import ContestedValue, Matter

if TYPE_CHECKING:
    from qiantang.engines.business_register.port import BusinessRegister
    from qiantang.kernel.actor import Actor
    from qiantang.portal.hall.types.forms import Form

REGISTER, PROFILE, EARLIER = "business_register", "profile", "earlier"
_CARRIED = ("contact", "phone", "mail")  # of an earlier matter; what it was about is asked anew


class Prefiller(NamedTuple):
    """A plug-in. ``read``: the actor -> question -> (value, day of the record in ISO 8601)."""

    key: str
    read: Callable[[Actor], Mapping[str, tuple[str, str]]]


def business_register() -> BusinessRegister:
    """The adapter of the settings."""
    adapter, options = settings.BUSINESS_REGISTER_ADAPTER
    return load(adapter, **options)


def _of_register(actor: Actor) -> Mapping[str, tuple[str, str]]:
    if actor.organisation_id is None:
        return {}
    firm = organisations.organisations_named([actor.organisation_id])[actor.organisation_id]
    try:
        found = business_register().company(firm.uscc)
    except Unavailable:
        return {}  # the form is filled in by hand then
    if found is None:
        return {}
    day = found.as_of.isoformat()
    told = {"uscc": found.uscc, "name": found.name}
    if found.small is not None:
        told["small"] = "yes" if found.small else "no"
    return {key: (value, day) for key, value in told.items() if value}


def _of_profile(actor: Actor) -> Mapping[str, tuple[str, str]]:
    today = timezone.localdate().isoformat()
    if actor.organisation_id is not None:
        firm = organisations.organisations_named([actor.organisation_id])[actor.organisation_id]
        return {"who": ("firm", today), "uscc": (firm.uscc, today), "name": (firm.name, today)}
    if actor.person_id is None:
        return {}
    name = people_by_key([actor.person_id])[actor.person_id].display_name
    return {"who": ("person", today), "name": (name, today), "contact": (name, today)}


def _of_earlier(actor: Actor) -> Mapping[str, tuple[str, str]]:
    if actor.person_id is None:
        return {}
    rows = Matter.objects.filter(case__opened_by_id=actor.person_id, bundle=None, channel="online").exclude(answers={})
    if actor.organisation_id is None:
        rows = rows.filter(case__parties__person_id=actor.person_id, case__parties__until__isnull=True)
    else:
        ours = {"case__parties__organisation_id": actor.organisation_id, "case__parties__until__isnull": True}
        rows = rows.filter(**ours)
    last = rows.order_by("-saved_at").first()
    if last is None:
        return {}
    day = timezone.localdate(last.saved_at).isoformat()
    return {key: (str(last.answers[key]), day) for key in _CARRIED if last.answers.get(key)}


# the first that knows a value gives it
PREFILLERS = (Prefiller(REGISTER, _of_register), Prefiller(EARLIER, _of_earlier), Prefiller(PROFILE, _of_profile))


def prefilled(actor: Actor, form: Form) -> dict[str, dict[str, str]]:
    """Question -> source, value, day: only for questions that the form asks once."""
    asked = {one.key for step in form.steps if step.repeat is None for one in step.questions}
    found: dict[str, dict[str, str]] = {}
    for one in PREFILLERS:
        for key, (value, day) in one.read(actor).items():
            if key in asked and key not in found:
                found[key] = {"source": one.key, "value": value, "day": day}
    return found


def source_name(key: str) -> str:
    """What people call a source."""
    if key == REGISTER:
        chinese, english = business_register().title
        return chinese if (get_language() or "zh").startswith("zh") else english
    return {PROFILE: _("your account here"), EARLIER: _("your last matter")}[key]


def source_rows(matter: Matter, keys: frozenset[str]) -> list[dict[str, Any]]:
    """The values of a page that were filled in beforehand: source, day, whether changed since, whether contested."""
    contested = {one.question: one for one in matter.contested.order_by("pk")}
    rows = []
    for key, told in matter.prefilled.items():
        if key in keys:
            changed = str(matter.answers.get(key, "")) != told["value"]
            name = source_name(told["source"])
            rows.append({"key": key, **told, "name": name, "changed": changed, "contested": contested.get(key)})
    return rows


def open_contests() -> list[ContestedValue]:
    """What is contested of data that this house owns, oldest first."""
    rows = ContestedValue.objects.filter(owner=PROFILE, settled_at__isnull=True)
    return list(rows.select_related("matter__case").order_by("pk"))
