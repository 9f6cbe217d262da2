"""What notices tell the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailQueued:
    """A mail waits to be sent."""

    dispatch: int

    name = "notices.mail.queued"
