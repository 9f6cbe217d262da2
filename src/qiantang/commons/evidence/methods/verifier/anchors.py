"""Anchors (OpenTimestamps): the path from a digest to the root of a Bitcoin block, read and walked without a calendar.

Without the header of the block it is proved only that the digest leads to the root which the proof names; with a header, that
somebody spent its work on that root after the digest existed. That the header stands in the chain, a node says.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from typing import NamedTuple

from qiantang.commons.evidence.methods.verifier.reporting import (
    ANCHOR_INVALID,
    ANCHOR_PENDING,
    ANCHOR_UNPROVED,
    Broken,
    Record,
    Report,
)
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.merkle import leaf_hash, verify_inclusion

OTS_MAGIC = bytes.fromhex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294")
OTS_SHA256 = 0x08
BITCOIN, PENDING = bytes.fromhex("0588960d73d71901"), bytes.fromhex("83dfe30d2ef90c8e")
_DEEPEST, _LONGEST, _LARGEST_PAYLOAD, _MOST_STEPS = 256, 4096, 8192, 20_000
_HEADER = 80  # bytes of a block's header
_WORK_LEAST = 60  # bits of work: less is spent by anybody


class Attested(NamedTuple):
    """What stands at the end of a path: who attests (tag, payload), and the message that is attested."""

    tag: bytes
    payload: bytes
    message: bytes


class Step(NamedTuple):
    """One operation of a proof with what follows from its result."""

    operation: int
    argument: bytes
    after: tuple[Step | Attested, ...]


class _Bytes:
    """Bytes read from the front. errors: ValueError where they end too soon"""

    def __init__(self, data: bytes) -> None:
        self.data, self.at, self.steps = data, 0, 0

    def take(self, many: int) -> bytes:
        found = self.data[self.at : self.at + many]
        if len(found) != many:
            raise ValueError("the proof is cut off")
        self.at += many
        return found

    def number(self) -> int:
        value, shift = 0, 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if not byte & 0x80:
                return value
            shift += 7
            if shift > 63:  # noqa: PLR2004 - no number of a proof is longer
                raise ValueError("a number of the proof has no end")

    def piece(self, most: int) -> bytes:
        many = self.number()
        if many > most:
            raise ValueError("a piece of the proof is too long")
        return self.take(many)


def _applied(operation: int, argument: bytes, message: bytes) -> bytes:
    """The result of an operation. errors: ValueError for one that is not known, or that this machine cannot do"""
    if operation in _HASHES:
        return hashlib.new(_HASHES[operation], message).digest()
    found = {0xF0: message + argument, 0xF1: argument + message, 0xF2: message[::-1], 0xF3: message.hex().encode()}
    if operation not in found or len(found[operation]) > _LONGEST:
        raise ValueError(f"operation {operation:#04x} of the proof is not known")
    return found[operation]


_HASHES = {0x02: "sha1", 0x03: "ripemd160", 0x08: "sha256"}
_BINARY = frozenset({0xF0, 0xF1})


def read_steps(data: bytes, message: bytes) -> tuple[Step | Attested, ...]:
    """A timestamp over a message, as a calendar sends it. errors: ValueError"""
    reading = _Bytes(data)
    found = _branches(reading, message, 0)
    if reading.at != len(data):
        raise ValueError("there is more after the proof")
    return found


def read_proof(data: bytes) -> tuple[bytes, tuple[Step | Attested, ...]]:
    """The digest that a file ``.ots`` is about, and what follows from it. errors: ValueError"""
    head = OTS_MAGIC + bytes((1, OTS_SHA256))
    if not data.startswith(head):
        raise ValueError("this is no proof of version 1 over a SHA-256")
    digest = data[len(head) : len(head) + 32]
    return digest, read_steps(data[len(head) + 32 :], digest)


def _branches(reading: _Bytes, message: bytes, depth: int) -> tuple[Step | Attested, ...]:
    if depth > _DEEPEST:
        raise ValueError("the proof is too deep")
    found = []
    while True:
        tag = reading.take(1)[0]
        more = tag == 0xFF  # noqa: PLR2004 - of the format: another branch follows this one
        found.append(_branch(reading, reading.take(1)[0] if more else tag, message, depth))
        if not more:
            return tuple(found)


def _branch(reading: _Bytes, tag: int, message: bytes, depth: int) -> Step | Attested:
    reading.steps += 1
    if reading.steps > _MOST_STEPS:
        raise ValueError("the proof has no end")
    if tag == 0:
        return Attested(reading.take(8), reading.piece(_LARGEST_PAYLOAD), message)
    argument = reading.piece(_LONGEST) if tag in _BINARY else b""
    return Step(tag, argument, _branches(reading, _applied(tag, argument, message), depth + 1))


def attested(branches: tuple[Step | Attested, ...]) -> Iterator[Attested]:
    """The ends of all paths, in their order."""
    for one in branches:
        if isinstance(one, Attested):
            yield one
        else:
            yield from attested(one.after)


def height_of(one: Attested) -> int:
    """The height of the block. errors: ValueError"""
    return _Bytes(one.payload).number()


def calendar_of(one: Attested) -> str:
    """Where the rest of the proof will be. errors: ValueError"""
    return _Bytes(one.payload).piece(1000).decode("ascii")


def headers_in(text: str) -> dict[int, bytes]:
    """Headers of blocks, one a line: height, blank, 160 hexadecimal digits.

    errors  ValueError
    """
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        height, _, header = line.partition(" ")
        found[int(height)] = bytes.fromhex(header.strip())
        if len(found[int(height)]) != _HEADER:
            raise ValueError(f"the header of block {height} has not 80 bytes")
    return found


def _proved(one: Attested, header: bytes) -> str:
    """What a header proves of the root that a path leads to.

    errors  Broken ANCHOR_INVALID
    """
    height = height_of(one)
    if header[36:68] != one.message:
        raise Broken(ANCHOR_INVALID, f"the header of block {height} has another root")
    number = hashlib.sha256(hashlib.sha256(header).digest()).digest()[::-1]
    bits = int.from_bytes(header[72:76], "little")
    target = (bits & 0x7FFFFF) << max(0, 8 * ((bits >> 24) - 3))
    if not 0 < int.from_bytes(number, "big") <= target:
        raise Broken(ANCHOR_INVALID, f"the header of block {height} lacks the work that it claims")
    work = ((1 << 256) // (target + 1)).bit_length() - 1
    if work < _WORK_LEAST:
        raise Broken(ANCHOR_INVALID, f"the header of block {height} has 2^{work} of work: anybody can make it")
    at = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(int.from_bytes(header[68:72], "little")))
    return f"in Bitcoin block {height}, {at}, 2^{work} of work; compare its hash with a node: {number.hex()}"


def _ensure_over_checkpoint(anchor: Record, evidence: Record, digest: bytes) -> None:
    """That the proof is about a checkpoint which holds the deposit.

    errors  Broken ANCHOR_INVALID
    """
    body = anchor["checkpoint"]["body"]
    if hashlib.sha256(canonical_json(anchor["checkpoint"])).digest() != digest:
        raise Broken(ANCHOR_INVALID, "the anchor is over something else")
    held = body["log"] == evidence["checkpoint"]["body"]["log"] and verify_inclusion(
        leaf=leaf_hash(canonical_json(evidence["leaf"])),
        index=evidence["proof"]["index"],
        size=body["size"],
        path=[bytes.fromhex(one) for one in anchor["path"]],
        root=bytes.fromhex(body["root"]),
    )
    if not held:
        raise Broken(ANCHOR_INVALID, "the deposit is not in the log of the anchored checkpoint")


def check_anchors(evidence: Record, report: Report, headers: dict[int, bytes]) -> None:
    """All anchors of a deposit, each with what it proves and what not."""
    for anchor in evidence.get("anchors", []):
        name = f"anchor {anchor.get('calendar', '')}"
        try:
            digest, branches = read_proof(base64.b64decode(anchor["proof"], validate=True))
            _ensure_over_checkpoint(anchor, evidence, digest)
            _tell(report, name, tuple(attested(branches)), headers)
        except Broken as broken:
            report.fails(name, broken.code, broken.said)
        except (KeyError, TypeError, ValueError, RecursionError) as fault:
            report.fails(name, ANCHOR_INVALID, f"cannot be read: {type(fault).__name__} {fault}")


def _tell(report: Report, name: str, ends: tuple[Attested, ...], headers: dict[int, bytes]) -> None:
    mined = [one for one in ends if one.tag == BITCOIN]
    for one in mined:
        height = height_of(one)
        if height in headers:
            report.holds(name, _proved(one, headers[height]))
        else:
            told = f"leads to a root of Bitcoin block {height}; proves no time until its header is given with --headers"
            report.holds(name, told, ANCHOR_UNPROVED)
    if not mined:
        report.holds(name, "promised by the calendar, in no block yet: proves nothing so far", ANCHOR_PENDING)
