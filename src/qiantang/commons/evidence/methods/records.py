"""The texts that are signed, stamped and hashed: leaf, checkpoint, line of custody. Each is canonical JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qiantang.kernel.canonical import canonical_json

if TYPE_CHECKING:
    from qiantang.engines.notary.port import Digests

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another
_NUMBER_LETTERS = 8


def moment(at: datetime) -> str:
    """An instant in UTC as it is signed: whole seconds, ``2026-11-26T04:05:06Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def deposit_number(at: datetime, random: int) -> str:
    """``EV-20261126-7F3K9Q2M``: the day in UTC, and 40 random bits, so that nobody counts or guesses deposits."""
    letters = ""
    for _ in range(_NUMBER_LETTERS):
        random, place = divmod(random, len(_LETTERS))
        letters += _LETTERS[place]
    return f"EV-{at.astimezone(UTC):%Y%m%d}-{letters}"


def masked(name: str) -> str:
    """A name as it may stand on what is handed to others: 林** for 林晓云, C**** for Chen Li."""
    told = name.strip()
    return told[:1] + "*" * max(1, min(4, len(told) - 1)) if told else "*"


def spelt_number(text: str) -> str:
    """A number as somebody typed it, in its one spelling."""
    told = "".join(text.upper().split()).replace("—", "-")
    head, dash, letters = told.rpartition("-")
    return head + dash + letters.translate(str.maketrans("OIL", "011"))


def leaf_text(
    *, number: str, name: str, kind: str, digests: Digests, deposited_at: str, facts: Mapping[str, object], salt: str
) -> bytes:
    """A leaf of the log. The salt, known to who has the leaf, keeps the published hash from being guessed.

    facts   ``collected_at``, ``depositor``, ``batch``, each text or None
    """
    told = {
        "v": 1,
        "number": number,
        "name": name,
        "kind": kind,
        "sha256": digests.sha256,
        "sm3": digests.sm3,
        "size": digests.size_bytes,
        "deposited_at": deposited_at,
        "salt": salt,
        **facts,
    }
    return canonical_json(told)


def batch_entry(name: str, digests: Digests) -> dict[str, object]:
    """A file of a batch as it is hashed into the batch's own tree."""
    return {"name": name, "sha256": digests.sha256, "sm3": digests.sm3, "size": digests.size_bytes}


def checkpoint_body(*, log: str, size: int, root: str, at: datetime, key: str) -> bytes:
    """What a key of the log signs."""
    return canonical_json({"v": 1, "log": log, "size": size, "root": root, "at": moment(at), "key": key})


def checkpoint_document(body: str, signature: str) -> bytes:
    """What the authorities stamp: the body with its signature, so that the signature has a time too."""
    return canonical_json({"body": json.loads(body), "signature": signature})


def custody_line(
    *, seq: int, at: datetime, actor: tuple[str, str], act: str, number: str, found: str | None, reason: str
) -> bytes:
    """A line of the chain of custody.

    actor   name and role
    found   SHA-256 as digested anew at this act; None where the platform holds no copy
    """
    told: dict[str, Any] = {
        "seq": seq,
        "time": moment(at),
        "actor": actor[0],
        "role": actor[1],
        "act": act,
        "number": number,
        "object": found,
        "reason": reason,
    }
    return canonical_json(told)
