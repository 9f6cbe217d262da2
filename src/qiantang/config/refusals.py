"""From a refusal to a page or a problem document: status, sentence, next step. The only place where domain errors meet HTTP.

An app tells its sentences as data: ``REFUSALS = {code: (sentence, next step)}`` in its ``types.py``, English message
ids with named places for the facts (``%(given)s``). A code without an entry gets the sentence of its kind.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import apps
from django.http import HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from qiantang.config import problems
from qiantang.config.logs import CORRELATION
from qiantang.kernel.errors import Conflict, DomainError, Invalid, Limited, NotFound, NotPermitted, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

_log = logging.getLogger(__name__)
TEMPLATE = "layout/error.html"

# kind -> status, sentence, next step
_KINDS: Mapping[type[DomainError], tuple[int, str, str]] = {
    NotFound: (404, "There is nothing under this address.", "Check the number or the address, or search for it."),
    NotPermitted: (403, "You may not do this.", "Sign in with an account that has the role for it."),
    Invalid: (422, "What was sent cannot be read as it should.", "Go back, correct it and send it again."),
    Conflict: (409, "The state of things has changed and does not allow this now.", "Load the page again and look."),
    Limited: (429, "A limit was reached.", "Wait a little and try again."),
    Unavailable: (503, "A part of the platform does not answer at the moment.", "Try again in a few minutes."),
}
_OURS = 500  # the server's own faults begin there
_UNREADABLE = "The request cannot be read."
_OF_STATUS = {401: "A token is needed that opens this.", 405: "This address does not take this method."}
_UNKNOWN = (500, "Something went wrong on our side.", "Try again; if it stays so, tell us the code below.")
_OF_THE_HOUSE: Mapping[str, tuple[str, str]] = {
    "paging.size": ("A page holds 1 to %(most)s rows.", "Choose a smaller page."),
    "paging.offset": ("A page cannot begin before the first row.", "Begin with the first page."),
    "paging.cursor": ("This page mark is damaged or belongs to another query.", "Begin with the first page."),
    "paging.moved": (
        "This list was begun on %(began)s; it is read from %(now)s by now.",
        "Begin with the first page.",
    ),
    "request.malformed": ("The request cannot be read.", "Go back and try again."),
    "request.method": (
        "Nothing can be done with this address in this way.",
        "Look which methods it takes: the header Allow names them.",
    ),
    "request.csrf": (
        "The form was open too long, or cookies are switched off.",
        "Load the page again and send it once more.",
    ),
    "request.forbidden": ("You may not do this.", "Sign in with an account that has the role for it."),
    "request.address_unknown": ("There is nothing under this address.", "Begin at the home page or search."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a page says: ``status`` of HTTP, stable ``code``, ``sentence`` and ``next_step`` in the reader's language.

    next_url    address in this house where the next step is done, told as the fact of that name; empty: nowhere in particular
    """

    status: int
    code: str
    sentence: str
    next_step: str
    next_url: str = ""


@lru_cache(maxsize=1)
def sentences() -> Mapping[str, tuple[str, str]]:
    """Every code with a sentence of its own: code -> (sentence, next step), as English message ids.

    errors  ValueError where two apps claim one code
    """
    found = dict(_OF_THE_HOUSE)
    for app in apps.get_app_configs():
        if not app.name.startswith("qiantang.") or app.module is None or not module_has_submodule(app.module, "types"):
            continue
        told: Mapping[str, tuple[str, str]] = getattr(import_module(f"{app.name}.types"), "REFUSALS", {})
        twice = found.keys() & told.keys()
        if twice:
            raise ValueError(f"{app.name} tells {sorted(twice)} again")
        found.update(told)
    return found


def refusal_of(error: DomainError) -> Refusal:
    """The words for ``error`` in the active language."""
    status, *of_kind = next((told for kind, told in _KINDS.items() if isinstance(error, kind)), _UNKNOWN)
    own = sentences().get(error.code, (of_kind[0], of_kind[1]))
    try:
        sentence, next_step = (gettext(text) % error.facts for text in own)
    except (KeyError, TypeError, ValueError):
        _log.exception("the sentence of %s does not fit its facts %s", error.code, sorted(error.facts))
        sentence, next_step = gettext(of_kind[0]), gettext(of_kind[1])
    return Refusal(status, error.code, sentence, next_step, str(error.facts.get("next_url", "")))


def answer(request: HttpRequest, refusal: Refusal, facts: Mapping[str, object] | None = None) -> HttpResponse:
    """The refusal as the one who asks can read it: a program a problem document, a person a page."""
    if problems.wanted(request):
        return problems.document(refusal, _title_of(refusal.status), facts or {})
    return page(request, refusal)


def _title_of(status: int) -> str:
    titles = {told[0]: told[1] for told in _KINDS.values()}
    return gettext(titles.get(status) or _OF_STATUS.get(status, _UNKNOWN[1] if status >= _OURS else _UNREADABLE))


def page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The error page; plain text where the frame itself cannot be drawn."""
    told = {
        "status": refusal.status,
        "code": refusal.code,
        "sentence": refusal.sentence,
        "next_step": refusal.next_step,
        "next_url": refusal.next_url,
        "correlation_id": CORRELATION.get(),
    }
    try:
        return render(request, TEMPLATE, told, status=refusal.status)
    except TemplateDoesNotExist:
        return _plain(refusal)
    except Exception:  # whatever it was: who had an error gets a page that says so
        if refusal.status < _OURS:
            raise
        _log.exception("the error page itself failed")
        return _plain(refusal)


def _plain(refusal: Refusal) -> HttpResponse:
    text = f"{refusal.sentence}\n{refusal.next_step}\n[{refusal.code} {CORRELATION.get()}]\n"
    return HttpResponse(text, status=refusal.status, content_type="text/plain; charset=utf-8")


def _house_page(request: HttpRequest, status: int, code: str) -> HttpResponse:
    sentence, next_step = _OF_THE_HOUSE[code]
    return answer(request, Refusal(status, code, gettext(sentence), gettext(next_step)))


def method_refused(request: HttpRequest) -> HttpResponse:
    """For an address that is there, but not for this method: 405."""
    return _house_page(request, 405, "request.method")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """handler400."""
    return _house_page(request, 400, "request.malformed")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """handler403."""
    return _house_page(request, 403, "request.forbidden")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW."""
    _log.warning("form refused: %s", reason.partition(" - ")[0])  # the rest may quote an address
    return _house_page(request, 403, "request.csrf")


def address_unknown(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """handler404."""
    return _house_page(request, 404, "request.address_unknown")


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """Every code with its words; in the place of a fact stands its name."""
    found = {**sentences(), "request.failed": _UNKNOWN[1:]}
    rows = [
        {"code": code, "sentence": _without_facts(sentence), "next_step": _without_facts(next_step)}
        for code, (sentence, next_step) in sorted(found.items())
    ]
    return render(request, "layout/problems.html", {"rows": rows})


def _without_facts(text: str) -> str:
    return re.sub(r"%\((\w+)\)s", r"‹\1›", gettext(text))


def failed(request: HttpRequest) -> HttpResponse:
    """handler500."""
    status, sentence, next_step = _UNKNOWN
    return answer(request, Refusal(status, "request.failed", gettext(sentence), gettext(next_step)))
