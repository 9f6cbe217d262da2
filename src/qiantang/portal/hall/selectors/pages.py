"""Pages of matters: forms with what was typed and what is wrong with it, overviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from qiantang.kernel.calendar import stages_total
from qiantang.portal.hall.methods.forms import asked, rows_of
from qiantang.portal.hall.methods.guiding import Saving, saving
from qiantang.portal.hall.selectors.catalogue import said
from qiantang.portal.hall.types.forms import Answers, Form, FormStep, Problem, Question, QuestionKind, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from qiantang.portal.hall.types.items import Catalogue, Service

FAULTS = {
    "missing": _("Please answer this."),
    "long": _("This is too long."),
    "number": _("Please give a whole number."),
    "large": _("This number is too large."),
    "day": _("Please give a day."),
    "option": _("Please choose one of the answers."),
    "uscc": _("A credit code has 18 characters."),
    "uscc_check": _("The check character of the code does not fit: please compare it with the licence."),
    "phone": _("Please give a telephone number."),
    "mail": _("Please give an e-mail address."),
    "patent": _("This is no patent or application number."),
    "too_many": _("There are too many."),
    "form": _("This answer cannot be read."),
}
GRADES = {
    5: _("Very satisfied"),
    4: _("Satisfied"),
    3: _("Basically satisfied"),
    2: _("Dissatisfied"),
    1: _("Very dissatisfied"),
}
FILE_FAULTS = {
    "kind": _("its content is not of a kind that is taken here"),
    "too_large": _("it is too large"),
    "too_many": _("there are enough files for this question"),
    "empty": _("it is empty"),
    "type_unknown": _("what it is cannot be told from its content"),
    "macros": _("it carries programs"),
    "archive_bomb": _("it would unpack to far too much"),
    "document_encrypted": _("it has a password"),
    "ending_disagrees": _("its name says another kind than its content"),
}
_INPUTS = {
    QuestionKind.NUMBER: "number",
    QuestionKind.DAY: "date",
    QuestionKind.PHONE: "tel",
    QuestionKind.MAIL: "email",
}


def given_answers(step: FormStep, post: QueryDict) -> dict[str, Any]:
    """What a page of a form sent, as answers."""
    if step.repeat is None:
        return {one.key: _one(one, post, one.key) for one in step.questions if one.key in post}
    rows: list[dict[str, str | list[str]]] = []
    for at in range(min(_count(post.get("rows", "0")), step.repeat[1])):
        row = {one.key: _one(one, post, f"{at}-{one.key}") for one in step.questions if f"{at}-{one.key}" in post}
        if any(row.values()) and f"drop-{at}" not in post:
            rows.append(row)
    return {step.key: rows}


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0  # noqa: PLR2004 - digits of a count


def _one(question: Question, post: QueryDict, name: str) -> str | list[str]:
    if question.kind is QuestionKind.CHOICES:
        return [str(value) for value in post.getlist(name)]
    return str(post.get(name, "")).strip()[:10_000]


def step_shown(
    step: FormStep, answers: Answers, problems: Sequence[Problem], *, more: int = 0
) -> list[list[dict[str, Any]]]:
    """The questions of a page, row by row, each with its value and what is wrong with it.

    more    empty rows to show besides
    """
    rows = rows_of(step, answers)
    if step.repeat is not None:
        rows = [*rows, *({} for _row in range(more))][: step.repeat[1]]
    faults = {(one.question, one.row): one.fault for one in problems if one.step == step.key}
    shown = []
    for at, row in enumerate(rows):
        place = at if step.repeat else None
        questions = asked(step, answers, row) if step.repeat else step.questions
        shown.append([_question(one, row, place, faults.get((one.key, place), "")) for one in questions])
    return shown


def _question(one: Question, row: Row, place: int | None, fault: str) -> dict[str, Any]:
    value = row.get(one.key, "")
    chosen = value if isinstance(value, list) else [value]
    when = "; ".join(f"{key}={'|'.join(values)}" for key, values in (one.when or {}).items())
    return {
        "name": one.key if place is None else f"{place}-{one.key}",
        "kind": one.kind.value,
        "input": _INPUTS.get(one.kind, "text"),
        "label": said(one.label),
        "why": said(one.why),
        "required": one.required,
        "value": value if isinstance(value, str) else "",
        "options": [
            {"key": o.key, "word": said(o.word), "price": o.price, "chosen": o.key in chosen} for o in one.options
        ],
        "fault": FAULTS[fault] if fault else "",
        "when": when,
        "files": one.files,
        "faq": [(said(ask), said(answer)) for ask, answer in one.faq],
    }


def overview(form: Form, answers: Answers) -> list[dict[str, Any]]:
    """All answers, step by step, as they are read."""
    steps = []
    for step in form.steps:
        rows = [
            [(said(one.label), _read(one, row.get(one.key))) for one in asked(step, answers, row) if one.files is None]
            for row in rows_of(step, answers)
        ]
        steps.append({"key": step.key, "title": said(step.title), "rows": rows})
    return steps


def _read(one: Question, value: object) -> str:
    words = {option.key: said(option.word) for option in one.options}
    values = value if isinstance(value, list) else [value]
    return "、".join(words.get(str(each), str(each)) for each in values if each)


def value_shown(form: Form, key: str, value: str) -> str:
    """An answer as it is read."""
    found = form.question(key)
    return _read(found, value) if found else value


def problem_rows(form: Form, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """What is open, each with the page on which it stands."""
    rows = []
    for one in problems:
        question = form.question(one.question)
        label = said(question.label) if question else one.question
        rows.append({"step": one.step, "label": label, "fault": FAULTS[one.fault], "row": one.row})
    return rows


def anchored(form: Form, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """The same, each with the name of its field on the page."""
    rows = problem_rows(form, problems)
    places = [one.question if one.row is None else f"{one.row}-{one.question}" for one in problems]
    return [{**row, "at": place} for row, place in zip(rows, places, strict=True)]


def saving_of(parts: Sequence[Service]) -> Saving:
    """What handing in once saves over the parts of a bundle."""
    return saving(tuple(one.materials for one in parts))


def limit_of(stages: Sequence[Sequence[str]], whole: Catalogue) -> int:
    """Promised days of a bundle: the longest of each stage, one stage after the other."""
    found = [[whole.service(code) for code in stage] for stage in stages]
    return stages_total([[(one.promised_days or 0) if one else 0 for one in stage] for stage in found])


def file_fault(facts: Mapping[str, object]) -> str:
    """Why a file was not taken, in words."""
    code = str(facts.get("why", ""))
    return str(FILE_FAULTS.get(code, code))
