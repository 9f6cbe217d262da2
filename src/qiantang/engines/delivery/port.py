"""The delivery port: one message to one person outside the house, by mail or to a telephone, and how sure one can be that it
was taken.

An adapter hands a message over to whoever takes it from there: a mail server, or a folder where nothing leaves the
machine. Everything up to the handing over may be tried again without harm. From the moment at which ``handing_over`` is
called until ``send`` returns, nobody on this side can know whether the message was taken: a repeat may arrive twice. So a
message has the same ``message_id`` at each repeat, by which a mailbox can tell the second from the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One e-mail.

    message_id  ``name@host``, the same at each repeat of the same message
    sender      an address, or ``Name <address>``
    recipient   one address
    subject     one line
    text        plain text, lines parted by line feeds
    language    BCP 47
    written_at  aware; the date in its head
    """

    message_id: str
    sender: str
    recipient: str
    subject: str
    text: str
    language: str
    written_at: datetime


class Delivery(Protocol):
    """What an adapter does. May be called from several threads."""

    def send(self, mail: Mail, *, handing_over: Callable[[], None]) -> None:
        """Hand one message over; returns when it was taken.

        handing_over    called once, when nothing is left to do but to hand over the message itself; what it raises
                        stops the sending, and the message was then surely not taken
        errors          Unavailable ``delivery.unavailable``: surely not taken, try again
                        Unavailable ``delivery.in_doubt``: it may have been taken
                        Invalid ``delivery.refused``: not taken, and a repeat would fare no better
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMessage:
    """One text message to a telephone.

    message_id  the same at each repeat of the same message; a gateway takes it once
    recipient   as in E.164: ``+8613800138000``
    text        what is read
    language    BCP 47
    """

    message_id: str
    recipient: str
    text: str
    language: str


class Texting(Protocol):
    """What an adapter for text messages does; errors and ``handing_over`` as for ``Delivery``."""

    def send(self, message: TextMessage, *, handing_over: Callable[[], None]) -> None:
        """Hand one message over; returns when it was taken."""


def load_texting(dotted_path: str, **options: Any) -> Texting:
    """The adapter for text messages which the settings name, with its options."""
    module, _, name = dotted_path.rpartition(".")
    texting: Texting = getattr(import_module(module), name)(**options)
    return texting


def load(dotted_path: str, **options: Any) -> Delivery:
    """The adapter named in settings, e.g. ``qiantang.engines.delivery.smtp.SmtpDelivery``, with its options."""
    module, _, name = dotted_path.rpartition(".")
    delivery: Delivery = getattr(import_module(module), name)(**options)
    return delivery
