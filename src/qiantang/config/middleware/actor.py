"""Who asks: every view finds the answer in ``actor_of(request)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.accounts.api import actor_for, attach_actor
from qiantang.commons.accounts.types import ACTING_FOR
from qiantang.config.logs import CORRELATION
from qiantang.kernel.actor import Channel

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class ActorMiddleware:
    """Builds the actor from the session's account and its roles; comes after Django's AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting_for = request.session.get(ACTING_FOR) if request.user.is_authenticated else None
        attach_actor(request, actor_for(request.user, Channel.WEB, CORRELATION.get(), acting_for))
        return self.get_response(request)
