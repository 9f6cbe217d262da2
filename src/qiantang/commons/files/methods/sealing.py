"""Encryption at rest: AES-256-GCM, one key an object, each wrapped by a key of the house. Pure: bytes in, bytes out.

What belongs to a ciphertext (owner, kind) is authenticated with it: a ciphertext laid under another owner does not open.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
_NONCE: Final = 12
_ID_DIGITS: Final = 16
_INLINE: Final = "qv1"


class NotOpened(Exception):
    """The ciphertext, its key or what it belongs to is not what was sealed."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A ciphertext, and its key under the key of the house (hexadecimal)."""

    ciphertext: bytes
    wrapped_key: str


def new_key() -> bytes:
    """A key of the house."""
    return os.urandom(KEY_BYTES)


def key_id(key: bytes) -> str:
    """The name of a key; it tells nothing of it."""
    return sha256(b"name of a key" + key).hexdigest()[:_ID_DIGITS]


def seal(content: bytes, house_key: bytes, belongs: str) -> Sealed:
    """Encrypt under a fresh key.

    belongs  what the object belongs to; needed again to open it
    """
    fresh = new_key()
    return Sealed(_encrypted(content, fresh, belongs), _encrypted(fresh, house_key, belongs).hex())


def unseal(sealed: Sealed, house_key: bytes, belongs: str) -> bytes:
    """The content. errors: NotOpened"""
    fresh = _decrypted(bytes.fromhex(sealed.wrapped_key), house_key, belongs)
    return _decrypted(sealed.ciphertext, fresh, belongs)


def sealed_text(text: str, house_key: bytes, belongs: str) -> str:
    """A short text as a token that fits a column; the empty text stays empty."""
    if not text:
        return ""
    token = base64.urlsafe_b64encode(_encrypted(text.encode(), house_key, belongs)).decode()
    return f"{_INLINE}.{key_id(house_key)}.{token}"


def key_of_text(token: str) -> str:
    """The id of the key under which a token was made. errors: NotOpened"""
    parts = token.split(".")
    if len(parts) != 3 or parts[0] != _INLINE:  # noqa: PLR2004 - mark, key, ciphertext
        raise NotOpened
    return parts[1]


def opened_text(token: str, house_key: bytes, belongs: str) -> str:
    """The text behind a token. errors: NotOpened"""
    if not token:
        return ""
    key_of_text(token)
    return _decrypted(base64.urlsafe_b64decode(token.rpartition(".")[2]), house_key, belongs).decode()


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - no start needs it

    return AESGCM(key)


def _encrypted(content: bytes, key: bytes, belongs: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(key).encrypt(nonce, content, belongs.encode())


def _decrypted(blob: bytes, key: bytes, belongs: str) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above

    try:
        return _cipher(key).decrypt(blob[:_NONCE], blob[_NONCE:], belongs.encode())
    except (InvalidTag, ValueError) as fault:
        raise NotOpened from fault
