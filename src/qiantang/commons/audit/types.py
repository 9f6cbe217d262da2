"""A journal entry as a value: what the chain is computed over; purposes of data use and consents as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qiantang.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# --- who only reads: whatever a service is about to write down is held against this, so that no room can forget -------

# The auditor reads all and writes nothing; the system administrator keeps the machine and has nothing to do with content.
READS_ONLY = frozenset({"auditor", "system_admin"})
# What they still do: keep their own account safe, read their own notices, speak for their own data.
OWN_ACCOUNT = (
    "accounts.account.recover",
    "accounts.identity.",
    "accounts.passkey.",
    "accounts.password.",
    "accounts.recovery.",
    "accounts.second_factor.",
    "accounts.session.",
    "accounts.token.",
    "audit.consent.",
    "notices.",
)
# Last words of verbs that note a read: confidential material that is looked at.
READING = frozenset({"read", "use", "view"})

REFUSALS = {
    "audit.reads_only": (
        "Who audits, or keeps the machine running, reads and changes nothing here.",
        "Ask a person whose duty it is.",
    ),
    "audit.append_only": ("The journal can only be added to.", "Record a new entry which corrects the old one."),
    "audit.consent_missing": (
        "%(people)s of the people concerned have not agreed to %(purpose)s.",
        "Ask them; consent is given under My data.",
    ),
    "audit.consent_expired": (
        "The consent of %(people)s of the people concerned to %(purpose)s has expired.",
        "Ask them again; consent is given under My data.",
    ),
    "audit.consent_withdrawn": (
        "%(people)s of the people concerned have withdrawn their consent to %(purpose)s.",
        "Do without their data.",
    ),
    "audit.consent_not_asked": (
        "%(purpose)s rests on law, not on consent.",
        "See under Use of personal data on what it rests.",
    ),
    "audit.consent_not_yours": (
        "Only the person may give or withdraw this consent, or an operator who has it in writing.",
        "Sign in as that person, or name the evidence.",
    ),
    "audit.purpose_unknown": ("There is no purpose %(purpose)s.", "Choose one of: %(known)s."),
    "audit.use_unknown": ("There is no use of data %(use)s, or not for you to see.", "Check the number."),
    "audit.sign_in_first": ("What concerns you is shown when you are signed in.", "Sign in."),
    "audit.receipt_malformed": (
        "This is no receipt of a use of data: %(place)s.",
        "Take the JSON file as it was handed out.",
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One act.

    sequence         1, 2, 3 … without gaps
    at               aware, UTC
    actor_id         key of the account; None for the public and for the platform
    actor_name       as shown at the time
    channel          web, api, job, command
    correlation_id   of the request or job
    verb             ``app.noun.verb``
    subject          what was acted upon, ``kind:key``
    facts            what the verb needs to be understood; JSON without fractions
    previous_digest  of the entry before; 64 zeros for the first
    digest           SHA-256 over all the other fields, 64 hexadecimal digits
    """

    sequence: int
    at: datetime
    actor_id: int | None
    actor_name: str
    channel: str
    correlation_id: str
    verb: str
    subject: str
    facts: Mapping[str, object]
    previous_digest: str
    digest: str


class Basis(StrEnum):
    """Why personal data may be used. Source: Personal Information Protection Law of China, art. 13 (1).

    CONSENT     the person agreed (no. 1)
    DUTY        a statutory duty asks for it (no. 3)
    PUBLISHED   lawfully published already, used within reason (no. 6)
    """

    CONSENT = "consent"
    DUTY = "duty"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What personal data are used for, declared by the room that uses them, in its ``rules.py``.

    code        ``app.thing``
    title       message id: what for, in a few words
    basis       why that is lawful
    source      message id: the law and its article
    personal    message id: which data
    retention   message id: how long they are kept
    days        what was handed out, or a consent, is good for so many days; None: without end
    audience    roles that are asked for consent; empty: everybody
    asked_at    named address of the page where consent is asked for; empty: under My data
    """

    code: str
    title: str
    basis: Basis
    source: str
    personal: str
    retention: str
    days: int | None = None
    audience: frozenset[str] = frozenset()
    asked_at: str = ""

    def __post_init__(self) -> None:
        if self.basis is Basis.CONSENT and self.days is None:
            raise ValueError(f"consent to {self.code!r} needs an end")


PURPOSES: Registry[Purpose] = Registry("purpose")


def declare(purpose: Purpose) -> Purpose:
    """Make a purpose known; errors: ValueError for a code declared twice."""
    return PURPOSES.register(purpose.code, purpose)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What is kept of a person at that person's own wish, declared by the room that keeps it, in its ``rules.py``.

    code        ``app.thing``
    title       message id: what it is
    retention   message id: how long it is kept
    url_name    named address of the page where the person sees it, takes a copy and deletes it
    """

    code: str
    title: str
    retention: str
    url_name: str


STORES: Registry[Store] = Registry("store")


def declare_store(store: Store) -> Store:
    """Make a store known; errors: ValueError for a code declared twice."""
    return STORES.register(store.code, store)


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to: valid from ``given_at`` until ``until``, or until it is withdrawn. All instants in UTC.

    evidence    where an operator gave it for the person: reference of the document; else empty
    """

    purpose: str
    person_id: int
    given_at: datetime
    until: datetime
    withdrawn_at: datetime | None
    evidence: str


@dataclass(frozen=True, slots=True)
class PurposeTold:
    """A purpose with what the journal knows: uses in the last 365 days, and how many people agree to it now."""

    purpose: Purpose
    uses: int
    agreeing: int


class ReceiptState(StrEnum):
    """What the check of a receipt found.

    SOUND       the journal has this very use, and its chain is whole
    CHANGED     the receipt is not as it was handed out
    UNKNOWN     this journal has no such use
    BROKEN      the journal has it, but its chain is not whole
    """

    SOUND = "sound"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    BROKEN = "broken"
