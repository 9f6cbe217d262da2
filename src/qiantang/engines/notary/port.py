"""The notary port: digests in one pass, and what a timestamp authority does.

An authority says in a signed token that it has seen a digest at a moment (RFC 3161). What it answers is kept as it came:
the query, so that the nonce can be checked for ever, and the whole response.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

from qiantang.kernel.errors import Invalid, Unavailable

CHUNK = 1 << 20
_LENGTHS = {"sha256": 64, "sm3": 64, "sha512": 128}
_WEAK = frozenset({"md5", "sha1", "sha-1", "md4", "crc32"})
_HEXADECIMAL = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Digests:
    """Digests of the same bytes: lower-case hexadecimal of SHA-256 (FIPS 180-4) and SM3 (GB/T 32905), and how many bytes."""

    sha256: str
    sm3: str
    size_bytes: int


class Digesting:
    """Both digests, fed piece by piece.

    errors  Unavailable ``notary.no_sm3`` where the cryptographic library of the machine lacks SM3
    """

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        try:
            self._sm3 = hashlib.new("sm3")
        except ValueError:
            raise Unavailable("notary.no_sm3") from None
        self._size = 0

    def add(self, piece: bytes) -> None:
        self._sha256.update(piece)
        self._sm3.update(piece)
        self._size += len(piece)

    def result(self) -> Digests:
        return Digests(self._sha256.hexdigest(), self._sm3.hexdigest(), self._size)


def digests_of(pieces: Iterable[bytes]) -> Digests:
    """Both digests of a stream in one pass."""
    digesting = Digesting()
    for piece in pieces:
        digesting.add(piece)
    return digesting.result()


def checked_digests(given: Mapping[str, str]) -> dict[str, str]:
    """Digests that somebody else computed: known algorithms in their form; MD5 or SHA-1 alone prove nothing any more.

    given       algorithm -> hexadecimal, in any case of letters; weak ones beside a strong one are left out
    errors      Invalid ``notary.weak_digest`` · ``notary.digest_malformed`` · ``notary.digest_missing``
    """
    told = {
        name.lower().replace("sha-", "sha"): value.strip().lower() for name, value in given.items() if value.strip()
    }
    strong = {name: value for name, value in told.items() if name not in _WEAK}
    if not strong:
        raise Invalid("notary.weak_digest" if told else "notary.digest_missing", given=", ".join(sorted(told)))
    for name, value in strong.items():
        if len(value) != _LENGTHS.get(name) or not _HEXADECIMAL.fullmatch(value):
            raise Invalid("notary.digest_malformed", algorithm=name[:20], given=value[:140])
    if "sha256" not in strong:
        raise Invalid("notary.digest_missing", given=", ".join(sorted(strong)))
    return strong


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A timestamp that was checked: imprint, nonce, status, policy, purpose and chain of the certificate at its time.

    query           the request as sent
    response        the answer as it came, which ``openssl ts -verify`` reads
    algorithm       of the imprint: ``sha256`` or ``sha512``
    stamped_at      the authority's time, aware
    serial          of the token, hexadecimal
    policy          object identifier under which it was given
    authority       subject of the certificate that signed
    certificate_ends_at     until when that certificate is valid; before it, one stamps again
    with_changes    granted with modifications
    drift_seconds   the authority's time less ours; more than 60 either way is worth a warning
    """

    query: bytes
    response: bytes
    algorithm: str
    stamped_at: datetime
    serial: str
    policy: str
    authority: str
    certificate_ends_at: datetime
    with_changes: bool
    drift_seconds: int


class Authority(Protocol):
    """What an adapter does. May be called from several threads."""

    name: str
    legal: bool  # whether its time may be called trusted; the demo's may not

    def roots(self) -> bytes:
        """The certificates, PEM, to which the chains of its tokens lead."""

    def stamp(self, document: bytes, *, algorithm: str = "sha256") -> Token:
        """Have the digest of ``document`` stamped; the document stays here.

        errors  Unavailable ``notary.silent``: no answer, or none that can be read as one; try again
                Invalid ``notary.token_refused``: an answer that does not hold (``reason`` says what), or a refusal
        """


def load(dotted_path: str, **options: Any) -> Authority:
    """The adapter named in settings, e.g. ``qiantang.engines.notary.rfc3161.HttpAuthority``, with its options."""
    module, _, name = dotted_path.rpartition(".")
    authority: Authority = getattr(import_module(module), name)(**options)
    return authority
