"""Watch lists: what is watched, what was found, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.evidence import api as evidence
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Unavailable
from qiantang.scenarios.protection.forms.watching import SuspectForm, WatchForm
from qiantang.scenarios.protection.selectors import telling
from qiantang.scenarios.protection.selectors import watching as reads
from qiantang.scenarios.protection.services import watching
from qiantang.scenarios.protection.types import Intake
from qiantang.scenarios.protection.views.acting import given, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@never_cache
@require_http_methods(["GET", "POST"])
def watch_list(request: HttpRequest) -> HttpResponse:
    """One's watches; POST adds one."""
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":
        key, errors = tried(lambda: str(_added(request)))
        if key:
            return HttpResponseRedirect(reverse("protection:watch-show", args=[int(key)]))
    context = {
        "rows": reads.watches(actor),
        "signed_in": actor.person_id is not None,
        "no_browser": _no_browser(),
        "rights": telling.right_choices(),
        "typed": {name: request.POST.get(name, "") for name in WatchForm.base_fields},
        "errors": errors,
    }
    return render(request, "protection/watch_list.html", context, status=422 if errors else 200)


def _no_browser() -> bool:
    try:
        evidence.collecting.ensure_capturing()
    except Unavailable:
        return True
    return False


def _added(request: HttpRequest) -> int:
    told = given(WatchForm, request)
    right = Intake(right_kind=told["right_kind"], right_number=told["right_number"], right_title=told["right_title"])
    return watching.add_watch(
        actor=actor_of(request),
        address=told["address"],
        words=told["words"],
        every_days=told["every_days"],
        pages=told["pages"] or 1,
        first_known=told["first"] == "known",
        right=right,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def watch_show(request: HttpRequest, key: int) -> HttpResponse:
    """One watch; POST clears a suspect, begins its draft, or stops the watch."""
    errors = list[dict[str, str]]()
    act = _ACTS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if act is not None:
        onward, errors = tried(lambda: act(request, key))
        if onward:
            return HttpResponseRedirect(onward)
    context = {**reads.watch(actor_of(request), key), "errors": errors}
    return render(request, "protection/watch_show.html", context, status=422 if errors else 200)


def _stop(request: HttpRequest, key: int) -> str:
    watching.stop_watch(actor=actor_of(request), key=key)
    return reverse("protection:watch-show", args=[key])


def _clear(request: HttpRequest, key: int) -> str:
    watching.clear_suspect(actor=actor_of(request), key=key, **given(SuspectForm, request))
    return reverse("protection:watch-show", args=[key])


def _draft(request: HttpRequest, key: int) -> str:
    number = watching.draft_of_suspect(actor=actor_of(request), key=key, **given(SuspectForm, request))
    return reverse("protection:dispute-show", kwargs={"number": number})


_ACTS: Mapping[str, Callable[[HttpRequest, int], str]] = {"stop": _stop, "clear": _clear, "draft": _draft}
