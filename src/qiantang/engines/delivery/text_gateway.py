"""Text messages through a gateway over HTTP.

``POST`` to its address, JSON ``{"id", "to", "text", "language"}``. The account stands in ``X-Account``, the time in seconds in
``X-Timestamp``; ``X-Signature`` is the HMAC-SHA256, in lower-case hexadecimal, under the account's secret, of timestamp, a full
stop and the body. 2xx: taken, also where the ``id`` had come before. 4xx: refused for good, but 408 and 429. Others: later.
"""

from __future__ import annotations

import hmac
import http.client
import json
import ssl
import time
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from qiantang.engines.delivery.port import TextMessage
from qiantang.kernel.errors import Invalid, Unavailable

_TAKEN = range(200, 300)
_REFUSED = range(400, 500)
_LATER = frozenset({408, 429})
_TIMEOUT_SECONDS = 20.0
_MOST_BYTES = 4096


class GatewayTexting:
    """A gateway.

    url     ``https://account:secret@host/path``; ``http://`` only for one on the same machine
    """

    def __init__(self, *, url: str, timeout: float = _TIMEOUT_SECONDS) -> None:
        parts = urlsplit(url)
        local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
        if not parts.hostname or parts.scheme not in {"http", "https"} or (parts.scheme == "http" and not local):
            raise ValueError("an address of a gateway begins with https://, or with http:// on the same machine")
        self._secure, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._path = parts.path or "/"
        self._account, self._secret = unquote(parts.username or ""), unquote(parts.password or "")
        self._timeout = timeout

    def send(self, message: TextMessage, *, handing_over: Callable[[], None]) -> None:
        told = {"id": message.message_id, "to": message.recipient, "text": message.text, "language": message.language}
        body = json.dumps(told, ensure_ascii=False).encode()
        line = self._line()
        try:
            try:
                line.connect()
            except OSError as fault:
                raise Unavailable("delivery.unavailable", said=type(fault).__name__) from fault
            handing_over()
            try:
                line.request("POST", self._path, body=body, headers=self._head(body))
                answer = line.getresponse()
                said = answer.read(_MOST_BYTES).decode("utf-8", "replace")
            except (OSError, http.client.HTTPException) as fault:
                raise Unavailable("delivery.in_doubt", said=type(fault).__name__) from fault
        finally:
            line.close()
        if answer.status in _TAKEN:
            return
        told_back = f"HTTP {answer.status} {said}"[:200]
        if answer.status in _REFUSED and answer.status not in _LATER:
            raise Invalid("delivery.refused", said=told_back)
        raise Unavailable("delivery.unavailable", said=told_back)

    def _line(self) -> http.client.HTTPConnection:
        if self._secure:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=context)
        return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)

    def _head(self, body: bytes) -> dict[str, str]:
        at = str(int(time.time()))
        signature = hmac.new(self._secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
        return {
            "Content-Type": "application/json",
            "X-Account": self._account,
            "X-Timestamp": at,
            "X-Signature": signature,
        }
