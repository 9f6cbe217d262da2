"""From the answers of the guided search to a query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.builder.making import row_node
from qiantang.scenarios.query.methods.builder.values import split
from qiantang.scenarios.query.types.asking import Answers, Group, How, Joint, Plan, Row

STEPS = ("what", "also", "where", "who", "when", "state")
PARTS = ("TAC", "TI", "AB", "CL")  # where the words may stand
WHOSE = ("PA", "IN", "AW")  # whose name it is
STATES = ("", "in_force", "pending", "dead")
TYPES = ("", "invention", "utility_model", "design")
_LONGEST, _MOST_CLASSES = 500, 12


def answers_from(given: Mapping[str, Sequence[str]]) -> Answers:
    """The answers that stand in an address.

    errors  Invalid ``query.address`` for a choice that is not offered, or a text that is too long
    """
    told = {name: (given.get(name) or [""])[-1].strip() for name in Answers.__slots__ if name != "classes"}
    told["part"], told["whose"] = told["part"] or PARTS[0], told["whose"] or WHOSE[0]
    choices = {"part": PARTS, "whose": WHOSE, "state": STATES, "type": TYPES}
    wrong = [name for name, offered in choices.items() if told[name] not in offered]
    wrong += [name for name, text in told.items() if len(text) > _LONGEST or "\x00" in text]
    classes = tuple(dict.fromkeys(given.get("classes") or ()))
    if wrong or len(classes) > _MOST_CLASSES or any(len(one) > _LONGEST for one in classes):
        raise Invalid("query.address", fields=", ".join(wrong or ["classes"]))
    return Answers(**told, classes=classes)


def parameters(answers: Answers, step: str = "") -> str:
    """The answers as they stand in an address, what is not answered left out."""
    usual = Answers()
    told = [(name, getattr(answers, name)) for name in Answers.__slots__ if name != "classes"]
    kept = [(name, value) for name, value in told if value != getattr(usual, name)]
    return urlencode([*([("step", step)] if step else []), *kept, *(("classes", one) for one in answers.classes)])


def _rows(answers: Answers) -> Iterator[tuple[str, Row]]:
    """Every condition with the step in which it was given."""
    part = answers.part
    yield "what", Row(part, How.ALL, split(answers.what, part, How.ALL))
    yield "also", Row(part, How.ANY, split(answers.also, part, How.ANY))
    yield "where", Row("IC", How.ANY, answers.classes)
    yield "who", Row(answers.whose, How.ALL, split(answers.who, answers.whose, How.ALL))
    yield "when", Row("AY", How.BETWEEN, (answers.since, answers.until))
    yield "state", Row("LS", How.ANY, (answers.state,) if answers.state else ())
    yield "state", Row("TY", How.ANY, (answers.type,) if answers.type else ())


def plan_of(answers: Answers) -> Plan:
    """The answers as rows of the builder: other words stand beside the first ones, everything else narrows."""
    what, also, *others = (row for _, row in _rows(answers))
    return Plan(Joint.ALL, (Group(Joint.ANY, (what, also)), Group(Joint.ALL, tuple(others))))


def flaw_of(answers: Answers) -> tuple[str, Invalid] | None:
    """The first step whose answer cannot be asked, and why."""
    for step, row in _rows(answers):
        try:
            row_node(row)
        except Invalid as error:
            return step, error
    return None
