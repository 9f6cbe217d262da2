"""People, roles, tokens and quotas as values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qiantang.kernel.actor import Actor
from qiantang.kernel.registry import Registry

_SCOPE = re.compile(r"[a-z][a-z-]*:(read|write)")
TOKEN_DAYS = (30, 90, 180, 365)  # for how long a token may be made
TOKENS_AT_ONCE = 20  # live ones of one person


class Role(StrEnum):
    """What a person may be granted by those who keep accounts. What a role may do, each room's policies say.

    Applicants and agencies are no roles: they are parties of a case, by themselves or under a mandate.

    OPERATOR        runs the platform of the city: loads files, keeps accounts
    EXAMINER        examines drafts and proposes conclusions
    WINDOW_OFFICER  receives at the counter, in a citizen's name
    CASE_OFFICER    handles cases of an office
    SUPERVISOR      confirms, hands out work, answers for limits
    MEDIATOR        mediates or arbitrates
    EXPERT          gives an opinion on a file that was put before them
    FINANCIER       of a bank or an insurer
    INVESTOR        looks at offers
    LECTURER        teaches and examines at the college
    ANALYST         reads figures and makes reports
    DISTRICT_ADMIN  sees what concerns their district
    AUDITOR         reads everything, writes nothing
    SYSTEM_ADMIN    keeps the machine running; no access to content
    """

    OPERATOR = "operator"
    EXAMINER = "examiner"
    WINDOW_OFFICER = "window_officer"
    CASE_OFFICER = "case_officer"
    SUPERVISOR = "supervisor"
    MEDIATOR = "mediator"
    EXPERT = "expert"
    FINANCIER = "financier"
    INVESTOR = "investor"
    LECTURER = "lecturer"
    ANALYST = "analyst"
    DISTRICT_ADMIN = "district_admin"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"


class Standing(StrEnum):
    """In what standing somebody comes who needs no role for it: by themselves, or as what they are in a case.

    STRANGER    has not signed in
    PERSON      has signed in; is no party of what is asked for
    APPLICANT   a party, by themselves or under a mandate of the applicant
    AGENCY      acts for an agency under its mandate
    """

    STRANGER = "stranger"
    PERSON = "person"
    APPLICANT = "applicant"
    AGENCY = "agency"


# Whoever looks over the others, or keeps the machine, acts for nobody.
ACTS_FOR_NOBODY = frozenset({Role.AUDITOR, Role.SYSTEM_ADMIN})

# Duties that one person may not hold together: who looks over others' work does none of it, who keeps the machine sees no content.
INCOMPATIBLE_ROLES = frozenset(
    frozenset({apart, role}) for apart in (Role.AUDITOR, Role.SYSTEM_ADMIN) for role in frozenset(Role) - {apart}
) | frozenset({frozenset({Role.EXAMINER, Role.FINANCIER}), frozenset({Role.EXAMINER, Role.INVESTOR})})


def clashing_role(held: frozenset[str], role: Role) -> Role | None:
    """A role among those held that nobody may hold together with ``role``; None where there is none."""
    return next((one for one in Role if one in held and frozenset({one, role}) in INCOMPATIBLE_ROLES), None)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A legal person. ``uscc`` is its unified social credit code, 18 characters, check character right."""

    id: int
    uscc: str
    name: str
    region_code: str


ACTING_FOR = "acting_for"  # key of the session under which the organisation stands for which a person acts
EVERYTHING = "everything"
MANAGE = "manage"


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateScope:
    """What a mandate may be good for, declared in ``rules.py`` by the room whose acts ask for it.

    key     ``app.act``
    title   message id: what the person may do for the organisation
    """

    key: str
    title: str


MANDATE_SCOPES: Registry[MandateScope] = Registry("scope of a mandate")


def declare_mandate_scope(scope: MandateScope) -> MandateScope:
    """Make a scope known; errors: ValueError for a key declared twice."""
    return MANDATE_SCOPES.register(scope.key, scope)


class MandateState(StrEnum):
    """Where a mandate stands on a day."""

    REQUESTED = "requested"
    REFUSED = "refused"
    COMING = "coming"
    IN_FORCE = "in_force"
    ENDED = "ended"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Mandate:
    """One person acts for one organisation.

    scopes      keys of ``MANDATE_SCOPES``; ``everything`` is all of them but ``manage``, by which others are let in
    start_date  first day; end_date: last day
    evidence    the document on which it rests
    """

    id: int
    person_id: int
    person_name: str
    organisation: Organisation
    scopes: frozenset[str]
    start_date: date
    end_date: date
    evidence: str
    state: MandateState
    reason: str


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


@dataclass(frozen=True, slots=True)
class MadeFactor:
    """A secret for an app of one-time passwords: to type in, and as the address which the QR code says."""

    shown: str
    address: str


@dataclass(frozen=True, slots=True)
class SessionShown:
    """One of a person's open sessions. ``address`` None: not known; ``current``: the one that asks."""

    id: int
    address: str | None
    agent: str
    began_at: datetime
    current: bool


# code -> (sentence, next step)
REFUSALS = {
    "accounts.security_sign_in_first": ("How your account is kept safe is shown when you are signed in.", "Sign in."),
    "accounts.second_factor_there": ("A second factor is in force already.", "Take it away first."),
    "accounts.second_factor_missing": ("There is no second factor to do this with.", "Begin anew on this page."),
    "accounts.code_wrong": (
        "This code is not right, or was used already.",
        "Wait for the next code of the app, check the clock of the phone, or take a recovery code.",
    ),
    "accounts.step_up_wrong": (
        "Password or code is not right.",
        "Enter the password with which you sign in, and the code that the app shows now.",
    ),
    "accounts.recovery_wrong": (
        "User name and recovery code do not belong together, or the code was used already.",
        "Take another of your recovery codes, or ask an operator for a new password.",
    ),
    "accounts.session_unknown": ("This session is over.", "Load the page again."),
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
    "accounts.role_own": ("Nobody grants a role to themselves.", "Ask another operator."),
    "accounts.role_clash": (
        "%(role)s and %(held)s may not be held by one person.",
        "Take the other role away first, or grant it to another person.",
    ),
    "accounts.organisation_name": ("An organisation needs a name of 2 to 200 characters.", "Enter it as registered."),
    "accounts.organisation_unknown": (
        "There is no organisation %(uscc)s here, or not for you to see.",
        "Check the unified social credit code, or ask to act for it under My organisations.",
    ),
    "accounts.mandate_dates": (
        "A mandate has a first and a last day and lasts three years at most.",
        "Choose the days within %(most)s years.",
    ),
    "accounts.mandate_evidence": (
        "A mandate rests on a document.",
        "Name it: a power of attorney with its date, or the post of the legal representative.",
    ),
    "accounts.mandate_scope": (
        "There is no such scope of a mandate: %(scope)s.",
        "Choose among those on the page; at least one.",
    ),
    "accounts.mandate_unknown": ("There is no such mandate, or not for you to see.", "Load the page again."),
    "accounts.mandate_settled": ("This mandate has been settled already.", "Load the page again."),
    "accounts.mandate_open": (
        "You have asked to act for this organisation already.",
        "Wait for the answer, or take the request back.",
    ),
    "accounts.mandate_not_yours_to_settle": (
        "A mandate is settled by who may let others in for this organisation, or by the office; never by who asked.",
        "Ask the person who manages the organisation here, or the window.",
    ),
    "accounts.mandate_missing": (
        "You may not do this for %(organisation)s: no mandate in force covers it.",
        "Ask for a mandate under My organisations.",
    ),
    "accounts.mandate_barred": (
        "An auditor or a system administrator acts for no organisation.",
        "Let another person ask, or have the role taken away first.",
    ),
    "accounts.mandate_sign_in_first": ("Who acts for an organisation is asked of those who are signed in.", "Sign in."),
    "accounts.account_unknown": ("There is no account %(username)s.", "Check the spelling."),
    "accounts.password_weak": ("This password is too weak: %(reasons)s", "Choose a longer, less common one."),
    "accounts.password_wrong": ("The current password is not right.", "Enter the password you use now."),
    "accounts.sign_in_throttled": (
        "After %(failures)s failed attempts, signing in as %(username)s is closed for %(minutes)s minutes.",
        "Wait %(minutes)s minutes, or set a new password at once with one of your recovery codes: /sign-in/recover.",
    ),
}
