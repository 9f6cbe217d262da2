"""People and roles as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


# code -> (sentence, next step)
REFUSALS = {
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
