"""The front door of accounts: who people are, and who asks."""

from __future__ import annotations

from qiantang.commons.accounts.selectors import actor_for, actor_of, attach_actor, people, person_by_username
from qiantang.commons.accounts.services import change_password, create_account, grant_role
from qiantang.commons.accounts.types import Person, Role

__all__ = [
    "Person",
    "Role",
    "actor_for",
    "actor_of",
    "attach_actor",
    "change_password",
    "create_account",
    "grant_role",
    "people",
    "person_by_username",
]
