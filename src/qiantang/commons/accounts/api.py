"""The front door of accounts: who people are, who asks, and what a caller may still ask."""

from __future__ import annotations

from qiantang.commons.accounts.selectors.people import (
    actor_for,
    actor_of,
    address_of,
    attach_actor,
    people,
    person_by_username,
)
from qiantang.commons.accounts.selectors.tokens import token_bearer
from qiantang.commons.accounts.services.people import change_password, create_account, grant_role
from qiantang.commons.accounts.services.quotas import spend
from qiantang.commons.accounts.services.tokens import make_token, note_token_use
from qiantang.commons.accounts.types import Person, Role

__all__ = [
    "Person",
    "Role",
    "actor_for",
    "actor_of",
    "address_of",
    "attach_actor",
    "change_password",
    "create_account",
    "grant_role",
    "make_token",
    "note_token_use",
    "people",
    "person_by_username",
    "spend",
    "token_bearer",
]
