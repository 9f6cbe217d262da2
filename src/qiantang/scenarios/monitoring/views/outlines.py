"""Outlines of districts, for the script that draws maps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from qiantang.corpus.places import api as places
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from django.http import HttpRequest

_CODES = re.compile(r"\d{6}(-\d{6}){0,199}")


@require_GET
@cache_control(public=True, max_age=86400)
def outlines(_request: HttpRequest, codes: str) -> JsonResponse:
    """GeoJSON of the districts of today that the address names, parted by hyphens."""
    if not _CODES.fullmatch(codes):
        raise Invalid("monitoring.address", given=codes[:80])
    return JsonResponse(places.outlines(tuple(codes.split("-"))))
