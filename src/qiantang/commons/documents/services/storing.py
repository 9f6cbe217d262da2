"""The bytes of documents, in the home under their digest. What is no longer what it was is not handed out."""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from qiantang.kernel.errors import Conflict


def keep(content: bytes) -> str:
    """Write bytes into the store; returns their SHA-256. The same bytes lie there once."""
    digest = sha256(content).hexdigest()
    target = _place(digest)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, written = tempfile.mkstemp(prefix="writing-", dir=target.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    Path(written).replace(target)
    return digest


def kept(digest: str, *, number: str) -> bytes:
    """The bytes behind a digest.

    errors  Conflict ``documents.file_changed`` where they are missing or others
    """
    place = _place(digest)
    content = place.read_bytes() if place.exists() else b""
    if sha256(content).hexdigest() != digest:
        raise Conflict("documents.file_changed", number=number)
    return content


DISPOSED = "disposed"  # fact of a document whose case was disposed of, with the day


def forget(digest: str) -> None:
    """Take the bytes behind a digest out of the store."""
    _place(digest).unlink(missing_ok=True)


def _place(digest: str) -> Path:
    return Path(settings.QIANTANG_HOME) / "documents" / digest[:2] / digest
