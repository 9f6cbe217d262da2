"""A proceeding, whatever its route: what it is about, its evidence, what can be done now, and the parts of its route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import access, actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection.forms.disputes import NoteForm
from qiantang.scenarios.protection.forms.mediation import SideForm, SignForm
from qiantang.scenarios.protection.selectors import telling
from qiantang.scenarios.protection.selectors.assistance import aid_of
from qiantang.scenarios.protection.selectors.disputes import proceeding_row
from qiantang.scenarios.protection.selectors.files import clue_kinds, exchanged, methods, papers_of
from qiantang.scenarios.protection.selectors.matters import matter
from qiantang.scenarios.protection.selectors.room import room
from qiantang.scenarios.protection.services import access as codes
from qiantang.scenarios.protection.services import agreements, disputes, serving, steps
from qiantang.scenarios.protection.services.handing_out import matter_document
from qiantang.scenarios.protection.types import Route, Side
from qiantang.scenarios.protection.views import assistance, clues, files, mediation
from qiantang.scenarios.protection.views.acting import acted, given
from qiantang.scenarios.protection.workflow import CLUE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.protection.selectors.matters import MatterShown


@never_cache
@require_GET
def matter_show(request: HttpRequest, number: str) -> HttpResponse:
    """One proceeding. What has arrived at the side that looks counts as read."""
    serving.note_read(actor=actor_of(request), number=number)
    return _page(request, number)


@require_POST
def matter_act(request: HttpRequest, number: str) -> HttpResponse:
    """Whatever the forms of the page do."""
    return acted(request, number, _ACTS, _page, "protection:matter-show")


@access.needs_step_up
@require_POST
def matter_sign(request: HttpRequest, number: str) -> HttpResponse:
    """Sign the agreement; who signs has shown who they are within ten minutes."""
    return acted(request, number, {"sign": _sign}, _page, "protection:matter-show")


@require_GET
def matter_paper(request: HttpRequest, number: str, paper: str, language: str) -> HttpResponse:
    """A document of the matter, for each side of it."""
    content, name = matter_document(actor=actor_of(request), number=number, paper=paper, language=language)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sign(request: HttpRequest, number: str) -> None:
    agreements.sign_agreement(actor=actor_of(request), number=number, **given(SignForm, request))


def _code(request: HttpRequest, number: str) -> str:
    side = given(SideForm, request)["side"]
    request.session["protection_code"] = {
        "number": number,
        "side": side,
        "code": codes.issue_code(actor=actor_of(request), number=number, side=side),
    }
    return ""


def _step(request: HttpRequest, number: str) -> None:
    steps.take_step(actor=actor_of(request), number=number, **given(NoteForm, request))


def _open_evidence(request: HttpRequest, number: str) -> None:
    disputes.open_evidence(actor=actor_of(request), number=number)


_ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {
    "step": _step,
    "open_evidence": _open_evidence,
    "issue_code": _code,
    **assistance.ACTS,
    **clues.ACTS,
    **mediation.ACTS,
    **files.ACTS,
}


def _parts(actor: Actor, shown: MatterShown) -> dict[str, object]:
    """What the route of a matter adds to its page."""
    if shown.row.kind == CLUE.key:
        rows = papers_of(actor, shown.row.number, shown.side)
        told = {"clue": True, "papers": rows, "kinds": clue_kinds(), "state": shown.row.state}
        return {**told, "exchanged": exchanged(actor, shown.row.number)}
    if shown.row.route is Route.MEDIATION:
        return {"mediation": True, "room": room(actor, shown.row.number, shown.side)}
    if shown.row.route is Route.ADJUDICATION:
        rows = papers_of(actor, shown.row.number, shown.side)
        return {"adjudication": True, "papers": rows, "methods": methods(), "state": shown.row.state}
    if shown.row.route is Route.ASSISTANCE:
        return {"assistance": aid_of(actor, proceeding_row(actor, shown.row.number), shown.side)}
    return {"handover": True, "exchanged": exchanged(actor, shown.row.number), "state": shown.row.state}


def _page(request: HttpRequest, number: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor = actor_of(request)
    code = request.session.pop("protection_code", None)
    shown = matter(actor, number, steps.steps_for)
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
        "office": shown.side is Side.OFFICE,
        "code": code if code and code["number"] == number else None,
        **_parts(actor, shown),
    }
    return render(request, "protection/matter_show.html", context, status=422 if errors else 200)
