"""The figures of a node as they are kept: values in the open, the patents behind them packed."""

from __future__ import annotations

import json
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qiantang.scenarios.navigation.types import Figure, Findings

Plain = dict[str, Any]


def values_of(figures: Iterable[Figure]) -> dict[str, Plain]:
    """Figures by key without their patents: ``v`` value, ``k`` kind, ``m`` keys it is made of, ``w`` why it is not known."""
    return {
        one.key: {"v": one.value, "k": str(one.kind)}
        | ({"m": list(one.made_of)} if one.made_of else {})
        | ({"w": one.why} if one.why else {})
        for one in figures
    }


def rows_of(found: Findings) -> list[Plain]:
    return [{"value": r.value, "label": r.label, "cells": list(r.cells), "note": r.note} for r in found.rows]


def packed(ids: Sequence[str], figures: Iterable[Figure]) -> bytes:
    """The ids of a node and, for each figure that counts patents, their places in the ids."""
    told = {"ids": list(ids), "figures": {one.key: list(one.members) for one in figures if one.members}}
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 6)


def members_of(data: bytes, key: str) -> tuple[str, ...]:
    """The ids behind a figure; of all patents of the node with an empty key."""
    told = json.loads(zlib.decompress(data))
    ids = told["ids"]
    if not key:
        return tuple(ids)
    return tuple(ids[place] for place in told["figures"].get(key, ()))


def digest(nodes: Mapping[str, Plain]) -> str:
    """SHA-256 over all values and rows of an edition, node by node, in canonical JSON."""
    canonical = json.dumps(nodes, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()
