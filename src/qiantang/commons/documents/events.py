"""What documents tell the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentMade:
    """A document was issued. ``digests``: SHA-256 of its files."""

    number: str
    template: str
    case: str
    digests: tuple[str, ...]

    name = "documents.document.made"


@dataclass(frozen=True, slots=True)
class DocumentRevoked:
    """A document is no longer good."""

    number: str
    template: str
    case: str
    why: str

    name = "documents.document.revoked"
