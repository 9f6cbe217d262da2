"""The front door of accounts: who people are, for whom they act, who asks, and what stands at the door of the open API."""

from __future__ import annotations

from qiantang.commons.accounts.selectors import organisations
from qiantang.commons.accounts.selectors.people import (
    actor_for,
    actor_of,
    attach_actor,
    people,
    people_by_key,
    person_by_username,
)
from qiantang.commons.accounts.services import access, mandates
from qiantang.commons.accounts.services.people import change_password, create_account, grant_role, revoke_role
from qiantang.commons.accounts.types import Person, Role

__all__ = [
    "Person",
    "Role",
    "access",
    "actor_for",
    "actor_of",
    "attach_actor",
    "change_password",
    "create_account",
    "grant_role",
    "mandates",
    "organisations",
    "people",
    "people_by_key",
    "person_by_username",
    "revoke_role",
]
