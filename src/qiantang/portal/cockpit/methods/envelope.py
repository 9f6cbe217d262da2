"""A signed JSON document: the flattened form of a JSON Web Signature with Ed25519.

Source: RFC 7515 (JWS), 7.2.2; RFC 8037 (EdDSA in JOSE); RFC 7638 (thumbprint, which names the key).
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def encoded(content: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Errors  ValueError for what is not base64url"""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def canonical(value: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys and no blanks, in UTF-8: the same value is the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def public_key(secret: bytes) -> dict[str, str]:
    """The public half of a key of 32 bytes as a JSON Web Key; its ``kid`` is its thumbprint."""
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key()
    told = {"crv": "Ed25519", "kty": "OKP", "x": encoded(public.public_bytes(Encoding.Raw, PublicFormat.Raw))}
    return {**told, "alg": "EdDSA", "use": "sig", "kid": encoded(sha256(canonical(told)).digest())}


def sealed(payload: Mapping[str, Any], secret: bytes, schema: str) -> dict[str, str]:
    """The document as it is handed out: ``payload``, ``protected`` and ``signature``, each base64url."""
    head = {"alg": "EdDSA", "kid": public_key(secret)["kid"], "typ": "JOSE+JSON", "cty": schema}
    protected, body = encoded(canonical(head)), encoded(canonical(payload))
    signature = Ed25519PrivateKey.from_private_bytes(secret).sign(f"{protected}.{body}".encode())
    return {"payload": body, "protected": protected, "signature": encoded(signature)}


def opened(document: Mapping[str, str], key: Mapping[str, str]) -> dict[str, Any] | None:
    """The payload of a document that the key has signed and nobody changed; else None."""
    try:
        public = Ed25519PublicKey.from_public_bytes(decoded(key["x"]))
        public.verify(decoded(document["signature"]), f"{document['protected']}.{document['payload']}".encode())
        head = json.loads(decoded(document["protected"]))
        told = json.loads(decoded(document["payload"]))
    except (InvalidSignature, ValueError, KeyError):
        return None
    return dict(told) if head.get("alg") == "EdDSA" and head.get("kid") == key["kid"] else None
