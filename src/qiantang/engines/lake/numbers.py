"""Whole numbers on disk, a file an array: as narrow as its values let them be, read where they are asked.

How wide a number is follows from the size of the file and how many there are, so nothing else has to be kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np

Numbers = np.ndarray[Any, np.dtype[Any]]
_WIDTHS: Final = (np.int8, np.int16, np.int32, np.int64)
_AT_ONCE = 4_000_000


def write_narrow(values: Numbers, path: Path) -> None:
    """Write signed numbers in the narrowest type that holds them all."""
    values.astype(_narrowest(*_bounds(values))).tofile(path)


def narrow(path: Path) -> None:
    """Make a file of 64-bit numbers, which was written as they came, as narrow as they are."""
    told = mapped(path, np.int64)
    parts = range(0, len(told), _AT_ONCE)
    bounds = [bound for start in parts for bound in _bounds(told[start : start + _AT_ONCE])]
    kind = _narrowest(min(bounds, default=0), max(bounds, default=0))
    made = path.with_name(f"{path.name}~")
    with made.open("wb") as stream:
        for start in parts:
            stream.write(told[start : start + _AT_ONCE].astype(kind).data)
    made.replace(path)


def mapped(path: Path, kind: type) -> Numbers:
    """An array on disk."""
    return np.memmap(path, kind, "r") if path.stat().st_size else np.empty(0, kind)


def mapped_narrow(path: Path, count: int) -> Numbers:
    """An array on disk of so many signed numbers."""
    return mapped(path, _WIDTHS[(path.stat().st_size // count).bit_length() - 1]) if count else np.empty(0, np.int64)


def held(path: Path) -> int:
    """How many 32-bit numbers a file holds."""
    return path.stat().st_size // 4


def _bounds(values: Numbers) -> tuple[int, int]:
    return (int(values.min()), int(values.max())) if len(values) else (0, 0)


def _narrowest(low: int, high: int) -> type:
    return next(one for one in _WIDTHS if np.iinfo(one).min <= low and high <= np.iinfo(one).max)
