"""Identity providers as the environment names them. Needs no Django."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,38}[a-z0-9]")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class ProviderNamed(NamedTuple):
    """One identity provider of the setting.

    name    stands in addresses of this platform
    issuer  exactly as the provider says it
    client  the id under which the provider knows this platform
    title   what people read on the button
    opens   whether who is not yet known here gets an account
    """

    name: str
    issuer: str
    client: str
    title: str
    opens: bool


def providers(text: str) -> tuple[ProviderNamed, ...]:
    """Addresses parted by blanks: https://issuer/path#client=ID&name=NAME&title=WORDS&accounts=open; errors: ValueError"""
    found = tuple(_provider(one) for one in text.split())
    if len({one.name for one in found}) < len(found):
        raise ValueError("each provider needs a name of its own")
    return found


def _provider(text: str) -> ProviderNamed:
    parts = urlsplit(text)
    told = dict(parse_qsl(parts.fragment))
    host = parts.hostname or ""
    name = told.pop("name", host.replace(".", "-"))
    client, title, accounts = told.pop("client", ""), told.pop("title", host), told.pop("accounts", "known")
    if not host or parts.username or parts.query or (parts.scheme != "https" and host not in _LOOPBACK):
        raise ValueError("begin with https://; http:// is for this machine alone")
    if not client or told or accounts not in ("known", "open"):
        raise ValueError("after # say client=ID, and where wanted &name=, &title=, &accounts=open")
    if not _NAME.fullmatch(name):
        raise ValueError("a name is 2 to 40 small letters, digits and hyphens")
    return ProviderNamed(name, urlunsplit(parts._replace(fragment="")), client, title, accounts == "open")


def provider_secrets(text: str) -> dict[str, str]:
    """``name:secret`` parted by blanks; errors: ValueError"""
    found = {}
    for one in text.split():
        name, _, secret = one.partition(":")
        if not _NAME.fullmatch(name) or not secret:
            raise ValueError("write name:secret, parted by blanks")
        found[name] = secret
    return found
