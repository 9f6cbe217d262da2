"""A proceeding, whatever its route: what it is about, its evidence, what can be done now, and the parts of its route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection.forms.disputes import NoteForm
from qiantang.scenarios.protection.selectors import telling
from qiantang.scenarios.protection.selectors.matters import matter
from qiantang.scenarios.protection.services import disputes, steps
from qiantang.scenarios.protection.types import Route
from qiantang.scenarios.protection.views.acting import acted, given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.protection.selectors.matters import MatterShown


@never_cache
@require_GET
def matter_show(request: HttpRequest, number: str) -> HttpResponse:
    """One proceeding."""
    return _page(request, number)


@require_POST
def matter_act(request: HttpRequest, number: str) -> HttpResponse:
    """Whatever the forms of the page do."""
    return acted(request, number, _ACTS, _page, "protection:matter-show")


def _step(request: HttpRequest, number: str) -> None:
    steps.take_step(actor=actor_of(request), number=number, **given(NoteForm, request))


def _open_evidence(request: HttpRequest, number: str) -> None:
    disputes.open_evidence(actor=actor_of(request), number=number)


_ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {
    "step": _step,
    "open_evidence": _open_evidence,
}


def _parts(actor: Actor, shown: MatterShown) -> dict[str, object]:
    """What the route of a matter adds to its page."""
    del actor
    return {"mediation": shown.row.route is Route.MEDIATION}


def _page(request: HttpRequest, number: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor = actor_of(request)
    shown = matter(actor, number, frozenset(steps.PLAIN))
    context = {
        "shown": shown,
        "sheet": shown.sheet,
        "route": telling.route_word(shown.row.route),
        "side": telling.side_word(shown.side),
        "groups": telling.field_rows(shown.told),
        "exhibits": telling.exhibit_rows(shown.exhibits),
        "closed_evidence": any(one.mine and not one.opened for one in shown.exhibits),
        "reasons": telling.rule_rows(shown.reasons),
        "outcome": telling.outcome_word(shown.row.outcome),
        "others": telling.proceeding_rows(shown.others),
        "errors": errors or [],
        **_parts(actor, shown),
    }
    return render(request, "protection/matter_show.html", context, status=422 if errors else 200)
