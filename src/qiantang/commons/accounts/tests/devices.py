"""A device with a passkey, in software: what a browser and its authenticator would answer. Source: WebAuthn 5.1, 6.1, 6.5."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class Device:
    """One authenticator with one passkey."""

    origin: str = "http://testserver"
    flags: AuthenticatorData.FLAG = FLAGS
    counter: int = 0
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    handle: bytes = b""

    def made(self, options: dict) -> str:
        asked = options["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        told = AttestedCredentialData.create(Aaguid.NONE, self.credential, public)
        data = AuthenticatorData.create(
            self._house(asked["rp"]["id"]), self.flags | AuthenticatorData.FLAG.AT, self.counter, told
        )
        made = AttestationObject.create("none", data, {})
        client = CollectedClientData.create("webauthn.create", websafe_decode(asked["challenge"]), self.origin)
        return self._answer(clientDataJSON=client, attestationObject=made)

    def shown(self, options: dict) -> str:
        asked = options["publicKey"]
        self.counter += 1
        data = AuthenticatorData.create(self._house(asked["rpId"]), self.flags, self.counter)
        client = CollectedClientData.create("webauthn.get", websafe_decode(asked["challenge"]), self.origin)
        signature = self.key.sign(data + client.hash, ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.handle)

    def _answer(self, **response: bytes) -> str:
        key = websafe_encode(self.credential)
        told = {name: websafe_encode(value) for name, value in response.items()}
        return json.dumps({"id": key, "rawId": key, "type": "public-key", "response": told})

    @staticmethod
    def _house(host: str) -> bytes:
        return sha256(host.encode()).digest()
