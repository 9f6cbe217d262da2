"""People, roles, tokens and quotas as values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qiantang.commons.accounts.types.refusals import REFUSALS as REFUSALS
from qiantang.kernel.actor import Actor
from qiantang.kernel.registry import Registry

_SCOPE = re.compile(r"[a-z][a-z-]*:(read|write)")
TOKEN_DAYS = (30, 90, 180, 365)  # for how long a token may be made
PASSKEYS_AT_ONCE = 20
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
class Site:
    """Where a browser says it is: what a passkey is bound to.

    host    name without port; origin: scheme, name and port
    """

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class PasskeyShown:
    """A passkey as its owner sees it. ``last_used_at`` None: never used."""

    id: int
    name: str
    made_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider of the settings; fields as in ``config.providers``."""

    name: str
    issuer: str
    client: str
    title: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a provider has said and signed of a person: by issuer and subject they are known, by nothing else.

    name    what to show; empty: not told
    """

    issuer: str
    subject: str
    name: str


@dataclass(frozen=True, slots=True)
class IdentityShown:
    """A provider by which a person may sign in, as they see it."""

    id: int
    issuer: str
    linked_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionShown:
    """One of a person's open sessions. ``address`` None: not known; ``current``: the one that asks."""

    id: int
    address: str | None
    agent: str
    began_at: datetime
    current: bool
