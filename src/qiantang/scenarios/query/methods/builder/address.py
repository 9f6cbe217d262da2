"""The rows of the builder in an address, and what a button of the form does to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from qiantang.corpus.register.methods.query_language.fields import BY_KEY, DEFAULT
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.builder.values import hows_of, joined, split
from qiantang.scenarios.query.types.asking import Group, How, Joint, Plan, Row

MOST_ROWS, MOST_GROUPS, _LONGEST = 60, 12, 2_000
_OF_ROW = ("g", "n", "f", "h", "v", "w")  # group, "not", field, how, value, second value: as often as there are rows
_OF_GROUP = ("gj", "gn")  # joint, "not"


def plan_from(given: Mapping[str, Sequence[str]]) -> Plan:
    """The rows that stand in an address.

    errors  Invalid ``query.address``
    """
    lists = [given.get(name, ()) for name in _OF_ROW]
    joints, negations = (given.get(name, ()) for name in _OF_GROUP)
    told = [name for name, values in zip(_OF_ROW, lists, strict=True) if len(values) != len(lists[0])]
    if told or len(joints) != len(negations) or len(joints) > MOST_GROUPS or len(lists[0]) > MOST_ROWS:
        raise Invalid("query.address", fields=", ".join(told or [*_OF_GROUP, "g"]))
    rows: list[list[Row]] = [[] for _ in joints]
    for group, *told in zip(*lists, strict=True):
        if not group.isdecimal() or int(group) >= len(rows):
            raise Invalid("query.address", fields="g")
        rows[int(group)].append(_row(*told))
    groups = (
        Group(_joint(joint), tuple(own), negated == "not")
        for joint, negated, own in zip(joints, negations, rows, strict=True)
    )
    return Plan(_joint((given.get("j") or ["all"])[-1]), tuple(groups))


def parameters(plan: Plan) -> list[tuple[str, str]]:
    """The same rows as they stand in an address."""
    told = [("j", str(plan.joint))]
    for place, group in enumerate(plan.groups):
        told += [("gj", str(group.joint)), ("gn", _not(group.negated))]
        for row in group.rows:
            first, second = shown(row)
            values = (str(place), _not(row.negated), row.field, str(row.how), first, second)
            told += zip(_OF_ROW, values, strict=True)
    return told


def shown(row: Row) -> tuple[str, str]:
    """What stands in the one or two boxes of a row."""
    if row.how is How.BETWEEN:
        return row.values[0], row.values[1]
    if row.how in (How.TEXT, How.KNOWN):
        return (row.values[0] if row.values else ""), ""
    return joined(row.values, row.field, row.how), ""


def _not(negated: bool) -> str:  # noqa: FBT001 - one value
    return "not" if negated else ""


def _joint(text: str) -> Joint:
    try:
        return Joint(text)
    except ValueError:
        raise Invalid("query.address", fields="j, gj") from None


def _row(negated: str, key: str, how: str, first: str, second: str) -> Row:
    if (key and key not in BY_KEY) or max(len(first), len(second)) > _LONGEST or "\x00" in first + second:
        raise Invalid("query.address", fields="f, v, w")
    offered = hows_of(key)
    chosen = next((one for one in offered if one == how), offered[0])  # another field was chosen: its usual way
    match chosen:
        case How.BETWEEN:
            values: tuple[str, ...] = (first.strip(), second.strip())
        case How.KNOWN:
            values = ()
        case How.TEXT:
            values = (first,) if first.strip() else ()
        case _:
            values = split(first, key, chosen)
    return Row(key, chosen, values, negated == "not")


# --- what the buttons do ---

_NEW_ROW = Row(DEFAULT, How.ALL, ())
BLANK = Plan(
    Joint.ALL,
    (
        Group(
            Joint.ALL,
            (_NEW_ROW, Row("PA", How.ALL, ()), Row("IC", How.ANY, ()), Row("AD", How.BETWEEN, ("", ""))),
        ),
    ),
)


def changed(plan: Plan, do: str) -> Plan:
    """The rows after a button: ``add-group``, ``drop-group-1``, ``add-row-0``, ``drop-row-0-2``, ``use-class-H01M``.

    Any other leaves them as they are. errors  Invalid ``query.address`` where the place is not there
    """
    for verb, act in _ACTS.items():
        if do.startswith(verb):
            try:
                return act(plan, do.removeprefix(verb))
            except (ValueError, IndexError):
                raise Invalid("query.address", fields="do") from None
    return plan


def _with_rows(plan: Plan, place: int, rows: Sequence[Row]) -> Plan:
    groups = list(plan.groups)
    groups[place] = replace(groups[place], rows=tuple(rows))
    return replace(plan, groups=tuple(groups))


def _add_group(plan: Plan, _place: str) -> Plan:
    return replace(plan, groups=(*plan.groups, Group(Joint.ANY, (_NEW_ROW,))))


def _drop_group(plan: Plan, place: str) -> Plan:
    groups = list(plan.groups)
    del groups[int(place)]
    return replace(plan, groups=tuple(groups)) if groups else BLANK


def _add_row(plan: Plan, place: str) -> Plan:
    return _with_rows(plan, int(place), (*plan.groups[int(place)].rows, _NEW_ROW))


def _drop_row(plan: Plan, places: str) -> Plan:
    place, _, line = places.partition("-")
    rows = list(plan.groups[int(place)].rows)
    del rows[int(line)]
    return _with_rows(plan, int(place), rows) if rows else _drop_group(plan, place)


def _use_class(plan: Plan, symbol: str) -> Plan:
    """Adds the symbol to the first row that asks for any IPC class; else makes such a row in the first group."""
    for place, group in enumerate(plan.groups):
        for line, row in enumerate(group.rows):
            if (row.field, row.how, row.negated) == ("IC", How.ANY, False):
                values = dict.fromkeys((*row.values, symbol))
                rows = (*group.rows[:line], replace(row, values=tuple(values)), *group.rows[line + 1 :])
                return _with_rows(plan, place, rows)
    groups = plan.groups or (Group(Joint.ALL, ()),)
    return _with_rows(replace(plan, groups=groups), 0, (*groups[0].rows, Row("IC", How.ANY, (symbol,))))


_ACTS: Mapping[str, Callable[[Plan, str], Plan]] = {
    "add-group": _add_group,
    "drop-group-": _drop_group,
    "add-row-": _add_row,
    "drop-row-": _drop_row,
    "use-class-": _use_class,
}
