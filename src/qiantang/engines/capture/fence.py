"""Which addresses of the network a captured page may reach: public ones, and each name keeps the addresses it had first.

A name is resolved once, here; what is checked is what is connected to. So neither a redirect nor a name whose address
changes between two questions (DNS rebinding) leads into the house.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock

# Never, whatever the library of this Python holds of them: own networks, links, tests, and the one public address behind
# which a cloud keeps its metadata service.
_CLOSED = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/128", "::1/128", "64:ff9b:1::/48",
            "100::/64", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ),
    )
)  # fmt: skip
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")  # IPv4 written as IPv6, of old
_WEB_PORTS = frozenset({80, 443, *range(8000, 9000)})

Resolve = Callable[[str], Iterable[str]]


class Fenced(Exception):
    """Not let through. ``code``: ``private``, ``port`` or ``unresolved``; ``detail`` for the record."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


def is_public(text: str) -> bool:
    """Whether an address, also one that hides an IPv4 address, is open to everybody on the Internet."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return all(
        one.is_global and not any(one in net for net in _CLOSED if net.version == one.version)
        for one in _all_of(address)
    )


def _all_of(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """An address with the IPv4 addresses inside it; one that only wraps an IPv4 address is that one."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [low]
    if address in _COMPATIBLE:
        return [address, low]
    if address.sixtofour is not None:
        return [address, address.sixtofour]
    return [address, *address.teredo] if address.teredo is not None else [address]


def addresses_of(name: str) -> list[str]:
    """What the machine's resolver says of a name, in its order."""
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was asked for and not let through."""

    host: str
    port: int
    code: str
    detail: str


@dataclass(slots=True)
class Fence:
    """The fence of one capture, and what it saw.

    loopback    this machine may be reached too: for tests alone
    resolve     name -> addresses; raises OSError where there are none
    resolved    each name with the addresses that it keeps
    reached     (host, port) -> the address that was connected to
    """

    loopback: bool = False
    resolve: Resolve = addresses_of
    resolved: dict[str, tuple[str, ...]] = field(default_factory=dict)
    reached: dict[tuple[str, int], str] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def admitted(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses to connect to, which are the same at every question.

        errors  Fenced; it is on record
        """
        try:
            return self._admitted(host, port)
        except Fenced as fault:
            with self._lock:
                self.refused.append(Refusal(host, port, fault.code, fault.detail))
            raise

    def _admitted(self, host: str, port: int) -> tuple[str, ...]:
        addresses = self._addresses(host)
        for one in addresses:
            inside = ipaddress.ip_address(one.partition("%")[0]).is_loopback
            if inside and self.loopback:
                continue
            if not is_public(one):
                raise Fenced("private", f"{host} is at {one}, which is no public address")
            if port not in _WEB_PORTS:
                raise Fenced("port", f"{host}:{port} is no port of the web")
        return addresses

    def _addresses(self, host: str) -> tuple[str, ...]:
        with self._lock:
            known = self.resolved.get(host)
        if known is not None:
            return known
        try:
            found = tuple(self.resolve(host))
        except (OSError, UnicodeError) as fault:
            raise Fenced("unresolved", f"{host}: {fault}") from fault
        if not found:
            raise Fenced("unresolved", f"{host} has no address")
        with self._lock:
            return self.resolved.setdefault(host, found)

    def connected(self, host: str, port: int, *, timeout: float = 15) -> socket.socket:
        """A connection to one of the addresses that were checked.

        errors  Fenced · OSError where none answers
        """
        last: OSError | None = None
        for one in self.admitted(host, port):
            try:
                made = socket.create_connection((one, port), timeout=timeout)
            except OSError as fault:
                last = fault
                continue
            with self._lock:
                self.reached.setdefault((host, port), one)
            return made
        raise last or OSError(f"{host} does not answer")
