"""The version of a thing is what it is made of: a digest over the files of its modules, tables included."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT = 12
_KINDS = (".py", ".toml", ".csv", ".txt", ".json")


@lru_cache(maxsize=256)
def digest_of(parts: tuple[str, ...]) -> str:
    """Twelve hex digits over modules and packages with all their tables; tests are left out.

    parts   dotted names; a package stands for all below it, a module for the tables beside it that it names too
    errors  ValueError for a module that is not there
    """
    told = sha256()
    for part in parts:
        for file in _files(part):
            told.update(file.name.encode() + b"\0" + sha256(file.read_bytes().replace(b"\r\n", b"\n")).digest())
    return told.hexdigest()[:_SHORT]


def _files(part: str) -> Iterator[Path]:
    try:
        spec = find_spec(part)
    except ModuleNotFoundError:
        spec = None
    if spec is None or spec.origin is None:
        raise ValueError(f"there is no module {part}")
    origin = Path(spec.origin)
    if origin.name != "__init__.py":
        said = origin.read_text(encoding="utf-8")
        yield origin
        yield from sorted(file for file in origin.parent.iterdir() if file.suffix in _KINDS[1:] and file.name in said)
        return
    yield from sorted(
        file
        for file in origin.parent.rglob("*")
        if file.suffix in _KINDS and "tests" not in file.parts and file.is_file()
    )
