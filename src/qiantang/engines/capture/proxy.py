"""The only way out of a capturing browser: a proxy on this machine, which asks the fence at every connection.

Plain HTTP is forwarded one request a connection; everything else goes through CONNECT, so that what is encrypted stays so
between browser and site. It lives as long as one capture and listens on loopback only.
"""

from __future__ import annotations

import selectors
import socket
import socketserver
from contextlib import suppress
from threading import Lock, Thread
from typing import Self
from urllib.parse import urlsplit

from qiantang.engines.capture.fence import Fence, Fenced

_HEAD_MOST = 64 * 1024
_PIECE = 64 * 1024
_IDLE_SECONDS = 60.0
_HOP_BY_HOP = (b"connection:", b"keep-alive:", b"proxy-", b"upgrade:")
BYTES_MOST = 300 * 2**20


class FencingProxy:
    """A proxy around a fence; a context manager. ``carried`` counts the bytes that came in."""

    def __init__(self, fence: Fence, *, most: int = BYTES_MOST) -> None:
        self.fence, self.most, self.carried = fence, most, 0
        self._lock = Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def carries(self, count: int) -> bool:
        """Note so many bytes; whether there may be more."""
        with self._lock:
            self.carried += count
            return self.carried <= self.most

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    proxy: FencingProxy

    def _keep_quiet(self, request: object, client_address: object) -> None:
        """A connection that breaks is nothing to talk about: the browser tells what failed."""

    handle_error = _keep_quiet


class _Handler(socketserver.BaseRequestHandler):
    request: socket.socket
    server: _Server

    def handle(self) -> None:
        self.request.settimeout(_IDLE_SECONDS)
        head, rest = _head_of(self.request)
        if head is None:
            return
        line, *fields = head.split(b"\r\n")
        try:
            method, target, _version = line.decode("latin-1").split(" ")
            host, port, path = _asked_for(method, target)
        except ValueError:
            self._answer(400, "not a request")
            return
        try:
            with self.server.proxy.fence.connected(host, port) as outside:
                if method == "CONNECT":
                    self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    self._relay(outside, rest)
                else:
                    outside.sendall(_rewritten(f"{method} {path} HTTP/1.1".encode("latin-1"), fields) + rest)
                    self._relay(outside, b"", answers=True)
        except Fenced as fault:
            self._answer(403, fault.detail)
        except OSError as fault:
            self._answer(502, str(fault))

    def _answer(self, status: int, told: str) -> None:
        body = f"Qiantang capture: {told}\n".encode()
        head = f"HTTP/1.1 {status} Fenced\r\nContent-Type: text/plain; charset=utf-8\r\nX-Qiantang-Fence: 1\r\n"
        with suppress(OSError):
            self.request.sendall(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)

    def _relay(self, outside: socket.socket, first: bytes, *, answers: bool = False) -> None:
        """Carry both ways until either side ends; of a plain answer the head says that the connection ends with it."""
        if first:
            outside.sendall(first)
        if answers and not self._answered(outside):
            return
        sides = {self.request: outside, outside: self.request}
        while True:
            ready = _ready(*sides)
            if not ready:
                return
            for one in ready:
                piece = one.recv(_PIECE)
                if not piece or (one is outside and not self.server.proxy.carries(len(piece))):
                    return
                sides[one].sendall(piece)

    def _answered(self, outside: socket.socket) -> bool:
        """Carry what the browser still sends until the head of the answer came, and pass that on; False: there is none."""
        while True:
            ready = _ready(self.request, outside)
            if not ready:
                return False
            if self.request in ready:
                piece = self.request.recv(_PIECE)
                if not piece:
                    return False
                outside.sendall(piece)
            if outside in ready:
                break
        while True:
            head, rest = _head_of(outside)
            if head is None:
                return False
            line, *fields = head.split(b"\r\n")
            between = line[9:10] == b"1"  # 100 Continue and the like: another head follows
            self.request.sendall((head + b"\r\n\r\n" if between else _rewritten(line, fields)) + rest)
            if not between or rest:
                return self.server.proxy.carries(len(head) + len(rest))


def _ready(*sides: socket.socket) -> list[socket.socket]:
    """Those that have something to read, or have ended; none after a while of silence.

    Not by select(2), which cannot wait for a file number of 1,024 and above.
    """
    with selectors.DefaultSelector() as waiting:
        for one in sides:
            waiting.register(one, selectors.EVENT_READ)
        ready = {key.fd for key, _ in waiting.select(_IDLE_SECONDS)}
    return [one for one in sides if one.fileno() in ready]


def _head_of(source: socket.socket) -> tuple[bytes | None, bytes]:
    """The bytes before the first blank line, and those after it that came along; None where there is no such line."""
    held = b""
    while b"\r\n\r\n" not in held:
        piece = source.recv(_PIECE)
        if not piece or len(held) > _HEAD_MOST:
            return None, held
        held += piece
    head, _, rest = held.partition(b"\r\n\r\n")
    return head, rest


def _asked_for(method: str, target: str) -> tuple[str, int, str]:
    """Host, port and path of a request to a proxy; ValueError where it is none."""
    parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
    default = 443 if method == "CONNECT" else 80
    if not parts.hostname or (method != "CONNECT" and parts.scheme != "http"):
        raise ValueError(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.hostname, default if parts.port is None else parts.port, path


def _rewritten(line: bytes, fields: list[bytes]) -> bytes:
    kept = [one for one in fields if not one.lower().startswith(_HOP_BY_HOP)]
    return b"\r\n".join([line, *kept, b"Connection: close", b"", b""])
