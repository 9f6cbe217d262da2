"""HTTP over connections that the fence has opened: what was checked is what is connected to."""

from __future__ import annotations

import http.client
import ipaddress
import ssl
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from qiantang.engines.courier.port import Reply
from qiantang.kernel.errors import Invalid, Unavailable

if TYPE_CHECKING:
    import socket

_MOST_BYTES = 64 * 1024
_DEFAULT_PORTS = {"http": 80, "https": 443}


class FencedCourier:
    """Asks a fence for each connection; a new one each time, so that no name keeps an address for ever.

    fence       dotted path of the fence's class (settings choose it, engines do not know each other)
    loopback    this machine may be reached: for development and tests, where the simulators run
    networks    further networks that the operator allows, e.g. ``10.20.0.0/16`` of the city's own net
    timeout     seconds for each step
    """

    def __init__(
        self, *, fence: str, loopback: bool = False, networks: Sequence[str] = (), timeout: float = 10.0
    ) -> None:
        module, _, name = fence.rpartition(".")
        self._fence = getattr(import_module(module), name)
        self._fenced: type[Exception] = import_module(module).Fenced
        self._loopback, self._timeout = loopback, timeout
        self._networks = tuple(ipaddress.ip_network(one) for one in networks)

    def send(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """As the port says."""
        parts = _parts(url)
        host, port = parts.hostname or "", parts.port or _DEFAULT_PORTS[parts.scheme]
        try:
            made = self._connected(host, port)
            with made if parts.scheme == "http" else _wrapped(made, host) as line:
                return self._asked(line, parts, method, headers, body)
        except self._fenced as fault:
            raise Invalid("courier.fenced", said=str(fault)[:200]) from fault
        except (OSError, http.client.HTTPException) as fault:
            raise Unavailable("courier.silent", said=type(fault).__name__) from fault

    def _connected(self, host: str, port: int) -> socket.socket:
        fence = self._fence(loopback=self._loopback)
        if self._networks:
            allowed = self._networks
            fence = _WithNetworks(fence, allowed)
        made: socket.socket = fence.connected(host, port, timeout=self._timeout)
        return made

    def _asked(
        self, line: socket.socket, parts: SplitResult, method: str, headers: Mapping[str, str], body: bytes
    ) -> Reply:
        asked = http.client.HTTPConnection(parts.hostname or "", timeout=self._timeout)
        asked.sock = line
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        asked.request(
            method, target, body=body or None, headers={"Host": parts.netloc, "Connection": "close", **headers}
        )
        answer = asked.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, told, answer.read(_MOST_BYTES))


class _WithNetworks:
    """A fence with further gates: an address in an allowed network is connected to as it was resolved."""

    def __init__(self, fence: Any, networks: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> None:
        self._fence, self._networks = fence, networks

    def connected(self, host: str, port: int, *, timeout: float) -> socket.socket:
        import socket as sockets  # noqa: PLC0415 - this way is rare

        found = [ipaddress.ip_address(one.partition("%")[0]) for one in self._fence.resolve(host)]
        if found and all(any(one in net for net in self._networks if net.version == one.version) for one in found):
            return sockets.create_connection((str(found[0]), port), timeout=timeout)
        made: socket.socket = self._fence.connected(host, port, timeout=timeout)
        return made


def _wrapped(line: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(line, server_hostname=host)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in _DEFAULT_PORTS and bool(parts.hostname) and parts.username is None
        _ = parts.port
    except ValueError as fault:
        raise Invalid("courier.address", given=url[:200]) from fault
    if not known or any(one.isspace() for one in url):
        raise Invalid("courier.address", given=url[:200])
    return parts
