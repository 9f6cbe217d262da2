"""From rows to the tree of the language and its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qiantang.corpus.register.methods.query_language import canonical, parse
from qiantang.corpus.register.methods.query_language.errors import sentence, syntax_error
from qiantang.corpus.register.methods.query_language.fields import BY_KEY
from qiantang.corpus.register.methods.query_language.nodes import (
    AllOf,
    AnyOf,
    Everything,
    Known,
    Leaf,
    Node,
    Opposite,
)
from qiantang.corpus.register.methods.query_language.said import Said
from qiantang.corpus.register.methods.query_language.values import between, read
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.builder.values import bare
from qiantang.scenarios.query.types.asking import Group, How, Joint, Plan, Row

_KINDS: dict[Joint, type[AllOf | AnyOf]] = {Joint.ALL: AllOf, Joint.ANY: AnyOf}


def query_of(plan: Plan) -> str:
    """The query that the rows make; an empty text where no row says anything.

    errors  ``query.syntax``; which row is at fault: ``flaws_of``
    """
    return canonical(node_of(plan))


def node_of(plan: Plan) -> Node:
    """The tree that the rows make; rows that say nothing are left out.

    errors  ``query.syntax``
    """
    groups = [made for group in plan.groups if (made := _group(group)) is not None]
    return joined(plan.joint, groups) or Everything()


def flaws_of(plan: Plan) -> dict[tuple[int, int], Invalid]:
    """What cannot be understood, by (group, row) counted from 0."""
    flaws = {}
    for place, group in enumerate(plan.groups):
        for line, row in enumerate(group.rows):
            try:
                row_node(row)
            except Invalid as error:
                flaws[place, line] = error
    return flaws


def _group(group: Group) -> Node | None:
    rows = [made for row in group.rows if (made := row_node(row)) is not None]
    found = joined(group.joint, rows)
    return Opposite(found) if found is not None and group.negated else found


def joined(joint: Joint, parts: Sequence[Node]) -> Node | None:
    """The parts as one node as the parser would make it: one stands for itself, parts of the same kind are taken up."""
    kind = _KINDS[joint]
    flat = [one for part in parts for one in (part.parts if isinstance(part, kind) else (part,))]
    return (flat[0] if len(flat) == 1 else kind(tuple(flat))) if flat else None


def row_node(row: Row) -> Node | None:
    """What a row says; None: nothing.

    errors  ``query.syntax``
    """
    found = _said(row)
    return Opposite(found) if found is not None and row.negated else found


def _said(row: Row) -> Node | None:
    if row.how is How.TEXT:
        found = parse(row.values[0]) if row.values else Everything()
        return None if isinstance(found, Everything) else found
    field = BY_KEY[row.field]
    if row.how is How.KNOWN:
        return Known(field.key)
    if row.how is How.BETWEEN:
        low, high = (one.strip() or None for one in row.values)
        return between(field, low, high, (True, True), 0) if low or high else None
    sign = "==" if row.how is How.IS else "="
    leaves = _leaves(row.field, sign, row.values)
    return joined(Joint.ALL if row.how is How.ALL else Joint.ANY, leaves)


def _leaves(key: str, sign: str, values: Iterable[str]) -> list[Node]:
    made: list[Node] = []
    for value in values:
        text, quoted = bare(value)
        leaf = read(Said(BY_KEY[key], sign, text, 0, quoted))
        made.append(_writable(leaf, value))
    return made


def _writable(leaf: Leaf, value: str) -> Leaf:
    """The leaf, if the language can write it: a pattern must be one word of it."""
    try:
        if parse(canonical(leaf)) == leaf:
            return leaf
    except Invalid:
        pass
    raise syntax_error(
        0, sentence("%(given)r cannot be written as a value.", given=value), hint='Put it in quotation marks: "…"'
    )
