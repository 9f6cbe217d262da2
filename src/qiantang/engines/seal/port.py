"""The seal port: an electronic seal inside a PDF, which any reader of PDFs shows and checks (PAdES, ETSI EN 319 142).

A seal says that a body has made a document and that nothing was changed since. Whether the law hears it depends on who has
certified the key: an adapter says so in ``legal``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class SealShown:
    """What a seal inside a document says.

    holds       the whole file is as it was sealed, and the certificate leads to a root that is trusted
    signer      name in the certificate
    sealed_at   the time the sealing machine told; None where it told none
    """

    holds: bool
    signer: str
    sealed_at: datetime | None


class Sealer(Protocol):
    """What an adapter does. May be called from several threads.

    legal   whether a certification authority recognised by law stands behind the key
    name    under which it is told to people
    """

    legal: bool
    name: str

    def roots(self) -> bytes:
        """The certificates to which its seals lead, PEM."""

    def seal(self, document: bytes, *, reason: str) -> bytes:
        """The PDF with the seal; what was there stays byte for byte at its beginning.

        errors  Invalid ``seal.no_document`` for what is no PDF
        """

    def checked(self, document: bytes) -> tuple[SealShown, ...]:
        """The seals in a PDF, first to last; empty where there is none or it is no PDF."""


def load(dotted_path: str, **options: Any) -> Sealer:
    """The adapter named in settings, e.g. ``qiantang.engines.seal.demo.DemoSealer``, with its options."""
    module, _, name = dotted_path.rpartition(".")
    sealer: Sealer = getattr(import_module(module), name)(**options)
    return sealer
