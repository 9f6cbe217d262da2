"""Uploads of operators: received through file intake, then laid out under the names they came with."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import uuid4

from django.conf import settings

from qiantang.commons.files import api as files
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNSAFE = re.compile(r"[^\w.\-()（）]+")
_LONGEST_NAME = 200  # bytes; file systems take 255, and a number may be put before it


def safe_name(name: str) -> str:
    """A file name that cannot leave its folder and still tells a person which file it was."""
    cleaned = _UNSAFE.sub("_", Path(name.replace("\\", "/")).name).lstrip(".")
    return cleaned.encode()[-_LONGEST_NAME:].decode("utf-8", "ignore").lstrip(".") or "upload"


def _scanner() -> files.ClamdScanner | None:
    if settings.CLAMD_ADDRESS is None:
        return None
    host, port = settings.CLAMD_ADDRESS
    return files.ClamdScanner(f"tcp://{host}:{port}")


def free_place(folder: Path, name: str) -> Path:
    """A place in the folder for a file of this name, numbered where there is one already."""
    place, number = folder / name, 1
    while place.exists():
        number += 1
        place = folder / f"{number}-{name}"
    return place


def accept_uploads(uploads: Sequence[tuple[str, BinaryIO]]) -> list[dict[str, str]]:
    """Take the files in; all of them or none.

    returns     [{"name", "path"}] for ``request_import``
    errors      Invalid ``ingest.upload_refused`` with the name of the file and the codes of what was found
    """
    if not uploads:
        return []
    home = Path(settings.QIANTANG_HOME) / "files"
    folder = home / "imports" / uuid4().hex
    taken = []
    scanner = _scanner()
    for name, stream in uploads:
        verdict = files.receive(stream, home, name, scanner=scanner)
        if not verdict.usable:
            raise Invalid("ingest.upload_refused", file=name, findings=[f.code for f in verdict.findings if f.blocking])
        taken.append((safe_name(name), home / "accepted" / str(verdict.sha256)))
    folder.mkdir(parents=True)
    laid = []
    for name, accepted in taken:
        place = free_place(folder, name)
        os.link(accepted, place)
        laid.append({"name": name, "path": str(place)})
    return laid
