"""Scenarios and slots as values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, Union

from qiantang.kernel.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Label: TypeAlias = Union[str, "StrPromise"]  # an English message id, or a sentence that translates itself when shown

_KEY = re.compile(r"[a-z][a-z0-9_-]*")
Context = Mapping[str, object]


def always(context: Context) -> bool:  # noqa: ARG001 - the shape of every condition
    """The condition of an item that is always shown."""
    return True


@dataclass(frozen=True, slots=True)
class Slot:
    """A place which a lower page offers to the rooms above.

    name        ``page.place``
    purpose     what belongs there, in a sentence
    context     names of the values the page hands over; an item may use these and no others
    """

    name: str
    purpose: str
    context: frozenset[str]


# Every slot there is. A page offers one with ``slot_items``; nothing else may be filled.
SLOTS: Mapping[str, Slot] = MappingProxyType(
    {
        slot.name: slot
        for slot in (
            Slot("patent.actions", "What can be done with a patent: a link each.", frozenset({"actor", "patent_id"})),
            Slot("patent.panels", "More about a patent: a template each.", frozenset({"actor", "patent_id"})),
            Slot(
                "search.actions",
                "What can be done with the whole result of a search: a template with a link or a small form each.",
                frozenset({"actor", "canonical", "total", "snapshot"}),
            ),
            Slot("home.cards", "What the home page shows besides the scenarios.", frozenset({"actor"})),
        )
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotItem:
    """What a scenario puts into a slot: a link (``url_name``) or a piece of page (``template``).

    slot        name of a declared slot
    key         own name within the slot, ``scenario-thing``
    label       message id, or a lazy translation
    url_name    named address; its arguments are the context values listed in ``url_arguments``, by keyword
    template    a template; it sees the slot's context
    icon        name of an icon of the design system; empty for none
    order       small ones come first
    when        whether to show it for the context given
    errors      ValueError for an unknown slot, a value the slot does not hand over, or not exactly one of link and template
    """

    slot: str
    key: str
    label: Label
    url_name: str | None = None
    url_arguments: tuple[str, ...] = ()
    template: str | None = None
    icon: str = ""
    order: int = 100
    when: Callable[[Context], bool] = always

    def __post_init__(self) -> None:
        if self.slot not in SLOTS:
            raise ValueError(f"there is no slot {self.slot!r}; known: {', '.join(SLOTS)}")
        if (self.url_name is None) == (self.template is None):
            raise ValueError(f"slot item {self.key!r} needs a url_name or a template, not both")
        strange = set(self.url_arguments) - SLOTS[self.slot].context
        if strange:
            raise ValueError(f"slot {self.slot!r} does not hand over {sorted(strange)}")


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """A slot item for one page: ``href`` of a link or ``template`` of a piece, ``label`` in the reader's language."""

    key: str
    label: str
    icon: str
    href: str | None
    template: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """The manifest of a room: what the rest of the house needs to know of it.

    key         the app's label
    name        message id, or a lazy translation
    summary     one sentence for the home page, likewise
    icon        name of an icon of the design system
    url_name    named address of its first page
    order       small ones come first
    audience    roles which see it; empty: everybody
    slots       what it puts into the pages of others
    """

    key: str
    name: Label
    summary: Label
    icon: str
    url_name: str
    order: int = 100
    audience: frozenset[str] = frozenset()
    slots: tuple[SlotItem, ...] = ()

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"a scenario's key is a lower-case word, not {self.key!r}")


@dataclass(frozen=True, slots=True)
class PlacedScenario:
    """A scenario as a link: ``name`` and ``summary`` in the reader's language, ``url`` of its first page."""

    key: str
    name: str
    summary: str
    icon: str
    url: str


SCENARIOS: Registry[Scenario] = Registry("scenario")


# --- the open API ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One operation of the open API, told as a value: the gateway mounts it, documents it and guards it.

    call        the function: takes the request and the parameters of its signature, asks a service or a selector, and
                returns an instance of ``answer``, or a response of its own; its name is the operation's stable id
    path        below the version, without the first stroke: ``patents/{path:number}``; converters as in Django
    answer      pydantic model of the answer; None: a file
    media       kinds of the file
    status      of HTTP where it goes well; 204: nothing comes back
    summary     message id: what one gets, in a few words
    detail      message id: what else one must know; empty for nothing
    method      GET; another one where something changes, or where the question does not fit an address
    scope       key of the scope that a token needs; None: public
    refuses     HTTP status of refusals it may give besides those that any operation may
    example     address below the version as somebody would ask it; must work in every demo city
    body        JSON body of the example, where the method has one
    takes_file  its body holds a file (``bases.FileHandedIn``) and may be as large as one
    """

    call: Callable[..., object]
    path: str
    answer: type[object] | None
    summary: str
    example: str
    detail: str = ""
    method: str = "GET"
    scope: str | None = None
    refuses: tuple[int, ...] = ()
    body: Mapping[str, object] | None = None
    media: tuple[str, ...] = ()
    status: int = 200
    takes_file: bool = False

    @property
    def operation(self) -> str:
        return self.call.__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSection:
    """What a room offers programs: ``SECTION`` in its ``rest``.

    key         the app's label
    name        message id
    summary     message id: one sentence
    order       small ones come first
    """

    key: str
    name: str
    summary: str
    endpoints: tuple[Endpoint, ...]
    order: int = 100
