"""Sealed containers for trade secrets: encrypted where the secret is, so that only the container's digest is ever told.

A container is one line of canonical JSON, the head, and then pieces. The key comes from a password by PBKDF2; each piece is
AES-256-GCM with the head as its companion, a counter in its nonce, and a mark on the last one, so that none can be moved,
repeated or left out (the construction STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The head commits to the key:
a second password that opens the same container to something else cannot be made. ``frontend/container.js`` does the same.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qiantang.kernel.canonical import canonical_json

if TYPE_CHECKING:
    from collections.abc import Callable

FORMAT = "qiantang-container/1"
PIECE = 1 << 20
ITERATIONS = 600_000  # OWASP, password storage (2023), for PBKDF2 with SHA-256
LEAST_PASSWORD = 12  # characters
_TAG, _PREFIX, _HEAD_MOST = 16, 7, 2_000
_ITERATIONS_MOST = 10_000_000  # a head that asks for more would keep us busy


class NotOpened(ValueError):
    """It does not open: no container, another password, or it was changed. The message says which."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What the first line inside a container tells."""

    name: str
    size: int


def read_head(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The head of a container, as values and as the bytes of its line.

    errors  NotOpened where there is none
    """
    line = stream.readline(_HEAD_MOST)
    try:
        head = json.loads(line)
        known = head["format"] == FORMAT and 1 <= head["iterations"] <= _ITERATIONS_MOST and 1 <= head["piece"] <= PIECE
        sizes = (
            len(bytes.fromhex(head["salt"])),
            len(bytes.fromhex(head["nonce"])),
            len(bytes.fromhex(head["commitment"])),
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise NotOpened("this is no sealed container") from fault
    if not known or sizes != (16, _PREFIX, 32) or canonical_json(head) + b"\n" != line:
        raise NotOpened("this is no sealed container")
    return head, line


def _keys(password: str, salt: bytes, iterations: int) -> tuple[bytes, str]:
    """The key, and what the head says of it."""
    derived = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations, 64)
    return derived[:32], hashlib.sha256(derived[32:]).hexdigest()


def _nonce(prefix: bytes, count: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", count, last)


def sealed(
    content: BinaryIO,
    *,
    name: str,
    size: int,
    password: str,
    random: Callable[[int], bytes] = secrets.token_bytes,
    iterations: int = ITERATIONS,
) -> Iterator[bytes]:
    """A container, piece by piece.

    name, size  of what goes in; they lie inside, encrypted
    """  # fmt: skip
    salt, prefix = random(16), random(_PREFIX)
    key, commitment = _keys(password, salt, iterations)
    head = {
        "format": FORMAT,
        "cipher": "AES-256-GCM",
        "kdf": "PBKDF2-SHA256",
        "iterations": iterations,
        "piece": PIECE,
        "salt": salt.hex(),
        "nonce": prefix.hex(),
        "commitment": commitment,
    }
    line = canonical_json(head) + b"\n"
    yield line
    cipher, companion = AESGCM(key), hashlib.sha256(line).digest()
    held = canonical_json({"name": name, "size": size}) + b"\n"
    count, ended = 0, False
    while not ended:
        while len(held) <= PIECE and (piece := content.read(PIECE)):
            held += piece
        ended = len(held) <= PIECE
        yield cipher.encrypt(_nonce(prefix, count, last=ended), held[:PIECE], companion)
        held, count = held[PIECE:], count + 1


def opened(container: BinaryIO, *, password: str) -> tuple[Inside, Iterator[bytes]]:
    """What is inside, and its content piece by piece; each piece is checked before it is given.

    errors  NotOpened, also while the pieces are read
    """
    head, line = read_head(container)
    key, commitment = _keys(password, bytes.fromhex(head["salt"]), head["iterations"])
    if not secrets.compare_digest(commitment, head["commitment"]):
        raise NotOpened("this is not the password of the container")
    pieces = _pieces(container, head, AESGCM(key), hashlib.sha256(line).digest())
    first = next(pieces)
    told, newline, rest = first.partition(b"\n")
    if not newline:
        raise NotOpened("the container was changed")
    inner = json.loads(told)
    return Inside(str(inner["name"]), int(inner["size"])), _after(rest, pieces)


def _after(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def _pieces(container: BinaryIO, head: dict[str, Any], cipher: AESGCM, companion: bytes) -> Iterator[bytes]:
    size, prefix = head["piece"] + _TAG, bytes.fromhex(head["nonce"])
    here, count = container.read(size), 0
    while True:
        after = container.read(size)
        try:
            yield cipher.decrypt(_nonce(prefix, count, last=not after), here, companion)
        except InvalidTag as fault:
            raise NotOpened("the container was changed") from fault
        if not after:
            return
        here, count = after, count + 1
