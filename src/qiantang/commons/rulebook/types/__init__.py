"""Rules as values: conditions over facts, dated, coded, with examples; what judging by them gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from qiantang.kernel.registry import Registry

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

# Fractions are text or whole numbers over whole numbers: a share of 40 % is compared as a ratio, never as a float.
Value: TypeAlias = str | int | bool | date | tuple["Value", ...]
Truth: TypeAlias = bool | None  # None: not known

# code -> (sentence, next step)
REFUSALS = {
    "rulebook.set_unknown": ("There are no rules under %(key)s.", "Choose among those on the page of rules."),
    "rulebook.card_unknown": ("There is no card %(key)s.", "Choose among those on the page of models."),
    "rulebook.parameter_unknown": ("These rules have no parameter %(key)s.", "Choose among: %(known)s."),
    "rulebook.parameter_value": (
        "“%(given)s” is no value for %(key)s.",
        "Enter a whole number from %(least)s to %(most)s.",
    ),
    "rulebook.parameter_day": (
        "Rules are changed for days to come, not backwards.",
        "Choose a day after %(day)s.",
    ),
    "rulebook.source_missing": ("A changed value needs its source.", "Name the decision or notice and its date."),
    "rulebook.keeping_refused": ("Only a supervisor of the office changes values of rules.", "Ask a supervisor."),
    "rulebook.simulating_refused": ("The simulator is for the office.", "Sign in with an account of the office."),
    "rulebook.nothing_to_simulate": ("No records are offered for these rules.", "Choose other rules."),
}


class Op(StrEnum):
    """How a fact is compared. COUNT: how many elements; RATIO: hundred times fact over the fact ``of``, at least."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    IN = "in"
    BETWEEN = "between"
    EXISTS = "exists"
    PREFIX = "prefix"
    COUNT_GE = "count>="
    SUM_GE = "sum>="
    RATIO_GE = "ratio>="
    RATIO_LE = "ratio<="
    DAYS_GE = "days>="


@dataclass(frozen=True, slots=True)
class Parameter:
    """The name of a value that a city sets and changes by date: ``Leaf("age", Op.GE, Parameter("least_age"))``."""

    key: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison.

    fact    name of a fact
    of      RATIO: the fact below the line; DAYS: the day counted to, from the fact on
    """

    fact: str
    op: Op = Op.EQ
    value: Value | Parameter = True
    of: str = ""


@dataclass(frozen=True, slots=True)
class All:
    """False where one is false, else not known where one is not known."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True where one is true, else not known where one is not known."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not known stays not known."""

    of: Node


Node: TypeAlias = Leaf | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with where it comes from. A fact that is not known is absent."""

    value: Value
    source: str = ""
    as_of: date | None = None


Facts: TypeAlias = Mapping[str, Fact]
NO_VALUES: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Example:
    """Facts, and what the rule says to them: each is a test."""

    facts: Mapping[str, Value]
    met: Truth
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of law or of a house, in force from ``valid_from`` to ``valid_to`` (None: open).

    code        official or of the domain file: ``BA-1``
    text        message id: what it demands
    refused     message id: what is told where it is not met
    next_step   message id: what to do then
    source      act and article; ``verified`` whether it was compared with the promulgated text
    """

    code: str
    text: str
    refused: str
    next_step: str
    source: str
    condition: Node
    examples: tuple[Example, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    verified: bool = True

    def applies_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A parameter of a set: its value until a city enters another one, and the bounds of what may be entered."""

    key: str
    title: str
    value: int
    unit: str
    source: str
    least: int = 0
    most: int = 1_000_000


Population: TypeAlias = "Callable[[Actor, int], Mapping[str, Facts]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """Rules that are judged together, declared in the ``rules.py`` of a room.

    key         ``app.purpose``; with a profile ``app.purpose.profile``
    population  (actor, year) -> facts by subject, for the simulator; None: there are no records to try on
    """

    key: str
    title: str
    rules: tuple[Rule, ...]
    settings: tuple[Setting, ...] = ()
    population: Population | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class LeafTrace:
    """What became of one comparison: the fact as it was, the value it was held against."""

    fact: str
    op: Op
    wanted: Value
    found: Fact | None
    met: Truth


@dataclass(frozen=True, slots=True)
class Judged:
    """One rule over the facts of one subject."""

    rule: Rule
    met: Truth
    trace: tuple[LeafTrace, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """All rules of a set on a day. ``version`` names rules and values exactly, for the decision that rests on them."""

    met: Truth
    judged: tuple[Judged, ...]
    version: str
    day: date

    @property
    def broken(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if one.met is False)

    @property
    def open(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if one.met is None)


@dataclass(frozen=True, slots=True)
class Simulation:
    """Whom rules met, and whom they would have met with other values. Names are those of the population."""

    before: frozenset[str]
    after: frozenset[str]
    unknown_before: frozenset[str]
    unknown_after: frozenset[str]
    asked: int

    @property
    def gained(self) -> tuple[str, ...]:
        return tuple(sorted(self.after - self.before))

    @property
    def lost(self) -> tuple[str, ...]:
        return tuple(sorted(self.before - self.after))


RULE_SETS: Registry[RuleSet] = Registry("set of rules")
