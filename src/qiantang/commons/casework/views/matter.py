"""A matter across lines of work: which cases belong together, what hangs on them, what happened in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework.selectors import graph
from qiantang.commons.casework.selectors.cases import shown_number
from qiantang.commons.casework.selectors.drawing import matter_chart
from qiantang.commons.casework.selectors.joining import may_do
from qiantang.commons.casework.selectors.words import link_word, state_tone, thing_word
from qiantang.commons.casework.services import joining, linking, timing
from qiantang.commons.casework.types import REFUSALS, LinkKind
from qiantang.commons.casework.types.graph import HANGINGS, MatterFound
from qiantang.commons.refdata.types import REFUSALS as OF_NUMBERS
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Callable

_TOLD = (Invalid, Conflict, NotPermitted, NotFound)


@never_cache
@require_GET
def matter_show(request: HttpRequest, number: str) -> HttpResponse:
    """The graph with its table, what hangs on the cases, one timeline; ``?case=`` shows one case's lines alone."""
    return _page(request, number)


@require_POST
def matter_act(request: HttpRequest, number: str) -> HttpResponse:
    """Link with another case or a thing, take a link back, merge, split."""
    act = _acts(request, number).get(request.POST.get("act", ""))
    try:
        made = act() if act else None
    except _TOLD as error:
        if error.code == "casework.unknown" and error.facts.get("number") == number:
            raise
        if error.code not in REFUSALS and not error.code.startswith("identifiers."):
            raise
        return _page(request, number, error)
    if request.POST.get("act") == "split" and made is not None:
        return _page(request, number, made=made)
    return HttpResponseRedirect(reverse("casework:matter-show", kwargs={"number": number}))


def _acts(request: HttpRequest, number: str) -> dict[str, Callable[[], object]]:
    actor, post = actor_of(request), request.POST
    return {
        "link": lambda: timing.link_cases(
            actor=actor, first=number, second=post.get("other", ""), kind=_kind(post.get("kind", ""))
        ),
        "unlink": lambda: linking.unlink_cases(
            actor=actor, first=post.get("first", ""), second=post.get("second", ""), kind=_kind(post.get("kind", ""))
        ),
        "object": lambda: linking.link_object(
            actor=actor,
            number=number,
            noun=post.get("noun", ""),
            text=post.get("reference", ""),
            kind=_kind(post.get("kind", "")),
        ),
        "merge": lambda: joining.merge_cases(
            actor=actor,
            number=number,
            into=post.get("other", ""),
            note=post.get("note", ""),
            new_readers=bool(post.get("readers")),
        ),
        "split": lambda: joining.split_case(
            actor=actor,
            number=number,
            title=post.get("title", ""),
            party_ids=[int(one) for one in post.getlist("party") if one.isascii() and one.isdigit()],
            note=post.get("note", ""),
        ),
    }


def _kind(text: str) -> LinkKind:
    if text not in set(LinkKind):
        raise Invalid("casework.link_kind_unknown")
    return LinkKind(text)


def _page(
    request: HttpRequest, number: str, error: DomainError | None = None, made: object | None = None
) -> HttpResponse:
    actor = actor_of(request)
    matter = graph.matter_of(actor, number)
    lines = graph.timeline_of(actor, matter)
    only = request.GET.get("case", "")
    only = only if only in {card.number for card in matter.cards} else ""
    may = may_do(actor, number)
    context = {
        "matter": matter,
        "here": next(card for card in matter.cards if card.number == matter.start),
        "chart": matter_chart(matter),
        "cases": [{"card": card, "tone": state_tone(card)} for card in matter.cards],
        "edges": _edges(matter),
        "things": [
            {
                "thing": one,
                "word": thing_word(one.kind),
                "noun": _noun(one.noun),
                "number": shown_number(one.case),
            }
            for one in matter.things
        ],
        "lines": [line for line in lines if not only or line.number == only],
        "only": only,
        "may": may,
        "kinds": [(str(kind), link_word(kind, outgoing=True)) for kind in linking.BY_HAND],
        "thing_kinds": [(str(kind), thing_word(kind)) for kind in linking.OF_THINGS],
        "nouns": [(one.key, gettext(one.title)) for one in graph.linkable()],
        "made": made,
        "errors": _errors(error),
        "typed": request.POST,
    }
    return render(request, "casework/matter_show.html", context, status=422 if error else 200)


def _edges(matter: MatterFound) -> list[dict[str, object]]:
    cards = {card.number: card for card in matter.cards}
    return [
        {
            "first": cards[one.first],
            "second": cards[one.second],
            "kind": str(one.kind),
            "word": link_word(one.kind, outgoing=True),
            "stays": one.kind is LinkKind.MERGED_WITH,
        }
        for one in matter.edges
    ]


def _noun(key: str) -> str:
    return next(gettext(one.title) for one in (*graph.OF_THE_HOUSE, *HANGINGS) if one.key == key)


def _errors(error: DomainError | None) -> list[dict[str, str]]:
    if error is None:
        return []
    texts = [gettext(text) % error.facts for text in {**REFUSALS, **OF_NUMBERS}[error.code]]
    return [{"text": " ".join(texts), "href": "#acts"}]
