"""Machine code that is kept: what is compiled once is loaded by the next process.

The cache of numba looks at the file of a function alone, and would go on using code in which an older form of a function of
another file stands. Here what is kept carries a digest of all modules of this package, and is made anew when one changes.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import FunctionCache, IndexDataCacheFile

_Function = TypeVar("_Function", bound=Callable[..., object])


def stamp_of(folder: Path) -> str:
    """A digest of all modules in a folder, their names included."""
    digest = blake2b(digest_size=16)
    for one in sorted(folder.glob("*.py")):
        content = one.read_bytes()
        digest.update(f"{one.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


class _Kept(FunctionCache):
    """The cache of one function, of use as long as the stamp is the same."""

    def __init__(self, function: Callable[..., object], stamp: str) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call] # numba has no types
        base = self._impl.filename_base
        self._cache_file = IndexDataCacheFile(self._cache_path, base, stamp)  # type: ignore[no-untyped-call] # numba has no types


def kept(function: _Function, stamp: str) -> _Function:
    """The function as machine code, which is kept under a stamp."""
    # Nothing is allocated, so that no references need be counted: each call would do that for each array.
    machine: Any = cast("Any", numba.njit)(_nrt=False)(function)
    if machine is not function:  # as it is where numba is told to compile nothing
        machine._cache = _Kept(function, stamp)  # noqa: SLF001 - where ``cache=True`` puts numba's own
    return cast("_Function", machine)


STAMP = stamp_of(Path(__file__).parent)


def compiled(function: _Function) -> _Function:
    return kept(function, STAMP)
