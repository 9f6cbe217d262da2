"""Refusals as programs read them: problem documents after RFC 9457, and the page that explains their codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import orjson
from django.http import HttpResponse

from qiantang.config.logs import CORRELATION

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qiantang.config.refusals import Refusal
    from qiantang.kernel.errors import NotPermitted

PREFIX = "/api/v"  # of the versions of the open API; the pages about it stand beside them
EXPLAINED = "/api/problems"
MEDIA_TYPE = "application/problem+json"
_TOKEN_ENDED = frozenset({"accounts.token_unknown", "accounts.token_expired", "accounts.token_revoked"})


def wanted(request: HttpRequest) -> bool:
    """Whether a program asks."""
    return request.path.startswith(PREFIX)


def document(refusal: Refusal, title: str, facts: Mapping[str, object]) -> HttpResponse:
    """A problem document; the facts of the case stand beside its members.

    title   of the kind of refusal, the same for each of its codes
    """
    told = {
        **{str(name): _plain(value) for name, value in facts.items()},
        "type": f"{EXPLAINED}#{refusal.code}",
        "title": title,
        "status": refusal.status,
        "detail": refusal.sentence,
        "code": refusal.code,
        "next_step": refusal.next_step,
        "correlation_id": CORRELATION.get(),
    }
    return HttpResponse(orjson.dumps(told), status=refusal.status, content_type=MEDIA_TYPE)


def challenge(error: NotPermitted) -> str:
    """The header WWW-Authenticate. Source: RFC 6750, section 3."""
    if error.code in _TOKEN_ENDED:
        return 'Bearer realm="qiantang", error="invalid_token"'
    if "scope" in error.facts:
        return f'Bearer realm="qiantang", error="insufficient_scope", scope="{error.facts["scope"]}"'
    return 'Bearer realm="qiantang"'


def _plain(value: object) -> object:
    """A fact as JSON can hold it; whole numbers beyond what every reader holds are text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool | float | date):
        return value
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    return str(value).encode("utf-8", "replace").decode()
