"""One-time passwords by time. Source: RFC 4226 (HOTP), RFC 6238 (TOTP): SHA-1, 30 seconds, 6 digits, as every app knows them."""

from __future__ import annotations

import base64
import hmac
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
_DRIFT = 1  # steps before and after: a phone's clock may be off by half a minute


def code_of(secret: bytes, step: int, *, digits: int = DIGITS, digest: str = "sha1") -> str:
    """The code of one step, with leading zeros."""
    mac = hmac.new(secret, step.to_bytes(8, "big"), digest).digest()
    place = mac[-1] & 0x0F
    number = int.from_bytes(mac[place : place + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_at(seconds: float) -> int:
    """The step of an instant, in seconds since 1970."""
    return int(seconds) // STEP_SECONDS


def matching_step(secret: bytes, code: str, seconds: float, last_used: int) -> int | None:
    """The step whose code was given, if it is of now or a step beside it; None for any other, and for one used before.

    last_used   the step that was accepted last: a code opens once
    """
    typed = "".join(sign for sign in code if sign.isdigit() and sign.isascii())
    now = step_at(seconds)
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        if step > last_used and hmac.compare_digest(code_of(secret, step), typed):
            return step
    return None


def shown_secret(secret: bytes) -> str:
    """The secret as apps take it by hand: base 32 in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def provisioning_address(secret: bytes, *, name: str, issuer: str) -> str:
    """What the QR code says to the app."""
    told = urlencode({"secret": base64.b32encode(secret).decode().rstrip("="), "issuer": issuer})
    return f"otpauth://totp/{quote(issuer)}:{quote(name)}?{told}"
