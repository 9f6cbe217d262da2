"""From any query to rows. What no row can say stays as text in a row of its own, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from qiantang.corpus.register.methods.query_language import canonical
from qiantang.corpus.register.methods.query_language.fields import BY_KEY, Kind
from qiantang.corpus.register.methods.query_language.nodes import (
    AllOf,
    AnyOf,
    Begins,
    Everything,
    Known,
    Match,
    Node,
    Opposite,
    Span,
    Wild,
)
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.builder.making import node_of, row_node
from qiantang.scenarios.query.methods.builder.values import hows_of, typed
from qiantang.scenarios.query.types.asking import Group, How, Joint, Plan, Row

_FIRST_DAY, _LAST_DAY = 101, 1231  # of a year, as month and day


def plan_of(node: Node) -> Plan:
    """The rows of a query, in its order; ``node_of`` of them is an equal tree."""
    if isinstance(node, Everything):
        return Plan(Joint.ALL, ())
    joint, parts = _parts(node)
    groups: list[Group] = []
    # what fits in rows stands together, what needs brackets is a group of its own
    for nested, run in groupby(parts, key=lambda part: _nested(part) is not None):
        if not nested:
            groups.append(Group(joint, _rows(list(run), joint)))
            continue
        groups += [group for part in run if (group := _nested(part)) is not None]
    if len(groups) == 1:
        joint = Joint.ALL
    return Plan(joint, tuple(groups))


def _parts(node: Node) -> tuple[Joint, Sequence[Node]]:
    if isinstance(node, AllOf):
        return Joint.ALL, node.parts
    return (Joint.ANY, node.parts) if isinstance(node, AnyOf) else (Joint.ALL, (node,))


def _nested(part: Node) -> Group | None:
    """A part in brackets as a group; None where a row says it, or nothing can."""
    inner, negated = (part.part, True) if isinstance(part, Opposite) else (part, False)
    if not isinstance(inner, AllOf | AnyOf) or _row(part) is not None:
        return None
    joint, parts = _parts(inner)
    return Group(joint, _rows(parts, joint), negated)


def _rows(parts: Sequence[Node], joint: Joint) -> tuple[Row, ...]:
    """A row for each part; neighbours that ask the same field in the same way share one."""
    rows: list[Row] = []
    for _, run in groupby(parts, key=_asks):
        together = list(run)
        shared = _list_row(together, joint) if len(together) > 1 else None
        rows += [shared] if shared else [_row(part) or _as_text(part) for part in together]
    return tuple(rows)


def _asks(node: Node) -> tuple[str, bool] | Node:
    """What neighbours must have in common to share a row."""
    match node:
        case Match(field, _, whole) | Wild(field, _, whole):
            return field, whole
        case Begins(field):
            return field, False
        case _:
            return node


def _as_text(part: Node) -> Row:
    return Row("", How.TEXT, (canonical(part),))


def _row(node: Node) -> Row | None:
    """The one row that says a node; None: there is none."""
    if isinstance(node, Opposite):
        inner = None if isinstance(node.part, Opposite) else _row(node.part)
        return Row(inner.field, inner.how, inner.values, negated=True) if inner else None
    if isinstance(node, AllOf | AnyOf):
        joint, parts = _parts(node)
        return _list_row(parts, joint) if len({_asks(part) for part in parts}) == 1 else None
    return _sound(_leaf(node), node)


def _list_row(parts: Sequence[Node], joint: Joint) -> Row | None:
    """One row for values of one field, all or any of which are asked for."""
    rows = [_leaf(part) for part in parts]
    first = rows[0]
    if first is None or any(one is None or one.how in (How.BETWEEN, How.KNOWN) for one in rows):
        return None
    how = How.IS if first.how is How.IS else How.ALL if joint is Joint.ALL else How.ANY
    if how not in hows_of(first.field) or (how is How.IS and joint is Joint.ALL):
        return None
    row = Row(first.field, how, tuple(value for one in rows if one for value in one.values))
    whole = node_of(Plan(joint, (Group(joint, tuple(one for one in rows if one)),)))
    return _sound(row, whole)


def _leaf(node: Node) -> Row | None:
    match node:
        case Known(field) if How.KNOWN in hows_of(field):
            return Row(field, How.KNOWN, ())
        case Span(field, low, high):
            return Row(field, How.BETWEEN, (_end(field, low, _FIRST_DAY), _end(field, high, _LAST_DAY)))
        case Begins(field, start):
            return Row(field, How.ANY, (f"{start}*",))
        case Wild(field, pattern, whole):
            return Row(field, How.IS if whole else hows_of(field)[0], (pattern,))
        case Match(field, value, whole):
            how = How.IS if whole else hows_of(field)[0]
            return Row(field, how, (typed(value, field, how),)) if how in hows_of(field) else None
        case _:
            return None


def _end(field: str, number: int | None, whole_year: int) -> str:
    """A year where the end is that of a year, else a day."""
    if number is None:
        return ""
    if BY_KEY[field].kind is Kind.YEAR:
        return f"{number:04d}"
    year, month_and_day = divmod(number, 10_000)
    month, day = divmod(month_and_day, 100)
    return f"{year:04d}" if month_and_day == whole_year else f"{year:04d}-{month:02d}-{day:02d}"


def _sound(row: Row | None, node: Node) -> Row | None:
    """The row, if it says the node and nothing else."""
    if row is None:
        return None
    try:
        return row if row_node(row) == node else None
    except Invalid:
        return None
