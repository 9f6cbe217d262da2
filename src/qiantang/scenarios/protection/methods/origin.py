"""Codes of origin and ceilings: pure, so that what may be issued can be reasoned about."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

from qiantang.commons.casework.methods.codes import ALPHABET, folded

if TYPE_CHECKING:
    from decimal import Decimal

CODE_LENGTH = 16  # of 31 signs: more than 2**79 codes
_GROUP = 4


def new_code() -> str:
    """A code drawn at random, without dashes: nothing of the package, the batch or the codes before leads to it."""
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def spelled(code: str) -> str:
    """As it stands on a package: in groups of four."""
    return "-".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))


def code_digest(typed: str) -> str | None:
    """What is kept of a code, from any spelling of it; None for what is no code. A code is long enough to need no key."""
    code = folded(typed)
    if len(code) != CODE_LENGTH:
        return None
    return sha256(b"qiantang code of origin\x00" + code.encode()).hexdigest()


def ceiling_grams(area_mu: Decimal, grams_per_mu: int) -> int:
    """The most a plot yields in a year, rounded down to the gram."""
    return int(area_mu * grams_per_mu)


def packages_left(ceiling: int, issued: int, package_grams: int) -> int:
    """For how many more packages codes may be issued."""
    return max(0, (ceiling - issued) // package_grams)
