"""Envelopes of events, and the head of a message that carries one.

An envelope is a CloudEvent 1.0 in its structured JSON form. ``sequence`` counts the events of one subject from 1 (the sequence
extension of CloudEvents); ``keyid`` and ``signature`` sign everything else in it: Ed25519 over canonical JSON (RFC 8785).
A message has the head of Standard Webhooks: ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature`` with ``v1a``, over
``id.timestamp.body``; so an old message cannot be sent again as a new one.
"""

from __future__ import annotations

from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from qiantang.kernel.canonical import canonical_json

TOLERANCE_SECONDS = 300


def public_jwk(secret: bytes) -> dict[str, str]:
    """The public half of a key of 32 bytes as a JSON Web Key (RFC 8037); ``kid`` is its thumbprint (RFC 7638)."""
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key()
    told = {"crv": "Ed25519", "kty": "OKP", "x": _encoded(public.public_bytes(Encoding.Raw, PublicFormat.Raw))}
    return {**told, "alg": "EdDSA", "use": "sig", "kid": _encoded(sha256(canonical_json(told)).digest())}


def signed(event: Mapping[str, Any], secret: bytes) -> dict[str, Any]:
    """An envelope with its signature."""
    told = {**event, "keyid": public_jwk(secret)["kid"]}
    return {**told, "signature": _encoded(Ed25519PrivateKey.from_private_bytes(secret).sign(canonical_json(told)))}


def holds(event: Mapping[str, Any], keys: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether one of the keys, by its kid, has signed the envelope as it is."""
    told = {name: value for name, value in event.items() if name != "signature"}
    try:
        _key(keys[event["keyid"]]).verify(_decoded(event["signature"]), canonical_json(told))
    except (InvalidSignature, KeyError, TypeError, ValueError, AttributeError):
        return False
    return True


def introduced(key: Mapping[str, Any], by: bytes) -> str:
    """The signature by which an older key introduces a newer one."""
    return _encoded(Ed25519PrivateKey.from_private_bytes(by).sign(canonical_json({"kid": key["kid"], "x": key["x"]})))


def introduction_holds(key: Mapping[str, Any], signature: str, by: Mapping[str, Any]) -> bool:
    """Whether the older key has introduced the newer one: who trusts the first may trust the second."""
    try:
        _key(by).verify(_decoded(signature), canonical_json({"kid": key["kid"], "x": key["x"]}))
    except (InvalidSignature, ValueError):
        return False
    return True


def message_head(secret: bytes, *, id_: str, at: int, body: bytes) -> dict[str, str]:
    """The head of a message. ``at``: seconds since 1970."""
    raw = Ed25519PrivateKey.from_private_bytes(secret).sign(_carried(id_, str(at), body))
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1a,{b64encode(raw).decode()}",
        "qiantang-key": public_jwk(secret)["kid"],
    }


def message_holds(head: Mapping[str, str], body: bytes, keys: Mapping[str, Mapping[str, Any]], now: int) -> bool:
    """Whether a message is ours, unchanged and fresh. ``head``: names in lower case."""
    try:
        at = int(head["webhook-timestamp"])
        version, _, raw = head["webhook-signature"].partition(",")
        carried = _carried(head["webhook-id"], head["webhook-timestamp"], body)
        _key(keys[head["qiantang-key"]]).verify(b64decode(raw), carried)
    except (InvalidSignature, KeyError, ValueError):
        return False
    return version == "v1a" and abs(now - at) <= TOLERANCE_SECONDS


def _carried(id_: str, at: str, body: bytes) -> bytes:
    return f"{id_}.{at}.".encode() + body


def _key(told: Mapping[str, Any]) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(_decoded(told["x"]))


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
