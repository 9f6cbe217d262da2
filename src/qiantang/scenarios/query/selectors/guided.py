"""What the guided search shows: its questions with the answers so far, and classes that the answers point to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qiantang.commons.ui.api import word_for
from qiantang.corpus.classes import api as classes
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Invalid, NotFound, Unavailable
from qiantang.scenarios.query.methods import guided
from qiantang.scenarios.query.methods.builder import query_of
from qiantang.scenarios.query.selectors.builder import Made, Option, total_of
from qiantang.scenarios.query.selectors.faults import words_of
from qiantang.scenarios.query.selectors.field_words import BUCKETS, FIELDS
from qiantang.scenarios.query.types.asking import Answers

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_CLASSES_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One question: its heading, what was answered (empty: nothing), and the address to change it."""

    key: str
    number: int
    question: str
    answer: str
    url: str
    now: bool


@dataclass(frozen=True, slots=True)
class OfferedClass:
    """An IPC subclass in which patents with the words stand: how many of them."""

    code: str
    title: str
    count: int | None
    taken: bool


def questions() -> dict[str, str]:
    return {
        "what": _("What is it?"),
        "also": _("What else is it called?"),
        "where": _("Where should the words stand?"),
        "who": _("Whose is it?"),
        "when": _("When was it filed?"),
        "state": _("In which state?"),
    }


def steps(answers: Answers, now: str) -> list[Step]:
    """The six questions in their order, each with its answer and the way back to it."""
    told = _told(answers)
    return [
        Step(key, number, question, told[key], "/search/guided?" + guided.parameters(answers, key), key == now)
        for number, (key, question) in enumerate(questions().items(), 1)
    ]


def _told(answers: Answers) -> dict[str, str]:
    years = [answers.since, answers.until]
    state = [str(BUCKETS[answers.state])] if answers.state else []
    kind = [word_for("type", answers.type)] if answers.type else []
    return {
        "what": answers.what,
        "also": answers.also,
        "where": "；".join([str(FIELDS[answers.part][0]), *answers.classes]),
        "who": f"{FIELDS[answers.whose][0]}：{answers.who}" if answers.who else "",
        "when": " – ".join(year or "…" for year in years) if any(years) else "",
        "state": "；".join([*state, *kind]),
    }


def made_of(answers: Answers) -> Made:
    """The query that the answers make, its number of hits, or the answer that cannot be asked."""
    flaw = guided.flaw_of(answers)
    if flaw is None:
        query = query_of(guided.plan_of(answers))
        try:
            return Made(query, total_of(query))
        except Invalid as error:
            flaw = "what", error
    step, refusal = flaw
    text = f"{questions()[step]} {words_of(refusal)['message']}"
    return Made(errors=[{"href": "/search/guided?" + guided.parameters(answers, step), "text": text}])


def options(answers: Answers) -> dict[str, list[Option]]:
    """The choices of the questions that have some."""
    return {
        "parts": [Option(key, str(FIELDS[key][0]), key == answers.part) for key in guided.PARTS],
        "whose": [Option(key, str(FIELDS[key][0]), key == answers.whose) for key in guided.WHOSE],
        "states": [
            Option(key, str(BUCKETS[key]) if key else _("any state"), key == answers.state) for key in guided.STATES
        ],
        "types": [
            Option(key, word_for("type", key) if key else _("any type"), key == answers.type) for key in guided.TYPES
        ],
    }


def offered_classes(_actor: Actor, answers: Answers) -> list[OfferedClass]:
    """The IPC subclasses in which the patents with these words stand most often, and those already taken."""
    language = get_language() or "zh"
    words = Answers(what=answers.what, also=answers.also, part=answers.part)
    counts: dict[str, int | None] = dict.fromkeys(answers.classes)
    if words.what and guided.flaw_of(words) is None:
        asked = SearchRequest(query_of(guided.plan_of(words)), facets=("IC",), facet_size=_CLASSES_OFFERED, size=1)
        with suppress(NotFound, Unavailable, Invalid):
            counts |= {one.value: one.count for one in register.search(asked).facets["IC"]}
    return [OfferedClass(code, _title(code, language), counts[code], code in answers.classes) for code in counts]


def _title(code: str, language: str) -> str:
    found = classes.titles().get(code)
    return found.title(language) if found else ""
