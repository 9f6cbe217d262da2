"""The simulated platforms as servers on this machine.

Both: ``OPTIONS`` and ``POST /events`` (signed messages), ``GET /state`` (what has come), ``POST /control`` with ``{"failing": n,
"status": 503}`` (refuse the next n messages), ``POST /pull`` with ``{"token": …}`` (fetch the feed from the house).
The enterprise platform also: ``GET /`` (its page, with the services of the house in frames) and sign-in for other sites.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from urllib.request import Request, urlopen

from qiantang.portal.exchange.methods import envelopes
from qiantang.portal.exchange.methods.simulators.identity import Provider
from qiantang.portal.exchange.methods.simulators.receiving import Received

KINDS = ("city-brain", "enterprise")
_SECONDS = 10
_MOST_BYTES = 1 << 20


class Platform(ThreadingHTTPServer):
    """One simulated platform. ``house``: the address of the Qiantang whose events it takes."""

    daemon_threads = True

    def __init__(self, kind: str, port: int, house: str) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.kind, self.house = kind, house.rstrip("/")
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.received = Received()
        self.provider = Provider(self.address) if kind == "enterprise" else None

    def keys_known(self, kid: str) -> None:
        """Fetch the house's keys where a message names one that is not known."""
        if kid in self.received.keys:
            return
        with suppress(OSError):  # then the message counts as one that cannot be verified
            self.received.keys.update({one["kid"]: one for one in self.asked("event-keys")["keys"]})

    def asked(self, path: str, token: str = "") -> Any:
        """One answer of the house's open API."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = Request(f"{self.house}/api/v1/{path}", headers=headers)  # noqa: S310 - the address is an operator's
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - likewise
            return json.loads(answer.read())

    def pulled(self, token: str) -> int:
        """Fetch the whole feed with a token, page by page; returns how many events are new."""
        before, after = len(self.received.events), 0
        while True:
            page = self.asked(f"events?after={after}&limit=100", token)
            for one in page["items"]:
                self.keys_known(one["event"]["keyid"])
                if envelopes.holds(one["event"], self.received.keys):
                    with self.received.lock:
                        self.received.keep(one["event"], [])
            if page["next"] == after:
                return len(self.received.events) - before
            after = page["next"]


class _Handler(BaseHTTPRequestHandler):
    server: Platform

    def log_message(self, *_told: object) -> None:
        """Nothing is logged: /state tells what came."""

    def do_OPTIONS(self) -> None:
        self._answer(200, headers={"WebHook-Allowed-Origin": "*", "Allow": "POST, OPTIONS"})

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked, provider = dict(parse_qsl(parts.query)), self.server.provider
        if parts.path == "/state":
            self._json(self.server.received.told())
        elif provider and parts.path == "/.well-known/openid-configuration":
            self._json(provider.configuration())
        elif provider and parts.path == "/jwks":
            self._json(provider.jwks())
        elif provider and parts.path == "/authorize":
            back = provider.chosen(asked)
            if back:
                self._answer(302, headers={"Location": back})
            else:
                self._answer(200, provider.page(asked).encode(), {"Content-Type": "text/html; charset=utf-8"})
        elif provider and parts.path == "/":
            self._answer(200, self._first_page().encode(), {"Content-Type": "text/html; charset=utf-8"})
        else:
            self._answer(404)

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MOST_BYTES))
        if self.path == "/events":
            head = {name.lower(): value for name, value in self.headers.items()}
            self.server.keys_known(head.get("qiantang-key", ""))
            self._answer(self.server.received.take(head, body, int(time.time())))
        elif self.path == "/control":
            told = json.loads(body)
            self.server.received.failing, self.server.received.status = (
                int(told["failing"]),
                int(told.get("status", 503)),
            )
            self._answer(204)
        elif self.path == "/pull":
            self._json({"new": self.server.pulled(json.loads(body)["token"])})
        elif self.path == "/token" and self.server.provider:
            told = self.server.provider.token(dict(parse_qsl(body.decode())), int(time.time()))
            self._json(told or {"error": "invalid_grant"}, 200 if told else 400)
        else:
            self._answer(404)

    def _first_page(self) -> str:
        rows = "".join(
            f'<section><h2>{escape(one["name_zh"])}</h2><iframe title="{escape(one["name_zh"])}" src="{escape(one["frame"])}"'
            ' width="100%" height="320"></iframe></section>'
            for one in self.server.asked("service-items")["items"][:4]
        )
        return f"<!doctype html><meta charset=utf-8><title>模拟企业平台</title><h1>模拟企业平台</h1>{rows}"

    def _json(self, told: Any, status: int = 200) -> None:
        body = json.dumps(told, ensure_ascii=False, default=str).encode()
        self._answer(status, body, {"Content-Type": "application/json"})

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running(kind: str, *, house: str, port: int = 0) -> Iterator[Platform]:
    """A simulated platform on a port of its own while the block runs."""
    server = Platform(kind, port, house)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
