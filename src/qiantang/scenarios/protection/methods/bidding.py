"""Blind bids: what each side could live with is compared, and nobody learns more than whether the two meet."""

from __future__ import annotations

import base64
from hashlib import sha256

from cryptography.fernet import Fernet


def meets(least_taken: int, most_paid: int) -> bool:
    """Whether the least that one side takes is not more than what the other pays at most."""
    return least_taken <= most_paid


def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(f"blind bids\x00{secret}".encode()).digest()))


def seal(secret: str, amount_yuan: int) -> str:
    """An amount that only the platform opens, and only to compare it. Equal amounts look different, long ones as short ones."""
    return _fernet(secret).encrypt(f"{amount_yuan:015d}".encode()).decode()


def opened(secret: str, sealed: str) -> int:
    """The amount under a seal. errors: cryptography.fernet.InvalidToken where the key of the house has changed"""
    return int(_fernet(secret).decrypt(sealed.encode()))
