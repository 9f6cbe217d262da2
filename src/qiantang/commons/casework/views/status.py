"""Status by number and query code, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework.services.inquiry import status_by_code
from qiantang.commons.casework.types import REFUSALS
from qiantang.commons.refdata.types import REFUSALS as OF_NUMBERS
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid, Limited, NotFound

_STATUS = {Invalid: 422, NotFound: 404, Limited: 429}


@never_cache
@require_http_methods(["GET", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """The form, and below it what it found. By POST only, so that neither stands in an address."""
    number, code = request.POST.get("number", ""), request.POST.get("code", "")
    context: dict[str, object] = {"number": number, "status": None, "errors": []}
    if request.method == "GET":
        return render(request, "casework/status_show.html", context)
    try:
        context["status"] = status_by_code(actor=actor_of(request), number=number, code=code)
    except (Invalid, NotFound, Limited) as error:
        texts = [gettext(text) % error.facts for text in {**REFUSALS, **OF_NUMBERS}[error.code]]
        context["errors"] = [{"text": " ".join(texts), "href": "#id_number"}]
        return render(request, "casework/status_show.html", context, status=_STATUS[type(error)])
    return render(request, "casework/status_show.html", context)
