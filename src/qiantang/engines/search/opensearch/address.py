"""Where the cluster is: ``http(s)://[user:password@]host[:port][,host[:port]…][/name]``.

Several hosts are nodes of one cluster: when one does not answer, the next is asked. The name is that of the index, so
that several installations can share a cluster.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

DEFAULT_NAME = "qiantang"
_PORT = 9200


@dataclass(frozen=True, slots=True)
class Address:
    """The nodes as (host, port), how they are spoken to, and the name of the index."""

    hosts: tuple[tuple[str, int], ...]
    secure: bool
    user: str | None
    password: str
    name: str

    @classmethod
    def parse(cls, url: str) -> Address:
        """The parts of an address. errors: ValueError where a port is no number."""
        parts = urlsplit(url)
        who, _, where = parts.netloc.rpartition("@")
        user, _, password = who.partition(":")
        return cls(
            hosts=tuple(_host(one) for one in where.split(",")),
            secure=parts.scheme == "https",
            user=unquote(user) or None,
            password=unquote(password),
            name=parts.path.strip("/") or DEFAULT_NAME,
        )

    def connections(self) -> list[dict[str, Any]]:
        """What the client library wants to know of each host."""
        auth = {} if self.user is None else {"http_auth": (self.user, self.password)}
        return [{"host": host, "port": port, "use_ssl": self.secure, **auth} for host, port in self.hosts]


def _host(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    host, port = (host, port) if colon and not port.endswith("]") else (text, str(_PORT))
    return host.strip("[]"), int(port)
