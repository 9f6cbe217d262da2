"""The reference of the open API as a page: open to everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from qiantang.commons.accounts.types import SCOPES
from qiantang.commons.catalogue.api import api_sections
from qiantang.commons.ui.api import render
from qiantang.portal.gateway.methods.reference import chapters
from qiantang.portal.gateway.types import PREFIX
from qiantang.portal.gateway.views.operations import document

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, its answer and an example, out of the OpenAPI document."""
    origin = f"{request.scheme}://{request.get_host()}"
    context = {
        "chapters": chapters(document(), api_sections(), prefix=PREFIX, origin=origin, say=gettext),
        "scopes": [{"key": scope.key, "title": gettext(scope.title)} for scope in SCOPES],
        "base": origin + PREFIX,
        "openapi_url": reverse("gateway:openapi-json"),
        "public_quota": settings.API_PUBLIC_QUOTA,
        "token_quota": settings.API_TOKEN_QUOTA,
    }
    return render(request, "gateway/reference.html", context)
