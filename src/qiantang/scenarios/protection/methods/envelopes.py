"""Signed messages between bodies: canonical JSON (RFC 8785), Ed25519 (RFC 8032), one number each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from qiantang.kernel.canonical import canonical_json

FORM = "qiantang-exchange/1"
_FIELDS = frozenset({"form", "id", "kind", "sender", "receiver", "at", "body", "signature"})


class EnvelopeError(ValueError):
    """An envelope that is not taken: the word says why (``form``, ``signature``, ``receiver``)."""


def key_from(secret: str, name: str) -> Ed25519PrivateKey:
    """The key of a body whose keys the house keeps, from the secret of the house."""
    return Ed25519PrivateKey.from_private_bytes(sha256(f"exchange\x00{name}\x00{secret}".encode()).digest())


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public key, 64 hexadecimal digits."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def sealed(
    key: Ed25519PrivateKey, *, id_: str, kind: str, sender: str, receiver: str, at: str, body: Mapping[str, Any]
) -> dict[str, Any]:
    """An envelope with its signature over everything else in it."""
    told = {
        "form": FORM,
        "id": id_,
        "kind": kind,
        "sender": sender,
        "receiver": receiver,
        "at": at,
        "body": dict(body),
    }
    return {**told, "signature": key.sign(canonical_json(told)).hex()}


def opened(raw: bytes, *, receiver: str, public_key: str) -> dict[str, Any]:
    """What an envelope says, once its signature holds and it is for the receiver.

    errors  EnvelopeError
    """
    try:
        told = json.loads(raw)
        signature = bytes.fromhex(told["signature"])
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    except (ValueError, KeyError, TypeError) as fault:
        raise EnvelopeError("form") from fault
    if set(told) != _FIELDS or told["form"] != FORM or not isinstance(told["body"], dict):
        raise EnvelopeError("form")
    unsigned = {name: value for name, value in told.items() if name != "signature"}
    try:
        key.verify(signature, canonical_json(unsigned))
    except (InvalidSignature, TypeError, ValueError) as fault:
        raise EnvelopeError("signature") from fault
    if told["receiver"] != receiver:
        raise EnvelopeError("receiver")
    return dict(told)
