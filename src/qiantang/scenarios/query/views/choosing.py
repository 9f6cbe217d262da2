"""One facet opened: more values, a look inside, several at once. What is chosen there leads back to the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.forms import desk_request
from qiantang.scenarios.query.methods.refinements import Refinement
from qiantang.scenarios.query.selectors import choosing, desk

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from qiantang.scenarios.query.types import DeskRequest

_MOST_LETTERS = 100
_MOST_TICKED = 200
_STEP = 4


@require_GET
def facet_values(request: HttpRequest) -> HttpResponse:
    """The values of the facet ``key``: with the letters ``find`` in them, ``pick`` ticked; ``apply`` leads on.

    apply   ``any``: only these · ``none``: all but these · ``all``: whatever it is · ``span``: from ``low`` to ``high``
    """
    asked = desk_request(request.GET)
    desk.ensure_refinements(asked)
    key = request.GET.get("key", "")
    if key not in desk.COUNTED:
        raise Invalid("query.refinement")
    ticked = tuple(dict.fromkeys(request.GET.getlist("pick")))[:_MOST_TICKED]
    if "apply" in request.GET:
        return HttpResponseRedirect(_chosen(request, asked, key, ticked))
    in_force = choosing.conditions(asked, key)
    if "opened" not in request.GET:
        ticked = tuple(value for one in in_force for value in one.values)
    find = request.GET.get("find", "")[:_MOST_LETTERS]
    most = choosing.SHOWN if request.GET.get("most") != "more" else choosing.SHOWN * _STEP * _STEP
    values, more = choosing.choices(actor_of(request), asked, key, find=find, ticked=ticked, most=most)
    context = {
        "asked": asked,
        "q": asked.text,
        "key": key,
        "label": desk.facet_word(key),
        "values": values,
        "find": find,
        "more": more and most == choosing.SHOWN,
        "too_many": more and most > choosing.SHOWN,
        "shown": len(values),
        "excluded": any(one.excluded for one in in_force),
        "in_force": bool(in_force),
        "kept": desk.kept(asked),
        "back_url": desk.address(asked, asked.refinements),
    }
    return render(request, "query/facet_values.html", context, fragment="values")


def _chosen(request: HttpRequest, asked: DeskRequest, key: str, ticked: tuple[str, ...]) -> str:
    apply = request.GET["apply"]
    if apply == "span":
        span = choosing.span({name: request.GET.get(name, "") for name in ("low", "high")})
        return choosing.refined(asked, key, Refinement(key, span=span) if span else None)
    if apply in ("any", "none") and ticked:
        return choosing.refined(asked, key, Refinement(key, ticked, excluded=apply == "none"))
    return choosing.refined(asked, key, None)
