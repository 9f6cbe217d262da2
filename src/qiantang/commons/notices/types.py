"""Notices as values: kinds declared by the rooms that send them, and what a person reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from qiantang.kernel.registry import Registry

if TYPE_CHECKING:
    from datetime import date, datetime, time

_CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")

# code -> (sentence, next step)
REFUSALS = {
    "notices.sign_in_first": ("Your notices are shown when you are signed in.", "Sign in."),
    "notices.unknown": ("There is no such notice in your inbox.", "Look into the inbox."),
    "notices.address_malformed": (
        "“%(given)s” is not an e-mail address.",
        "Write it as in lin@example.org.",
    ),
    "notices.language_unknown": ("Mail is not written in the language %(given)s.", "Choose one of: %(known)s."),
    "notices.number_malformed": (
        "“%(given)s” is no mobile number.",
        "Write it as in 13800138000, or with its country: +85291234567.",
    ),
    "notices.code_wrong": (
        "This code is not the one we sent.",
        "Enter the six digits of our text message; after five wrong ones enter the number again.",
    ),
    "notices.rhythm_malformed": (
        "Quiet hours need a beginning and an end that differ, and a digest needs its hour.",
        "Enter both times as in 22:00, or none.",
    ),
    "notices.office_only": (
        "Templates and messages on their way are shown to the office.",
        "Go to your inbox.",
    ),
    "notices.operator_only": ("Operators send messages again.", "Ask one of them."),
    "notices.dispatch_unknown": ("There is no such message.", "Load the page again."),
    "notices.not_settled": ("This message is still on its way, or goes with a digest.", "Wait for what comes of it."),
    "notices.no_such_inbox": (
        "There is no such inbox, or you do not act for this organisation.",
        "Ask who manages its mandates.",
    ),
    "notices.kind_unknown": ("There are no notices of the kind %(given)s.", "Choose among those on the page."),
    "notices.too_many_confirmations": (
        "We have written to this address %(times)s times today.",
        "Look for our mail, also among the unwanted ones, or try again tomorrow.",
    ),
    "notices.confirmation_stale": (
        "This confirmation is no longer good, or belongs to another account.",
        "Enter the address again under Notices by e-mail; a new mail comes at once.",
    ),
    "delivery.unavailable": ("The mail server does not take mail at the moment.", "It is tried again by itself."),
    "delivery.in_doubt": (
        "The mail server did not say whether it took the message.",
        "The message is sent once more, with the same mark.",
    ),
    "delivery.refused": ("The mail server refused this message.", "Check the address."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """One kind of notice, declared in the ``rules.py`` of the room that sends it. All texts are message ids with places
    for the facts (``%(name)s``), rendered in the reader's language when they are read.

    code        ``app.thing``
    label       what such notices are, for the list of settings
    title       one line
    happened    what happened
    details     (fact, message id) pairs: more of what happened, each shown only where the notice has that fact
    advice      what to do; empty where there is nothing to do
    deadline    by when; shown only for a notice that has a day, which is the fact ``due``
    follows     what follows then, or where nothing is done; empty where nothing does
    link_label  what the link leads to
    legal       something in law follows from it: never delayed, sent again and escalated while it is unread
    """

    code: str
    label: str
    title: str
    happened: str
    details: tuple[tuple[str, str], ...] = ()
    advice: str = ""
    deadline: str = ""
    follows: str = ""
    link_label: str
    legal: bool = False

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"a kind of notice is app.thing in lower case, not {self.code!r}")


KINDS: Registry[NoticeKind] = Registry("kind of notice")


def declare_kind(kind: NoticeKind) -> NoticeKind:
    """Make a kind of notice known; errors: ValueError for a code declared twice."""
    return KINDS.register(kind.code, kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a room has to say to one person, or to an organisation.

    person_id   key of the account; None: to the organisation
    kind        code of a declared kind
    key         of what happened: the same key for the same person is the same notice, however often it is sent
    subject     what it is about, ``noun:key``; with it go all its notices
    facts       values of the sentences: text, whole numbers, None
    link        address on this platform, beginning with a slash
    due         the day by which something is to be done
    organisation_id, scope  everyone reads it whose mandate for the organisation covers the scope; empty: any mandate
    sparing     an account that need not be told: it was the one who acted
    """

    person_id: int | None = None
    organisation_id: int | None = None
    scope: str = ""
    sparing: int | None = None
    kind: str
    key: str
    subject: str
    link: str
    facts: Mapping[str, str | int | None] = field(default_factory=dict)
    due: date | None = None

    def __post_init__(self) -> None:
        if (self.person_id is None) == (self.organisation_id is None):
            raise ValueError("a notice goes to a person or to an organisation")


class Step(StrEnum):
    """How far a notice has come.

    SENT        handed to the mail server
    DELIVERED   lies in the inbox, or the mail server has taken it
    SHOWN       stood on a page that its reader has called
    OPENED      its reader has opened it, or marked it as read
    """

    SENT = "sent"
    DELIVERED = "delivered"
    SHOWN = "shown"
    OPENED = "opened"


class Way(StrEnum):
    """By which channel."""

    INBOX = "inbox"
    MAIL = "mail"
    TEXT = "text"


class Digest(StrEnum):
    """How notices come by mail: one by one, or together once a day or a week (on Monday)."""

    NONE = "none"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a person wants to be written to, in the time of the city. No quiet hours: both None."""

    quiet_from: time | None = None
    quiet_until: time | None = None
    digest: Digest = Digest.NONE
    digest_at: time


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who acts for an organisation, and when they read; None: not yet."""

    name: str
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class SharedShown:
    """A notice to an organisation: one's own copy, and who else has read it."""

    notice: NoticeShown
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True)
class OrganisationInbox:
    """An inbox that one shares: of which organisation, and how many notices one has not read."""

    id: int
    name: str
    unread: int


@dataclass(frozen=True, slots=True)
class DispatchTold:
    """One message on its way, for those who keep the platform: neither its text nor where it goes."""

    id: int
    notice: int | None
    what: str
    way: str
    state: str
    attempts: int
    created_at: datetime
    round: int
    mark: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A kind of notice as it reads in a language, by each channel, with places instead of facts."""

    language: str
    name: str
    notice: NoticeShown
    mail_subject: str
    mail_text: str
    text: str


@dataclass(frozen=True, slots=True)
class ProofTold:
    """One step with the digest (SHA-256) of the text as it was there to be read."""

    step: str
    way: str
    at: datetime
    language: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ServiceTold:
    """A notice to one person, and the way it took."""

    notice: int
    person: str
    title: str
    due: date | None
    proofs: tuple[ProofTold, ...]

    @property
    def opened_at(self) -> datetime | None:
        return next((one.at for one in self.proofs if one.step == Step.OPENED), None)


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice in the reader's language; parts that do not apply are empty. ``read_at`` None: not read.

    reminders       how often it was sent again unread
    organisation    to which it is; empty: to the reader alone
    """

    id: int
    kind: str
    title: str
    happened: str
    details: tuple[str, ...]
    advice: str
    deadline: str
    follows: str
    link: str
    link_label: str
    created_at: datetime
    read_at: datetime | None
    legal: bool = False
    reminders: int = 0
    organisation: str = ""


class MailState(StrEnum):
    """Where a person's address stands.

    NONE        there is none
    WAITING     entered, not confirmed
    IN_FORCE    confirmed, and the person agrees that it is written to
    LAPSED      confirmed once; the consent has ended or was withdrawn
    """

    NONE = "none"
    WAITING = "waiting"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """A person's e-mail: address, its state, the language of mails (a key of LANGUAGES), and the kinds it is wanted for.

    until   end of the consent; None where there is none
    kinds   code of each kind -> whether it comes by this channel too
    """

    address: str
    state: MailState
    language: str
    until: datetime | None
    kinds: Mapping[str, bool]


class Outcome(StrEnum):
    """What came of one attempt to send a mail.

    TAKEN       the mail server took it
    DEFERRED    surely not taken; tried again later
    IN_DOUBT    it may have been taken: the connection or the process ended between the message and the answer
    REFUSED     not taken, and it never will be
    """

    TAKEN = "taken"
    DEFERRED = "deferred"
    IN_DOUBT = "in_doubt"
    REFUSED = "refused"
