"""The courier port: one request to another platform, and what came back.

An adapter reaches only addresses that it may reach, follows no redirects, and reads no more of an answer than a bound. A
request may have been received although ``Unavailable`` was raised: whoever sends gives each message a number by which the
receiver can tell a repeat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. ``headers``: names in lower case; ``body``: its first bytes, up to the bound of the adapter."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Courier(Protocol):
    """What an adapter does. May be called from several threads."""

    def send(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """Send one request.

        errors  Invalid ``courier.address``: no http or https address, or one with a password in it
                Invalid ``courier.fenced``: it may not be reached from here
                Unavailable ``courier.silent``: no answer in time, or not one that can be read
        """


def load(dotted_path: str, **options: Any) -> Courier:
    """The adapter named in settings, with its options."""
    module, _, name = dotted_path.rpartition(".")
    courier: Courier = getattr(import_module(module), name)(**options)
    return courier
