"""Other bodies to which disputes are handed over, as the environment names them. Needs no Django."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit

_NAME = re.compile(r"[a-z][a-z_]{1,38}[a-z]")
_KEY = re.compile(r"[0-9a-f]{64}")


class ConnectorNamed(NamedTuple):
    """One body: the route it stands for, where it takes messages, and the key by which it signs (Ed25519, hexadecimal)."""

    name: str
    url: str
    public_key: str


def connectors_of(text: str) -> tuple[ConnectorNamed, ...]:
    """The bodies of a setting, parted by blanks: ``court=https://host/path#key=HEX``.

    errors  ValueError, which says what would do
    """
    found = tuple(_connector(one) for one in text.split())
    if len({one.name for one in found}) < len(found):
        raise ValueError("each body is named once")
    return found


def _connector(text: str) -> ConnectorNamed:
    name, _, address = text.partition("=")
    parts = urlsplit(address)
    told = dict(parse_qsl(parts.fragment))
    if not _NAME.fullmatch(name):
        raise ValueError("begin with the route, as in court=https://host/path#key=HEX")
    local = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if (parts.scheme != "https" and not local) or not parts.hostname or parts.username:
        raise ValueError("after the route say https:// and the host, without a password")
    if set(told) != {"key"} or not _KEY.fullmatch(told["key"]):
        raise ValueError("after # say key= and 64 hexadecimal digits")
    return ConnectorNamed(name, urlunsplit(parts._replace(fragment="")), told["key"])
