"""Forms as data: steps, questions, what depends on what, repeated groups, files, prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from qiantang.portal.hall.types.items import Text

Row: TypeAlias = "Mapping[str, str | list[str]]"
Answers: TypeAlias = "Mapping[str, str | list[str] | list[dict[str, str | list[str]]]]"


class QuestionKind(StrEnum):
    """How a question is asked and checked."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    USCC = "uscc"
    PHONE = "phone"
    MAIL = "mail"
    PATENT = "patent"
    FILE = "file"


class Option(NamedTuple):
    """An answer to choose. ``price``: what it adds, in hundredths of a yuan."""

    key: str
    word: Text
    price: int = 0


class FileRule(NamedTuple):
    """What may be handed in for a question of kind ``file``: kinds by content, size of each, how many."""

    kinds: tuple[str, ...]
    most_bytes: int
    most_files: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    why     beside it: why it is asked, how it is answered
    when    question -> answers for which this one is asked; empty: always
    most    characters of a text, value of a number
    faq     what people ask about it, with the answers; opened below the question
    """

    key: str
    kind: QuestionKind
    label: Text
    required: bool
    why: Text | None = None
    options: tuple[Option, ...] = ()
    when: Mapping[str, tuple[str, ...]] | None = None
    most: int | None = None
    files: FileRule | None = None
    faq: tuple[tuple[Text, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class FormStep:
    """A page of a form. ``repeat``: least and most times it is answered, as rows; None: once."""

    key: str
    title: Text
    questions: tuple[Question, ...]
    repeat: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form in one version."""

    key: str
    version: int
    title: Text
    steps: tuple[FormStep, ...]

    def step(self, key: str) -> FormStep | None:
        return next((one for one in self.steps if one.key == key), None)

    def question(self, key: str) -> Question | None:
        return next((one for step in self.steps for one in step.questions if one.key == key), None)


class Problem(NamedTuple):
    """An answer that is missing or wrong: where, and the code of a refusal of ``FAULTS``. ``row``: None outside a group."""

    step: str
    question: str
    row: int | None
    fault: str
