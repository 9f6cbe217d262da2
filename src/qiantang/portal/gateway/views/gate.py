"""Before an operation: has the token its scope, and does the operation know every parameter?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.accounts.api import access
from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.portal.gateway.types import BODY_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

    from qiantang.commons.catalogue.api import Endpoint


class Gate:
    """Called by ninja before anything is read of a request. What a room may refuse is its own affair."""

    def __init__(self, endpoint: Endpoint, known: Collection[str]) -> None:
        self._endpoint = endpoint
        self._known = known

    def __call__(self, request: HttpRequest) -> bool:
        """True, or a refusal.

        errors  NotPermitted ``accounts.token_missing``, ``accounts.token_scope_missing`` · Invalid
                ``api.parameter_unknown``, ``api.parameter_twice``, ``api.body_large``
        """
        scope, bearer = self._endpoint.scope, access.bearer_of(request)
        if scope and bearer is None:
            raise NotPermitted("accounts.token_missing")
        if scope and bearer and scope not in bearer.scopes:
            raise NotPermitted("accounts.token_scope_missing", scope=scope)
        for name, values in request.GET.lists():
            if name not in self._known:
                raise Invalid("api.parameter_unknown", given=name[:80], known=", ".join(self._known) or "-")
            if len(values) > 1:
                raise Invalid("api.parameter_twice", given=name)
        if self._endpoint.takes_file:
            _read_whole(request)
        return True


def _read_whole(request: HttpRequest) -> None:
    """Read a body that holds a file. Django refuses bodies of more than 2.5 MB, as is right for all others: here the bound
    is wider, and only after the token and its scope were looked at, so that no stranger makes the server hold so much.

    errors  Invalid ``api.body_large``
    """
    told = request.META.get("CONTENT_LENGTH") or "0"
    if not told.isdecimal() or int(told) > BODY_BYTES:
        raise Invalid("api.body_large", limit_mb=BODY_BYTES // 2**20)
    request._body = request.read(BODY_BYTES)  # noqa: SLF001 - what ``body`` gives from now on
