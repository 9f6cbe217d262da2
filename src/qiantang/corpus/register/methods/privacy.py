"""What of a party may leave the register: of natural persons never the street, only the district it lies in.

Source: Personal Information Protection Law of the PRC, articles 5 and 6 (no more than the purpose needs). Who is not
surely a body counts as a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from qiantang.corpus.register.types import Event, Party, Role
from qiantang.kernel.text import surely_a_body

_ALWAYS_PERSONS = frozenset({Role.INVENTOR, Role.AGENT})
_TELLS_ADDRESS = re.compile("地址|住址|address|Adresse", re.IGNORECASE)  # a published move tells from where to where
_PRIVATE = ("address", "postcode")


def may_show_address(role: str, name: str) -> bool:
    """Whether the street of a party may be shown or exported."""
    return role not in _ALWAYS_PERSONS and surely_a_body(name)


def without_private_address(party: Party) -> Party:
    """The party as everybody may see it."""
    return party if may_show_address(party.role, party.name) else party._replace(address=None, postcode=None)


def public_party(row: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a row of the table of parties or an entry of a packed record."""
    if all(row[name] is None for name in _PRIVATE) or may_show_address(row["role"], row["name"] or ""):
        return dict(row)  # who tells no address, as most do, need not be looked at
    return {name: None if name in _PRIVATE else value for name, value in row.items()}


def without_private_text(event: Event) -> Event:
    """The event as everybody may see it: its text is left out where it tells of an address."""
    return event._replace(text=None) if event.text and _TELLS_ADDRESS.search(event.text) else event


def public_event(row: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a row of the table of events or an entry of a packed record."""
    return dict(row) | {"text": without_private_text(Event(**row)).text}
