"""What stands at the door: of the open API, whose token it is and how much was asked; of some pages, who is there now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.accounts.selectors.people import address_of, attach_actor
from qiantang.commons.accounts.selectors.security import subjects_at
from qiantang.commons.accounts.selectors.tokens import token_bearer
from qiantang.commons.accounts.services.quotas import spend
from qiantang.commons.accounts.services.stepping_up import needs_step_up
from qiantang.commons.accounts.services.tokens import make_token, note_token_use, revoke_token
from qiantang.commons.accounts.types import Bearer

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = [
    "address_of",
    "attach_bearer",
    "bearer_of",
    "make_token",
    "needs_step_up",
    "note_token_use",
    "revoke_token",
    "spend",
    "subjects_at",
    "token_bearer",
]


def attach_bearer(request: HttpRequest, bearer: Bearer) -> None:
    """Remember whose token came with a request; its actor is the one who asks."""
    request.__dict__["bearer"] = bearer
    attach_actor(request, bearer.actor)


def bearer_of(request: HttpRequest) -> Bearer | None:
    """Whose token came with a request; None where there was none."""
    bearer = request.__dict__.get("bearer")
    return bearer if isinstance(bearer, Bearer) else None
