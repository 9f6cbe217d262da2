"""A load that was stopped goes on where it stopped: files that were staged to their end are not read again.

Beside the rows of each finished file stands a note with its counts and refusals, and the length and CRC-32 of the rows.
What an interrupted load leaves is put aside by file digest, reader and version; the next load that meets the file takes
the rows over once length and checksum are right. Nothing of it is in the register before that load is published.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import orjson

_KEPT_SECONDS = 7 * 24 * 3600  # whoever does not go on within a week reads again
_CHUNK = 1 << 20
FOLDER = "resume"


@dataclass(frozen=True, slots=True)
class StagedNote:
    """What is known of the rows of one finished file: the source as plain values, its refusals, length and CRC-32."""

    source: Mapping[str, Any]
    refusals: tuple[Mapping[str, Any], ...]
    size_bytes: int
    crc32: int


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found = crc32(chunk, found)
    return found


def note_of(rows: Path) -> Path:
    return rows.with_suffix(".json")


def write_note(rows: Path, source: Mapping[str, Any], refusals: list[dict[str, object]]) -> None:
    """Say that a file is staged to its end. Written whole or not at all."""
    told = StagedNote(source, tuple(refusals), rows.stat().st_size, _checksum(rows))
    draft = rows.with_suffix(".draft")
    draft.write_bytes(orjson.dumps(asdict(told), default=str))
    draft.rename(note_of(rows))


def put_aside(root: Path) -> None:
    """Keep what interrupted loads staged to the end, before their folders are swept, and let go what is too old."""
    aside = root / FOLDER
    for note in root.glob("staging-*/rows/*.json"):
        source = orjson.loads(note.read_bytes())["source"]
        aside.mkdir(exist_ok=True)
        name = _name(source["digest"], source["format"], source["reader_version"])
        note.with_suffix(".arrow").replace(aside / f"{name}.arrow")
        note.replace(aside / f"{name}.json")
    for path in aside.glob("*"):
        if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
            path.unlink()
    if aside.exists() and not any(aside.iterdir()):
        aside.rmdir()


def forget(root: Path) -> None:
    """Let go everything that was put aside."""
    shutil.rmtree(root / FOLDER, ignore_errors=True)


def take_over(root: Path, digest: str, reader: str, version: int, rows: Path) -> StagedNote | None:
    """Move the rows of a file that an interrupted load staged to ``rows``; None where there are none, or not whole."""
    name = _name(digest, reader, version)
    kept, note = root / FOLDER / f"{name}.arrow", root / FOLDER / f"{name}.json"
    if not digest or not kept.exists() or not note.exists():
        return None
    told = StagedNote(**orjson.loads(note.read_bytes()))
    if (kept.stat().st_size, _checksum(kept)) != (told.size_bytes, told.crc32):
        return None
    kept.replace(rows)
    note.unlink()
    return told


def _name(digest: str, reader: str, version: int) -> str:
    return f"{digest}.{reader}.{version}".replace("/", "_")
