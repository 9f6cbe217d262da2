"""Other platforms as operators keep them: what waits, what was given up, keys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.portal.exchange import policies
from qiantang.portal.exchange.forms import KIND_WORDS, PlatformForm
from qiantang.portal.exchange.methods import schemas
from qiantang.portal.exchange.selectors import feed, platforms
from qiantang.portal.exchange.services import keys, pushing
from qiantang.portal.exchange.services import platforms as keeping
from qiantang.portal.exchange.types import REFUSALS


@never_cache
@require_GET
def platform_list(request: HttpRequest) -> HttpResponse:
    """Platforms, messages that were given up, keys."""
    return _page(request)


@require_POST
def platform_add(request: HttpRequest) -> HttpResponse:
    """Enter a platform."""
    actor = actor_of(request)
    pushing.ensure_keeper(actor)
    form = PlatformForm(request.POST)
    if not form.is_valid():
        told = [{"text": str(one), "href": f"#id_{name}"} for name, all_ in form.errors.items() for one in all_]
        return _page(request, errors=told)
    try:
        keeping.add_platform(actor=actor, wanted=form.wanted())
    except (Invalid, Conflict) as error:
        sentences = [gettext(one) for one in REFUSALS[error.code]]
        return _page(request, errors=[{"text": " ".join(sentences) % error.facts, "href": ""}])
    return HttpResponseRedirect(reverse("exchange:platform-list"))


@require_POST
def platform_set(request: HttpRequest, key: int) -> HttpResponse:
    """Stop a platform, let it go on, or send it everything again after an offset."""
    actor, act = actor_of(request), request.POST.get("act", "")
    if act == "replay":
        after = request.POST.get("after", "0")
        pushing.replay(actor=actor, platform=key, after=int(after) if after.isdecimal() and len(after) < 16 else 0)  # noqa: PLR2004 - digits of an offset
    else:
        keeping.set_active(actor=actor, platform=key, active=act == "go_on")
    return HttpResponseRedirect(reverse("exchange:platform-list"))


@require_POST
def push_again(request: HttpRequest, key: int) -> HttpResponse:
    """Queue a message again that was given up."""
    pushing.send_again(actor=actor_of(request), push=key)
    return HttpResponseRedirect(reverse("exchange:platform-list"))


@require_POST
def key_change(request: HttpRequest) -> HttpResponse:
    """Sign with a new key from now on."""
    keys.change_key(actor=actor_of(request))
    return HttpResponseRedirect(reverse("exchange:platform-list"))


def _page(request: HttpRequest, *, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "platforms": platforms.platforms(actor),
        "dead": platforms.dead_letters(actor),
        "keys": feed.key_set(),
        "head": pushing.newest_offset(),
        "keeper": bool(policies.may_keep(actor)),
        "kinds": [(one.value, words) for one, words in KIND_WORDS.items()],
        "types": schemas.types(),
        "entered": request.POST if errors else {},
        "errors": errors or [],
    }
    return render(request, "exchange/platform_list.html", context, status=422 if errors else 200)
