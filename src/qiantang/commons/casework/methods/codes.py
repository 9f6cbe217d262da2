"""Query codes: six characters that are not mistaken for one another."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from hmac import new

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6


def keyed_digest(secret: str, *parts: str) -> str:
    """A keyed digest of texts, 64 hexadecimal digits."""
    return new(secret.encode(), "\x00".join(parts).encode(), sha256).hexdigest()


def folded(code: str) -> str:
    """A code as typed, in the spelling in which it was given."""
    kept = unicodedata.normalize("NFKC", code).upper()
    return "".join(sign for sign in kept if sign in ALPHABET)
