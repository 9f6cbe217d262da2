"""Writing proofs of OpenTimestamps: what a calendar is asked, and its answers put together to one file ``.ots``.

The format is public (docs of opentimestamps.org); reading it is in ``verifier/anchors.py``, which goes into every package.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from qiantang.commons.evidence.methods.verifier.anchors import (
    BITCOIN,
    OTS_MAGIC,
    OTS_SHA256,
    PENDING,
    Attested,
    Step,
    attested,
    calendar_of,
    height_of,
    read_proof,
    read_steps,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Branches = tuple[Step | Attested, ...]
_APPEND, _PREPEND, _MORE = 0xF0, 0xF1, 0xFF


def commitment(digest: bytes, nonce: bytes) -> bytes:
    """What a calendar is told: nobody who sees it knows the digest."""
    return sha256(digest + nonce).digest()


def first_proof(digest: bytes, nonce: bytes, answer: bytes) -> bytes:
    """The proof after a calendar's answer to the commitment.

    errors  ValueError for an answer that is no timestamp, or by which nobody attests anything
    """
    told = commitment(digest, nonce)
    after = read_steps(answer, told)
    if not any(one.tag in (PENDING, BITCOIN) for one in attested(after)):
        raise ValueError("nobody attests anything")
    hashed = Step(OTS_SHA256, b"", after)
    return written(digest, (Step(_APPEND, nonce, (hashed,)),))


def written(digest: bytes, branches: Branches) -> bytes:
    """The file ``.ots``."""
    return OTS_MAGIC + bytes((1, OTS_SHA256)) + digest + _spelt(branches)


def _spelt(branches: Branches) -> bytes:
    told = [_one(branch) for branch in branches]
    return b"".join(bytes((_MORE,)) + one for one in told[:-1]) + told[-1]


def _one(branch: Step | Attested) -> bytes:
    if isinstance(branch, Attested):
        return b"\0" + branch.tag + _piece(branch.payload)
    argument = _piece(branch.argument) if branch.operation in (_APPEND, _PREPEND) else b""
    return bytes((branch.operation,)) + argument + _spelt(branch.after)


def _piece(data: bytes) -> bytes:
    return number(len(data)) + data


def number(value: int) -> bytes:
    """A whole number as the format writes it: seven bits a byte, the lowest first."""
    told = bytearray()
    while value >= 0x80:  # noqa: PLR2004 - of the format
        told.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*told, value])


def promises(proof: bytes) -> dict[bytes, str]:
    """Message -> calendar, for every promise that is not kept yet. errors: ValueError"""
    _digest, branches = read_proof(proof)
    return {one.message: calendar_of(one) for one in attested(branches) if one.tag == PENDING}


def heights(proof: bytes) -> tuple[int, ...]:
    """The blocks to which the proof leads. errors: ValueError"""
    _digest, branches = read_proof(proof)
    return tuple(height_of(one) for one in attested(branches) if one.tag == BITCOIN)


def upgraded(proof: bytes, answers: Mapping[bytes, bytes]) -> bytes:
    """The proof with each promise that was kept replaced by what the calendar now says.

    answers     message -> its answer
    errors      ValueError for an answer that is no timestamp
    """
    digest, branches = read_proof(proof)
    return written(digest, _kept(branches, answers))


def _kept(branches: Branches, answers: Mapping[bytes, bytes]) -> Branches:
    found: list[Step | Attested] = []
    for one in branches:
        if isinstance(one, Step):
            found.append(one._replace(after=_kept(one.after, answers)))
        elif one.tag == PENDING and one.message in answers:
            found += read_steps(answers[one.message], one.message)
        else:
            found.append(one)
    return tuple(found)
