"""Events as values, and who listens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from qiantang.kernel.registry import Registry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class Event(Protocol):
    """What may be published: a frozen dataclass with a class variable ``name``, ``app.noun.past_participle``.

    Its fields are ids and values (text, whole numbers, truth values, None, lists and mappings of them), never rows.
    """

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a handler is given.

    event_id      the same at each repeat: the idempotency key for effects outside the database
    name          ``app.noun.past_participle``
    payload       the fields of the event
    published_at  aware, UTC
    """

    event_id: UUID
    name: str
    payload: Mapping[str, Any]
    published_at: datetime


Handle = Callable[[Delivered], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One handler of one event; ``handler`` is its dotted path, under which the delivery is remembered.

    in_order_by  a field of the payload: events of this handler with the same value there reach it in the order in which they
                 were published, whatever fails or runs beside it; empty: in any order
    """

    event_name: str
    handler: str
    handle: Handle
    in_order_by: str = ""


SUBSCRIPTIONS: Registry[Subscription] = Registry("subscription")


def subscribe(event_name: str, *, in_order_by: str = "") -> Callable[[Handle], Handle]:
    """Decorate a function of an app's ``handlers.py`` which shall be called for each event of that name.

    in_order_by  as in ``Subscription``; a function may be decorated for several events and hears all of them in that order
    It runs in a transaction together with the note that it ran; it raises to be called again later.
    """

    def register(handle: Handle) -> Handle:
        path = f"{handle.__module__}.{handle.__qualname__}"
        SUBSCRIPTIONS.register(f"{event_name} -> {path}", Subscription(event_name, path, handle, in_order_by))
        return handle

    return register


def subscriptions_to(event_name: str) -> tuple[Subscription, ...]:
    """Who listens to an event, in the order of registration."""
    return tuple(one for one in SUBSCRIPTIONS if one.event_name == event_name)


def heard_by(handler: str) -> tuple[str, ...]:
    """The names of the events that a handler hears."""
    return tuple(one.event_name for one in SUBSCRIPTIONS if one.handler == handler)
