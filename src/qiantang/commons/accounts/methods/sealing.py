"""Secrets that must be had again are kept sealed: AES-128-CBC with HMAC-SHA-256 (Fernet), under a key made of the house's own."""

from __future__ import annotations

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken


def _box(house_key: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(f"{purpose}\x00{house_key}".encode()).digest()))


def sealed(secret: bytes, *, house_key: str, purpose: str) -> str:
    """The secret under the key."""
    return _box(house_key, purpose).encrypt(secret).decode()


def opened(text: str, *, house_key: str, purpose: str) -> bytes | None:
    """The secret again; None where it was sealed under another key, or was touched."""
    try:
        return _box(house_key, purpose).decrypt(text.encode())
    except InvalidToken:
        return None
