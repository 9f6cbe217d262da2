"""Who is linked with the parties of a case, for who handles it: read for a need; keys are verified, flags raised and reviewed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework.methods.linked_keys import flag_bound
from qiantang.commons.casework.selectors.linked import linked_head
from qiantang.commons.casework.selectors.words import key_words, source_words
from qiantang.commons.casework.services import linked
from qiantang.commons.casework.types import REFUSALS
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from qiantang.commons.casework.types.linked import PartyLinks

_TOLD = (Invalid, Conflict, NotPermitted, NotFound)
_DIGITS = 18


@never_cache
@require_http_methods(["GET", "POST"])
def linked_show(request: HttpRequest, number: str) -> HttpResponse:
    """The form for the need; POST with one reads."""
    if request.method == "POST":
        return _read(request, number)
    return _page(request, number)


@require_POST
def linked_act(request: HttpRequest, number: str) -> HttpResponse:
    """Verify or end a key, raise, review or lift a flag; then read again for the same need, where one is said."""
    act = _acts(request, number).get(request.POST.get("act", ""))
    try:
        if act:
            act()
    except _TOLD as error:
        return _read(request, number, error)
    if request.POST.get("need", "").strip():
        return _read(request, number)
    return HttpResponseRedirect(reverse("casework:linked-show", kwargs={"number": number}))


def _acts(request: HttpRequest, number: str) -> dict[str, Callable[[], object]]:
    actor, post = actor_of(request), request.POST

    def said(name: str) -> str:
        return str(post.get(name, ""))

    return {
        "verify": lambda: linked.verify_key(
            actor=actor,
            number=number,
            party=_key(said("party")),
            kind=said("kind"),
            value=said("value"),
            source=said("source"),
            evidence=said("evidence"),
            as_of=_day(said("as_of")),
        ),
        "end": lambda: linked.end_key(actor=actor, number=number, key=_key(said("key")), why=said("note")),
        "flag": lambda: linked.flag_entity(
            actor=actor, number=number, party=_key(said("party")), reason=said("reason"), until=_day(said("until"))
        ),
        "review": lambda: linked.review_flag(actor=actor, number=number, flag=_key(said("flag")), note=said("note")),
        "lift": lambda: linked.lift_flag(actor=actor, number=number, flag=_key(said("flag")), note=said("note")),
    }


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else 0


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _read(request: HttpRequest, number: str, error: DomainError | None = None) -> HttpResponse:
    """Read for the need that is said. A refusal of what was done before goes first."""
    try:
        found = linked.read_linked(actor=actor_of(request), number=number, need=request.POST.get("need", ""))
    except Invalid as refused:
        if refused.code not in REFUSALS:
            raise
        return _page(request, number, error=error or refused)
    return _page(request, number, found, error)


def _page(
    request: HttpRequest,
    number: str,
    found: tuple[PartyLinks, ...] | None = None,
    error: DomainError | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    card, writes = linked_head(actor, number)
    if error is not None and error.code not in REFUSALS:
        raise error
    today = timezone.localdate()
    bound = flag_bound(today)
    context = {
        "card": card,
        "found": None if found is None else [_shown(one) for one in found],
        "writes": writes,
        "kinds": [(str(key), word) for key, word in key_words().items()],
        "sources": [(str(key), word) for key, word in source_words().items()],
        "today": today.isoformat(),
        "tomorrow": (today + timedelta(days=1)).isoformat(),
        "last": (today + timedelta(days=bound.days)).isoformat(),
        "bound": bound,
        "need": request.POST.get("need", ""),
        "typed": request.POST if error else {},
        "errors": _errors(error, _key(request.POST.get("party", ""))),
    }
    return render(request, "casework/linked_show.html", context, status=422 if error else 200)


def _shown(one: PartyLinks) -> dict[str, object]:
    words, sources = key_words(), source_words()
    return {
        "party": one,
        "keys": [{"key": key, "word": words[key.kind], "source": sources[key.source]} for key in one.keys],
        "flags": one.flags,
        "links": [
            {"link": link, "keys": [(words[kind], masked) for kind, masked in link.keys], "flags": link.flags}
            for link in one.links
        ],
    }


def _errors(error: DomainError | None, party: int) -> list[dict[str, str]]:
    if error is None:
        return []
    text = " ".join(gettext(text) % error.facts for text in REFUSALS[error.code])
    return [{"text": text, "href": f"#party-{party}" if party else "#need"}]
