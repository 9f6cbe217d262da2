"""Three-valued judging with a trace of every comparison; defects of sets; the version of what was used; what if."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from qiantang.commons.rulebook.types import (
    NO_VALUES,
    All,
    Fact,
    Facts,
    Judged,
    Judgement,
    Leaf,
    LeafTrace,
    Node,
    Not,
    Op,
    Parameter,
    RuleSet,
    Simulation,
    Truth,
    Value,
)

_HUNDRED = 100


def all_of(truths: list[Truth]) -> Truth:
    """False where one is false, else not known where one is not known, else true."""
    if any(one is False for one in truths):
        return False
    return None if any(one is None for one in truths) else True


def any_of(truths: list[Truth]) -> Truth:
    """True where one is true, else not known where one is not known, else false."""
    if any(one is True for one in truths):
        return True
    return None if any(one is None for one in truths) else False


def judge_node(node: Node, facts: Facts, values: Mapping[str, int], trace: list[LeafTrace]) -> Truth:
    """A condition over facts; every comparison is added to the trace, also those that no longer matter."""
    if isinstance(node, Leaf):
        wanted = values[node.value.key] if isinstance(node.value, Parameter) else node.value
        met = _compared(node, facts, wanted)
        trace.append(LeafTrace(node.fact, node.op, wanted, facts.get(node.fact), met))
        return met
    if isinstance(node, Not):
        inner = judge_node(node.of, facts, values, trace)
        return None if inner is None else not inner
    truths = [judge_node(one, facts, values, trace) for one in node.of]
    return all_of(truths) if isinstance(node, All) else any_of(truths)


def judge(rules: RuleSet, facts: Facts, day: date, values: Mapping[str, int] = NO_VALUES) -> Judgement:
    """The rules of a set that are in force on a day, over the facts of one subject.

    values  of parameters; those not named have the value of their declaration
    """
    used = values_of(rules, values)
    judged = []
    for rule in rules.rules:
        if rule.applies_on(day):
            trace: list[LeafTrace] = []
            met = judge_node(rule.condition, facts, used, trace)
            judged.append(Judged(rule, met, tuple(trace)))
    return Judgement(all_of([one.met for one in judged]), tuple(judged), version_of(rules, day, values), day)


def simulate(
    rules: RuleSet, population: Mapping[str, Facts], day: date, now: Mapping[str, int], other: Mapping[str, int]
) -> Simulation:
    """Whom the rules meet with the values of now, and with others."""
    before = {name: judge(rules, facts, day, now).met for name, facts in population.items()}
    after = {name: judge(rules, facts, day, {**now, **other}).met for name, facts in population.items()}
    return Simulation(
        before=frozenset(name for name, met in before.items() if met),
        after=frozenset(name for name, met in after.items() if met),
        unknown_before=frozenset(name for name, met in before.items() if met is None),
        unknown_after=frozenset(name for name, met in after.items() if met is None),
        asked=len(population),
    )


def values_of(rules: RuleSet, values: Mapping[str, int] = NO_VALUES) -> Mapping[str, int]:
    """The value of every parameter of a set."""
    return MappingProxyType({one.key: values.get(one.key, one.value) for one in rules.settings})


def version_of(rules: RuleSet, day: date, values: Mapping[str, int] = NO_VALUES) -> str:
    """``key@digest`` over the rules in force on a day and the values used: equal versions judge alike."""
    told = {
        "values": dict(sorted(values_of(rules, values).items())),
        "rules": [[one.code, _told(one.condition)] for one in rules.rules if one.applies_on(day)],
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return f"{rules.key}@{sha256(text.encode()).hexdigest()[:12]}"


def defects(rules: RuleSet) -> list[str]:
    """What is wrong with a set, in words: examples that fail, unknown parameters, two texts of a code at one time."""
    found = []
    known = {one.key for one in rules.settings}
    for rule in rules.rules:
        strange = sorted({one.value.key for one in leaves(rule.condition) if isinstance(one.value, Parameter)} - known)
        found += [f"{rule.code}: unknown parameter {name!r}" for name in strange]
        if not rule.examples:
            found.append(f"{rule.code}: no example")
        if strange:
            continue
        for number, example in enumerate(rule.examples, start=1):
            facts = {name: Fact(value) for name, value in example.facts.items()}
            met = judge_node(rule.condition, facts, values_of(rules), [])
            if met is not example.met:
                found.append(f"{rule.code}: example {number} gives {met}, not {example.met}")
    for place, rule in enumerate(rules.rules):
        for other in rules.rules[place + 1 :]:
            begins = max(rule.valid_from or date.min, other.valid_from or date.min)
            ends = min(rule.valid_to or date.max, other.valid_to or date.max)
            if rule.code == other.code and begins <= ends:
                found.append(f"{rule.code}: in force twice at one time")
    return found


def leaves(node: Node) -> Iterator[Leaf]:
    """Every comparison of a condition."""
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Not):
        yield from leaves(node.of)
    else:
        for one in node.of:
            yield from leaves(one)


def _told(node: Node) -> object:
    if isinstance(node, Leaf):
        wanted = f"${node.value.key}" if isinstance(node.value, Parameter) else node.value
        return [node.fact, node.op, wanted, node.of]
    if isinstance(node, Not):
        return ["not", _told(node.of)]
    return ["all" if isinstance(node, All) else "any", *(_told(one) for one in node.of)]


def _compared(leaf: Leaf, facts: Facts, wanted: Value) -> Truth:
    fact = facts.get(leaf.fact)
    other = facts.get(leaf.of) if leaf.of else None
    if fact is None or (leaf.of and other is None):
        return None
    if other is None:
        return _SINGLE[leaf.op](fact.value, wanted)
    return _double(leaf.op, fact.value, other.value, wanted)


def _double(op: Op, value: Any, other: Any, wanted: Any) -> Truth:
    if op is Op.DAYS_GE:
        return bool((other - value).days >= wanted)
    if other == 0:
        return None  # no whole, no share
    if op is Op.RATIO_GE:
        return bool(value * _HUNDRED >= wanted * other)
    return bool(value * _HUNDRED <= wanted * other)


_SINGLE: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.EQ: lambda value, wanted: bool(value == wanted),
    Op.NE: lambda value, wanted: bool(value != wanted),
    Op.LT: lambda value, wanted: bool(value < wanted),
    Op.LE: lambda value, wanted: bool(value <= wanted),
    Op.GT: lambda value, wanted: bool(value > wanted),
    Op.GE: lambda value, wanted: bool(value >= wanted),
    Op.IN: lambda value, wanted: value in wanted,
    Op.BETWEEN: lambda value, wanted: bool(wanted[0] <= value <= wanted[1]),
    Op.EXISTS: lambda value, wanted: bool(value) is bool(wanted),
    Op.PREFIX: lambda value, wanted: str(value).startswith(tuple(wanted) if isinstance(wanted, tuple) else wanted),
    Op.COUNT_GE: lambda value, wanted: len(value) >= wanted,
    Op.SUM_GE: lambda value, wanted: sum(value) >= wanted,
}
