"""The keys of the vault: files of the home, mode 600, made when one is first asked for."""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from qiantang.commons.files.methods.sealing import KEY_BYTES, key_id, new_key
from qiantang.disk import write_secret
from qiantang.kernel.errors import Unavailable

_CURRENT = "current"


def house_key() -> bytes:
    """The key under which is sealed now. errors: Unavailable ``files.key_missing``"""
    folder = _folder(str(settings.QIANTANG_HOME))
    pointer = folder / _CURRENT
    if not pointer.exists():
        _make_first(folder, pointer)
    return key_named(pointer.read_text(encoding="ascii").strip())


def key_named(name: str) -> bytes:
    """One key by its id. errors: Unavailable ``files.key_missing``"""
    return _read(name, str(settings.QIANTANG_HOME))


def keyed(purpose: str) -> bytes:
    """A secret of 32 bytes for one purpose, the same as long as the key is: for digests that only this house can make."""
    return hmac.new(house_key(), purpose.encode(), sha256).digest()


def _folder(home: str) -> Path:
    return Path(home) / "vault" / "keys"


def _make_first(folder: Path, pointer: Path) -> None:
    """Two processes that start at once agree on one: the pointer is linked into place, and the first wins."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = new_key()
    name = key_id(key)
    write_secret(folder / f"{name}.key", key)
    draft = folder / f"{_CURRENT}.{name}"
    write_secret(draft, name.encode())
    with suppress(FileExistsError):
        os.link(draft, pointer)
    draft.unlink()


@lru_cache(maxsize=16)
def _read(name: str, home: str) -> bytes:
    try:
        key = (_folder(home) / f"{name}.key").read_bytes()
    except OSError as fault:
        raise Unavailable("files.key_missing", key=name) from fault
    if len(key) != KEY_BYTES or key_id(key) != name:
        raise Unavailable("files.key_missing", key=name)
    return key
