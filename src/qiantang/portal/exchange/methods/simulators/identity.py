"""The enterprise platform as an identity provider: OpenID Connect with PKCE, for people that are made up.

Whoever comes is asked which of them to be, unless ``login_hint`` says so. No password: nothing here is real.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

PEOPLE = {"qy-1001": "钱塘泵业 林经办", "qy-1002": "西湖芯片 沈经办"}
_BYTES = 32
_GOOD_FOR = 300  # seconds


def b64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass(slots=True)
class Provider:
    """One issuer with a key of its own, and the codes it has given out."""

    issuer: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def configuration(self) -> dict[str, object]:
        """OpenID Connect Discovery 1.0."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def jwks(self) -> dict[str, object]:
        numbers = self.key.public_key().public_numbers()
        x, y = (b64(one.to_bytes(_BYTES, "big")) for one in (numbers.x, numbers.y))
        return {"keys": [{"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "sim", "x": x, "y": y}]}

    def chosen(self, asked: dict[str, str]) -> str | None:
        """Where to send the browser back to, once somebody is chosen; None: ask first."""
        who = asked.get("login_hint", "")
        if who not in PEOPLE:
            return None
        code = secrets.token_urlsafe(24)
        self.codes[code] = {**asked, "sub": who}
        told = {"code": code, "state": asked.get("state", ""), "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(told)}"

    def page(self, asked: dict[str, str]) -> str:
        """The choice of people."""
        rows = "".join(
            f'<li><a href="/authorize?{escape(urlencode({**asked, "login_hint": one}, quote_via=quote))}">{escape(name)}</a></li>'
            for one, name in PEOPLE.items()
        )
        return f"<!doctype html><meta charset=utf-8><title>模拟平台登录</title><h1>模拟平台：请选择身份</h1><ul>{rows}</ul>"

    def token(self, form: dict[str, str], now: int) -> dict[str, object] | None:
        """The answer to a code, once; None where the code, the address or the proof key is wrong."""
        asked = self.codes.pop(form.get("code", ""), None)
        proof = b64(sha256(form.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or asked.get("redirect_uri") != form.get("redirect_uri")
            or proof != asked.get("code_challenge")
        ):
            return None
        claims = {
            "iss": self.issuer,
            "sub": asked["sub"],
            "aud": asked["client_id"],
            "name": PEOPLE[asked["sub"]],
            "nonce": asked.get("nonce", ""),
            "iat": now,
            "exp": now + _GOOD_FOR,
        }
        return {
            "access_token": secrets.token_urlsafe(24),
            "token_type": "Bearer",
            "expires_in": _GOOD_FOR,
            "id_token": self._signed(claims),
        }

    def _signed(self, claims: dict[str, object]) -> str:
        head = {"alg": "ES256", "typ": "JWT", "kid": "sim"}
        told = ".".join(b64(json.dumps(one).encode()) for one in (head, claims))
        r, s = decode_dss_signature(self.key.sign(told.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{told}.{b64(r.to_bytes(_BYTES, 'big') + s.to_bytes(_BYTES, 'big'))}"
