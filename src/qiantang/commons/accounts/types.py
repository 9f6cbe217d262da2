"""People, roles, tokens and quotas as values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qiantang.kernel.actor import Actor
from qiantang.kernel.registry import Registry

_SCOPE = re.compile(r"[a-z][a-z-]*:(read|write)")
TOKEN_DAYS = (30, 90, 180, 365)  # for how long a token may be made
TOKENS_AT_ONCE = 20  # live ones of one person


class Role(StrEnum):
    """What a person may be granted.

    OPERATOR    runs the platform of the city: loads files, keeps accounts
    """

    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Person:
    """An account as others see it.

    id              key of the account; ``Actor.person_id``
    username        what is typed to sign in, in canonical spelling
    display_name    what pages and the journal show
    roles           keys of ``Role``
    active          may sign in
    """

    id: int
    username: str
    display_name: str
    roles: frozenset[str]
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a token may be used for, declared in ``rules.py`` by the room whose routes ask for it.

    key     ``noun:read`` or ``noun:write``; stable: it stands in tokens
    title   message id: what a program may do with it, in a few words
    """

    key: str
    title: str

    def __post_init__(self) -> None:
        if not _SCOPE.fullmatch(self.key):
            raise ValueError(f"a scope is noun:read or noun:write, not {self.key!r}")


SCOPES: Registry[Scope] = Registry("scope")


def declare_scope(scope: Scope) -> Scope:
    """Make a scope known; errors: ValueError for a key declared twice."""
    return SCOPES.register(scope.key, scope)


class TokenState(StrEnum):
    """Whether a token still opens anything."""

    LIVE = "live"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner sees it: never its secret.

    key             its public part, by which it is named in the journal and on the page
    last_used_at    to within five minutes; None: never used
    """

    key: str
    name: str
    scopes: frozenset[str]
    state: TokenState
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A new token with the text that opens the API. The text is kept nowhere and cannot be shown again."""

    token: Token
    text: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who comes with a token, and what the token may be used for."""

    actor: Actor
    token: str
    scopes: frozenset[str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Quota:
    """So many requests in each window of so many seconds."""

    name: str
    requests: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Spent:
    """A quota after one more request. ``remaining`` is never negative; ``resets_in`` in seconds, at least 1."""

    quota: Quota
    remaining: int
    resets_in: int
    exceeded: bool


# code -> (sentence, next step)
REFUSALS = {
    "accounts.token_unknown": (
        "This token opens nothing.",
        "Check that it was copied whole, or make a new one under My tokens.",
    ),
    "accounts.token_expired": ("This token expired on %(day)s.", "Make a new one under My tokens."),
    "accounts.token_revoked": ("This token was revoked on %(day)s.", "Make a new one under My tokens."),
    "accounts.token_missing": (
        "This needs a token.",
        "Make one under My tokens and send it with the request: Authorization: Bearer TOKEN.",
    ),
    "accounts.token_scope_missing": (
        "This token may not be used for this: it lacks the scope %(scope)s.",
        "Make a token that has the scope, under My tokens.",
    ),
    "accounts.token_sign_in_first": ("Tokens are made and revoked by whom they stand for.", "Sign in."),
    "accounts.token_not_yours": ("There is no token %(token)s, or it is not yours.", "Load the page again."),
    "accounts.token_live": ("This token is still good.", "Revoke it first."),
    "accounts.token_name": ("A token needs a name of 1 to 100 characters.", "Say in a few words what it is for."),
    "accounts.token_scope_unknown": ("There is no scope %(scope)s.", "Choose among those on the page."),
    "accounts.token_days": (
        "A token is good for one of these numbers of days: %(known)s.",
        "Choose one of them; a new token can be made at any time.",
    ),
    "accounts.tokens_too_many": (
        "You have %(most)s live tokens; one person may have no more.",
        "Revoke one that is no longer used.",
    ),
    "accounts.quota_exceeded": (
        "%(requests)s requests in %(seconds)s seconds were made; no more are answered in this time.",
        "Wait %(retry_after_seconds)s seconds. With a token more requests are answered.",
    ),
    "accounts.keeping_refused": ("Only an operator may keep accounts.", "Ask an operator of the platform."),
    "accounts.username_taken": ("There is already an account %(username)s.", "Choose another user name."),
    "accounts.username_malformed": (
        "A user name has 1 to 150 letters, digits and the characters @ . + - _.",
        "Choose another user name, for instance an e-mail address.",
    ),
    "accounts.display_name_missing": ("An account needs a name to show.", "Enter the person's name."),
    "accounts.role_unknown": ("There is no role %(role)s.", "Choose one of: %(known)s."),
    "accounts.account_unknown": ("There is no account %(username)s.", "Check the spelling."),
    "accounts.password_weak": ("This password is too weak: %(reasons)s", "Choose a longer, less common one."),
    "accounts.password_wrong": ("The current password is not right.", "Enter the password you use now."),
    "accounts.sign_in_throttled": (
        "After %(failures)s failed attempts, signing in as %(username)s is closed for %(minutes)s minutes.",
        "Wait %(minutes)s minutes, or ask an operator to set a new password.",
    ),
}
