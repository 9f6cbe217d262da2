"""Receiving a file: bytes go to quarantine, get digests while they are written, and move on only when they may be used."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from qiantang.commons.files.methods.inspection import Digests, inspect
from qiantang.commons.files.methods.sniffing import media_type
from qiantang.commons.files.types import Finding, Kind, Limits, Scanner, Verdict

_CHUNK = 1 << 20


def receive(
    stream: BinaryIO, folder: Path, name: str, *, limits: Limits | None = None, scanner: Scanner | None = None
) -> Verdict:
    """Take an upload into ``folder``: ``quarantine/<sha256>``, and from there to ``accepted/<sha256>`` when usable.

    The name a person gave is used for its ending only and never becomes a path. A stream longer than the limit is cut
    off, nothing of it is kept, and the verdict says ``too_large``. The same bytes received twice lie there once.
    """
    bounds = limits or Limits()
    quarantine, accepted = folder / "quarantine", folder / "accepted"
    for one in (quarantine, accepted):
        one.mkdir(parents=True, exist_ok=True)
    digests = Digests()
    handle, written = tempfile.mkstemp(prefix="receiving-", dir=quarantine)
    place = Path(written)
    try:
        with os.fdopen(handle, "wb") as out:
            while digests.size_bytes <= bounds.size_bytes and (chunk := stream.read(_CHUNK)):
                digests.add(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if digests.size_bytes > bounds.size_bytes:
            return _too_large(name, digests.size_bytes, bounds)
        place = place.replace(quarantine / digests.sha256)
    finally:
        if place.name.startswith("receiving-"):
            place.unlink(missing_ok=True)
    verdict = inspect(place, limits=bounds, name=name, scanner=scanner)
    if verdict.sha256 != digests.sha256:  # the disk gave back other bytes than it was given
        return replace(verdict, usable=False, findings=(*verdict.findings, Finding("changed_on_disk")))
    if verdict.usable:
        place.replace(accepted / digests.sha256)
    return verdict


def _too_large(name: str, size: int, limits: Limits) -> Verdict:
    facts = {"limit": limits.size_bytes}
    return Verdict(
        Kind.UNKNOWN,
        media_type(Kind.UNKNOWN, name),
        None,
        None,
        size,
        (Finding("too_large", facts=facts),),
        usable=False,
    )
