"""Forms: read, found sound or not, written out again; answers checked all at once; what is asked, what it costs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from qiantang.kernel import numbers
from qiantang.kernel.errors import Invalid
from qiantang.kernel.identifiers import parse_credit_code
from qiantang.portal.hall.types.forms import (
    Answers,
    FileRule,
    Form,
    FormStep,
    Option,
    Problem,
    Question,
    QuestionKind,
    Row,
)
from qiantang.portal.hall.types.items import Text

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{6,18}[0-9]")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST = {QuestionKind.TEXT: 200, QuestionKind.LONG: 4000}
FILE_KINDS = frozenset({"pdf", "docx", "xlsx", "text"})
_CHOSEN = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})


def read_form(told: Mapping[str, Any]) -> Form:
    """A form out of plain values.

    errors  Invalid ``hall.form_unsound`` with everything that is wrong
    """
    try:
        form = _form(told)
        found = list(_defects(form))
    except (KeyError, TypeError, ValueError, IndexError) as fault:
        raise Invalid("hall.form_unsound", defects=f"{type(fault).__name__}: {fault}"[:300]) from fault
    if found:
        raise Invalid("hall.form_unsound", defects="; ".join(found)[:600])
    return form


def written_form(form: Form) -> dict[str, Any]:
    """A form as plain values, which ``read_form`` reads as the same form."""
    return {
        "key": form.key,
        "version": form.version,
        "title": list(form.title),
        "steps": [_written_step(step) for step in form.steps],
    }


def _written_step(step: FormStep) -> dict[str, Any]:
    told: dict[str, Any] = {"key": step.key, "title": list(step.title)}
    if step.repeat:
        told["repeat"] = list(step.repeat)
    told["questions"] = [_written_question(one) for one in step.questions]
    return told


def _written_question(one: Question) -> dict[str, Any]:
    told: dict[str, Any] = {"key": one.key, "kind": one.kind.value, "label": list(one.label), "required": one.required}
    if one.why is not None:
        told["why"] = list(one.why)
    if one.options:
        told["options"] = [{"key": o.key, "word": list(o.word), "price": o.price} for o in one.options]
    if one.when:
        told["when"] = {key: list(values) for key, values in one.when.items()}
    if one.most is not None:
        told["most"] = one.most
    if one.files is not None:
        told["files"] = {
            "kinds": list(one.files.kinds),
            "most_bytes": one.files.most_bytes,
            "most_files": one.files.most_files,
        }
    if one.faq:
        told["faq"] = [[list(ask), list(answer)] for ask, answer in one.faq]
    return told


def _form(told: Mapping[str, Any]) -> Form:
    return Form(
        str(told["key"]), int(told["version"]), Text(*told["title"]), tuple(_step(one) for one in told["steps"])
    )


def _step(told: Mapping[str, Any]) -> FormStep:
    repeat = (int(told["repeat"][0]), int(told["repeat"][1])) if "repeat" in told else None
    return FormStep(str(told["key"]), Text(*told["title"]), tuple(_question(one) for one in told["questions"]), repeat)


def _question(told: Mapping[str, Any]) -> Question:
    files = told.get("files")
    return Question(
        key=str(told["key"]),
        kind=QuestionKind(told["kind"]),
        label=Text(*told["label"]),
        required=bool(told.get("required", True)),
        why=Text(*told["why"]) if told.get("why") else None,
        options=tuple(Option(str(o["key"]), Text(*o["word"]), int(o.get("price", 0))) for o in told.get("options", [])),
        when={str(key): tuple(values) for key, values in told["when"].items()} if told.get("when") else None,
        most=int(told["most"]) if told.get("most") is not None else None,
        files=FileRule(tuple(files["kinds"]), int(files["most_bytes"]), int(files["most_files"])) if files else None,
        faq=tuple((Text(*ask), Text(*answer)) for ask, answer in told.get("faq", [])),
    )


def _defects(form: Form) -> Iterator[str]:
    if not _KEY.fullmatch(form.key) or form.version < 1 or not form.steps:
        yield "key, version or steps"
    seen: dict[str, Question] = {}
    for step in form.steps:
        if not _KEY.fullmatch(step.key) or step.key in seen:
            yield f"step {step.key}: a key that is none, or twice"
        if step.repeat and not 0 <= step.repeat[0] <= step.repeat[1] <= 50:  # noqa: PLR2004 - rows on one page
            yield f"step {step.key}: repeated from {step.repeat[0]} to {step.repeat[1]} times"
        for one in step.questions:
            yield from _defects_of(one, seen)
            seen[one.key] = one


def _defects_of(one: Question, seen: Mapping[str, Question]) -> Iterator[str]:
    if not _KEY.fullmatch(one.key) or one.key in seen:
        yield f"{one.key}: a key that is none, or twice"
    if not all(text.strip() for text in one.label):
        yield f"{one.key}: no label in one of the languages"
    if any(not text.strip() for pair in one.faq for said in pair for text in said):
        yield f"{one.key}: a question or an answer in one language only"
    if (one.kind in _CHOSEN) != bool(one.options):
        yield f"{one.key}: options belong to a choice, and to nothing else"
    if (one.kind is QuestionKind.FILE) != (one.files is not None):
        yield f"{one.key}: a rule for files belongs to a file, and to nothing else"
    if one.files and not (set(one.files.kinds) <= FILE_KINDS and one.files.most_bytes > 0 and one.files.most_files > 0):
        yield f"{one.key}: kinds, size or number of files"
    for other, values in (one.when or {}).items():
        known = {option.key for option in seen[other].options} if other in seen else set()
        if not set(values) <= known:
            yield f"{one.key}: depends on {other}, which is not asked before with these answers"


# --- answers -----------------------------------------------------------------------------------------------------------


def asked(step: FormStep, answers: Answers, row: Row | None = None) -> tuple[Question, ...]:
    """The questions of a step that are asked, after what was answered so far."""
    given = {**answers, **(row or {})}
    return tuple(
        one
        for one in step.questions
        if all(_any_of(given.get(key), values) for key, values in (one.when or {}).items())
    )


def _any_of(given: object, values: tuple[str, ...]) -> bool:
    return any(one in values for one in given) if isinstance(given, list) else given in values


def rows_of(step: FormStep, answers: Answers) -> list[Row]:
    """The rows of a repeated step; of any other the answers themselves, once."""
    if step.repeat is None:
        return [{key: value for key, value in answers.items() if not _is_rows(value)}]  # type: ignore[misc] # what is left is no rows
    given = answers.get(step.key)
    rows = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return [*rows, *({} for _missing in range(step.repeat[0] - len(rows)))]


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def problems(form: Form, answers: Answers, files: Mapping[str, int] | None = None) -> list[Problem]:
    """Everything that is missing or wrong, in the order of the form, all at once.

    files   question of kind ``file`` -> how many files were handed in
    """
    return [problem for step in form.steps for problem in problems_of(step, answers, files)]


def problems_of(step: FormStep, answers: Answers, files: Mapping[str, int] | None = None) -> list[Problem]:
    """The same of one step."""
    found = []
    rows = rows_of(step, answers)
    if step.repeat and len(rows) > step.repeat[1]:
        found.append(Problem(step.key, step.questions[0].key, step.repeat[1], "too_many"))
    for at, row in enumerate(rows):
        for one in asked(step, answers, row):
            fault = _file_fault(one, (files or {}).get(one.key, 0)) if one.files else _fault(one, row.get(one.key))
            if fault:
                found.append(Problem(step.key, one.key, at if step.repeat else None, fault))
    return found


def _file_fault(one: Question, count: int) -> str:
    assert one.files is not None
    if not count:
        return "missing" if one.required else ""
    return "too_many" if count > one.files.most_files else ""


def _fault(one: Question, value: object) -> str:
    """The code of what is wrong with an answer; empty for nothing."""
    if value in (None, "", []):
        return "missing" if one.required else ""
    if one.kind is QuestionKind.CHOICES:
        chosen = value if isinstance(value, list) else [value]
        return "" if set(chosen) <= {option.key for option in one.options} else "option"
    if not isinstance(value, str):
        return "form"
    return _CHECKS[one.kind](one, value)


def _text(one: Question, value: str) -> str:
    return "long" if len(value) > (one.most or _LONGEST.get(one.kind, 200)) else ""


def _number(one: Question, value: str) -> str:
    if not re.fullmatch(r"[0-9]{1,15}", value):
        return "number"
    return "large" if one.most is not None and int(value) > one.most else ""


def _day(_one: Question, value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        return "day"
    return ""


def _option(one: Question, value: str) -> str:
    return "" if value in {option.key for option in one.options} else "option"


def _uscc(_one: Question, value: str) -> str:
    try:
        parse_credit_code(value)
    except Invalid as fault:
        return "uscc_check" if fault.code.endswith("check") else "uscc"
    return ""


def _patent(_one: Question, value: str) -> str:
    try:
        numbers.parse(value)
    except Invalid:
        return "patent"
    return ""


_CHECKS = {
    QuestionKind.TEXT: _text,
    QuestionKind.LONG: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.DAY: _day,
    QuestionKind.CHOICE: _option,
    QuestionKind.USCC: _uscc,
    QuestionKind.PHONE: lambda _one, value: "" if _PHONE.fullmatch(value) else "phone",
    QuestionKind.MAIL: lambda _one, value: "" if _MAIL.fullmatch(value) and len(value) <= 254 else "mail",  # noqa: PLR2004 - the longest address of RFC 5321
    QuestionKind.PATENT: _patent,
}


def price(form: Form, answers: Answers) -> int:
    """What the chosen options cost together, in hundredths of a yuan."""
    total = 0
    for step in form.steps:
        for row in rows_of(step, answers):
            for one in asked(step, answers, row):
                given = row.get(one.key)
                chosen = given if isinstance(given, list) else [given]
                total += sum(option.price for option in one.options if option.key in chosen)
    return total
