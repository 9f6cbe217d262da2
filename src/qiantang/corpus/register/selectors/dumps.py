"""Dumps: finished exports in ``<home>/open-data``, a folder each, which the open API hands out."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson

from qiantang.corpus.register.types import OpenDump, OpenFile
from qiantang.kernel.errors import Conflict, NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from qiantang.corpus.register.selectors.manifests import RegisterPlace
    from qiantang.corpus.register.selectors.view import Register

STATE = "export.json"  # what is written so far, and what was removed on request by then
PACKAGE = "datapackage.json"  # written last: it makes a folder a finished export
RECEIPT = "receipt.json"
_FOLDER = "open-data"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def removals_digest(place: RegisterPlace) -> str:
    """Names all that was removed on lawful request until now; empty where nothing ever was."""
    try:
        return sha256((place.root / "suppressed.json").read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def dump_folder(register: Register, snapshot: int | None = None) -> Path:
    """Where the dump of a snapshot (the newest unless named) belongs.

    errors  NotFound ``register.empty``
    """
    manifest, _ = register.current()
    return register.place.home / _FOLDER / f"snapshot-{snapshot or manifest.snapshot:06d}"


def open_dumps(register: Register) -> tuple[OpenDump, ...]:
    """Every finished dump, the newest snapshot first."""
    folders = [one for one in (register.place.home / _FOLDER).glob("*") if _NAME.fullmatch(one.name)]
    removals = removals_digest(register.place)
    found = [_dump(folder, removals) for folder in folders if (folder / PACKAGE).is_file()]
    return tuple(sorted((one for one in found if one), key=lambda one: (-one.snapshot, one.name)))


def _dump(folder: Path, removals: str) -> OpenDump | None:
    """The dump in a folder; None where the export has no receipt, or is being written."""
    try:
        package, state = (orjson.loads((folder / name).read_bytes()) for name in (PACKAGE, STATE))
        told = [
            OpenFile(one["path"], one["rowCount"], one["bytes"], one["hash"].partition(":")[2])
            for one in package["resources"]
        ]
        beside = [OpenFile(name, None, (folder / name).stat().st_size, None) for name in (PACKAGE, RECEIPT)]
        return OpenDump(
            name=folder.name,
            snapshot=state["snapshot"],
            created_at=package["created"],
            synthetic=package["synthetic"],
            files=(*beside, *told),
            current=state.get("removals", "") == removals,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def dump_file(register: Register, dump: str, file: str) -> tuple[OpenFile, Path]:
    """A file of a dump, and where it lies.

    errors  NotFound ``register.dump_unknown`` · Conflict ``register.dump_withdrawn``
    """
    for one in open_dumps(register):
        for held in one.files:
            if (one.name, held.name) == (dump, file):
                if not one.current:
                    raise Conflict("register.dump_withdrawn", given=dump)
                return held, register.place.home / _FOLDER / one.name / held.name
    raise NotFound("register.dump_unknown", given=f"{dump}/{file}"[:120])
