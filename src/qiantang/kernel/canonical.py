"""Canonical JSON after RFC 8785: one text for one value, so that a digest of it means something.

Only values whose text cannot be argued about are taken: text, whole numbers that every language reads alike, truth values,
None, lists, and mappings with text as keys. Fractions are refused; write them as text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

_LARGEST = 2**53 - 1  # beyond it JSON readers of other languages round


def canonical_json(value: object) -> bytes:
    """UTF-8, no blanks, keys sorted by their UTF-16 code units, the shortest escapes.

    errors  TypeError for a value that is not taken, ValueError for a number too large or half of a surrogate pair
    """
    return "".join(_pieces(value)).encode()


def _pieces(value: object) -> list[str]:
    if value is None:
        return ["null"]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, str):
        return [_text(value)]
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError(f"{value} is beyond what every reader of JSON keeps exact")
        return [str(int(value))]
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return ["[", *_joined([_pieces(one) for one in value]), "]"]
    raise TypeError(f"canonical JSON takes text, whole numbers, truth values, None, lists and mappings, not {value!r}")


def _mapping(value: Mapping[object, object]) -> list[str]:
    members: list[tuple[bytes, list[str]]] = []
    for key, inner in value.items():
        if not isinstance(key, str):
            raise TypeError(f"a key is text, not {key!r}")
        members.append((key.encode("utf-16-be"), [_text(key), ":", *_pieces(inner)]))
    return ["{", *_joined([pieces for _, pieces in sorted(members, key=lambda one: one[0])]), "}"]


def _text(value: str) -> str:
    value.encode()  # half of a surrogate pair has no UTF-8
    return json.dumps(str(value), ensure_ascii=False)


def _joined(parts: Sequence[Sequence[str]]) -> list[str]:
    return [piece for place, part in enumerate(parts) for piece in ([",", *part] if place else part)]
