"""Words and values of the exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

# code -> (sentence, next step)
REFUSALS = {
    "exchange.operator_only": ("Other platforms are kept by the operators.", "Ask an operator of the platform."),
    "exchange.not_a_platform": (
        "Your account reads for no platform.",
        "An operator enters the platform and names the account that reads for it.",
    ),
    "exchange.sign_in_first": ("Whom the house may tell of you is shown when you are signed in.", "Sign in."),
    "exchange.platform_unknown": ("There is no such platform.", "Load the list again."),
    "exchange.platform_known": ("There is a platform %(key)s already.", "Choose another short name."),
    "exchange.key_malformed": (
        "A short name has 2 to 40 small letters, digits and hyphens and begins with a letter.",
        "Write it as in city-brain.",
    ),
    "exchange.account_unknown": ("There is no account %(given)s.", "Create the account first."),
    "exchange.type_unknown": ("There are no events of the type %(given)s.", "Choose among: %(known)s."),
    "exchange.address_malformed": (
        "“%(given)s” is not an address to which events can be sent.",
        "Write it with https://, without user name and password.",
    ),
    "exchange.not_willing": (
        "The platform did not say that it wants events from here (%(said)s).",
        "Let its address answer OPTIONS with WebHook-Allowed-Origin, then enter it again.",
    ),
    "exchange.push_unknown": ("There is no such message.", "Load the list again."),
    "exchange.not_given_up": ("This message is not given up.", "Load the list again."),
    "exchange.type_malformed": ("An event does not fit its schema: %(said)s.", "Tell the developers."),
    "exchange.schema_unknown": ("There is no schema %(given)s.", "Look into /api/v1/event-schemas."),
    "exchange.key_missing": (
        "The key %(key)s with which events are signed is not in the home.",
        "Restore the folder exchange of the home from a backup.",
    ),
    "courier.address": ("“%(given)s” is not an address of the web.", "Write it with https://."),
    "courier.fenced": ("This address may not be reached from here: %(said)s.", "Name an address that is public, or allow its network."),
    "courier.silent": ("The other platform does not answer (%(said)s).", "It is tried again by itself."),
}  # fmt: skip


class PlatformKind(StrEnum):
    """What a platform is.

    ENTERPRISE  where firms and the city meet (亲清在线): hears of a matter only where its person has agreed
    CITY        the city's data platform (城市大脑): hears of every matter by number and state
    OTHER       a court, a bank, an office: as CITY
    """

    ENTERPRISE = "enterprise"
    CITY = "city"
    OTHER = "other"


class PushState(StrEnum):
    """Where a message stands. DEAD: given up, an operator decides."""

    WAITING = "waiting"
    TAKEN = "taken"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An event as it is handed out."""

    offset: int
    event: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Events after an offset. ``next``: where to go on, also where ``items`` is empty; ``head``: the newest offset."""

    items: tuple[FeedItem, ...]
    next: int
    head: int


@dataclass(frozen=True, slots=True)
class PlatformTold:
    """A platform as operators see it. ``waiting`` and ``dead`` count messages; ``since``: the oldest that waits."""

    id: int
    key: str
    title: str
    kind: str
    account: str
    url: str
    types: tuple[str, ...]
    active: bool
    waiting: int
    dead: int
    since: datetime | None
    last_taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was given up."""

    id: int
    platform: str
    offset: int
    type: str
    subject: str
    attempts: int
    said: str
    at: datetime
