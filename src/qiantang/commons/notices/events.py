"""What notices tell the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailQueued:
    """A message waits to be sent."""

    dispatch: int

    name = "notices.mail.queued"


@dataclass(frozen=True, slots=True)
class LegalUnread:
    """A legal notice was sent again and is still unread: whoever sent it should serve it in another way. Told once.

    notice      key of the notice; of the shared one where it went to an organisation
    subject     what it is about, ``noun:key``
    person_id, organisation_id  to whom it was; one of them is None
    days        since it was sent
    """

    notice: int
    kind: str
    subject: str
    person_id: int | None
    organisation_id: int | None
    days: int

    name = "notices.legal.unread"
