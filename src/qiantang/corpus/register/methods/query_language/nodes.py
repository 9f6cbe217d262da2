"""A query as understood. Two texts that ask the same in other words may give one tree; places in the text do not count.

Values are normal: dates are day numbers, codes are codes, numbers are canonical. Each node prints to text that parses to
an equal node.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query."""


@dataclass(frozen=True, slots=True)
class Match:
    """``FIELD=value`` or, ``whole``, ``FIELD==value``. ``at`` is the place in the text, counted from 0."""

    field: str
    value: str
    whole: bool = False
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Begins:
    """``FIELD=value*``: a value begins so."""

    field: str
    start: str
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Span:
    """Between two numbers, both included; days are yyyymmdd; None is open."""

    field: str
    low: int | None
    high: int | None
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Known:
    """``FIELD:*``: any value is known."""

    field: str
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Wild:
    """``FIELD=comput*``: ``*`` any letters, ``?`` one, ``#`` one or none; ``whole`` asks it of the whole value."""

    field: str
    pattern: str
    whole: bool = False
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """One stretch of text at most ``distance`` positions behind the other; in any order unless ``ordered``.

    Distance counts from the end of the first to the start of the second: neighbours have distance 1. Both sides are asked
    of the same field and made of ``Match``, ``Wild``, ``Near`` and ``AnyOf`` of them.
    """

    left: Node
    right: Node
    distance: int
    ordered: bool
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Loose:
    """``"a b c"~n``: the words in this order, with at most ``more`` other positions between them, all gaps together."""

    field: str
    value: str
    more: int
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    part: Node


Leaf = Match | Begins | Span | Known | Wild | Loose
Node = Everything | Leaf | Near | AllOf | AnyOf | Opposite


def leaves(node: Node) -> int:
    """How many leaves the tree has."""
    if isinstance(node, AllOf | AnyOf):
        return sum(map(leaves, node.parts))
    if isinstance(node, Near):
        return leaves(node.left) + leaves(node.right)
    return leaves(node.part) if isinstance(node, Opposite) else 1


def joined(kind: type[AllOf | AnyOf], parts: list[Node]) -> Node:
    """One part stands for itself; parts of the same kind are taken up, so that brackets which say nothing leave no trace."""
    if len(parts) == 1:
        return parts[0]
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else [part])
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
