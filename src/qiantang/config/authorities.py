"""Timestamp authorities as the environment names them. Needs no Django."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit


class AuthorityNamed(NamedTuple):
    """One timestamp authority of the setting. ``url`` None: that of the demo, on this machine.

    name    under which its stamps are kept
    roots   file of certificates, PEM, to which its chains lead; None for the demo
    policy  the only policy that will do; None: any
    """

    name: str
    url: str | None = None
    roots: Path | None = None
    policy: str | None = None


_AUTHORITY_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,38}[a-z0-9]")
DEMO_AUTHORITY = "demo"


def authorities_of(text: str) -> tuple[AuthorityNamed, ...]:
    """The authorities of a setting, parted by blanks.

    errors  ValueError, which says what would do
    """
    found = tuple(_authority(one.strip()) for one in text.split() if one.strip())
    if len({one.name for one in found}) < len(found):
        raise ValueError("each authority needs a name of its own")
    return found


def _authority(text: str) -> AuthorityNamed:
    if text == DEMO_AUTHORITY:
        return AuthorityNamed(DEMO_AUTHORITY)
    parts = urlsplit(text)
    told = dict(parse_qsl(parts.fragment))
    name = told.pop("name", (parts.hostname or "").replace(".", "-"))
    roots, policy = told.pop("ca", ""), told.pop("policy", None)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise ValueError("begin with http:// or https://, without a password")
    if not roots or told:
        raise ValueError("after # say ca=FILE, and where wanted &name= and &policy=")
    if not _AUTHORITY_NAME.fullmatch(name) or name == DEMO_AUTHORITY:
        raise ValueError("a name is 2 to 40 small letters, digits and hyphens, and not demo")
    return AuthorityNamed(name, urlunsplit(parts._replace(fragment="")), Path(roots).expanduser().absolute(), policy)
