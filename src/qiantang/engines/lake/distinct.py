"""How many distinct values a cell of a cube has, kept exact while loads add, correct and take back rows.

A value of a cell is a *key*. Beside the piece of a layer stand, in the order of their digests,

    <cube>.<count>.upper .lower   the keys as digests of 128 bits (MD5: nobody gains by two names that agree, and
                                  by chance none do)
    <cube>.<count>.net            how many rows the layer adds to each, less those it takes back from older layers; narrow
    <cube>.<count>.cell           the cell of the layer to which each belongs, -1 where it only takes back
    <cube>.<count>.key            for each row of the layer its key, -1 for none

What a load changes is looked up in the older layers by binary search: a key that had no row and has one now adds 1 to its
cell, one that had rows and has none left takes 1 back. So a tile reads one number a cell, and no keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np

from qiantang.engines.lake.numbers import Numbers, mapped, mapped_narrow, narrow
from qiantang.engines.lake.port import Cube

_PARTED: Final = "chr(31)"  # stands in no code; the value comes last


class Keys(NamedTuple):
    """Keys by digest with a weight each, in any order, perhaps several times."""

    upper: Numbers
    lower: Numbers
    weight: Numbers


class Advanced(NamedTuple):
    """What a layer makes of the keys it adds and takes back.

    place   for each key that was given its number among the distinct ones
    first   for each distinct one where it was given first
    delta   1: it has rows now and had none; -1: it had some
    """

    upper: Numbers
    lower: Numbers
    net: Numbers
    place: Numbers
    first: Numbers
    delta: Numbers


def digest_sql(cube: Cube, count: str) -> tuple[str, str]:
    """Two expressions over the facts: the halves of the digest of a row's key, null where it has no value."""
    value = cube.distinct[count]
    parts = [f"COALESCE('=' || CAST(\"{name}\" AS VARCHAR), '-')" for name in (*cube.dimensions, value)]
    text = f" || {_PARTED} || ".join(parts)
    return tuple(
        f'CASE WHEN "{value}" IS NULL THEN NULL ELSE md5_number_{half}({text}) END' for half in ("upper", "lower")
    )  # type: ignore[return-value]  # two halves


def halves(count: str) -> tuple[str, str]:
    """The names of the columns that hold the two expressions."""
    return f"{count}@upper", f"{count}@lower"


def advanced(given: Sequence[Keys], older: Sequence[Path], name: str) -> Advanced:
    """Put together what a layer adds and takes back, against the layers before it.

    name   ``<cube>.<count>``, under which the older folders hold their keys
    """
    upper, lower, weight = (np.concatenate([one[part] for one in given]) for part in range(3))
    order = np.lexsort((lower, upper))
    new = np.empty(len(order), bool)
    new[:1] = True
    new[1:] = (np.diff(upper[order]) != 0) | (np.diff(lower[order]) != 0)
    starts = np.flatnonzero(new)
    place = np.empty(len(order), np.int64)
    place[order] = np.cumsum(new) - 1
    net = np.add.reduceat(weight[order], starts) if len(starts) else np.empty(0, np.int64)
    first = order[starts]
    before = np.zeros(len(starts), np.int64)
    for folder in older:
        before += _held(folder, name, upper[first], lower[first])
    delta = ((before + net) > 0).astype(np.int64) - (before > 0)
    return Advanced(upper[first], lower[first], net, place, first, delta)


def _held(folder: Path, name: str, upper: Numbers, lower: Numbers) -> Numbers:
    """The weight that a layer gives to each of these keys."""
    known = {half: mapped(folder / f"{name}.{half}", np.uint64) for half in ("upper", "lower")}
    net = mapped_narrow(folder / f"{name}.net", len(known["upper"]))
    found = np.zeros(len(upper), np.int64)
    at = np.searchsorted(known["upper"], upper)
    left = np.arange(len(upper))
    while len(left):  # twice at most, unless two keys agree in the first half
        left, at = left[at < len(net)], at[at < len(net)]
        same = np.asarray(known["upper"][at]) == upper[left]
        left, at = left[same], at[same]
        hit = np.asarray(known["lower"][at]) == lower[left]
        found[left[hit]] = net[at[hit]]
        left, at = left[~hit], at[~hit] + 1
    return found


class KeyWriter:
    """Writes the keys of a layer, portion by portion in their order."""

    def __init__(self, made: Path, name: str) -> None:
        self._net = made / f"{name}.net"
        self._streams = [(made / f"{name}.{kind}").open("wb") for kind in ("upper", "lower", "net", "cell")]

    def __enter__(self) -> Self:
        return self

    def write(self, told: Advanced, cell: Numbers) -> None:
        """``cell`` of each key."""
        for stream, values in zip(
            self._streams, (told.upper, told.lower, told.net, cell.astype(np.int32)), strict=True
        ):
            stream.write(values.data)

    def __exit__(self, *_: object) -> None:
        for stream in self._streams:
            stream.close()
        narrow(self._net)


def keys_of(cube: Cube, folder: Path, rows: Numbers) -> Mapping[str, tuple[Keys, Numbers]]:
    """Of some rows of a layer: how often each key stands on them, and its cell in that layer; by count."""
    told = {}
    for count in cube.distinct:
        name = f"{cube.name}.{count}"
        key = mapped(folder / f"{name}.key", np.int32)[rows]
        keys, times = np.unique(key[key >= 0], return_counts=True)
        upper, lower = (np.asarray(mapped(folder / f"{name}.{half}", np.uint64)[keys]) for half in ("upper", "lower"))
        told[count] = (
            Keys(upper, lower, times.astype(np.int64)),
            np.asarray(mapped(folder / f"{name}.cell", np.int32)[keys]),
        )
    return told
