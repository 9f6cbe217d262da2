"""The feed for the city's data platform: signed, so that it may pass through many hands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.kernel.errors import Invalid
from qiantang.portal.cockpit.methods.envelope import public_key, sealed
from qiantang.portal.cockpit.rules import SCHEMA
from qiantang.portal.cockpit.selectors.feed import feed
from qiantang.portal.cockpit.services.keeping import feed_secret
from qiantang.scenarios.monitoring.api import CITY

if TYPE_CHECKING:
    from django.http import HttpRequest

_NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")


@require_GET
def feed_document(request: HttpRequest) -> JsonResponse:
    """The numbers of the screen as a JSON Web Signature; ``nonce`` comes back inside what is signed.

    errors  Invalid ``cockpit.nonce``
    """
    nonce = request.GET.get("nonce", "")
    if nonce and not _NONCE.fullmatch(nonce):
        raise Invalid("cockpit.nonce")
    payload = feed(actor_of(request), CITY, timezone.localtime(), nonce)
    answer = JsonResponse(sealed(payload, feed_secret(), SCHEMA), content_type="application/jose+json")
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def feed_key(_request: HttpRequest) -> JsonResponse:
    """The public half of the key, as a set of JSON Web Keys (RFC 7517)."""
    return JsonResponse({"keys": [public_key(feed_secret())]}, content_type="application/jwk-set+json")
