"""A simulated gateway for text messages: a small server on this machine that behaves as one does.

``POST /messages`` takes a message (signed as ``engines/delivery/text_gateway.py`` says; each ``id`` once), ``GET /`` shows what
came, ``GET /state`` tells it as JSON, ``POST /control`` with ``{"failing": n, "status": 503}`` refuses the next n.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

_MOST_BYTES = 1 << 16
_MOST_SECONDS = 300  # a message whose time is further off is refused: it may be an old one played again
_LONGEST = 500


class Gateway(ThreadingHTTPServer):
    """One simulated gateway with one account."""

    daemon_threads = True

    def __init__(self, port: int, account: str, secret: str) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.account, self.secret = account, secret
        self.url = f"http://{account}:{secret}@127.0.0.1:{self.server_port}/messages"
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.messages: dict[str, dict[str, str]] = {}
        self.repeats = self.refused = self.failing = 0
        self.status = 503
        self.lock = Lock()

    def take(self, head: Any, body: bytes, now: int) -> tuple[int, str]:
        """The status and the words with which a message is answered."""
        with self.lock:
            if self.failing:
                self.failing -= 1
                return self.status, "try later"
            at = head.get("X-Timestamp", "")
            wanted = hmac.new(self.secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
            fresh = at.isdecimal() and abs(now - int(at)) <= _MOST_SECONDS
            known = head.get("X-Account") == self.account and hmac.compare_digest(head.get("X-Signature", ""), wanted)
            if not (fresh and known):
                self.refused += 1
                return 401, "not signed by this account"
            try:
                told = {name: str(value) for name, value in json.loads(body).items()}
                key, number, text = told["id"], told["to"], told["text"]
            except (ValueError, KeyError, AttributeError):
                return 400, "unreadable"
            if not number.startswith("+") or not number[1:].isdecimal() or not 0 < len(text) <= _LONGEST:
                self.refused += 1
                return 422, "no such number, or a text of no good length"
            if key in self.messages:
                self.repeats += 1
            else:
                self.messages[key] = told
            return 202, "taken"

    def told(self) -> dict[str, Any]:
        with self.lock:
            return {
                "simulated": True,
                "messages": list(self.messages.values()),
                "repeats": self.repeats,
                "refused": self.refused,
            }


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def log_message(self, *_told: object) -> None:
        """Nothing is logged: /state tells what came."""

    def do_GET(self) -> None:
        told = self.server.told()
        if self.path == "/state":
            self._answer(200, json.dumps(told, ensure_ascii=False), "application/json")
        elif self.path == "/":
            rows = "".join(f"<li><b>{escape(one['to'])}</b> {escape(one['text'])}</li>" for one in told["messages"])
            page = f"<!doctype html><meta charset=utf-8><title>模拟短信网关</title><h1>模拟短信网关</h1><ol>{rows}</ol>"
            self._answer(200, page, "text/html; charset=utf-8")
        else:
            self._answer(404, "")

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MOST_BYTES))
        if self.path == "/messages":
            self._answer(*self.server.take(self.headers, body, int(time.time())))
        elif self.path == "/control":
            told = json.loads(body)
            self.server.failing, self.server.status = int(told["failing"]), int(told.get("status", 503))
            self._answer(204, "")
        else:
            self._answer(404, "")

    def _answer(self, status: int, text: str, kind: str = "text/plain; charset=utf-8") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def gateway(*, port: int = 0, login: tuple[str, str] = ("demo", "demo")) -> Iterator[Gateway]:
    """A simulated gateway while the block runs; ``url`` is what ``QIANTANG_SMS_URL`` would say."""
    server = Gateway(port, *login)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
