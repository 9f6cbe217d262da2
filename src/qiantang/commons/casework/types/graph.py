"""A matter as it is read across lines of work: cases, what hangs on them, one timeline; and what rooms add to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from qiantang.commons.casework.types import CaseCard, LinkKind
from qiantang.kernel.actor import Actor
from qiantang.kernel.registry import Registry

if TYPE_CHECKING:
    from qiantang.commons.casework.models import Case


@dataclass(frozen=True, slots=True)
class Hung:
    """Something that hangs on a case, as its room shows it to the reader.

    case        number of the case, without punctuation
    noun        key of the ``Hanging`` it comes from
    kind        how it belongs to the case
    at          when it came to the case; what the timeline tells
    url         page of the thing; empty where there is none
    """

    case: str
    noun: str
    reference: str
    title: str
    kind: LinkKind
    at: datetime
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """What a room hangs on cases.

    key     stable
    title   message id: what such a thing is called
    told    message id of the line in the timeline, with the place %(title)s
    read    reader, numbers of cases without punctuation -> what hangs there by itself and the reader may see: the room's
            own policy decides
    find    reader, what was typed -> reference by which it is linked by hand; errors: NotFound, Invalid of the room
    show    reader, reference of what was linked by hand, whether the reader is of the office of the case -> title and
            address; None: not for this reader
    """

    key: str
    title: str
    told: str
    read: Callable[[Actor, Sequence[str]], Sequence[Hung]] | None = None
    find: Callable[[Actor, str], str] | None = None
    show: Callable[[Actor, str, bool], tuple[str, str] | None] | None = None


HANGINGS: Registry[Hanging] = Registry("thing that hangs on cases")


def declare_hanging(hanging: Hanging) -> Hanging:
    """Make known what hangs on cases. errors: ValueError for one declared twice"""
    return HANGINGS.register(hanging.key, hanging)


@dataclass(frozen=True, slots=True)
class Splitter:
    """What a room does when a case of its kind is split: it gives the new case a subject.

    split   actor, key of the case, key of the new one; inside the transaction of the split
    """

    key: str
    split: Callable[[Actor, int, int], None]


SPLITTERS: Registry[Splitter] = Registry("room that splits its cases")


def declare_splitter(splitter: Splitter) -> Splitter:
    """Make known how cases of a kind with a page of their own are split. errors: ValueError for one declared twice"""
    return SPLITTERS.register(splitter.key, splitter)


@dataclass(frozen=True, slots=True)
class Edge:
    """One case belongs to another: numbers, read from the first to the second."""

    first: str
    second: str
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One line of the timeline of a matter: of which case, what happened."""

    number: str
    title: str
    at: datetime
    who: str
    sentence: str
    note: str
    internal: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class MatterFound:
    """A case and all that it belongs with, as far as the reader may see.

    rows    of the cases, the oldest first
    whole   whether every case was followed; a matter of more than ``MOST_CASES`` is shown in part
    """

    start: str
    rows: tuple[Case, ...]
    cards: tuple[CaseCard, ...]
    edges: tuple[Edge, ...]
    things: tuple[Hung, ...]
    whole: bool


MOST_CASES = 60
