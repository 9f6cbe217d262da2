"""Who acts: one value for every service and selector, known to no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import uuid4


class Channel(StrEnum):
    """The way by which the actor came in."""

    WEB = "web"
    API = "api"
    JOB = "job"
    COMMAND = "command"


def _new_correlation() -> str:
    return uuid4().hex[:12]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, with which roles, by which channel.

    person_id       the account's key; None for the public and for the system
    name            shown in the audit journal
    roles           role keys, e.g. ``operator``
    correlation_id  one per request or job; told to the user as a short code
    organisation_id key of the organisation for which the person acts; None: for themselves
    """

    person_id: int | None
    name: str
    roles: frozenset[str] = frozenset()
    channel: Channel = Channel.WEB
    correlation_id: str = field(default_factory=_new_correlation)
    organisation_id: int | None = None

    def has_role(self, role: str) -> bool:
        return role in self.roles

    @classmethod
    def public(cls, channel: Channel = Channel.WEB) -> Actor:
        """A visitor nobody has signed in."""
        return cls(person_id=None, name="public", channel=channel)

    @classmethod
    def system(cls, reason: str, channel: Channel = Channel.JOB) -> Actor:
        """The platform itself, acting for the reason given; it holds the role ``system``."""
        return cls(person_id=None, name=f"system: {reason}", roles=frozenset({"system"}), channel=channel)
