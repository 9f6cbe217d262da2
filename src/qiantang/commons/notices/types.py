"""Notices as values: kinds declared by the rooms that send them, and what a person reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from qiantang.kernel.registry import Registry

if TYPE_CHECKING:
    from datetime import date, datetime

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

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"a kind of notice is app.thing in lower case, not {self.code!r}")


KINDS: Registry[NoticeKind] = Registry("kind of notice")


def declare_kind(kind: NoticeKind) -> NoticeKind:
    """Make a kind of notice known; errors: ValueError for a code declared twice."""
    return KINDS.register(kind.code, kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a room has to say to one person.

    person_id   key of the account
    kind        code of a declared kind
    key         of what happened: the same key for the same person is the same notice, however often it is sent
    subject     what it is about, ``noun:key``; with it go all its notices
    facts       values of the sentences: text, whole numbers, None
    link        address on this platform, beginning with a slash
    due         the day by which something is to be done
    """

    person_id: int
    kind: str
    key: str
    subject: str
    link: str
    facts: Mapping[str, str | int | None] = field(default_factory=dict)
    due: date | None = None


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
    """A notice in the reader's language; parts that do not apply are empty. ``read_at`` None: not read."""

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
    kinds   code of each kind -> whether it comes by e-mail too
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
