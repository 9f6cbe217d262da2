"""Bodies that are simulated: they take a signed message, acknowledge it, and tell later how it went. No real body hears of it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol
from urllib.request import Request, urlopen

from qiantang.scenarios.protection.methods.envelopes import EnvelopeError, opened, public_hex, sealed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PLATFORM = "qiantang"
_SECONDS = 10
_MOST_BYTES = 1 << 20


class Silent(Exception):
    """The other body did not answer, or not in a way that can be read: it is tried again."""


class Transport(Protocol):
    """The way to another body: bytes of an envelope there, bytes of its acknowledgement back.

    errors  Silent
    """

    def deliver(self, raw: bytes) -> bytes: ...


class HttpTransport:
    """By POST to an address that the operator has set."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError("an exchange goes over https")
        self._url = url

    def deliver(self, raw: bytes) -> bytes:
        request = Request(self._url, data=raw, headers={"Content-Type": "application/json"}, method="POST")  # noqa: S310 - checked above
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - checked above
                return bytes(answer.read(_MOST_BYTES))
        except OSError as fault:
            raise Silent(type(fault).__name__) from fault


class Simulator:
    """A simulated body with a key of its own. The same message twice is the same acknowledgement: it keeps nothing."""

    def __init__(self, name: str, key: Ed25519PrivateKey, platform_key: str) -> None:
        self.name, self._key, self._platform_key = name, key, platform_key

    @property
    def public_key(self) -> str:
        return public_hex(self._key)

    def deliver(self, raw: bytes) -> bytes:
        """Acknowledge a message, or refuse it with the reason."""
        try:
            told = opened(raw, receiver=self.name, public_key=self._platform_key)
        except EnvelopeError as fault:
            return self._say("refused", "0", {"reason": str(fault)}, at="")
        body = {"of": told["id"], "reference": self.reference(told["id"])}
        return self._say("acknowledgement", f"ack-{told['id']}", body, at=told["at"])

    def reference(self, message_id: str) -> str:
        """The number under which the simulated body keeps a case."""
        return f"SIM-{self.name.upper()}-{sha256(message_id.encode()).hexdigest()[:8].upper()}"

    def status(self, message_id: str, status: str, at: str, **more: Any) -> bytes:
        """A call-back: ``accepted``, ``declined`` or ``ended`` with its outcome."""
        body = {"of": message_id, "status": status, "simulated": True, **more}
        return self._say("status", f"{status}-{message_id}", body, at=at)

    def _say(self, kind: str, id_: str, body: dict[str, Any], *, at: str) -> bytes:
        told = sealed(self._key, id_=id_, kind=kind, sender=self.name, receiver=PLATFORM, at=at, body=body)
        return json.dumps(told, ensure_ascii=False).encode()
