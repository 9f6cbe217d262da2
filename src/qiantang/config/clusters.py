"""The address of a search cluster in the environment. Needs no Django."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_CLUSTER = re.compile(
    r"https?://(?:[^@/\s]+@)?(?P<hosts>[^@/\s,]+(?:,[^@/\s,]+)*)(?:/(?P<name>[a-z0-9][a-z0-9._-]{0,79}))?/?"
)


def search_cluster(text: str) -> str:
    """The address of a cluster as it was written. errors: ValueError, which says what would do"""
    found = _CLUSTER.fullmatch(text)
    if found is None:
        raise ValueError("begin with http:// or https://, then hosts parted by commas, then a name in small letters")
    for host in found["hosts"].split(","):
        _ = urlsplit(f"//{host}").port  # raises where it is no port
    return text
